"""What the room tells reports: counts by step, what desks say of themselves, and where the two disagree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import incidents, registers
from app.domain.accounts import Person
from app.domain.incidents import IncidentVerb, ObstacleVerb
from tests import cast
from tests.counting import statements
from tests.domain.incidents.cases import incident, obstacle, situation, taken

pytestmark = pytest.mark.one_database


def told(*codes: str) -> dict[str, Any]:
    return {
        fact.key.removeprefix("keamanan."): fact.words if fact.value is None else (fact.value, fact.whole)
        for fact in incidents.facts(list(codes) or [cast.BERAU])
    }


def test_nothing_recorded_is_no_calm(session: Any):
    facts = told()
    assert facts["kejadian_terbuka"] == (0, 0)
    assert facts["situasi"] == "" == facts["kejadian_dinyatakan"] == facts["kendala_dinyatakan"]
    assert facts["wilayah_nihil"] == (0, 0)


def test_it_counts_by_step_and_keeps_campaign_teams_apart(operator: Person, supervisor: Person):
    incident(operator, severity="berat")
    taken(incident(operator, actor="warga", pair_number=None), IncidentVerb.VERIFY, supervisor)
    taken(incident(operator), IncidentVerb.DISMISS, supervisor, note="Tidak ada saksi.")
    facts = told()
    assert facts["kejadian_terbuka"] == (2, 3)
    assert facts["kejadian_berat"] == (1, 2)
    assert facts["pelanggaran_tim_paslon"] == (1, 3)
    assert facts["kejadian.dicatat"] == (1, 3)
    assert facts["kejadian.terverifikasi"] == (1, 3)
    assert facts["kejadian.tidak_terbukti"] == (1, 3)


def test_obstacles_are_open_until_closed(operator: Person, supervisor: Person):
    obstacle(operator)
    taken(obstacle(operator), ObstacleVerb.CLOSE, supervisor, note="Jalan sudah dibuka.")
    assert told()["kendala_terbuka"] == (1, 2)


def test_a_desk_says_nil_and_the_latest_day_counts(operator: Person):
    situation(operator, dated_on=dt.date(2024, 11, 24), status="waspada", reason="Banjir.", incidents="ada")
    situation(operator, campaign="damai")
    facts = told()
    assert facts["situasi"] == "aman dan kondusif"
    assert facts["kejadian_dinyatakan"] == facts["kendala_dinyatakan"] == "nihil"
    assert facts["suasana_kampanye"] == "damai"
    assert facts["wilayah_nihil"] == (1, 1)


def test_nil_beside_an_open_case_is_told_as_a_contradiction(operator: Person, supervisor: Person):
    situation(operator)
    assert told()["pernyataan_bertentangan"] == (0, 1)
    row = incident(operator, cast.SAMBALIUNG)
    assert told()["pernyataan_bertentangan"] == (1, 1)
    taken(row, IncidentVerb.DISMISS, supervisor, note="Tidak ada saksi.")
    assert told()["pernyataan_bertentangan"] == (0, 1)


def test_of_many_regions_the_worst_is_said(operator: Person, stranger: Person):
    situation(operator)
    situation(stranger, cast.PASER, status="tidak_kondusif", reason="Kantor desa dirusak.")
    assert told(cast.BERAU, cast.PASER)["situasi"] == "tidak kondusif"
    assert told("64")["situasi"] == ""  # the province itself has said nothing
    assert told("64")["wilayah_nihil"] == (2, 2)


def test_it_takes_few_statements_whatever_the_number(operator: Person):
    for _ in range(3):
        incident(operator)
    with statements() as few:
        incidents.facts([cast.BERAU])
    for _ in range(10):
        incident(operator)
    with statements() as many:
        incidents.facts([cast.BERAU])
    assert len(few) == len(many) <= 9


def test_the_board_puts_silent_regions_first_and_counts_in_words(operator: Person, stranger: Person):
    incident(stranger, cast.PASER, severity="berat")
    row = incident(operator, cast.SAMBALIUNG)
    hidden = incident(operator, is_restricted=True)
    for one in (row, hidden):
        stored = cast.db.session.get(incidents.Incident, one.id)
        assert stored is not None
        stored.state_since = dt.date(2024, 11, 18)
    situation(operator)
    board = incidents.board_of("64", cast.person("operator.kaltim"))
    assert [line.region.code for line in board.lines[:2]] == [cast.BERAU, cast.PASER]
    assert board.in_words == "3 kejadian terbuka: 1 berat, 2 sedang; 3 dicatat"
    assert ([one.id for one in board.silent], board.hidden) == ([row.id], 1)
    assert board.lines[0].contradictions == ("menyatakan nihil kejadian, padahal 2 kejadian masih terbuka",)
    trusted = incidents.board_of("64", cast.person("penyelia.kaltim"))
    assert {one.id for one in trusted.silent} == {row.id, hidden.id}


def test_a_kabupatens_own_nil_is_held_against_all_its_kecamatan(operator: Person):
    situation(operator)
    obstacle(operator, cast.SAMBALIUNG)
    board = incidents.board_of(cast.BERAU, operator)
    own = next(line for line in board.lines if line.region.code == cast.BERAU)
    assert own.contradictions == ("menyatakan nihil kendala, padahal 1 kendala masih terbuka",)
    assert [line.region.code for line in board.lines if not line.is_quiet] == [cast.BERAU, cast.SAMBALIUNG]


def test_the_board_of_nothing_says_so(session: Any):
    board = incidents.board_of("64", cast.person("operator.kaltim"))
    assert board.in_words == "Tidak ada kejadian yang terbuka"
    assert len(board.lines) == 11


def test_what_was_withdrawn_is_on_no_board(operator: Person):
    row = incident(operator)
    registers.withdraw(row, by=operator, reason="Salah catat.", version=row.version)
    assert incidents.board_of("64", cast.person("operator.kaltim")).states.total() == 0
