"""What the registers of the e-KTP drive refuse, and at which column."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import registers, stages
from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.identity_cards import ENROLMENTS, REGISTERS, SERVICES
from app.domain.registers import Line
from app.extensions import db
from tests import cast
from tests.domain.identity_cards.enrolments import SERVED, SOURCE, counted, november, served


def told(refused: Any) -> dict[str, str]:
    return dict(refused.value.fields)


class TestSums:
    @pytest.mark.parametrize(
        "said, column",
        [
            ({"obliged": 100, "enrolled": 90, "unenrolled": 11}, "unenrolled"),
            (
                {"obliged_male": 50, "enrolled_male": 40, "unenrolled_male": 11},
                "unenrolled_male",
            ),
            ({"obliged": 100, "obliged_male": 60, "obliged_female": 41}, "obliged"),
            ({"enrolled": 90, "enrolled_male": 60, "enrolled_female": 31}, "enrolled"),
            ({"printed": 90, "printed_male": 60, "printed_female": 31}, "printed"),
            ({"obliged": 100, "enrolled": 101}, "enrolled"),
            ({"enrolled": 90, "printed": 91}, "printed"),
            ({"turning": 10, "turning_enrolled": 4, "turning_left": 7}, "turning"),
            ({"turning_left": 7, "turning_elsewhere": 8}, "turning_elsewhere"),
            ({"turning": 10, "on_the_day": 11}, "on_the_day"),
            ({"on_the_day": 2, "on_the_day_enrolled": 3}, "on_the_day_enrolled"),
            ({"note": "Belum ada angka."}, "obliged"),
            ({"obliged": -1}, "obliged"),
        ],
    )
    def test_figures_that_cannot_be_are_refused_at_their_column(
        self, operator: Person, said: dict[str, Any], column: str
    ):
        with pytest.raises(Invalid) as refused:
            counted(operator, 24, **said)
        assert list(told(refused)) == [column]
        assert registers.records_in(ENROLMENTS, [cast.BERAU]) == []

    def test_zero_is_a_figure_and_the_unknown_stays_unknown(self, operator: Person):
        row = counted(operator, 24, unenrolled=0)
        assert row.values["unenrolled"] == 0
        assert row.values["enrolled"] is None

    def test_one_region_has_one_record_a_day(self, operator: Person):
        counted(operator, 24, enrolled=90)
        with pytest.raises(Invalid, match="sudah ada"):
            counted(operator, 24, enrolled=91)
        assert counted(operator, 24, cast.SAMBALIUNG, enrolled=9).values["enrolled"] == 9


class TestFallingFigures:
    @pytest.mark.parametrize("measure", ["enrolled", "printed", "turning_enrolled", "on_the_day_enrolled"])
    def test_a_cumulative_figure_that_falls_wants_a_reason(self, operator: Person, measure: str):
        counted(operator, 20, **{measure: 90})
        with pytest.raises(Invalid) as refused:
            counted(operator, 21, **{measure: 89})
        assert list(told(refused)) == ["fall_reason"]
        assert "turun dari 90 (20 Nov 2024) menjadi 89 (21 Nov 2024)" in told(refused)["fall_reason"]
        counted(operator, 21, fall_reason="Data ganda dihapus.", **{measure: 89})

    def test_who_is_obliged_or_left_may_become_fewer(self, operator: Person):
        counted(operator, 20, obliged=100, unenrolled=20)
        assert counted(operator, 21, obliged=99, unenrolled=19).id

    def test_an_earlier_day_recorded_later_is_compared_with_the_day_after_it(self, operator: Person):
        counted(operator, 21, enrolled=90)
        with pytest.raises(Invalid) as refused:
            counted(operator, 20, enrolled=95)
        assert "turun dari 95" in told(refused)["fall_reason"]
        assert counted(operator, 20, enrolled=88).id

    def test_a_day_that_does_not_say_hides_no_fall(self, operator: Person):
        counted(operator, 19, enrolled=90)
        counted(operator, 20, printed=50)
        with pytest.raises(Invalid):
            counted(operator, 21, enrolled=80)

    def test_the_last_fall_was_explained_and_asks_no_more(self, operator: Person):
        counted(operator, 19, enrolled=90)
        counted(operator, 20, enrolled=80, fall_reason="Data ganda dihapus.")
        assert counted(operator, 21, enrolled=85).id

    def test_another_region_is_none_of_its_business(self, operator: Person):
        counted(operator, 20, cast.SAMBALIUNG, enrolled=90)
        assert counted(operator, 21, cast.TELUK_BAYUR, enrolled=10).id

    def test_a_correction_is_not_compared_with_what_it_corrects(self, operator: Person):
        row = counted(operator, 20, enrolled=900)
        said = dict(row.values) | {"enrolled": 90, "counted_on": november(21)}
        assert registers.change(row, said, by=operator, version=row.version)

    def test_a_withdrawn_day_is_compared_with_nothing(self, operator: Person):
        row = counted(operator, 20, enrolled=900)
        registers.withdraw(row, by=operator, reason="Salah wilayah", version=row.version)
        assert counted(operator, 21, enrolled=90).id


class TestLinesOfASheet:
    def lines(self, *said: tuple[int, int, str]) -> list[Line]:
        blank = dict.fromkeys(ENROLMENTS.by_name)
        return [
            Line(
                row,
                cast.BERAU,
                blank
                | {"counted_on": november(day), "enrolled": enrolled, "source": SOURCE, "fall_reason": why},
            )
            for row, (day, enrolled, why) in enumerate(said, start=2)
        ]

    def test_a_fall_between_two_lines_is_told_at_the_later_one(self, operator: Person):
        lines = self.lines((21, 80, ""), (20, 90, ""), (22, 95, ""))
        planned, wrong = registers.plan(ENROLMENTS, lines, by=operator, within=cast.BERAU)
        assert planned == []
        assert [(one.row, one.column) for one in wrong] == [(2, "fall_reason")]

    def test_a_line_that_raises_a_standing_day_is_compared_with_the_raised_one(self, operator: Person):
        counted(operator, 20, enrolled=100)
        counted(operator, 21, enrolled=110)
        lines = self.lines((20, 120, ""), (21, 130, ""))
        planned, wrong = registers.plan(ENROLMENTS, lines, by=operator, within=cast.BERAU)
        assert (wrong, [one.what for one in planned]) == ([], ["berubah", "berubah"])

    def test_a_reason_in_the_sheet_is_enough(self, operator: Person):
        lines = self.lines((20, 90, ""), (21, 80, "Data ganda dihapus."))
        assert registers.plan(ENROLMENTS, lines, by=operator, within=cast.BERAU)[1] == []


class TestServices:
    @pytest.mark.parametrize(
        "said, column",
        [
            ({"served_on": dt.date(2024, 11, 26)}, "progress"),
            ({"progress": "direncanakan", "served_enrolled": None}, "served"),
            ({"progress": "tidak_jadi", "served": None, "served_enrolled": 1}, "served_enrolled"),
            ({"served_enrolled": 41}, "served_enrolled"),
            ({"served_male": 20, "served_female": 21}, "served"),
            ({"obstacle_people": 3}, "obstacle"),
            ({"ends_at": "12.00"}, "begins_at"),
            ({"begins_at": "12.00", "ends_at": "09.00"}, "ends_at"),
            ({"begins_at": "9 pagi"}, "begins_at"),
            ({"hours": "akhir_pekan"}, "hours"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_column(
        self, operator: Person, said: dict[str, Any], column: str
    ):
        with pytest.raises(Invalid) as refused:
            served(operator, **said)
        assert list(told(refused)) == [column]

    def test_a_saturday_and_a_holiday_are_days_off(self, operator: Person):
        assert served(operator, hours="akhir_pekan", served_on=dt.date(2024, 11, 23)).id
        stages.add_holiday(
            stages.Day(dt.date(2024, 11, 20), "Libur contoh", stages.HolidayKind.NATIONAL, "Contoh"), by=None
        )
        db.session.flush()
        assert served(operator, hours="akhir_pekan").id

    def test_a_night_may_end_after_midnight_and_a_day_may_be_unknown(self, operator: Person):
        night = served(operator, hours="malam", begins_at="20.00", ends_at="1.00")
        assert (night.values["begins_at"], night.values["ends_at"]) == ("20.00", "01.00")
        assert served(operator, served_on=None).values["served_on"] is None

    def test_a_plan_may_be_ahead(self, operator: Person):
        plan = SERVED | {"progress": "direncanakan", "served": None, "served_enrolled": None}
        row_id = registers.record(
            SERVICES, cast.BERAU, plan | {"served_on": dt.date(2024, 11, 26)}, by=operator
        )
        assert registers.find(SERVICES, row_id, operator).values["served_on"] == dt.date(2024, 11, 26)


class TestChildren:
    @pytest.mark.parametrize(
        "text",
        [
            "Siswa lahir 12/03/2007 belum direkam",
            "TTL: Tanjung Redeb, 27 November 2007",
            "kelahiran 2007",
            "NIK 6403010101070001",
        ],
    )
    @pytest.mark.parametrize("column", ["note", "source"])
    def test_a_birthday_or_a_number_is_kept_in_no_text(self, operator: Person, text: str, column: str):
        with pytest.raises(Invalid) as refused:
            counted(operator, 24, **{"turning": 3, column: text})
        assert list(told(refused)) == [column]

    def test_other_dates_and_words_stay_free(self, operator: Person):
        text = "Pelayanan 20 November 2024 sampai malam; pelahiran ide 2 desa."
        assert counted(operator, 24, turning=3, note=text).values["note"] == text

    def test_no_column_of_the_drive_could_hold_a_name(self):
        labels = [column.label.lower() for register in REGISTERS for column in register.columns]
        assert not [label for label in labels if "nama" in label or "lahir" in label]
