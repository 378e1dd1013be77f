"""/impor: it works · refuses a GET · hides others' · refuses roles · explains · refuses the second one."""

from __future__ import annotations

import html
import io
from typing import Any

import openpyxl
import pytest
from flask import Flask

from app.domain import accounts, audit, imports, jobs, stages
from app.domain.accounts import Account
from app.domain.imports import Findings, SheetImport, State
from app.domain.jobs import Job, WorkerBeat
from app.extensions import db
from app.jobs.importers import IMPORTERS
from app.jobs.importing import Slip
from app.jobs.slips import SlipBox
from app.jobs.worker import Worker
from tests import cast
from tests.counting import statements
from tests.documents.sheets import filled
from tests.jobs.stand_ins import PressHere

SITI = {"name": "Siti Aminah", "role": "Operator", "region": cast.BERAU}


@pytest.fixture
def admin_at(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "admin.kaltim")


def people(*rows: dict[str, str]) -> bytes:
    """A filled people template."""
    columns = IMPORTERS["orang"].columns(cast.person("admin.kaltim"), "64")
    return filled(columns, rows, "orang")


def send(visitor: Any, content: bytes, name: str = "orang.xlsx", **more: str) -> Any:
    file = (io.BytesIO(content), name)
    return visitor.post("/impor/orang", data={"wilayah": "64", "berkas": file} | more)


def brought(visitor: Any, *rows: dict[str, str]) -> SheetImport:
    assert send(visitor, people(*rows)).status_code == 303
    return latest()


def latest() -> SheetImport:
    db.session.rollback()
    return db.session.query(SheetImport).order_by(SheetImport.id.desc()).limit(1).one()


def work(app: Flask) -> None:
    assert Worker(app, press=PressHere(), keeps_warm=False).run_one()


def words(answer: Any) -> str:
    return html.unescape(answer.text)


def count() -> int:
    db.session.rollback()
    return int(db.session.query(SheetImport).count())


# --- It works -----------------------------------------------------------------------------------------------


def test_people_come_from_the_template_to_their_slips(app: Flask, admin_at: Any):
    """Download, fill, upload, check, apply, hand out: without JavaScript."""
    page = admin_at.get("/impor/orang")
    assert page.status_code == 200
    assert "Belum ada impor Anda" in page.text
    blank = admin_at.get("/impor/orang/templat?wilayah=64")
    assert (blank.status_code, blank.mimetype) == (
        200,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    assert "templat-orang-provinsi-kalimantan-timur.xlsx" in blank.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(blank.data))
    book["Isian"].append(["Siti Aminah", None, "Operator", "64.03"])
    book["Isian"].append(["Ani Lestari", None, "Penyelia", "64.03", None, "LOG"])
    target = io.BytesIO()
    book.save(target)

    answer = send(admin_at, target.getvalue())
    sheet = latest()
    assert (answer.status_code, answer.location) == (303, f"/impor/{sheet.id}")
    assert "Menunggu diperiksa" in admin_at.get(f"/impor/{sheet.id}").text
    work(app)
    page = admin_at.get(f"/impor/{sheet.id}")
    assert "2 baris benar semuanya. Belum ada yang berubah." in page.text
    assert "ani.lestari" in page.text

    answer = admin_at.post(f"/impor/{sheet.id}/terapkan")
    assert (answer.status_code, answer.location) == (303, f"/impor/{sheet.id}")
    assert "Menunggu diterapkan" in admin_at.get(f"/impor/{sheet.id}").text
    work(app)
    page = admin_at.get(f"/impor/{sheet.id}")
    assert "2 akun baru dibuat dan 2 penugasan diberikan." in page.text
    assert "Tampilkan kata sandi" in page.text

    slips = admin_at.post(f"/impor/{sheet.id}/kata-sandi")
    assert slips.status_code == 200
    assert slips.headers["Cache-Control"] == "no-store"
    for said in ("Siti Aminah", "siti.aminah", "Operator, Kabupaten Berau", "http://localhost/masuk"):
        assert said in slips.text
    password = slips.text.partition("</code>")[0].rpartition(">")[2]
    account = db.session.query(Account).filter_by(username="siti.aminah").one()
    assert accounts.matches(account.password_hash, password)
    assert account.must_change_password
    assert next(entry.action for entry in audit.history_of("import", sheet.id)) == "import:sheet:hand_out"


def test_the_page_stands_among_the_settings(admin_at: Any):
    page = admin_at.get("/impor/orang").text
    assert '<a href="/pengaturan" aria-current="page">' in page


