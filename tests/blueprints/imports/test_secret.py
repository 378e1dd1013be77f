"""Sheets that hold names: kept apart, under no name of their own, and gone once nobody works on them."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.domain import audit, clock, imports
from app.domain.imports import SheetImport, State
from app.domain.neutrality import NeutralityCase
from app.extensions import db
from app.jobs.importers import IMPORTERS
from app.jobs.results import CLOSED_SHEETS, SHEETS, Results
from app.jobs.worker import Worker
from tests import cast
from tests.documents.sheets import filled
from tests.domain.neutrality.cases import NAME
from tests.jobs.importers.test_neutrality import ROW
from tests.jobs.stand_ins import PressHere


@pytest.fixture
def handler(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


def sheet_of(*rows: dict[str, str]) -> bytes:
    columns = IMPORTERS["netralitas"].columns(cast.person("operator.berau"), cast.BERAU)
    return filled(columns, rows, "netralitas")


def brought(visitor: Any, *rows: dict[str, str]) -> SheetImport:
    file = (io.BytesIO(sheet_of(*rows)), f"kasus {NAME}.xlsx")
    answer = visitor.post("/impor/netralitas", data={"wilayah": cast.BERAU, "berkas": file})
    assert answer.status_code == 303
    return latest()


def latest() -> SheetImport:
    db.session.rollback()
    return db.session.query(SheetImport).order_by(SheetImport.id.desc()).limit(1).populate_existing().one()


def work(app: Flask) -> None:
    assert Worker(app, press=PressHere(), keeps_warm=False).run_one()


def files(app: Flask, folder: str = CLOSED_SHEETS) -> list[Path]:
    place: Path = app.config["SETTINGS"].data_dir / folder
    return [path for path in place.glob("??/??/*") if path.is_file()]


def test_from_the_template_to_the_cases_and_nothing_is_left(app: Flask, handler: Any):
    assert handler.get("/netralitas").text.count("/impor/netralitas") == 1
    page = handler.get("/impor/netralitas").text
    assert "untuk Kabupaten Berau." in page
    assert handler.get("/impor/netralitas/templat").status_code == 200
    sheet = brought(handler, ROW | {"name": NAME})
    assert sheet.file_name == "netralitas.xlsx", "a file's own name says whom it is about"
    assert (len(files(app)), files(app, SHEETS)) == (1, [])
    work(app)
    page = handler.get(f"/impor/{sheet.id}").text
    assert "1 baris benar semuanya" in page
    assert NAME not in page
    assert handler.post(f"/impor/{sheet.id}/terapkan").status_code == 303
    work(app)
    assert "1 kasus dicatat, 0 tetap." in handler.get(f"/impor/{sheet.id}").text
    assert (latest().state, latest().file_key, files(app)) == (State.DONE, "", [])
    assert NAME not in repr([entry.changes for entry in audit.history_of("import", sheet.id)])


def test_a_sheet_with_errors_is_deleted_at_once_and_its_errors_stay(app: Flask, handler: Any):
    sheet = brought(handler, ROW | {"name": NAME, "known_on": "besok"})
    work(app)
    page = handler.get(f"/impor/{sheet.id}").text
    assert "Tanggal tidak dikenal" in page
    assert "Periksa lagi" not in page
    listed = handler.get(f"/impor/{sheet.id}/kesalahan")
    assert "Tanggal tidak dikenal" in listed.text
    (kept,) = files(app)
    assert NAME.encode() not in kept.read_bytes()
    assert handler.post(f"/impor/{sheet.id}/periksa").status_code == 409


def test_one_that_cannot_be_read_is_deleted_at_once(app: Flask, handler: Any):
    file = (io.BytesIO(b"PK\x03\x04" + b"\0" * 100), "kasus.xlsx")
    handler.post("/impor/netralitas", data={"wilayah": cast.BERAU, "berkas": file})
    work(app)
    assert (latest().state, files(app)) == (State.FAILED, [])


def test_a_worker_that_was_killed_after_applying_leaves_the_file_to_the_next(
    app: Flask, handler: Any, monkeypatch: pytest.MonkeyPatch
):
    sheet = brought(handler, ROW)
    work(app)
    handler.post(f"/impor/{sheet.id}/terapkan")
    with monkeypatch.context() as broken:
        broken.setattr("app.jobs.imports._close", lambda task: (_ for _ in ()).throw(RuntimeError("killed")))
        work(app)
    assert (latest().state, len(files(app))) == (State.DONE, 1)
    work(app)
    assert (latest().file_key, files(app)) == ("", [])
    assert db.session.query(NeutralityCase).count() == 1


class TestCancelling:
    def test_it_deletes_the_file_and_what_was_found(self, app: Flask, handler: Any):
        sheet = brought(handler, ROW | {"name": NAME})
        work(app)
        assert "Batalkan dan hapus berkas" in handler.get(f"/impor/{sheet.id}").text
        answer = handler.post(f"/impor/{sheet.id}/batal")
        assert (answer.status_code, answer.location) == (303, f"/impor/{sheet.id}")
        assert (files(app), latest().found, latest().file_key) == ([], "{}", "")
        page = handler.get(f"/impor/{sheet.id}").text
        assert "Dibatalkan" in page
        assert imports.CANCELLED in page
        assert "Terapkan" not in page
        assert audit.history_of("import", sheet.id)[0].action == "import:sheet:cancel"

    def test_a_second_time_and_an_applied_one_are_refused(self, app: Flask, handler: Any):
        sheet = brought(handler, ROW)
        work(app)
        handler.post(f"/impor/{sheet.id}/batal")
        assert handler.post(f"/impor/{sheet.id}/batal").status_code == 409
        assert handler.post(f"/impor/{sheet.id}/terapkan").status_code == 409
        other = brought(handler, ROW)
        work(app)
        handler.post(f"/impor/{other.id}/terapkan")
        assert handler.post(f"/impor/{other.id}/batal").status_code == 409
        work(app)
        assert handler.post(f"/impor/{other.id}/batal").status_code == 409
        assert latest().state == State.DONE

    def test_a_check_that_was_under_way_writes_nothing_more(self, app: Flask, handler: Any):
        sheet = brought(handler, ROW)
        handler.post(f"/impor/{sheet.id}/batal")
        work(app)
        assert latest().is_cancelled

    def test_the_same_file_of_another_import_stays(self, app: Flask, handler: Any):
        first, second = brought(handler, ROW), brought(handler, ROW)
        handler.post(f"/impor/{first.id}/batal")
        assert len(files(app)) == 1
        handler.post(f"/impor/{second.id}/batal")
        assert files(app) == []

    def test_others_do_not_see_it_and_a_get_is_refused(self, app: Flask, handler: Any):
        sheet = brought(handler, ROW)
        assert handler.get(f"/impor/{sheet.id}/batal").status_code == 405
        assert cast.signed_in(handler, "rekan.berau").post(f"/impor/{sheet.id}/batal").status_code == 404
        assert latest().state == State.ASKED


@pytest.mark.parametrize("who", ["operator.sambaliung", "logistik.berau", "penyelia.berau", "admin.berau"])
def test_who_handles_no_cases_is_refused_before_a_file_is_kept(
    app: Flask, client: Any, session: Any, who: str
):
    content = sheet_of(ROW)
    cast.signed_in(client, who)
    region = cast.SAMBALIUNG if who == "operator.sambaliung" else cast.BERAU
    for path in ("/impor/netralitas", "/impor/netralitas/templat"):
        assert client.get(path).status_code == 403
    sent = {"wilayah": region, "berkas": (io.BytesIO(content), "kasus.xlsx")}
    assert client.post("/impor/netralitas", data=sent).status_code == 403
    assert files(app) == []


def test_one_that_is_left_lying_is_deleted_after_a_day(app: Flask, handler: Any):
    sheet = brought(handler, ROW)
    work(app)
    machine = Worker(app, press=PressHere(), keeps_warm=False)
    machine.burn_sheets()
    assert len(files(app)) == 1
    yesterday = clock.real_now() - dt.timedelta(hours=25)
    db.session.execute(db.update(SheetImport).values(uploaded_at=yesterday))
    db.session.commit()
    for path in files(app):
        os.utime(path, (time.time() - 90_000,) * 2)
    machine.burn_sheets()
    assert (files(app), latest().file_key) == ([], "")
    page = handler.get(f"/impor/{sheet.id}").text
    assert "sudah dihapus sebelum diterapkan" in page
    assert handler.post(f"/impor/{sheet.id}/terapkan").status_code == 409


def test_it_is_in_no_backup(app: Flask, session: Any):
    from app.cli.backup.making import STORES

    assert CLOSED_SHEETS not in STORES
    assert Results.sheets(app, secret=True).keep(b"x") != ""
    assert len(files(app)) == 1
