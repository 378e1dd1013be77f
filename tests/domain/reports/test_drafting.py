"""A report opens filled, keeps what is written, and lets nobody write over somebody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import audit, clock, reports
from app.domain.accounts import Person
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.reports import Change, Draft, Reading, SectionText, State, Verb
from app.domain.reports.models import ReportMove
from app.extensions import db
from tests import cast
from tests.domain.reports.written import DISTRICTS, MONDAY, MORNING, NOON, SUNDAY, owed, stands, texts


@pytest.fixture
def colleague(session: Any) -> Person:
    """The other operator of Berau."""
    return cast.person("rekan.berau")


def test_a_report_opens_with_every_section_and_live_figures_before_the_cut_off(operator: Person):
    row = owed(operator)
    draft, reading, version = reports.open_draft(row, by=operator)
    assert version == 0
    assert [one.key for one in draft.sections] == [one.key for one in reports.sections_of(row.kind)]
    assert reading.read_at == MORNING
    assert reading.h_text == "H-2"
    logistics = draft.section("logistik")
    assert logistics is not None
    assert "logistik.kecamatan_lengkap" in logistics.figures


def test_opening_writes_nothing(operator: Person):
    row = owed(operator)
    reports.open_draft(row, by=operator)
    assert not db.session.dirty
    assert not db.session.new
    assert reports.find(row.id, operator).state is State.EXPECTED


def test_the_first_saving_begins_the_report_and_notes_who_wrote(operator: Person):
    row = owed(operator)
    draft, _, version = reports.open_draft(row, by=operator)
    said = texts(draft, umum="Situasi terpantau.")
    assert reports.save_draft(row, said, by=operator, version=version) == 1
    assert reports.find(row.id, operator).state is State.DRAFT
    moves = db.session.scalars(db.select(ReportMove)).all()
    assert [(one.verb, one.by_name) for one in moves] == [(Verb.WRITE.value, operator.name)]
    assert audit.history_of("report", row.id)[0].action == "report:draft:write"


def test_a_writer_is_noted_once_and_a_second_one_too(operator: Person, colleague: Person):
    row = owed(operator)
    draft, _, _ = reports.open_draft(row, by=operator)
    for number, by in enumerate((operator, operator, colleague)):
        said = texts(draft, umum=f"Kalimat {number}.")
        reports.save_draft(row, said, by=by, version=number)
    found = db.session.scalars(db.select(ReportMove.by_name).order_by(ReportMove.id)).all()
    assert found == [operator.name, colleague.name]


def test_what_was_saved_opens_again(operator: Person):
    row = owed(operator)
    draft, _, _ = reports.open_draft(row, by=operator)
    said = texts(draft, rencana="Distribusi ke Sambaliung.")._replace(
        grade="waspada",
        grade_reason="Banjir di Segah.",
        reasons=(("tidak_ada_kendala:umum", "Sudah selesai"),),
    )
    reports.save_draft(row, said, by=operator, version=0)
    again, _, version = reports.open_draft(row, by=operator)
    assert version == 1
    assert again.section("rencana").text == "Distribusi ke Sambaliung."
    assert (again.grade, again.grade_reason) == ("waspada", "Banjir di Segah.")
    assert again.reason("tidak_ada_kendala:umum") == "Sudah selesai"


def test_two_writers_do_not_write_over_each_other(operator: Person, colleague: Person):
    row = owed(operator)
    draft, _, _ = reports.open_draft(row, by=operator)
    reports.save_draft(row, texts(draft, umum="Dari operator."), by=operator, version=0)
    with pytest.raises(NotNow, match="sudah disimpan Operator Berau"):
        reports.save_draft(row, texts(draft, umum="Dari rekan."), by=colleague, version=0)
    kept, _, version = reports.open_draft(row, by=colleague)
    assert kept.section("umum").text == "Dari operator."
    with pytest.raises(NotNow):
        reports.save_draft(row, texts(draft, umum="Sekali lagi."), by=colleague, version=version + 1)


def test_the_same_saving_again_changes_nothing(operator: Person):
    row = owed(operator)
    draft, _, _ = reports.open_draft(row, by=operator)
    said = texts(draft, umum="Kalimat.")
    assert reports.save_draft(row, said, by=operator, version=0) == 1
    assert reports.save_draft(row, said, by=operator, version=0) == 1


def test_a_sent_report_takes_no_more_writing(operator: Person):
    row = owed(operator)
    draft, reading, _ = reports.open_draft(row, by=operator)
    stands(row, operator, reading)
    with pytest.raises(NotNow, match="sudah dikirim"):
        reports.save_draft(row, draft, by=operator, version=0)


def test_others_write_no_report_of_this_desk(operator: Person, stranger: Person, supervisor: Person):
    row = owed(operator)
    for other in (stranger, supervisor):
        with pytest.raises(NotAllowed):
            reports.save_draft(row, Draft(), by=other, version=0)
    with pytest.raises(NotAllowed):
        reports.open_draft(row, by=stranger)


def test_ten_thousand_letters_are_kept_and_one_more_refused_at_its_field(operator: Person):
    row = owed(operator)
    draft, _, _ = reports.open_draft(row, by=operator)
    assert reports.save_draft(row, texts(draft, umum="a" * 10_000), by=operator, version=0) == 1
    with pytest.raises(Invalid) as refused:
        reports.save_draft(row, texts(draft, umum="a" * 10_001), by=operator, version=1)
    assert "10.000" in refused.value.fields["teks_umum"]


def test_a_long_reason_or_sentence_is_refused(operator: Person):
    row = owed(operator)
    for said in (
        Draft(grade_reason="a" * 601),
        Draft(changes=(Change("a" * 601, ("x",), is_edited=True),)),
        Draft(reasons=(("tidak_ada_kendala:umum", "a" * 601),)),
    ):
        with pytest.raises(Invalid):
            reports.save_draft(row, said, by=operator, version=0)


# --- What the report before said ---------------------------------------------------------------------------------


def before(operator: Person, **said: str) -> Draft:
    """What Sunday's report said."""
    sections = tuple(SectionText(key, key.capitalize(), text) for key, text in said.items())
    return Draft("waspada", "Banjir.", sections)


