"""What is refused at the door, each with a sentence that says what to do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain import evidence
from app.domain.errors import Invalid
from app.domain.evidence import intake, storage
from tests.domain.evidence import samples

pytestmark = pytest.mark.usefixtures("kept")
MB = 1024 * 1024


def refusal(data: bytes, name: str = "bukti") -> str:
    """The sentence at the file field; it is long enough to say what to do."""
    with pytest.raises(Invalid) as caught:
        evidence.inspect(data, name)
    sentence = caught.value.fields["file"]
    assert sentence == caught.value.message
    assert len(sentence.split()) > 6
    return sentence


@pytest.mark.parametrize(
    "data, name, word",
    [
        (b"", "kosong.jpg", "kosong"),
        (b"\0" * 5000, "nol.jpg", "kosong"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "gambar.png", "SVG"),
        (b"<?xml version='1.0'?><svg/>", "gambar.svg", "SVG"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>", "data.csv", "halaman web"),
        (b"MZ\x90\x00" + b"\0" * 200 + b"PE\0\0", "foto.jpg", "program"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "foto.jpg", "program"),
        (b"#!/bin/sh\nrm -rf ~\n", "daftar.txt", "program"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + b"\0" * 60, "pintasan.txt", "program"),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 50, "foto.jpg", "Arsip"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "bukti.7z", "Arsip"),
        (b"\x1f\x8b\x08\x00" + b"\0" * 50, "bukti.gz", "Arsip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "rekap.xls", "Office"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_0001.HEIC", "JPEG"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "rekaman.mp4", "Video"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "suara.wav", "Video"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "gambar.gif", "JPEG atau PNG"),
        (b"II*\x00\x08\0\0\0", "pindai.tif", "JPEG atau PNG"),
        (b"{\\rtf1\\ansi }", "surat.txt", "PDF"),
        (b"%!PS-Adobe-3.0\n", "surat.txt", "PDF"),
        (b"isi biasa saja\n", "skrip.js", "tidak dikenal"),
        (b"isi biasa saja\n", "tanpa-akhiran", "tidak dikenal"),
        (b"a,b\x00c\n", "data.csv", "tidak dikenal"),
        (b"a,b\x1b[31m\n", "data.csv", "tidak dikenal"),
        (os.urandom(16) + bytes(range(256)) * 4, "foto.jpg", "tidak dikenal"),
        ("Kampung Teluk Bayur é\n".encode("latin-1"), "data.csv", "UTF-8"),
        ("a,b\n".encode("utf-16"), "data.csv", "UTF-16"),
        (b"nama,nilai\n=cmd|'/c calc'!A1,3\n", "data.csv", "program"),
    ],
)
def test_it_refuses_what_is_no_evidence(data: bytes, name: str, word: str):
    assert word in refusal(data, name)


def test_the_name_and_its_ending_are_not_believed():
    inspected = evidence.inspect(samples.photo(), "laporan.pdf")
    assert (inspected.media_type, inspected.name) == ("image/jpeg", "laporan.jpg")


def test_it_refuses_more_bytes_than_allowed_and_reads_no_further():
    stream = io.BytesIO(b"\xff\xd8\xff" + b"\0" * 4 * MB)
    with pytest.raises(Invalid, match="lebih dari 3 MB"):
        evidence.inspect(stream, "foto.jpg")
    assert stream.tell() == 3 * MB + 1


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("make", [samples.photo, samples.screenshot], ids=["jpeg", "png"])
def test_it_refuses_a_picture_that_was_cut_off(make: Callable[[], bytes], cut: float):
    data = make()
    assert "rusak atau terpotong" in refusal(data[: int(len(data) * cut)])


def test_it_refuses_a_picture_of_too_many_pixels_before_it_unfolds():
    assert "piksel" in refusal(samples.huge_png(), "kecil.png")


def test_it_refuses_a_picture_whose_text_unfolds_without_end():
    import zlib

    bomb = samples.chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"A" * 64 * MB, 9))
    data = samples.screenshot()
    assert "rusak" in refusal(data[:33] + bomb + data[33:])


def test_it_refuses_a_moving_picture():
    frames = [samples.picture(), samples.picture().rotate(90)]
    data = samples.saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    assert "bergerak" in refusal(data)


def test_it_refuses_a_picture_with_an_archive_behind_it():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Main-Class: Jahat")
    assert "disembunyikan" in refusal(samples.photo() + archive.getvalue(), "foto.jpg")


@pytest.mark.parametrize(
    "hidden",
    [
        b"<script>alert(1)</script>",
        b"<?php system($_GET[0]); ?>",
        b"<!DOCTYPE HTML><HTML>",
        b"<svg onload=x>",
    ],
)
def test_it_refuses_a_picture_with_a_page_inside_it(hidden: bytes):
    assert "disembunyikan" in refusal(samples.saved(samples.picture(), "JPEG", comment=hidden), "foto.jpg")


def test_it_refuses_a_picture_that_is_a_pdf_too():
    assert "disembunyikan" in refusal(
        samples.saved(samples.picture(), "JPEG", comment=samples.pdf()), "foto.jpg"
    )


def test_what_a_phone_appends_to_its_photo_is_cut_away():
    """Motion photos carry a film behind the picture: that is ordinary, and it does not get in."""
    data = samples.photo() + b"\0\0\0\x18ftypmp42" + b"film" * 1000
    assert b"film" not in evidence.inspect(data, "foto.jpg").content


def test_the_second_reader_must_agree(monkeypatch: pytest.MonkeyPatch):
    import puremagic

    monkeypatch.setattr(puremagic, "magic_string", lambda *_: [])
    assert "tidak dikenal" in refusal(samples.photo(), "foto.jpg")


def test_text_is_taken_in_as_it_is():
    data = "\ufeffKecamatan;TPS\nSegah;31\n".encode()
    inspected = evidence.inspect(data, "rekap.csv")
    assert (inspected.content, inspected.media_type) == (data, "text/csv")
    assert inspected.sha256 == inspected.original_sha256
    assert evidence.inspect(b"Catatan rapat.\n", "rapat.TXT").media_type == "text/plain"
    assert evidence.inspect(b"BMKG: hujan lebat\n", "cuaca.txt").media_type == "text/plain"


def test_negative_numbers_and_plain_formulas_in_a_table_are_no_reason_to_refuse():
    assert evidence.inspect(b"selisih,jumlah\n-3,=A2+1\n+4|5,6\n", "rekap.csv").media_type == "text/csv"


@pytest.mark.parametrize("bait", [b"\n" * MB, b"=||||" * (MB // 5), b"=" + b"|" * MB, b"<x " * (MB // 3)])
def test_reading_long_dull_text_takes_no_long_time(bait: bytes):
    evidence.inspect(b"a,b\n" + bait, "rekap.csv")


def test_a_table_of_millions_of_cells_is_read_cell_by_cell():
    data = b"kode,nama\n" + b"ab," * 900_000
    tracemalloc.start()
    try:
        assert evidence.inspect(data, "rekap.csv").media_type == "text/csv"
        assert tracemalloc.get_traced_memory()[1] < 20 * MB
    finally:
        tracemalloc.stop()


# --- The workshop -------------------------------------------------------------------------------------------


def test_a_file_that_unfolds_to_gigabytes_is_refused_and_costs_this_process_nothing():
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "terlalu berat" in refusal(samples.bomb_pdf(600), "kecil.pdf")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_the_workshop_gets_no_key_and_may_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A decoder that was taken over finds neither the application's secrets nor a place to put anything."""
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import sys, os, json\n"
        "sys.stdin.buffer.read()\n"
        "try:\n"
        f"    with open({str(tmp_path / 'loot')!r}, 'w') as file:\n"
        "        file.write('x' * 10)\n"
        "    wrote = True\n"
        "except OSError:\n"
        "    wrote = False\n"
        "found = {'kind': 'pdf', 'pages': 1 if not wrote and 'DESK_SECRET_KEY' not in os.environ else 0}\n"
        "sys.stdout.write(json.dumps(found) + '\\n')\n"
    )
    monkeypatch.setenv("DESK_SECRET_KEY", "rahasia")
    monkeypatch.setattr(intake, "_WORKSHOP", spy)
    assert evidence.inspect(samples.pdf(), "ba.pdf").pages == 1


