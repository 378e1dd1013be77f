"""/pelaporan/senin/<day>: the pack as a page, and one click that has it printed twice."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.documents import ability
from app.documents.pack_order import PACK_JOB, PackAsk
from app.domain import jobs, meetings, reports, stages
from app.domain.audit import AuditEntry
from app.domain.registers import RecordRow
from app.domain.reports import Hindrance, KeptPack
from app.jobs.results import SEALED, Results
from app.jobs.worker import Worker
from tests import cast
from tests.counting import statements
from tests.domain.meetings.given import meeting
from tests.domain.reports.below import DAY, fact, freeze, province
from tests.jobs.stand_ins import PressHere, PressThat

PATH = "/pelaporan/senin/2024-11-25"


@pytest.fixture
def monday(session: Any) -> Any:
    """Ten regions owe one; the first reported."""
    _, ten = province(kind="senin")
    freeze(
        ten[0],
        fact("logistik.kecamatan_lengkap", 5, whole=13),
        grade="waspada",
        grade_reason="Banjir di hilir.",
        hindrances=(Hindrance("Kecamatan Segah", "Jalan putus"),),
    )
    session.commit()
    return ten


def kept() -> list[KeptPack]:
    return reports.packs_of("64", stages.current_election().id, DAY)


def held() -> list[RecordRow]:
    return meetings.mondays_on("64", DAY)


def asked(who: str) -> list[jobs.Job]:
    return jobs.recent(cast.person(who), 9, (PACK_JOB,))


def test_the_page_says_it_all(client: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.get("/pelaporan/senin").location == f"{PATH}?wilayah=64"
    page = visitor.get(PATH)
    assert page.status_code == 200
    for words in (
        "Agenda",
        "5 dari 13",
        "Jalan putus",
        "Banjir di hilir.",
        "1 melapor, 9 belum",
        "Tiap wilayah",
    ):
        assert words in page.text


def test_one_click_asks_for_screen_paper_and_sheet_and_twice_for_no_more(
    client: Any, session: Any, monday: Any
):
    visitor = cast.signed_in(client, "operator.kaltim")
    answer = visitor.post(PATH)
    assert (answer.status_code, answer.location) == (303, f"{PATH}#berkas")
    visitor.post(PATH)
    assert len(kept()) == 1
    assert sorted(job.asked["layout"] for job in asked("operator.kaltim")) == ["kertas", "layar", "lembar"]
    page = visitor.get(PATH).text
    assert page.count("Menunggu giliran") == 3
    number = asked("operator.kaltim")[0].id
    page = visitor.get(f"/pekerjaan/{number}")
    assert page.status_code == 200
    assert "Senin, 25 November 2024" in page.text
    assert "Buka bahan rapat Senin ini" in page.text


def test_a_desk_that_cannot_print_gets_the_sheet(client: Any, monday: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ability, "why_no_pdf", lambda: "Pencetak PDF belum terpasang.")
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.post(PATH).status_code == 303
    assert [job.asked["format"] for job in asked("operator.kaltim")] == ["xlsx"]
    page = visitor.get(PATH).text
    assert "Pencetak PDF belum terpasang." in page
    assert "Untuk diolah (Excel)" in page
    assert "Untuk kertas" not in page


@pytest.mark.parametrize("day", ["2024-11-26", "kemarin", "2024-13-01", "2030-01-07"])
def test_there_is_none_of_another_day(client: Any, monday: Any, day: str):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.get(f"/pelaporan/senin/{day}").status_code == 404
    assert visitor.post(f"/pelaporan/senin/{day}").status_code == 404


def test_another_region_does_not_see_it(client: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.berau")
    assert visitor.get(f"{PATH}?wilayah=64").status_code == 404
    assert visitor.post(f"{PATH}?wilayah=64").status_code == 404
    assert visitor.get(f"{PATH}").status_code == 404
    assert asked("operator.berau") == []


def test_an_admin_reads_none(client: Any, monday: Any):
    assert cast.signed_in(client, "admin.kaltim").get(PATH).status_code == 403


def test_whoever_lost_the_region_does_not_get_the_file(session: Any, monday: Any):
    ask = PackAsk.from_params(PackAsk("64", DAY, "layar", 1).to_params())
    assert ask.is_still_for(cast.person("operator.kaltim"))
    assert not ask.is_still_for(cast.person("operator.berau"))
    assert ask.file_name("Provinsi Kalimantan Timur") == (
        "rapat-senin-provinsi-kalimantan-timur-2024-11-25-layar.pdf"
    )
    before_packs_were_kept = {"region": "64", "day": DAY.isoformat(), "layout": "layar", "format": "pdf"}
    assert PackAsk.from_params(before_packs_were_kept).pack == 0
    assert PackAsk("64", DAY, "lembar", 1).file_name("Kota Bontang").endswith("-2024-11-25-lembar.xlsx")


def test_the_page_takes_a_bounded_number_of_statements(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.get(PATH)
    with statements() as found:
        visitor.get(PATH)
    assert len(found) <= 30


def printed(app: Flask, act: Any = None) -> list[bytes]:
    """Its three files, as the worker makes them."""
    worker = Worker(app, press=PressHere() if act is None else PressThat(act), keeps_warm=False)
    assert [worker.run_one() for _ in range(3)] == [True] * 3
    found = []
    for job in sorted(asked("operator.kaltim"), key=lambda job: job.id)[-3:]:
        assert job.error == ""
        with Results.of(app).open(job.result_key) as file:
            found.append(file.read())
    return found


def test_what_was_made_is_kept_with_its_hash_and_on_the_trail(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    (one,) = kept()
    link = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:pack:keep")).one()
    assert (link.region_code, one.sha256 in link.changes) == ("64", True)
    assert one.pack.sha256 == one.sha256
    page = visitor.get(PATH).text
    assert one.sha256 in page
    assert f"bahan={one.id}" in page


def test_a_kept_pack_stays_what_was_laid_on_the_table(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    freeze(monday[1], hindrances=(Hindrance("Kecamatan Muara Wahau", "Kapal rusak"),))
    session.commit()
    assert "Kapal rusak" in visitor.get(PATH).text
    page = visitor.get(f"{PATH}?bahan={kept()[0].id}").text
    assert "Kapal rusak" not in page
    assert "Bahan ini disimpan" in page
    visitor.post(PATH)
    assert [one.pack.reported for one in kept()] == [2, 1]


def test_its_files_are_made_once_and_handed_out_as_they_are(
    app: Flask, client: Any, session: Any, monday: Any
):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    first = printed(app)
    freeze(monday[1])
    session.commit()

    def never(progress: Any, is_over: Any) -> bytes:
        raise AssertionError("printed again")

    assert visitor.post(f"{PATH}?bahan={kept()[0].id}").location == f"{PATH}?bahan={kept()[0].id}#berkas"
    assert len(kept()) == 1
    assert printed(app, never) == first
    for key in kept()[0].files.values():
        assert Results.of(app, SEALED).read(key) in first


def test_files_that_were_lost_are_made_again_to_the_byte_or_not_at_all(
    app: Flask, client: Any, session: Any, monday: Any
):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    first = printed(app)
    address, store = f"{PATH}?bahan={kept()[0].id}", Results.of(app, SEALED)
    lost = [f"{sha256[:2]}/{sha256[2:4]}/{sha256}" for sha256 in kept()[0].files.values()]
    store.discard(lost)
    visitor.post(address)
    assert printed(app) == first
    store.discard(lost)
    visitor.post(address)
    worker = Worker(app, press=PressThat(lambda *_: b"another printer"), keeps_warm=False)
    assert [worker.run_one() for _ in range(3)] == [True] * 3
    told = {job.error for job in sorted(asked("operator.kaltim"), key=lambda job: job.id)[-3:]}
    assert [error[:36] for error in told] == ["Berkas yang dibuat ulang tidak sama "]
    assert [store.read(sha256) for sha256 in kept()[0].files.values()] == [None] * 3


@pytest.mark.parametrize("typed", ["0", "999999", "abc", "-1", "\u00b2"])
def test_a_pack_that_was_never_made_is_not_there(client: Any, monday: Any, typed: str):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.get(PATH, query_string={"bahan": typed}).status_code == 404
    assert visitor.post(PATH, query_string={"bahan": typed}).status_code == 404
    assert kept() == []


def test_one_deed_records_the_meeting_with_its_agenda(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    assert "Buat agenda rapat" in visitor.get(PATH).text
    answer = visitor.post(f"{PATH}/agenda")
    (one,) = held()
    assert (answer.status_code, answer.location) == (303, f"/register/rapat/{one.id}")
    assert one.values["name"] == "Rapat Senin 25 November 2024"
    assert "Kecamatan Segah" in one.values["agenda"]
    assert kept()[0].sha256[:16] in one.values["source"]
    page = visitor.get(PATH).text
    assert "Rapatnya sudah dicatat" in page
    assert "Buat agenda rapat" not in page
    assert visitor.get(f"/register/rapat/{one.id}/ubah").status_code == 200


def test_it_records_it_once(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    visitor.post(f"{PATH}/agenda")
    again = visitor.post(f"{PATH}/agenda")
    assert again.status_code == 409
    assert "sudah dicatat" in again.text
    assert len(held()) == 1


def test_a_meeting_that_somebody_recorded_by_hand_is_enough(client: Any, session: Any, monday: Any):
    meeting(cast.person("operator.kaltim"), held_on=DAY)
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    assert visitor.post(f"{PATH}/agenda").status_code == 409
    assert len(held()) == 1


def test_without_a_kept_pack_there_is_no_agenda(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert "Buat agenda rapat" not in visitor.get(PATH).text
    answer = visitor.post(f"{PATH}/agenda")
    assert answer.status_code == 409
    assert "Buat bahannya dahulu" in answer.text


def test_it_refuses_a_get_others_and_the_wrong_role(client: Any, session: Any, monday: Any):
    visitor = cast.signed_in(client, "operator.kaltim")
    visitor.post(PATH)
    assert visitor.get(f"{PATH}/agenda").status_code == 405
    assert cast.signed_in(client, "operator.berau").post(f"{PATH}/agenda?wilayah=64").status_code == 404
    assert cast.signed_in(client, "penyelia.kaltim").post(f"{PATH}/agenda").status_code == 403
    assert held() == []
