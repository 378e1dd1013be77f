"""Checking and applying sheets: all or nothing, as the person who asked, whatever happens to the worker."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.domain import accounts, clock, imports, jobs
from app.domain.accounts import Account, Person
from app.domain.audit import AuditEntry
from app.domain.errors import NotNow
from app.domain.imports import SheetImport, State, Upload
from app.domain.jobs import Job
from app.extensions import db
from app.jobs import pulse, results, slips
from app.jobs.importers import IMPORTERS
from app.jobs.importing import Slip
from app.jobs.results import SHEETS, Results
from app.jobs.slips import SlipBox
from app.jobs.worker import Worker
from tests import cast
from tests.documents.sheets import COLUMNS, filled
from tests.jobs.importers.fake import PlacesImporter
from tests.jobs.stand_ins import PressHere
from tests.tables import every_table

Bring = Callable[..., SheetImport]
BERAU_ROW = {"code": "64.03", "name": "Berau"}


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> PlacesImporter:
    importer = PlacesImporter()
    monkeypatch.setitem(IMPORTERS, "tempat", importer)
    return importer


@pytest.fixture
def bring(app: Flask, admin: Person, places: PlacesImporter) -> Bring:
    """Upload rows as the admin of the province."""

    def brought(
        *rows: dict[str, Any], by: Person = admin, region: str = "64", data: bytes = b""
    ) -> SheetImport:
        content = data or filled(COLUMNS, rows, "tempat")
        key = Results.of(app, SHEETS).keep(content)
        file = Upload("tempat.xlsx", key, hashlib.sha256(content).hexdigest())
        sheet = imports.upload("tempat", "Tempat", file, region=region, by=by)
        db.session.commit()
        return sheet

    return brought


def work(app: Flask, times: int = 1) -> None:
    machine = Worker(app, press=PressHere(), keeps_warm=False)
    for _ in range(times):
        assert machine.run_one()


def now_of(sheet: SheetImport) -> SheetImport:
    db.session.rollback()
    found = db.session.get(SheetImport, sheet.id, populate_existing=True)
    assert found is not None
    return found


def ask_apply(sheet: SheetImport) -> None:
    imports.ask_apply(now_of(sheet), "Tempat", by=cast.person("admin.kaltim"))
    db.session.commit()


def recorded() -> int:
    db.session.rollback()
    return int(db.session.query(AuditEntry).filter_by(action="tempat:add").count())


def test_a_check_says_what_would_happen_and_does_nothing(app: Flask, bring: Bring):
    sheet = bring(BERAU_ROW, {"code": "64.01", "name": "Paser"})
    work(app)
    found = now_of(sheet)
    assert (found.state, found.row_count, found.error_count) == (State.READY, 2, 0)
    assert found.findings.facts == (("Tempat baru", "2"),)
    assert found.findings.preview == (("2", "Berau"), ("3", "Paser"))
    assert recorded() == 0
    job = imports.job_of(found)
    assert job is not None
    assert (job.state, job.result_key) == ("selesai", "")


def test_errors_of_the_sheet_and_of_the_importer_are_told_together_in_the_rows_order(
    app: Flask, bring: Bring
):
    sheet = bring({"code": "1", "name": "salah"}, {"code": "", "name": "x"}, {"code": "3", "name": ""})
    work(app)
    found = now_of(sheet)
    assert (found.state, found.error_count) == (State.WRONG, 3)
    assert found.findings.errors == (
        (2, "Nama", "Tempat ini salah. Perbaiki namanya."),
        (3, "Kode", "Wajib diisi."),
        (4, "Nama", "Wajib diisi."),
    )
    assert found.findings.preview == ()


def test_of_many_errors_the_first_are_shown_and_all_are_in_the_list(app: Flask, bring: Bring):
    sheet = bring(*({"code": str(n), "name": "salah"} for n in range(300)))
    work(app)
    found = now_of(sheet)
    assert (found.error_count, len(found.findings.errors)) == (300, imports.SHOWN)
    with Results.of(app, SHEETS).open(found.errors_key) as kept:
        lines = kept.read().decode("utf-8-sig").splitlines()
    assert lines[0] == "Baris;Kolom;Yang perlu diperbaiki"
    assert lines[-1] == "301;Nama;Tempat ini salah. Perbaiki namanya."
    assert len(lines) == 301


def test_a_file_that_cannot_be_read_says_why(app: Flask, bring: Bring, places: PlacesImporter):
    sheet = bring(data=b"PK\x03\x04" + b"\0" * 100)
    work(app)
    found = now_of(sheet)
    assert found.state == State.FAILED
    assert "rusak" in found.trouble
    assert places.checked == 0


def test_a_file_that_cannot_be_read_does_not_stay(app: Flask, bring: Bring):
    """Nothing can be checked again in it, and nobody has said what it is."""
    broken, good = bring(data=b"PK\x03\x04" + b"\0" * 100), bring(BERAU_ROW)
    work(app, times=2)
    assert now_of(broken).file_key == ""
    kept = [path.name for path in (app.config["SETTINGS"].data_dir / SHEETS).glob("??/??/*")]
    assert kept == [now_of(good).sha256]
    with pytest.raises(NotNow, match="sudah dihapus"):
        imports.check_again(now_of(broken), "Tempat", by=cast.person("admin.kaltim"))


def test_applying_does_all_rows_once_and_says_so(app: Flask, bring: Bring, places: PlacesImporter):
    sheet = bring(BERAU_ROW, {"code": "64.01", "name": "Paser"})
    work(app)
    ask_apply(sheet)
    work(app)
    found = now_of(sheet)
    assert (found.state, found.outcome) == (State.DONE, "2 tempat dicatat.")
    assert found.applied_at is not None
    assert recorded() == 2
    assert places.checked == 2  # once more, at the moment it is applied
    told = db.session.query(AuditEntry).filter_by(subject_kind="import").order_by(AuditEntry.seq).all()
    assert [entry.action for entry in told] == ["import:sheet:upload", "import:sheet:apply"]
    assert told[1].changed["count"] == [None, 2]
    assert told[1].actor_id == found.account_id


def test_a_second_apply_is_refused(app: Flask, bring: Bring):
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    with pytest.raises(NotNow, match="sudah diminta"):
        ask_apply(sheet)
    db.session.rollback()
    work(app)
    with pytest.raises(NotNow, match="sudah diterapkan"):
        ask_apply(sheet)
    assert recorded() == 1


@pytest.mark.parametrize("state", [State.ASKED, State.WRONG, State.FAILED])
def test_only_a_sheet_without_errors_can_be_applied(app: Flask, bring: Bring, state: State):
    sheet = bring(BERAU_ROW)
    db.session.execute(db.update(SheetImport).values(state=state.value))
    db.session.commit()
    with pytest.raises(NotNow):
        ask_apply(sheet)


def test_rows_that_became_wrong_since_the_check_are_not_applied(
    app: Flask, bring: Bring, places: PlacesImporter, monkeypatch: pytest.MonkeyPatch
):
    from app.documents.tables import Checked, RowError

    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    now_wrong = Checked((RowError(2, "name", "Sudah ada sejak tadi."),), ())
    monkeypatch.setattr(places, "check", lambda rows, **about: now_wrong)
    work(app)
    found = now_of(sheet)
    assert (found.state, found.findings.errors) == (State.WRONG, ((2, "Nama", "Sudah ada sejak tadi."),))
    assert (places.applied, recorded()) == (0, 0)


def test_a_refusal_at_the_last_row_leaves_nothing_behind(app: Flask, bring: Bring):
    sheet = bring(*(BERAU_ROW for _ in range(20)), {"code": "1", "name": "tolak"})
    work(app)
    ask_apply(sheet)
    work(app)
    found = now_of(sheet)
    assert (found.state, found.trouble) == (
        State.FAILED,
        "Tempat ini tidak dapat dicatat. Tidak ada yang disimpan.",
    )
    assert recorded() == 0


def test_a_fault_is_tried_three_times_leaves_nothing_and_may_be_asked_for_again(
    app: Flask, bring: Bring, places: PlacesImporter, caplog: Any
):
    sheet = bring(BERAU_ROW, {"code": "1", "name": "jatuh"})
    work(app)
    ask_apply(sheet)
    with caplog.at_level(logging.CRITICAL):
        work(app, times=3)
    found = now_of(sheet)
    job = imports.job_of(found)
    assert job is not None
    assert (found.state, job.state, places.applied) == (State.APPLYING, "gagal", 3)
    assert recorded() == 0
    ask_apply(sheet)  # the given-up job does not hold it up
    assert now_of(sheet).job_id != job.id


def test_two_workers_apply_once(app: Flask, bring: Bring, places: PlacesImporter, database: str):
    """The first was thought dead; whoever commits first wins, the other's rows vanish."""
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)

    def another() -> None:
        db.session.rollback()  # SQLite has one writer: the slow one has not begun to write
        places.meanwhile = lambda: None
        with app.app_context():
            taken = jobs.claim(dt.timedelta(0))
            db.session.commit()
            assert taken is not None
            from app.jobs.imports import apply_sheet
            from app.jobs.tasks import Task

            apply_sheet(Task(taken, PressHere(), lambda *_: None, lambda *_: None, lambda: False))

    places.meanwhile = another
    work(app)
    assert places.applied == 2
    assert now_of(sheet).state == State.DONE
    assert recorded() == 1


