"""Recording a figure and choosing between sources: who may, what is refused, what the trail tells, what it moves."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app.domain import audit, checklists, figures, regions
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.figures import Statement
from app.domain.regions import Figure, FigureKind
from app.extensions import db
from tests import cast

BERAU = cast.BERAU
TPS = FigureKind.POLLING_STATIONS


def statement(value: int | None, source: str = "KPU", kind: FigureKind = TPS, code: str = BERAU) -> Statement:
    return Statement(code, kind, None if value is None else Decimal(value), source)


def record(
    by: Any, value: int | None = 476, source: str = "SK KPU Berau", version: int | None = None, **more: Any
) -> Any:
    return figures.record(replace(statement(value, source), **more), by=by, version=version)


def last_link() -> Any:
    return db.session.query(audit.AuditEntry).order_by(audit.AuditEntry.seq.desc()).first()


class TestRecording:
    def test_it_is_on_the_trail_with_who_what_and_where(self, session: Any, admin: Any):
        made = record(admin, document="Nomor 12", dated_on=dt.date(2024, 9, 20), note="pleno")
        assert (made.value, made.recorded_by) == (476, admin.name)
        link = last_link()
        assert (link.action, link.actor_name, link.region_code) == ("region:figure:record", admin.name, BERAU)
        assert link.subject_id == str(made.id)
        assert link.changed["value"] == [None, 476]
        assert link.changed["kind"] == [None, "TPS"]
        assert link.changed["dated_on"] == [None, "2024-09-20"]

    def test_the_trail_tells_what_that_source_said_before(self, session: Any, admin: Any):
        record(admin, 476)
        record(admin, None)
        assert last_link().changed["value"] == [476, "belum diketahui"]

    def test_an_admin_of_the_kabupaten_may_and_an_operator_may_not(self, session: Any, operator: Any):
        record(cast.person("admin.berau"))
        with pytest.raises(NotAllowed):
            record(operator)

    def test_an_admin_elsewhere_may_not(self, session: Any):
        with pytest.raises(NotAllowed):
            record(cast.person("admin.paser"))

    def test_it_refuses_an_unknown_region(self, session: Any, admin: Any):
        with pytest.raises(NotFound):
            figures.record(statement(1, code="64.99"), by=admin)

    @pytest.mark.parametrize(
        "about, field",
        [
            ({"value": -1}, "value"),
            ({"source": "  "}, "source"),
            ({"source": "x" * 401}, "source"),
            ({"note": "x" * 301}, "note"),
            ({"dated_on": dt.date(2024, 11, 26)}, "dated_on"),
        ],
    )
    def test_it_refuses_what_cannot_be(self, session: Any, admin: Any, about: dict[str, Any], field: str):
        before = session.query(Figure).count()
        with pytest.raises(Invalid) as refusal:
            record(admin, **about)
        assert field in refusal.value.fields
        assert session.query(Figure).count() == before

    def test_who_saw_an_older_state_comes_too_late(self, session: Any, admin: Any):
        seen = regions.figure_version(BERAU, TPS)
        record(admin, 476, version=seen)
        with pytest.raises(NotNow, match="baru saja diubah"):
            record(admin, 477, version=seen)


class TestChoosing:
    def test_it_lets_the_source_count_and_says_why(self, session: Any, admin: Any):
        ours = regions.current_figures([BERAU])[BERAU, TPS]
        record(admin)
        said = figures.choose(ours.id, by=admin, reason=" Angka pleno ")
        assert said.in_force.value == 475
        assert not said.is_open
        link = last_link()
        assert link.action == "region:figure:choose"
        assert link.changed["value"] == [476, 475]
        assert link.changed["reason"] == [None, "Angka pleno"]

    def test_another_may_be_chosen_later(self, session: Any, admin: Any):
        first, second = regions.current_figures([BERAU])[BERAU, TPS], record(admin)
        figures.choose(first.id, by=admin, reason="satu")
        figures.choose(second.id, by=admin, reason="dua")
        assert regions.current_figures([BERAU])[BERAU, TPS].value == 476
        assert [choice.reason for choice, _ in regions.choices_of(BERAU, TPS)] == ["dua", "satu"]

    def test_it_refuses_no_reason_and_a_single_source(self, session: Any, admin: Any):
        ours = regions.current_figures([BERAU])[BERAU, TPS]
        with pytest.raises(Invalid, match="satu sumber"):
            figures.choose(ours.id, by=admin, reason="resmi")
        record(admin)
        with pytest.raises(Invalid) as refusal:
            figures.choose(ours.id, by=admin, reason=" ")
        assert "reason" in refusal.value.fields

    def test_it_refuses_what_the_source_itself_has_taken_back(self, session: Any, admin: Any):
        old = record(admin, 476)
        record(admin, 477)
        with pytest.raises(NotFound):
            figures.choose(old.id, by=admin, reason="resmi")

    def test_only_who_keeps_the_figures_there_may(self, session: Any, admin: Any, supervisor: Any):
        made = record(admin)
        for other in (supervisor, cast.person("admin.paser")):
            with pytest.raises(NotAllowed):
                figures.choose(made.id, by=other, reason="resmi")

    def test_who_saw_an_older_state_comes_too_late(self, session: Any, admin: Any):
        made = record(admin)
        seen = regions.figure_version(BERAU, TPS)
        figures.choose(made.id, by=admin, reason="resmi", version=seen)
        with pytest.raises(NotNow):
            figures.choose(made.id, by=admin, reason="resmi", version=seen)


def test_of_two_who_saw_the_same_state_one_comes_too_late(app: Flask, session: Any):
    seen = regions.figure_version(BERAU, TPS)
    session.rollback()
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def act(value: int) -> None:
        with app.app_context():
            person = cast.person("admin.kaltim")
            gate.wait()
            try:
                record(person, value, source=f"Sumber {value}", version=seen)
                db.session.commit()
                outcomes.append("recorded")
            except NotNow:
                db.session.rollback()
                outcomes.append("late")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=(value,)) for value in (476, 477)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["late", "recorded"]


class TestOlderDocuments:
    """Berau's 475 stands on a document of 25 November 2024."""

    OLD, NEW = dt.date(2024, 9, 20), dt.date(2024, 11, 25)

    def held(self) -> tuple[int | None, bool]:
        said = regions.said_of([BERAU])[BERAU, TPS]
        assert said.in_force == regions.current_figures([BERAU])[BERAU, TPS], "both ways to ask agree"
        return (None if said.in_force.value is None else int(said.in_force.value)), said.is_open

    def test_an_older_document_stands_beside_until_somebody_chooses(self, session: Any, admin: Any):
        found = figures.outlook(replace(statement(476, "SK KPU Berau"), dated_on=self.OLD))
        assert (found.after, found.takes_effect, found.moves.moved) == (475, False, 0)
        assert found.older_than is not None
        assert found.older_than.value == 475
        made = record(admin, 476, dated_on=self.OLD)
        assert self.held() == (475, True)
        figures.choose(made.id, by=admin, reason="resmi")
        assert self.held() == (476, False)

    @pytest.mark.parametrize("day", [NEW, None])
    def test_a_document_as_new_or_without_a_day_takes_effect(self, session: Any, admin: Any, day: Any):
        assert figures.outlook(replace(statement(476), dated_on=day)).older_than is None
        record(admin, 476, dated_on=day)
        assert self.held() == (476, True)

    def test_what_is_known_takes_the_place_of_the_unknown_however_old(self, session: Any, admin: Any):
        record(admin, None, dated_on=self.NEW)
        record(admin, 470, source="Polres", dated_on=self.OLD)
        assert self.held() == (470, True)

    def test_an_older_document_of_the_same_source_stands_beside_too(self, session: Any, admin: Any):
        source = regions.current_figures([BERAU])[BERAU, TPS].source
        made = record(admin, 470, source=source, dated_on=self.OLD)
        assert self.held() == (475, True)
        said = regions.said_of([BERAU])[BERAU, TPS]
        assert [view.value for view in said.statements] == [470, 475]
        figures.choose(made.id, by=admin, reason="dokumen yang berlaku")
        assert self.held() == (470, False)
        record(admin, 472, source=source, dated_on=dt.date(2024, 10, 1))
        assert self.held() == (472, False), "what the chosen source says later counts too"

    def test_an_older_one_of_the_chosen_source_opens_the_question_again(self, session: Any, admin: Any):
        made = record(admin, 476, dated_on=self.NEW)
        figures.choose(made.id, by=admin, reason="resmi")
        record(admin, 470, dated_on=self.OLD)
        assert self.held() == (476, True)

    def test_a_choice_of_another_source_is_told_as_the_reason(self, session: Any, admin: Any):
        made = record(admin, 476, dated_on=self.NEW)
        figures.choose(made.id, by=admin, reason="resmi")
        found = figures.outlook(replace(statement(470, "Polres"), dated_on=self.OLD))
        assert (found.takes_effect, found.older_than) == (False, None)

    def test_the_same_holds_for_many_at_once(self, session: Any, admin: Any):
        both = [
            replace(statement(476, "A"), dated_on=self.NEW),
            replace(statement(470, "B"), dated_on=self.OLD),
        ]
        figures.record_many(both, by=admin)
        assert self.held() == (476, True)