def test_the_page_lists_the_persons_own_imports_with_their_state(app: Flask, admin_at: Any):
    brought(admin_at, SITI)
    work(app)
    page = admin_at.get("/impor/orang").text
    assert "orang.xlsx" in page
    assert "Siap diterapkan" in page
    assert "orang.xlsx" not in cast.signed_in(admin_at, "admin.berau").get("/impor/orang").text


def test_the_list_asks_few_statements_however_long_it_is(app: Flask, admin_at: Any, session: Any):
    for _ in range(12):
        brought(admin_at, SITI)
    with app.app_context(), statements() as asked:
        admin_at.get("/impor/orang")
    assert len(asked) <= 12


def test_a_kabupatens_admin_imports_into_the_kabupaten_only(client: Any, session: Any):
    visitor = cast.signed_in(client, "admin.berau")
    assert "Kabupaten Berau dan wilayah di bawahnya" in visitor.get("/impor/orang").text
    assert visitor.get(f"/impor/orang?wilayah={cast.SAMBALIUNG}").status_code == 200
    for path in ("/impor/orang?wilayah=64", "/impor/orang?wilayah=64.01", "/impor/orang/templat?wilayah=64"):
        assert visitor.get(path).status_code == 404
    assert send(visitor, people(SITI)).status_code == 404
    assert count() == 0


def test_the_page_asks_for_itself_until_it_is_over(app: Flask, admin_at: Any):
    sheet = brought(admin_at, SITI)
    path = f"/impor/{sheet.id}/keadaan"
    part = admin_at.ask(path)
    assert part.status_code == 200
    assert 'hx-trigger="every 2s"' in part.text
    assert "HX-Request" in part.headers["Vary"]
    assert admin_at.get(path).location == f"/impor/{sheet.id}"
    work(app)
    over = admin_at.ask(path)
    assert (over.status_code, over.headers["HX-Redirect"]) == (204, f"/impor/{sheet.id}")
    assert "hx-trigger" not in admin_at.get(f"/impor/{sheet.id}").text


def test_progress_and_a_missing_worker_are_said(admin_at: Any, session: Any):
    sheet = brought(admin_at, SITI)
    assert "Pekerja latar sedang tidak berjalan" in admin_at.get(f"/impor/{sheet.id}").text
    claim = jobs.claim()
    assert claim is not None
    jobs.beat(claim, 30, 120)
    session.execute(db.update(SheetImport).values(state=State.APPLYING.value))
    session.commit()
    page = admin_at.get(f"/impor/{sheet.id}").text
    assert "Sedang diterapkan" in page
    assert "30 dari 120" in page
    assert session.query(WorkerBeat).count() == 0


def test_errors_stand_by_row_and_can_be_fetched_as_a_list(app: Flask, admin_at: Any):
    sheet = brought(admin_at, SITI, SITI | {"name": "Ani", "role": "Raja"}, SITI | {"region": "64.99"})
    work(app)
    page = words(admin_at.get(f"/impor/{sheet.id}"))
    assert "2 hal perlu diperbaiki dalam 3 baris. Tidak ada yang disimpan." in page
    assert "Baris 3" in page
    assert "Kode wilayah" in page
    assert ">Terapkan<" not in page
    listed = admin_at.get(f"/impor/{sheet.id}/kesalahan")
    assert listed.mimetype == "text/csv"
    assert listed.data.decode("utf-8-sig").splitlines()[1].startswith("3;Peran;")
    assert "kesalahan-orang.csv" in listed.headers["Content-Disposition"]


def test_of_many_errors_the_page_says_how_many_more_there_are(admin_at: Any, session: Any):
    sheet = brought(admin_at, SITI)
    found = Findings(errors=tuple((n, "Nama", "Salah.") for n in range(200)))
    imports.note_findings(sheet, found, rows=5_000, errors=1_234, errors_key="")
    session.commit()
    assert "200 yang pertama dari 1.234." in admin_at.get(f"/impor/{sheet.id}").text


def test_hostile_words_stay_words(app: Flask, admin_at: Any):
    hostile = "<script>alert(1)</script>"
    send(admin_at, people(SITI | {"name": hostile}), name=f"../../{hostile}.xlsx")
    work(app)
    for path in (f"/impor/{latest().id}", "/impor/orang"):
        page = admin_at.get(path).text
        assert hostile not in page
        assert "../" not in page


# --- It hides, refuses, explains ----------------------------------------------------------------------------

PARTS = ("", "/keadaan", "/kesalahan")
DEEDS = ("/terapkan", "/periksa", "/kata-sandi")


