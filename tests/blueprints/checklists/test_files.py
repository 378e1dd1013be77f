"""Evidence through the browser: attached, shown to who may see, replaced, taken off, reused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from app.domain import audit, checklists, evidence
from tests import cast


def picture(colour: str = "navy") -> tuple[io.BytesIO, str]:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "JPEG")
    content.seek(0)
    return content, "serah terima.jpg"


@pytest.fixture
def entry(session: Any) -> checklists.EntryRow:
    return cast.entry_of("LOG-14", cast.BERAU)


@pytest.fixture
def operator_at(client: Any, entry: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


@pytest.fixture
def use(operator_at: Any, entry: Any) -> Any:
    operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [picture()]})
    return evidence.uses_of("checklist_entry", entry.id)[0]


def test_a_photo_is_attached_and_its_hash_is_shown(operator_at: Any, entry: Any, use: Any):
    page = operator_at.get(f"/daftar-periksa/{entry.id}").text
    assert "serah terima.jpg" in page
    assert use.file.sha256 in page
    fresh = checklists.fresh(entry.id)
    assert (fresh.evidence_count, fresh.version) == (1, entry.version + 1)


def test_with_a_file_the_item_can_be_done(operator_at: Any, entry: Any, use: Any):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/selesai", data={"versi": str(entry.version + 1)})
    assert answer.status_code == 303


def test_several_files_come_at_once(operator_at: Any, entry: Any):
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [picture("navy"), picture("gray")]}
    )
    assert answer.status_code == 303
    assert checklists.fresh(entry.id).evidence_count == 2


def test_more_files_than_can_be_sent_at_once_are_refused_and_none_is_left_out_unsaid(
    operator_at: Any, entry: Any
):
    colours = [f"#0000{n:02d}" for n in range(10, 21)]
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [picture(colour) for colour in colours]}
    )
    assert answer.status_code == 422
    assert "Anda memilih 11 berkas" in answer.text
    assert checklists.fresh(entry.id).evidence_count == 0


def test_a_photo_that_says_nothing_of_itself_is_given_its_time_and_place(
    operator_at: Any, entry: Any, use: Any
):
    page = operator_at.get(f"/daftar-periksa/{entry.id}").text
    assert f'id="waktu-{use.id}"' in page
    where = {"waktu": "2024-11-24T16:05", "tempat": "Gudang KPU Berau", "simpan": "y"}
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/bukti/{use.id}/tempat", data=where)
    assert answer.status_code == 303
    kept = evidence.uses_of("checklist_entry", entry.id)[0].file
    assert kept.place == "Gudang KPU Berau"
    assert kept.taken_at is not None
    assert kept.taken_at.isoformat() == "2024-11-24T08:05:00+00:00"
    assert 'value="2024-11-24T16:05"' in operator_at.get(f"/daftar-periksa/{entry.id}").text


def test_a_time_that_is_none_is_explained_at_its_field(operator_at: Any, entry: Any, use: Any):
    where = {"waktu": "kemarin sore", "simpan": "y"}
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/bukti/{use.id}/tempat", data=where)
    assert answer.status_code == 422
    assert "Waktu tidak dikenal" in answer.text
    assert evidence.uses_of("checklist_entry", entry.id)[0].file.taken_at is None


def test_the_file_is_served_safely_and_the_reading_is_told(operator_at: Any, entry: Any, use: Any):
    answer = operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert audit.history_of("checklist_entry", entry.id)[0].action == "evidence:file:download"


@pytest.mark.parametrize(
    "who, status", [("operator.paser", 404), ("admin.berau", 403), ("pengamat.kpu-berau", 403)]
)
def test_the_file_is_for_who_may_see_what_it_proves(client: Any, entry: Any, use: Any, who: str, status: int):
    cast.signed_in(client, who)
    assert client.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == status


@pytest.mark.parametrize("who", ["admin.berau", "pengamat.kpu-berau"])
def test_who_may_not_read_files_is_told_how_many_and_not_what_they_are(
    client: Any, entry: Any, use: Any, who: str
):
    visitor = cast.signed_in(client, who)
    row, page = (
        visitor.ask(f"/daftar-periksa/{entry.id}/isian").text,
        visitor.get(f"/daftar-periksa/{entry.id}").text,
    )
    for text in (row, page):
        assert "1 berkas. Melihat bukti tidak termasuk penugasan Anda." in text
        assert f"/bukti/{use.id}" not in text
    assert "serah terima.jpg" not in row
    assert ("serah terima.jpg" in page) is (who == "admin.berau"), "admins read the trail, which names it"


def test_a_files_number_opens_nothing_under_another_entry(operator_at: Any, use: Any):
    other = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    assert operator_at.get(f"/daftar-periksa/{other.id}/bukti/{use.id}").status_code == 404


def test_a_replaced_file_stays_readable_as_the_older_version(operator_at: Any, entry: Any, use: Any):
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti/{use.id}/ganti", data={"berkas": [picture("gray")]}
    )
    assert answer.status_code == 303
    newest = evidence.uses_of("checklist_entry", entry.id)
    assert [len(newest), len(newest[0].earlier)] == [1, 1]
    assert operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == 200


def test_a_file_is_taken_off_only_with_a_reason(operator_at: Any, entry: Any, use: Any):
    path = f"/daftar-periksa/{entry.id}/bukti/{use.id}/lepas"
    assert operator_at.post(path, data={"alasan": ""}).status_code == 422
    assert checklists.fresh(entry.id).evidence_count == 1
    assert operator_at.post(path, data={"alasan": "Salah butir"}).status_code == 303
    assert checklists.fresh(entry.id).evidence_count == 0
    assert operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == 404
    inspector = cast.signed_in(operator_at, "inspektorat.berau")
    assert inspector.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}").status_code == 200


def test_a_file_can_prove_another_entry_too(operator_at: Any, use: Any):
    other = cast.entry_of("KTP-10", cast.BERAU, "2024-11-25")
    answer = operator_at.post(
        f"/daftar-periksa/{other.id}/bukti/pakai", data={"berkas_lama": str(use.file.id)}
    )
    assert answer.status_code == 303
    assert checklists.fresh(other.id).evidence_count == 1


@pytest.mark.parametrize(
    "content, name",
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "foto.png"),
        (b"MZ" + b"\0" * 200, "surat.pdf"),
        (b"", "kosong.jpg"),
        (b"\xff\xd8\xff\xe0 terpotong", "foto.jpg"),
    ],
)
def test_a_bad_file_is_explained_and_nothing_is_kept(operator_at: Any, entry: Any, content: bytes, name: str):
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [(io.BytesIO(content), name)]}
    )
    assert answer.status_code == 422
    assert "Belum ada yang disimpan." in answer.text
    assert checklists.fresh(entry.id).version == entry.version


def test_no_file_chosen_is_explained(operator_at: Any, entry: Any):
    answer = operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={})
    assert answer.status_code == 422
    assert "Belum ada berkas yang dipilih." in answer.text


def test_one_bad_file_among_good_ones_keeps_none(operator_at: Any, entry: Any):
    files = [picture(), (io.BytesIO(b"bukan gambar \x00\x01"), "x.png")]
    assert operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={"berkas": files}).status_code == 422
    assert checklists.fresh(entry.id).evidence_count == 0


def test_a_file_over_the_limit_is_413(operator_at: Any, entry: Any):
    size = str(13 * 1024 * 1024)
    answer = operator_at.post(
        f"/daftar-periksa/{entry.id}/bukti",
        data={"berkas": [picture()]},
        environ_overrides={"CONTENT_LENGTH": size},
    )
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text


@pytest.mark.parametrize("path", ["bukti/pakai", "bukti/1/ganti", "bukti/1/lepas", "bukti/1/tempat"])
def test_a_stranger_changes_nothing(client: Any, entry: Any, path: str):
    cast.signed_in(client, "operator.paser")
    assert client.post(f"/daftar-periksa/{entry.id}/{path}", data={"alasan": "x"}).status_code == 404


# --- Small pictures -----------------------------------------------------------------------------------------


def test_the_photo_is_shown_small_and_opens_whole(operator_at: Any, entry: Any, use: Any):
    path = f"/daftar-periksa/{entry.id}/bukti/{use.id}"
    page = operator_at.get(f"/daftar-periksa/{entry.id}").text
    assert (
        f'<div class="proof-photo"><a href="{path}"><img loading="lazy" width="64" height="48" src="{path}/kecil"'
        in page
    )
    assert 'alt="Foto bukti: serah terima.jpg"' in page
    answer = operator_at.get(f"{path}/kecil")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(answer.data)).size == (64, 48)


def test_the_small_picture_stays_in_no_cache_and_writes_no_reading(operator_at: Any, entry: Any, use: Any):
    before = len(audit.history_of("checklist_entry", entry.id))
    answer = operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}/kecil")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert len(audit.history_of("checklist_entry", entry.id)) == before


@pytest.mark.parametrize(
    "who, status", [("operator.paser", 404), ("admin.berau", 403), ("pengamat.kpu-berau", 403)]
)
def test_the_small_picture_is_for_who_may_open_the_file(
    client: Any, entry: Any, use: Any, who: str, status: int
):
    cast.signed_in(client, who)
    assert client.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}/kecil").status_code == status


def test_what_is_no_picture_has_no_small_one(operator_at: Any, entry: Any):
    note = (io.BytesIO(b"Berita acara"), "catatan.txt")
    operator_at.post(f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [note]})
    use = evidence.uses_of("checklist_entry", entry.id)[0]
    assert operator_at.get(f"/daftar-periksa/{entry.id}/bukti/{use.id}/kecil").status_code == 404
    assert "proof-photo" not in operator_at.get(f"/daftar-periksa/{entry.id}").text


# --- Verdicts -----------------------------------------------------------------------------------------------

REFUSAL = {"penilaian": "ditolak", "alasan": "Tanda tangan tidak ada."}


@pytest.fixture
def judging(entry: Any, use: Any) -> str:
    return f"/daftar-periksa/{entry.id}/bukti/{use.id}/nilai"


def test_a_supervisor_judges_a_file_and_the_entry_stays_as_it_was(
    client: Any, entry: Any, use: Any, judging: str
):
    supervisor = cast.signed_in(client, "penyelia.berau")
    before = checklists.fresh(entry.id)
    assert supervisor.post(judging, data=REFUSAL).status_code == 303
    assert checklists.fresh(entry.id) == before
    page = supervisor.get(f"/daftar-periksa/{entry.id}").text
    assert "Dinilai <strong>ditolak</strong>: Tanda tangan tidak ada." in page
    assert "menilai bukti" in page


def test_a_judged_file_is_drawn_in_its_row(client: Any, use: Any, judging: str):
    supervisor = cast.signed_in(client, "penyelia.berau")
    answer = supervisor.send(judging, data={"penilaian": "sah"})
    assert answer.status_code == 200
    assert "Penilaian bukti tersimpan." in answer.text
    assert "Dinilai <strong>sah</strong>" in answer.text


@pytest.mark.parametrize(
    "said, words",
    [
        ({"penilaian": "ditolak", "alasan": " "}, "Tuliskan mengapa bukti ini ditolak"),
        ({"penilaian": "kedaluwarsa"}, "Tuliskan mengapa bukti ini kedaluwarsa"),
        ({"alasan": "Baik."}, "Pilih sah, ditolak, atau kedaluwarsa."),
    ],
)
def test_a_verdict_badly_said_is_explained_and_nothing_is_kept(
    client: Any, entry: Any, use: Any, judging: str, said: dict[str, str], words: str
):
    answer = cast.signed_in(client, "penyelia.berau").post(judging, data=said)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#nilai-{"alasan-" if "penilaian" in said else ""}{use.id}"' in answer.text
    assert '<details class="more" open><summary>Nilai bukti' in answer.text
    assert evidence.uses_of("checklist_entry", entry.id)[0].verdict == ""


@pytest.mark.parametrize(
    "who, status",
    [("operator.berau", 403), ("inspektorat.berau", 403), ("operator.paser", 403), ("penyelia.paser", 404)],
)
def test_a_file_is_judged_only_by_who_verifies_there(
    client: Any, entry: Any, use: Any, judging: str, who: str, status: int
):
    cast.signed_in(client, who)
    assert client.post(judging, data=REFUSAL).status_code == status
    assert evidence.uses_of("checklist_entry", entry.id)[0].verdict == ""


def test_judging_refuses_a_get(operator_at: Any, judging: str):
    assert operator_at.get(judging).status_code == 405


def test_nobody_judges_the_own_file(client: Any, entry: Any):
    both = cast.signed_in(client, "rangkap.berau")
    both.post(f"/daftar-periksa/{entry.id}/bukti", data={"berkas": [picture()]})
    use = evidence.uses_of("checklist_entry", entry.id)[0]
    assert "Nilai bukti" not in both.get(f"/daftar-periksa/{entry.id}").text
    assert both.post(f"/daftar-periksa/{entry.id}/bukti/{use.id}/nilai", data=REFUSAL).status_code == 403


def test_a_files_number_is_judged_only_under_its_own_entry(client: Any, use: Any):
    other = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    cast.signed_in(client, "penyelia.berau")
    path = f"/daftar-periksa/{other.id}/bukti/{use.id}/nilai"
    assert client.post(path, data=REFUSAL).status_code == 404


@pytest.mark.parametrize("verdict", ["ditolak", "kedaluwarsa"])
def test_with_refused_files_only_the_item_is_done_only_with_a_reason(
    client: Any, entry: Any, use: Any, judging: str, verdict: str
):
    cast.signed_in(client, "penyelia.berau").post(judging, data={**REFUSAL, "penilaian": verdict})
    operator = cast.signed_in(client, "operator.berau")
    said = {"versi": str(checklists.fresh(entry.id).version)}
    answer = operator.post(f"/daftar-periksa/{entry.id}/selesai", data=said)
    assert answer.status_code == 422
    assert "Belum ada bukti yang sah? Tuliskan mengapa" in answer.text
    said["tanpa_bukti"] = "Berita acara asli masih di kecamatan."
    assert operator.post(f"/daftar-periksa/{entry.id}/selesai", data=said).status_code == 303


def test_a_newer_version_of_a_refused_file_counts_again(client: Any, entry: Any, use: Any, judging: str):
    cast.signed_in(client, "penyelia.berau").post(judging, data=REFUSAL)
    operator = cast.signed_in(client, "operator.berau")
    operator.post(f"/daftar-periksa/{entry.id}/bukti/{use.id}/ganti", data={"berkas": [picture("gray")]})
    said = {"versi": str(checklists.fresh(entry.id).version)}
    assert operator.post(f"/daftar-periksa/{entry.id}/selesai", data=said).status_code == 303


def test_the_card_shows_the_photo_and_its_verdict(client: Any, entry: Any, use: Any, judging: str):
    operator = cast.signed_in(client, "operator.berau")
    version = str(checklists.fresh(entry.id).version)
    operator.post(f"/daftar-periksa/{entry.id}/selesai", data={"versi": version})
    supervisor = cast.signed_in(client, "penyelia.berau")
    supervisor.post(judging, data={"penilaian": "sah"})
    page = supervisor.get("/verifikasi").text
    assert f'src="/daftar-periksa/{entry.id}/bukti/{use.id}/kecil"' in page
    assert "Dinilai <strong>sah</strong>" in page