def test_a_job_that_was_done_already_does_nothing(app: Flask, bring: Bring, places: PlacesImporter):
    """A worker killed between its last commit and saying so: the next one finds the deed done."""
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    work(app)
    for kind in (imports.CHECK, imports.APPLY):
        jobs.ask(kind, "lagi", {"import": sheet.id}, region="64", by=cast.person("admin.kaltim"))
    db.session.commit()
    work(app, times=2)
    assert (places.checked, places.applied, recorded()) == (2, 1, 1)
    assert now_of(sheet).state == State.DONE


def test_a_worker_that_stops_puts_it_back_unapplied(app: Flask, bring: Bring, places: PlacesImporter):
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    machine = Worker(app, press=PressHere(), keeps_warm=False)
    machine.stop()
    machine.run_one()
    job = imports.job_of(now_of(sheet))
    assert job is not None
    assert (job.state, job.tries, recorded()) == ("antre", 0, 0)
    work(app)
    assert recorded() == 1


def test_rights_are_those_of_the_moment(app: Flask, bring: Bring, session: Any):
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    session.execute(db.text("UPDATE appointment SET ends_on = '2024-11-24' WHERE role = 'admin'"))
    session.commit()
    work(app)
    found = now_of(sheet)
    assert found.state == State.FAILED
    assert "Penugasan Anda tidak mencakup" in found.trouble
    assert recorded() == 0