def test_anothers_import_is_not_there(app: Flask, client: Any, session: Any):
    sheet = brought(cast.signed_in(client, "admin.kaltim"), SITI)
    work(app)
    for who in ("admin.berau", "operator.kaltim", "inspektorat.kaltim"):
        visitor = cast.signed_in(client, who)
        for part in PARTS:
            assert visitor.get(f"/impor/{sheet.id}{part}").status_code == 404, (who, part)
        for deed in DEEDS:
            assert visitor.post(f"/impor/{sheet.id}{deed}").status_code == 404, (who, deed)
    assert latest().state == State.READY


def test_an_import_goes_with_the_right(app: Flask, admin_at: Any, session: Any):
    sheet = brought(admin_at, SITI)
    work(app)
    admin = cast.person("admin.kaltim")
    accounts.end_appointment(admin.appointments[0].id, on=admin.appointments[0].starts_on)
    session.commit()
    assert admin_at.get(f"/impor/{sheet.id}").status_code == 404
    assert admin_at.post(f"/impor/{sheet.id}/terapkan").status_code == 404


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.berau", "inspektorat.kaltim", "pimpinan.kaltim"])
def test_who_does_not_administer_is_refused(client: Any, session: Any, who: str):
    visitor = cast.signed_in(client, who)
    for path in ("/impor/orang", "/impor/orang/templat"):
        assert visitor.get(path).status_code == 403
    assert send(visitor, b"PK\x03\x04").status_code == 403
    assert count() == 0


def test_an_unknown_kind_is_not_there(admin_at: Any):
    assert admin_at.get("/impor/raja").status_code == 404
    assert admin_at.get("/impor/raja/templat").status_code == 404
    assert admin_at.post("/impor/raja").status_code == 404
    assert admin_at.get("/impor/999").status_code == 404


def test_a_deed_refuses_a_get(app: Flask, admin_at: Any):
    sheet = brought(admin_at, SITI)
    for deed in DEEDS:
        assert admin_at.get(f"/impor/{sheet.id}{deed}").status_code == 405


@pytest.mark.parametrize(
    "content,name,sentence",
    [
        (b"", "", "Pilih berkas XLSX yang sudah diisi."),
        (b"Nama;Peran\n", "orang.xlsx", "Berkas ini bukan XLSX."),
        (b"<html></html>", "orang.xlsx", "Berkas ini bukan XLSX."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "orang.xls", "Simpan ulang sebagai XLSX"),
    ],
    ids=["nothing", "csv", "html", "xls"],
)
def test_what_is_no_sheet_is_explained_at_once(admin_at: Any, content: bytes, name: str, sentence: str):
    answer = send(admin_at, content, name)
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2  # on top and at the field
    assert "Berkas belum diunggah." in answer.text
    assert count() == 0