class TestOutlook:
    def test_it_names_open_entries_and_changes_nothing(self, session: Any, admin: Any):
        before = session.query(Figure).count()
        found = figures.outlook(statement(476, "KPU"))
        assert found.before is not None
        assert (found.before.value, found.after, found.takes_effect) == (475, 476, True)
        assert [other.value for other in found.others] == [475]
        assert found.moves.moved > len(found.moves.examples) == 1, "one entry of a recurring item is enough"
        example = found.moves.examples[0]
        assert (example.code, example.before, example.after) == ("LOG-10", 475, 476)
        assert found.moves.kept == 0
        assert session.query(Figure).count() == before

    def test_an_answered_entry_keeps_its_recorded_total(self, session: Any, operator: Any):
        entry = cast.entry_of("LOG-10", BERAU, "2024-11-20")
        open_before = figures.outlook(statement(476, "KPU")).moves.moved
        checklists.start(
            entry, by=operator, version=entry.version, filling=checklists.Filling(measure_value=300)
        )
        found = figures.outlook(statement(476, "KPU")).moves
        assert (found.moved, found.kept) == (open_before - 1, 1)
        kept = found.kept_examples[0]
        assert (kept.value, kept.before, kept.after) == (300, 475, 475)

    def test_what_was_counted_before_the_total_was_known_gets_its_percentage(
        self, session: Any, admin: Any, operator: Any
    ):
        record(admin, None, source="Paparan Sekda Berau, 25 November 2024")
        entry = cast.entry_of("LOG-10", BERAU, "2024-11-20")
        checklists.start(
            entry, by=operator, version=entry.version, filling=checklists.Filling(measure_value=300)
        )
        example = figures.outlook(statement(480, "KPU")).moves.examples[0]
        assert (example.value, example.before, example.after) == (300, None, 480)

    def test_a_source_beside_the_chosen_one_moves_nothing(self, session: Any, admin: Any):
        made = record(admin, 476)
        figures.choose(made.id, by=admin, reason="resmi")
        found = figures.outlook(statement(480, "Polres"))
        assert not found.takes_effect
        assert (found.after, found.moves.moved) == (476, 0)
        assert figures.outlook(statement(480, "SK KPU Berau")).after == 480

    @pytest.mark.parametrize("kind", [FigureKind.POPULATION, FigureKind.DISTRICTS])
    def test_a_figure_that_no_item_counts_by_moves_nothing(self, session: Any, kind: FigureKind):
        """The library counts kecamatan in the tree itself."""
        assert figures.outlook(statement(9, kind=kind)).moves.moved == 0

    def test_only_the_entries_of_that_very_region_hang_on_it(self, session: Any):
        assert figures.outlook(statement(9, code=cast.SAMBALIUNG)).moves.moved == 0

    @pytest.mark.template("empty")
    def test_without_an_election_nothing_hangs_on_a_figure(self, session: Any):
        assert figures.moves({("64", TPS): (None, Decimal(5))}).moved == 0
