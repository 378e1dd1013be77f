"""Looking at an upload before anything is stored: size, kind, scanner, and the workshop."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import subprocess
import tempfile
import threading
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from app import ceiling
from app.domain.errors import Invalid
from app.domain.evidence import rules, storage
from app.domain.evidence.rules import Inspected, Kind, Proposals, clean_name, refused
from app.domain.evidence.sniff import kind_of

_WORKSHOP = Path(__file__).with_name("workshop.py")
_MEMORY = 1024 * 1024 * 1024
"""Address space for a picture, bytes: one of 40 megapixels with transparency needs about half of it."""
_PDF_MEMORY = 512 * 1024 * 1024
"""Address space for a PDF, bytes: only its structure is unfolded, never its pictures."""
_SECONDS = 20
_TURNS = threading.BoundedSemaphore(2)
"""How many workshops one process keeps busy at once: together they stay within a small server's memory."""

_SENTENCES = {
    "pixels": "Gambar ini terlalu besar (lebih dari 40 juta piksel). Perkecil ukurannya, lalu unggah lagi.",
    "moving": "Gambar bergerak tidak dapat disimpan. Ambil tangkapan layarnya, lalu unggah.",
    "pages": f"PDF ini lebih dari {rules.MAX_PAGES} halaman. Bagi menjadi beberapa berkas menurut isinya.",
    "locked": "PDF ini terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi.",
    "acting": "PDF ini memuat program atau lampiran tersembunyi. Cetak ke PDF baru, lalu unggah hasilnya.",
    "heavy": "Berkas ini terlalu berat untuk dibuka. Perkecil atau cetak ke PDF baru, lalu unggah lagi.",
    "broken": "Berkas ini rusak atau terpotong. Periksa apakah masih dapat dibuka, lalu unggah lagi.",
}


def inspect(upload: IO[bytes] | bytes, name: str) -> Inspected:
    """Look at an upload and make it safe to keep; stores nothing. `name` is the name as the browser gave it.

    Photos come back re-encoded and without metadata, with what they said of time and place as `proposals`;
    other files come back as they are. Raises Invalid with a sentence that says what to do, at the field
    "file". Takes about 0.2 s for a PDF and up to a second for a photo, so call it before the first write
    statement.
    """
    data = _read(upload)
    kind = kind_of(data, name)
    _scan(data)
    original = hashlib.sha256(data).hexdigest()
    if not kind.is_image and kind is not Kind.PDF:
        return Inspected(data, kind, clean_name(name, kind), original, original)
    found, content = opened_in_workshop(kind, data)
    if kind is Kind.PDF:
        return Inspected(data, kind, clean_name(name, kind), original, original, pages=found["pages"])
    kind = Kind(found["kind"])
    whole = len(content) - found["thumbnail"]
    content, thumbnail = content[:whole], content[whole:]
    return Inspected(
        content,
        kind,
        clean_name(name, kind),
        hashlib.sha256(content).hexdigest(),
        original,
        width=found["width"],
        height=found["height"],
        proposals=_proposals(found),
        thumbnail=thumbnail,
    )


def _read(upload: IO[bytes] | bytes) -> bytes:
    limit = storage.setup().max_bytes
    data = upload if isinstance(upload, bytes) else upload.read(limit + 1)
    if len(data) > limit:
        megabytes = f"{limit / 1024 / 1024:.1f}".rstrip("0").rstrip(".").replace(".", ",")
        raise refused(
            f"Berkas ini lebih dari {megabytes} MB. Perkecil fotonya atau bagi dokumennya, lalu unggah lagi."
        )
    return data


def _scan(data: bytes) -> None:
    """Show a temporary copy to the malware scanner, if there is one (F37)."""
    scan = storage.setup().scan
    if scan is None:
        return
    with tempfile.TemporaryDirectory(prefix="bukti-") as directory:
        path = Path(directory) / "unggahan"
        path.write_bytes(data)
        try:
            scan(path)
        except Invalid:
            raise
        except Exception as error:
            sentence = "Pemeriksa virus tidak dapat dihubungi. Coba sebentar lagi, atau hubungi admin desk."
            raise refused(sentence) from error


def opened_in_workshop(kind: Kind, data: bytes, **wishes: int | bool) -> tuple[dict[str, Any], bytes]:
    """Open the file in a process of its own: what it found, and the new bytes with the small picture behind them.

    `wishes` take the place of the usual limits of a picture (`longest`, `always_png`). Raises Invalid;
    RuntimeError when the process cannot start.
    """
    job: dict[str, Any] = {
        "kind": kind.value,
        "pixels": rules.MAX_PIXELS,
        "longest": rules.LONGEST_SIDE,
        "quality": rules.JPEG_QUALITY,
        "thumbnail": rules.THUMBNAIL_SIDE,
        "thumbnail_quality": rules.THUMBNAIL_QUALITY,
        "colours": rules.FEW_COLOURS,
        "png": rules.LARGEST_PNG,
        "pages": rules.MAX_PAGES,
        "objects": rules.MAX_PDF_OBJECTS,
        "always_png": False,
        **wishes,
    }
    # Nothing of the application's environment (keys, addresses) goes along; only what starts Python at all.
    bare = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    memory = _PDF_MEMORY if kind is Kind.PDF else _MEMORY
    command = ceiling.command(_WORKSHOP, json.dumps(job), memory=memory, seconds=_SECONDS)
    with _TURNS:
        try:
            done = subprocess.run(  # noqa: S603  (our own program; the upload goes in as its input)
                command, input=data, capture_output=True, timeout=3 * _SECONDS, check=False, env=bare
            )
        except subprocess.TimeoutExpired:
            raise refused(_SENTENCES["heavy"]) from None
    if done.returncode < 0:  # killed by a limit, or crashed in a decoder
        raise refused(_SENTENCES["heavy"])
    if done.returncode > 0:
        raise RuntimeError(f"evidence workshop failed: {done.stderr.decode(errors='replace')[-2000:]}")
    line, _, content = done.stdout.partition(b"\n")
    found: dict[str, Any] = json.loads(line)
    if "refused" in found:
        raise refused(_SENTENCES[found["refused"]])
    return found, content


def _proposals(found: dict[str, Any]) -> Proposals:
    wall_time = None
    if found.get("taken"):
        try:
            wall_time = dt.datetime.fromisoformat(found["taken"] + found.get("offset", ""))
        except ValueError:  # the 31st of February of a camera without a battery
            wall_time = None
    if "latitude" not in found:
        return Proposals(wall_time)
    return Proposals(wall_time, Decimal(found["latitude"]), Decimal(found["longitude"]))
