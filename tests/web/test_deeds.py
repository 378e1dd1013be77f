"""The trail in words."""

from __future__ import annotations

import json

import pytest

from app.domain.audit import AuditEntry
from app.domain.checklists import Verb
from app.web import deed_words, deeds


def link(
    action: str = "checklist:entry:tick", region: str | None = "64.03", **changes: list[object]
) -> AuditEntry:
    """A link of the trail that is in no database."""
    return AuditEntry(
        seq=7,
        at="2024-11-25T01:00:05.000000+00:00",
        actor_id=1,
        actor_name="Operator",
        office="",
        action=action,
        subject_kind="checklist_entry",
        subject_id="12",
        region_code=region,
        changes=json.dumps(changes),
    )


@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_of_the_workflow_has_words(verb: Verb):
    assert f"checklist:entry:{verb.value}" in deed_words.DEEDS


def test_an_unknown_deed_is_spelled_out_and_never_hidden():
    assert deeds.deed_words(link("region:figure:update")) == "mengubah angka acuan"
    assert deeds.deed_words(link("a:b:c")) == "melakukan tindakan lain (a:b:c)"


def test_standings_are_told_by_their_names():
    assert deeds.change_words(link(standing=["belum", "selesai"])) == [("Keadaan", "Belum", "Selesai")]


def test_dates_and_numbers_are_written_as_on_the_pages():
    told = deeds.change_words(link(due_on=["2024-11-25", "2024-11-26"], measure_value=[None, 1588]))
    assert told == [
        ("Angka", "kosong", "1.588"),
        ("Tenggat", "25 Nov 2024", "26 Nov 2024"),
    ]


def test_a_window_of_two_days_is_told_as_a_span():
    assert deeds.value_words("window", "2024-11-24..2024-11-26") == "24 Nov 2024 sampai 26 Nov 2024"


@pytest.mark.parametrize("value", ["2024-99-99", "2024-11-25T", "..", "selesaii"])
def test_a_text_that_only_looks_like_a_date_stays_itself(value: str):
    assert deeds.value_words("note", value) == value


def test_an_unknown_standing_does_not_break_the_page():
    assert deeds.value_words("standing", "entah") == "entah"


def test_what_was_asked_for_is_told_part_by_part():
    assert (
        deeds.value_words("params", {"region": "64.03", "area": "LOG", "empty": ""})
        == "region: 64.03; area: Logistik"
    )


def test_a_moment_is_told_in_the_time_of_its_region():
    assert deeds.time_words(link()) == "25 Nov 2024 pukul 09.00.05 WITA"
    assert deeds.time_words(link(region=None)) == "25 Nov 2024 pukul 08.00.05 WIB"
    assert deeds.time_words(link(region=None), "Asia/Jayapura") == "25 Nov 2024 pukul 10.00.05 WIT"


def test_what_matters_most_is_told_first_and_the_unknown_last():
    told = deeds.change_words(link(zzz=[1, 2], note=["", "a"], standing=["belum", "selesai"]))
    assert [label for label, _, _ in told] == ["Keadaan", "Catatan", "zzz"]
