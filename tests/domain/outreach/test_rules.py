"""What the registers of outreach and participation refuse, and at which column."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from app.domain import audit, clock, registers
from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.outreach import EVENTS, TURNOUT
from tests import cast
from tests.domain.outreach.gatherings import GATHERING, gathered, stated


def told(refused: Any) -> dict[str, str]:
    return dict(refused.value.fields)


class TestEvents:
    @pytest.mark.parametrize(
        "said, column",
        [
            ({"held_on": dt.date(2024, 11, 26)}, "progress"),
            ({"progress": "direncanakan", "reached_male": None, "reached_female": None}, "reached"),
            ({"reached_female": 36}, "reached"),
            (
                {"reached": None, "progress": "tidak_jadi", "reached_male": 3, "reached_female": None},
                "reached_male",
            ),
            ({"for_first_voters": False, "with_customary_figures": False}, "for_everyone"),
            ({"organiser": "NIK 6403010101070001"}, "organiser"),
            ({"title": ""}, "title"),
            ({"kind": "rapat"}, "kind"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_column(
        self, operator: Person, said: dict[str, Any], column: str
    ):
        with pytest.raises(Invalid) as refused:
            gathered(operator, **said)
        assert list(told(refused)) == [column]
        assert registers.records_in(EVENTS, [cast.BERAU]) == []

    def test_one_is_enough_and_several_may_be_ticked(self, operator: Person):
        assert gathered(operator, for_first_voters=False).values["with_customary_figures"]
        row = gathered(operator, for_women=True, for_disabled=True, with_community_figures=True)
        assert sum(value is True for value in row.values.values()) == 5

    def test_a_plan_may_be_ahead_and_a_day_unknown(self, operator: Person):
        plan = dict.fromkeys(("reached", "reached_male", "reached_female")) | {"progress": "direncanakan"}
        assert gathered(operator, **plan, held_on=dt.date(2024, 11, 26)).id
        assert gathered(operator, held_on=None).values["held_on"] is None

    def test_invited_people_are_kinds_and_never_names(self):
        texts = [column for column in EVENTS.columns if "nama" in column.label.lower()]
        assert texts == []


class TestTurnout:
    @pytest.mark.parametrize(
        "said, column",
        [
            ({"percent": None}, "percent"),
            ({"percent": Decimal("100.01")}, "percent"),
            ({"percent": Decimal("79.555")}, "percent"),
            ({"percent": Decimal("0.79")}, "percent"),
            ({"percent": Decimal(-1)}, "percent"),
            ({"voters": 700, "entitled": 1_000}, "percent"),
            ({"percent": None, "voters": 700}, "percent"),
            ({"voters": 1_001, "entitled": 1_000}, "voters"),
            ({"kind": "sebelumnya"}, "of_election"),
            ({"kind": "hasil"}, "kind"),
            ({"source": ""}, "source"),
            ({"race": "legislatif"}, "race"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_column(
        self, operator: Person, said: dict[str, Any], column: str
    ):
        with pytest.raises(Invalid) as refused:
            stated(operator, **said)
        assert list(told(refused)) == [column]
        assert registers.records_in(TURNOUT, [cast.BERAU]) == []

    def test_a_percentage_is_reckoned_from_the_counts(self, operator: Person):
        row = stated(operator, percent=None, voters=134_291, entitled=198_347)
        assert row.values["percent"] == Decimal("67.71")
        assert stated(operator, race="gubernur", percent=Decimal("67.7"), voters=134_291, entitled=198_347).id

    def test_a_result_stands_from_voting_day_on(self, operator: Person):
        clock.set_frozen(dt.datetime.fromisoformat("2024-12-10T09:00:00+08:00"))
        with pytest.raises(Invalid) as refused:
            stated(operator, kind="hasil", stated_on=dt.date(2024, 11, 26))
        assert list(told(refused)) == ["kind"]
        assert stated(operator, kind="hasil", stated_on=dt.date(2024, 12, 9), percent=Decimal("66.57")).id

    def test_one_source_a_day_says_it_once(self, operator: Person):
        stated(operator)
        with pytest.raises(Invalid, match="sudah ada"):
            stated(operator, percent=Decimal(80))
        assert stated(operator, percent=Decimal(80), stated_on=dt.date(2024, 11, 25)).id

    def test_the_trail_tells_the_percentage_as_people_write_it(self, operator: Person):
        row = stated(operator)
        said = dict(row.values) | {"percent": Decimal("79.5")}
        assert registers.change(row, said, by=operator, version=row.version)
        assert audit.history_of("turnout", row.id)[0].changed["percent"] == ["79", "79,5"]

    def test_no_column_could_hold_a_tally(self):
        words = " ".join(column.label.lower() for column in TURNOUT.columns)
        assert "suara" not in words
        assert "calon" not in words


def test_the_words_of_a_gathering_find_it(operator: Person):
    row = gathered(operator, material="Tata cara memilih bagi penyandang disabilitas")
    assert [hit.row.id for hit in registers.search([EVENTS], operator, "pilih disabilitas")] == [row.id]
    assert GATHERING["title"] == row.title