def test_a_closed_account_imports_nothing(app: Flask, bring: Bring):
    sheet = bring(BERAU_ROW)
    db.session.execute(db.update(Account).where(Account.id == sheet.account_id).values(is_disabled=True))
    db.session.commit()
    work(app)
    assert now_of(sheet).trouble.startswith("Akun yang meminta impor ini sudah ditutup.")


def test_an_importer_may_tell_its_progress_while_it_writes(
    app: Flask, bring: Bring, monkeypatch: pytest.MonkeyPatch
):
    """Told in its own thread it would wait for its own transaction; the heartbeat waits instead."""
    monkeypatch.setattr(pulse, "TOLD_SECONDS", 0.0)
    sheet = bring(*({"code": str(n), "name": "x"} for n in range(30)))
    work(app)
    ask_apply(sheet)
    work(app)
    job = imports.job_of(now_of(sheet))
    assert job is not None
    assert (job.state, recorded()) == ("selesai", 30)


def test_noted_progress_is_written_by_the_heartbeat_at_once(app: Flask, bring: Bring):
    sheet = bring(BERAU_ROW)
    claim = jobs.claim()
    db.session.commit()
    assert claim is not None
    waited = threading.Event()
    with pulse.Pulse(app, claim, "pekerja", dt.timedelta(seconds=45)) as beating:
        beating.note(3, 7)
        for _ in range(100):
            db.session.rollback()
            job = imports.job_of(sheet)
            assert job is not None
            if (job.done, job.total) == (3, 7):
                return
            waited.wait(0.02)
    pytest.fail("nothing was written within two seconds")


# --- Another check ------------------------------------------------------------------------------------------


def test_the_same_file_can_be_checked_again_when_the_desk_has_changed(
    app: Flask, bring: Bring, places: PlacesImporter
):
    sheet = bring({"code": "1", "name": "salah"})
    work(app)
    imports.check_again(now_of(sheet), "Tempat", by=cast.person("admin.kaltim"))
    db.session.commit()
    with pytest.raises(NotNow):
        imports.check_again(now_of(sheet), "Tempat", by=cast.person("admin.kaltim"))
    db.session.rollback()
    work(app)
    assert (places.checked, now_of(sheet).state) == (2, State.WRONG)


def test_what_is_applied_is_not_checked_again(app: Flask, bring: Bring):
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    work(app)
    with pytest.raises(NotNow):
        imports.check_again(now_of(sheet), "Tempat", by=cast.person("admin.kaltim"))


# --- Passwords ----------------------------------------------------------------------------------------------


@pytest.fixture
def handed_out(app: Flask, bring: Bring, places: PlacesImporter) -> SheetImport:
    places.hands_out = True
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    work(app)
    return now_of(sheet)


def test_passwords_wait_in_a_private_file_and_nowhere_else(app: Flask, handed_out: SheetImport):
    box = app.config["SETTINGS"].data_dir / "kata-sandi"
    (file,) = box.iterdir()
    assert (file.name, handed_out.slip_count) == (handed_out.slips_key, 1)
    assert (file.stat().st_mode & 0o777, box.stat().st_mode & 0o777) == (0o600, 0o700)
    for table in every_table():
        assert "sandi-rahasia" not in repr(db.session.execute(db.select(table)).all())