def test_what_the_report_before_said_is_offered_and_marked(operator: Person):
    said = before(operator, cuaca="Hujan lebat di Segah.", tahapan="Masa kampanye berakhir.")
    stands(owed(operator, SUNDAY), operator, Reading(MORNING), said)
    draft, _, _ = reports.open_draft(owed(operator), by=operator)
    weather, stage = draft.section("cuaca"), draft.section("tahapan")
    assert (weather.text, weather.origin) == ("Hujan lebat di Segah.", "dilanjutkan")
    assert draft.carried == ("cuaca",)
    assert stage.text == ""
    assert (draft.grade, draft.grade_reason) == ("waspada", "Banjir.")


def test_a_draft_that_was_never_sent_is_offered_where_nothing_stands(operator: Person):
    sunday = owed(operator, SUNDAY)
    draft, _, _ = reports.open_draft(sunday, by=operator)
    reports.save_draft(sunday, texts(draft, cuaca="Cerah."), by=operator, version=0)
    opened, _, _ = reports.open_draft(owed(operator), by=operator)
    assert opened.section("cuaca").text == "Cerah."
    assert opened.carried == ("cuaca",)


def test_another_kind_and_another_desk_offer_nothing(operator: Person):
    said = before(operator, cuaca="Hujan.")
    stands(owed(operator, SUNDAY, kind="senin"), operator, Reading(MORNING), said)
    neighbour = cast.person("operator.paser")
    stands(owed(neighbour, SUNDAY, cast.PASER), neighbour, Reading(MORNING), said)
    draft, _, _ = reports.open_draft(owed(operator), by=operator)
    assert draft.carried == ()


@pytest.mark.parametrize(
    "text, confirmed, origin, carried",
    [
        ("Hujan.", (), "dilanjutkan", ("cuaca",)),
        ("Hujan.", ("cuaca",), "dilanjutkan", ()),
        ("Cerah.", (), "diubah", ()),
        ("", (), "baru", ()),
    ],
)
def test_what_is_offered_is_confirmed_changed_or_emptied(
    text: str, confirmed: tuple[str, ...], origin: str, carried: tuple[str, ...]
):
    offered = Draft(sections=(SectionText("cuaca", "Cuaca", "Hujan.", "dilanjutkan"),), carried=("cuaca",))
    said = reports.written(offered, {"cuaca": text}, confirmed, {})
    assert (said.sections[0].text, said.sections[0].origin, said.carried) == (text, origin, carried)


def test_a_confirmation_can_be_taken_back():
    confirmed = Draft(sections=(SectionText("cuaca", "Cuaca", "Hujan.", "dilanjutkan"),))
    assert reports.written(confirmed, {"cuaca": "Hujan."}, (), {}).carried == ("cuaca",)