def test_a_workshop_that_crashes_is_a_refusal_and_one_that_is_missing_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    crash = tmp_path / "crash.py"
    crash.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(intake, "_WORKSHOP", crash)
    assert "terlalu berat" in refusal(samples.photo())
    monkeypatch.setattr(intake, "_WORKSHOP", tmp_path / "nowhere.py")
    with pytest.raises(RuntimeError, match="nowhere"):
        evidence.inspect(samples.photo(), "foto.jpg")


def test_a_workshop_that_never_ends_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass\n")
    monkeypatch.setattr(intake, "_WORKSHOP", endless)
    monkeypatch.setattr(intake, "_SECONDS", 1)
    assert "terlalu berat" in refusal(samples.photo())


def test_the_room_is_opened_without_the_heavy_libraries():
    heavy = "('PIL', 'pikepdf', 'puremagic')"
    look = f"import sys, app.domain.evidence; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


# --- The scanner --------------------------------------------------------------------------------------------


def test_the_scanner_sees_the_uploaded_bytes_and_its_refusal_counts(kept: evidence.LocalDirectory):
    seen: list[bytes] = []

    def scan(path: Path) -> None:
        seen.append(path.read_bytes())
        raise Invalid(
            "Berkas ini mengandung virus.", file="Berkas ini mengandung virus yang dikenal: unggah yang lain."
        )

    evidence.configure(kept, max_bytes=MB, scan=scan)
    data = samples.photo()
    with pytest.raises(Invalid, match="virus"):
        evidence.inspect(data, "foto.jpg")
    assert seen == [data]


def test_a_scanner_that_fails_lets_nothing_in_and_its_copy_is_gone(kept: evidence.LocalDirectory):
    paths: list[Path] = []

    def scan(path: Path) -> None:
        paths.append(path)
        raise OSError("clamd is down")

    evidence.configure(kept, max_bytes=MB, scan=scan)
    assert "Coba sebentar lagi" in refusal(samples.photo())
    assert not paths[0].exists()


def test_a_scanner_that_finds_nothing_lets_in(kept: evidence.LocalDirectory):
    evidence.configure(kept, max_bytes=MB, scan=lambda path: None)
    assert evidence.inspect(samples.photo(), "foto.jpg").kind == "jpeg"


def test_before_it_is_configured_it_says_so(kept: evidence.LocalDirectory, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(storage, "_setup", None)
    with pytest.raises(RuntimeError, match="configure"):
        evidence.inspect(b"x", "x.txt")