def test_passwords_are_taken_once(app: Flask, handed_out: SheetImport, admin: Person):
    assert imports.take_slips(handed_out, by=admin) == handed_out.slips_key
    db.session.commit()
    with pytest.raises(NotNow, match="sudah ditampilkan"):
        imports.take_slips(now_of(handed_out), by=admin)


def test_passwords_that_were_not_applied_are_burnt(
    app: Flask, bring: Bring, places: PlacesImporter, monkeypatch: pytest.MonkeyPatch
):
    def already(*_: Any, **__: Any) -> None:
        raise NotNow("Impor ini sudah diterapkan.")

    places.hands_out = True
    sheet = bring(BERAU_ROW)
    work(app)
    ask_apply(sheet)
    monkeypatch.setattr(imports, "note_applied", already)
    work(app)
    assert list((app.config["SETTINGS"].data_dir / "kata-sandi").iterdir()) == []


def test_passwords_that_nobody_fetched_are_burnt_after_a_day(tmp_path: Any):
    box = SlipBox(tmp_path / "box")
    assert box.burn_old() == 0
    old, young = (box.keep([Slip("Siti", "siti", "rahasia", "Operator")]) for _ in range(2))
    a_day_ago = time.time() - slips.KEPT_SECONDS - 1
    os.utime(tmp_path / "box" / old, (a_day_ago, a_day_ago))
    with pytest.raises(NotNow, match="24 jam"):
        box.read(old)
    assert box.burn_old() == 1
    assert [path.name for path in (tmp_path / "box").iterdir()] == [young]
    assert box.read(young) == [Slip("Siti", "siti", "rahasia", "Operator")]
    box.burn(young)
    with pytest.raises(NotNow):
        box.read(young)


def test_a_key_that_is_a_path_opens_nothing(tmp_path: Any):
    with pytest.raises(ValueError):
        SlipBox(tmp_path).read("../secret.key")


# --- Tidying ------------------------------------------------------------------------------------------------


def test_files_are_forgotten_after_thirty_days(app: Flask, bring: Bring, monkeypatch: pytest.MonkeyPatch):
    old, young = bring({"code": "1", "name": "salah"}), bring(BERAU_ROW)
    work(app, times=2)
    long_ago = clock.real_now() - dt.timedelta(days=31)
    db.session.execute(db.update(SheetImport).where(SheetImport.id == old.id).values(uploaded_at=long_ago))
    db.session.commit()
    monkeypatch.setattr(results, "FRESH_SECONDS", -1)
    Worker(app, press=PressHere(), keeps_warm=False).tidy()
    found = now_of(old)
    assert (found.file_key, found.errors_key, found.state) == ("", "", State.WRONG)
    kept = [path.name for path in (app.config["SETTINGS"].data_dir / "imports").glob("??/??/*")]
    assert kept == [now_of(young).sha256]
    with pytest.raises(NotNow, match="sudah dihapus"):
        imports.check_again(found, "Tempat", by=cast.person("admin.kaltim"))


def test_an_import_is_not_among_the_papers_that_were_asked_for(bring: Bring, admin: Person):
    bring(BERAU_ROW)
    assert jobs.recent(admin) == []
    assert db.session.query(Job).count() == 1


def test_five_thousand_people_with_one_error_on_the_last_change_nothing(
    app: Flask, admin: Person, bring: Bring, monkeypatch: pytest.MonkeyPatch
):
    """The row is named, nobody is there, and no password was hashed."""
    importer = IMPORTERS["orang"]
    monkeypatch.setattr(accounts, "hash_password", lambda _: pytest.fail("hashed for nothing"))
    rows = [
        {"name": f"Orang {n}", "role": "Operator", "region": cast.BERAU, "number": f"19850317{n:010}"}
        for n in range(5_000)
    ]
    rows[-1]["region"] = "64.99"
    before = db.session.query(Account).count()
    data = filled(importer.columns(admin, "64"), rows, "orang")
    file = Upload("orang.xlsx", Results.of(app, SHEETS).keep(data), "0" * 64)
    sheet = imports.upload("orang", "Orang", file, region="64", by=admin)
    db.session.commit()
    work(app)
    found = now_of(sheet)
    assert (found.state, found.row_count, found.error_count) == (State.WRONG, 5_000, 1)
    ((row, column, message),) = found.findings.errors
    assert (row, column) == (5_001, "Kode wilayah")
    assert "64.99 tidak ada" in message
    assert db.session.query(Account).count() == before