def test_a_sentence_on_a_change_is_edited_marked_and_given_back(operator: Person):
    fewer = DISTRICTS._replace(value=9)
    stands(owed(operator, SUNDAY), operator, Reading(MORNING, (fewer,)))
    row = owed(operator)
    draft, _, _ = reports.open_draft(row, by=operator)
    key = reports.key_of(draft.changes[0])
    said = reports.written(draft, {}, (), {key: "Kalimat kami sendiri."})
    reports.save_draft(row, said, by=operator, version=0)
    kept, _, _ = reports.open_draft(row, by=operator)
    edited = next(one for one in kept.changes if reports.key_of(one) == key)
    assert (edited.text, edited.is_edited) == ("Kalimat kami sendiri.", True)
    reports.save_draft(row, reports.written(kept, {}, (), {key: ""}), by=operator, version=1)
    back, _, _ = reports.open_draft(row, by=operator)
    assert back.changes[0] == draft.changes[0]


# --- The figures of the cut-off ----------------------------------------------------------------------------------


def test_after_the_cut_off_the_figures_are_those_that_the_worker_took(operator: Person):
    row = owed(operator)
    clock.set_frozen(NOON + dt.timedelta(minutes=1))
    assert reports.take_readings(clock.now()) == 1
    clock.set_frozen(NOON + dt.timedelta(hours=3))
    _, reading, _ = reports.open_draft(row, by=operator)
    assert reading.read_at == NOON + dt.timedelta(minutes=1)


def test_without_the_worker_the_first_saving_keeps_its_figures(operator: Person):
    row = owed(operator)
    clock.set_frozen(NOON + dt.timedelta(hours=2))
    draft, reading, _ = reports.open_draft(row, by=operator)
    assert reading.read_at == NOON + dt.timedelta(hours=2)
    reports.save_draft(row, texts(draft, umum="Kalimat."), by=operator, version=0)
    clock.set_frozen(NOON + dt.timedelta(hours=3))
    _, reading, _ = reports.open_draft(row, by=operator)
    assert reading.read_at == NOON + dt.timedelta(hours=2)


def test_a_draft_of_the_morning_does_not_keep_the_mornings_figures(operator: Person):
    row = owed(operator)
    draft, _, _ = reports.open_draft(row, by=operator)
    reports.save_draft(row, texts(draft, umum="Pagi."), by=operator, version=0)
    clock.set_frozen(NOON + dt.timedelta(minutes=1))
    reports.take_readings(clock.now())
    clock.set_frozen(NOON + dt.timedelta(hours=1))
    _, reading, _ = reports.open_draft(row, by=operator)
    assert reading.read_at == NOON + dt.timedelta(minutes=1)


def test_newer_figures_are_taken_when_somebody_asks_and_told_on_the_trail(operator: Person):
    row = owed(operator)
    clock.set_frozen(NOON + dt.timedelta(minutes=1))
    reports.take_readings(clock.now())
    draft, _, _ = reports.open_draft(row, by=operator)
    version = reports.save_draft(row, texts(draft, umum="Kalimat."), by=operator, version=0)
    clock.set_frozen(NOON + dt.timedelta(hours=3))
    assert reports.reread(row, by=operator, version=version) == version + 1
    _, reading, _ = reports.open_draft(row, by=operator)
    assert reading.read_at == NOON + dt.timedelta(hours=3)
    assert audit.history_of("report", row.id)[0].action == "report:draft:reread"


def test_figures_are_not_taken_into_a_draft_that_moved_on_or_is_not_there(operator: Person):
    row = owed(operator)
    with pytest.raises(NotNow, match="belum pernah disimpan"):
        reports.reread(row, by=operator, version=0)
    draft, _, _ = reports.open_draft(row, by=operator)
    reports.save_draft(row, texts(draft, umum="Kalimat."), by=operator, version=0)
    with pytest.raises(NotNow):
        reports.reread(row, by=operator, version=7)


def test_the_report_before_is_the_latest_that_stands(operator: Person):
    early = MONDAY - dt.timedelta(days=2)
    stands(owed(operator, early), operator, Reading(MORNING))
    stands(owed(operator, SUNDAY), operator, Reading(MORNING))
    owed(operator, SUNDAY, slot=1)
    found = reports.before_of(owed(operator))
    assert found is not None
    assert found.day == SUNDAY
    assert len(found.sha256) == 64