def test_a_file_above_the_limit_is_refused(admin_at: Any):
    file = (io.BytesIO(b"PK\x03\x04"), "orang.xlsx")
    answer = admin_at.post(
        "/impor/orang",
        data={"wilayah": "64", "berkas": file},
        environ_overrides={"CONTENT_LENGTH": str(13 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert count() == 0


def test_a_file_that_cannot_be_read_is_explained_on_its_page(app: Flask, admin_at: Any):
    send(admin_at, b"PK\x03\x04" + b"\0" * 100)
    work(app)
    page = admin_at.get(f"/impor/{latest().id}").text
    assert "rusak atau terpotong" in page
    assert "Unggah berkas lain" in page


def test_the_same_sending_twice_counts_once(admin_at: Any):
    content = people(SITI)
    first = send(admin_at, content, kunci="satu")
    again = send(admin_at, content, kunci="satu")
    assert (first.location, again.status_code) == (again.location, 303)
    assert count() == 1


def test_a_second_apply_is_refused(app: Flask, admin_at: Any):
    sheet = brought(admin_at, SITI)
    work(app)
    assert admin_at.post(f"/impor/{sheet.id}/terapkan").status_code == 303
    assert admin_at.post(f"/impor/{sheet.id}/terapkan").status_code == 409
    work(app)
    assert admin_at.post(f"/impor/{sheet.id}/terapkan").status_code == 409
    assert admin_at.post(f"/impor/{sheet.id}/periksa").status_code == 409
    assert db.session.query(Account).filter_by(username="siti.aminah").count() == 1


def test_an_unchecked_sheet_is_not_applied(admin_at: Any):
    sheet = brought(admin_at, SITI)
    assert admin_at.post(f"/impor/{sheet.id}/terapkan").status_code == 409


def test_what_was_wrong_can_be_checked_again(app: Flask, admin_at: Any):
    sheet = brought(admin_at, SITI | {"unit": "Dinas Baru"})
    work(app)
    db.session.add(accounts.Unit(code="baru", name="Dinas Baru"))
    db.session.commit()
    assert admin_at.post(f"/impor/{sheet.id}/periksa").status_code == 303
    work(app)
    assert latest().state == State.READY


def test_a_job_that_was_given_up_is_explained_and_can_be_asked_for_again(admin_at: Any, session: Any):
    sheet = brought(admin_at, SITI)
    session.execute(db.update(Job).values(state="gagal", error=jobs.GIVEN_UP))
    session.commit()
    page = admin_at.get(f"/impor/{sheet.id}").text
    assert "Belum berhasil" in page
    assert "berhenti di tengah jalan" in page
    assert admin_at.post(f"/impor/{sheet.id}/periksa").status_code == 303
    assert "Menunggu diperiksa" in admin_at.get(f"/impor/{sheet.id}").text


def test_a_list_of_errors_that_is_not_there_is_not_there(app: Flask, admin_at: Any):
    sheet = brought(admin_at, SITI)
    work(app)
    assert admin_at.get(f"/impor/{sheet.id}/kesalahan").status_code == 404


# --- Passwords ----------------------------------------------------------------------------------------------


@pytest.fixture
def applied(app: Flask, admin_at: Any, monkeypatch: pytest.MonkeyPatch) -> SheetImport:
    monkeypatch.setattr(accounts, "hash_password", lambda password: f"hash of {password}")
    sheet = brought(admin_at, SITI)
    work(app)
    admin_at.post(f"/impor/{sheet.id}/terapkan")
    work(app)
    return latest()


def test_passwords_are_shown_once_and_erased(app: Flask, admin_at: Any, applied: SheetImport):
    (kept,) = (app.config["SETTINGS"].data_dir / "kata-sandi").iterdir()
    assert admin_at.post(f"/impor/{applied.id}/kata-sandi").status_code == 200
    assert not kept.exists()
    again = admin_at.post(f"/impor/{applied.id}/kata-sandi")
    assert again.status_code == 409
    assert "sudah ditampilkan" in again.text
    page = admin_at.get(f"/impor/{applied.id}").text
    assert "Tampilkan kata sandi" not in page
    assert "jadi sudah dihapus" in page


def test_passwords_that_are_gone_after_a_day_are_explained(app: Flask, admin_at: Any, applied: SheetImport):
    SlipBox.of(app).burn(applied.slips_key)
    answer = admin_at.post(f"/impor/{applied.id}/kata-sandi")
    assert answer.status_code == 409
    assert "sesudah 24 jam" in answer.text


def test_an_import_without_new_people_has_nothing_to_hand_out(app: Flask, admin_at: Any):
    sheet = brought(admin_at, SITI)
    assert admin_at.post(f"/impor/{sheet.id}/kata-sandi").status_code == 409


def test_a_name_that_is_code_is_printed_as_a_name(app: Flask, admin_at: Any, applied: SheetImport):
    box = SlipBox.of(app)
    key = box.keep([Slip("<b>Siti</b>", "siti", "abcd-efgh", "Operator")])
    db.session.execute(db.update(SheetImport).values(slips_key=key))
    db.session.commit()
    page = admin_at.post(f"/impor/{applied.id}/kata-sandi").text
    assert "<b>Siti</b>" not in page
    assert "&lt;b&gt;Siti&lt;/b&gt;" in page


@pytest.mark.usefixtures("csrf")
def test_a_form_without_its_token_is_refused(admin_at: Any):
    assert send(admin_at, b"PK\x03\x04").status_code == 400
    assert count() == 0


# --- What the whole election shares ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/impor/pustaka", "/impor/pustaka/templat", "/impor/pustaka?wilayah=64.03"])
def test_the_library_is_refused_at_the_door_to_the_admin_of_a_part(client: Any, session: Any, path: str):
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    session.commit()
    refused = cast.signed_in(client, "admin.berau").get(path)
    assert refused.status_code == 403
    assert "seluruh wilayah Pemilihan" in refused.text
    if "wilayah" not in path:
        assert cast.signed_in(client, "admin.kaltim").get(path).status_code == 200


def test_the_library_of_the_admin_of_a_part_is_not_taken_in(client: Any, session: Any):
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    session.commit()
    said = {"wilayah": cast.BERAU, "berkas": (io.BytesIO(people(SITI)), "pustaka.xlsx")}
    assert cast.signed_in(client, "admin.berau").post("/impor/pustaka", data=said).status_code == 403
    assert db.session.query(SheetImport).count() == 0


def test_the_library_sheet_waits_for_an_election(client: Any, session: Any):
    session.execute(db.update(stages.Election).values(is_current=False))
    session.commit()
    cast.signed_in(client, "admin.kaltim")
    assert client.get("/impor/pustaka").status_code == 404
    assert client.get("/impor/orang").status_code == 200
