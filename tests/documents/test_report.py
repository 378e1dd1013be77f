"""The snapshot: totals of the screen, nothing from elsewhere, and every figure from one moment."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from flask import Flask
from PIL import Image

from app.documents import proofs, report
from app.documents.asking import Ask
from app.documents.blocks import report_blocks
from app.documents.report import build_blank_checklist, build_checklist_report, lines_of
from app.documents.sheet import render_xlsx
from app.documents.snapshot import ChecklistReport, ItemRow
from app.domain import audit, checklists, evidence, regions, stages
from app.domain.accounts import Person
from app.domain.checklists import AsOf, EntryRow, Filling, Totals
from app.domain.errors import NotAllowed, NotFound
from app.domain.regions import FigureKind
from app.extensions import db
from tests import cast
from tests.domain.registers.letters import written

TODAY = dt.date(2024, 11, 25)
NO_PROOF = Filling(no_evidence_reason="belum ada")


def build(person: Person, region: str = cast.BERAU, **wanted: Any) -> ChecklistReport:
    db.session.commit()
    return build_checklist_report(person, stages.current_election(), Ask(region, **wanted))


def totals(found: ChecklistReport) -> dict[str, Totals]:
    return {area.code: area.totals for area in found.areas}


def line(found: ChecklistReport, code: str, **about: Any) -> ItemRow:
    """The only line of an item, among those with these values."""
    fitting = [
        item
        for area in found.areas
        for item in area.items
        if item.code == code and all(getattr(item, name) == value for name, value in about.items())
    ]
    assert len(fitting) == 1, fitting
    return fitting[0]


def tick(code: str, region: str, period: str = "", by: str = "operator.berau", **said: Any) -> EntryRow:
    entry = cast.entry_of(code, region, period)
    filling = Filling(**{"no_evidence_reason": "belum ada", **said})
    checklists.tick(entry, by=cast.person(by), version=entry.version, filling=filling)
    return checklists.fresh(entry.id)


def verify(entry: EntryRow, by: str = "penyelia.berau") -> None:
    checklists.verify(entry, by=cast.person(by), version=entry.version)


def attach(entry: EntryRow, colour: str, by: str = "operator.berau") -> None:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "JPEG")
    inspected = evidence.inspect(content.getvalue(), f"{colour}.jpg")
    checklists.attach(checklists.fresh(entry.id), inspected, by=cast.person(by), place="Pelabuhan")


def districts() -> list[str]:
    return [row.code for row in regions.children_of(cast.BERAU)]


@pytest.mark.parametrize("kind", ["ringkas", "rinci"])
@pytest.mark.parametrize("region", [cast.BERAU, "64"])
def test_totals_are_those_of_the_screen(
    session: Any, inspector: Person, election: Any, region: str, kind: str
):
    verify(tick("LOG-12", cast.SAMBALIUNG))
    tick("KTP-11", cast.BERAU, "2024-11-25", measure_value=470, measure_total=475)
    found = build(inspector, region, kind=kind)
    screen = checklists.progress.by_area(election, region, AsOf.of(election, TODAY))
    assert totals(found) == screen
    assert found.totals == sum(screen.values(), Totals())
    assert found.totals.selesai_diverifikasi == 1


def test_a_kecamatans_totals_are_those_of_its_page(session: Any, operator: Person, election: Any):
    tick("LOG-12", cast.SAMBALIUNG)
    as_of = AsOf.of(election, TODAY)
    screen = checklists.progress.below_kabkota(election, cast.SAMBALIUNG, as_of, 8)[cast.SAMBALIUNG]
    assert totals(build(operator, cast.SAMBALIUNG)) == screen


@pytest.mark.parametrize(
    "limit",
    [
        {"area": "LOG"},
        {"stage": "MASA_TENANG"},
        {"since": TODAY, "until": TODAY},
        {"until": TODAY - dt.timedelta(days=1)},
    ],
)
def test_a_narrower_report_counts_what_its_detailed_lines_show(
    operator: Person, election: Any, limit: dict[str, Any]
):
    detailed, short = build(operator, kind="rinci", **limit), build(operator, **limit)
    shown = Totals.of(item.standing for area in detailed.areas for item in area.items)
    assert short.totals == detailed.totals == shown
    assert 0 < short.totals.all < build(operator).totals.all
    assert lines_of(operator, election, Ask(cast.BERAU, **limit)) == shown.all


def test_twelve_of_thirteen_districts_and_the_name_of_the_last(session: Any, operator: Person):
    for district in districts():
        if district != cast.TELUK_BAYUR:
            verify(tick("LOG-12", district))
    item = line(build(operator), "LOG-12")
    assert (item.regions_done, item.regions_total, item.regions_unit) == (12, 13, "kecamatan")
    assert item.note == "Belum selesai: Teluk Bayur."
    assert (item.done_by, item.verified_by) == ("Operator Berau (demo)", "Penyelia Berau (demo)")


def test_one_who_did_not_do_it_all_is_not_named_as_the_one(session: Any, operator: Person):
    for district in districts():
        tick("LOG-12", district, by="rekan.berau" if district == cast.SAMBALIUNG else "operator.berau")
    item = line(build(operator), "LOG-12")
    assert (item.standing, item.done_by) == ("selesai", checklists.SEVERAL)


def test_days_of_the_own_level_are_one_line_of_those_that_have_opened(session: Any, operator: Person):
    tick("KTP-11", cast.BERAU, "2024-11-24", measure_value=3, measure_total=4)
    item = line(build(operator), "KTP-11")
    assert (item.periods_done, item.periods_total, item.periods_unit) == (1, 2, "hari")
    assert (item.measure_value, item.measure_total) == (3, 4)
    assert item.note is not None
    assert item.note.startswith("Belum selesai: 25 Nov 2024.")


def test_a_detailed_report_has_a_line_for_every_entry(session: Any, camat: Person):
    found = build(camat, cast.SAMBALIUNG, kind="rinci")
    assert sum(len(area.items) for area in found.areas) == found.totals.all
    villages = {item.region_name for area in found.areas for item in area.items} - {None}
    assert {"Kampung Long Lanuk", "Kelurahan Sambaliung"} <= villages


def test_an_obstacle_comes_with_its_reason_and_the_help_that_is_wanted(session: Any, operator: Person):
    entry = cast.entry_of("LOG-12", "64.03.11")
    filling = Filling(reason="Gelombang tinggi", help_wanted="Kapal Polairud")
    checklists.block(entry, by=operator, version=entry.version, filling=filling)
    found = build(operator)
    (row,) = found.obstacles
    assert (row.region_name, row.reason, row.help_wanted) == (
        "Kec. Maratua",
        "Gelombang tinggi",
        "Kapal Polairud",
    )
    assert row.since == TODAY
    assert line(found, "LOG-12").standing == "terkendala"


def test_evidence_has_whole_hashes_and_the_newest_photo_comes_first(session: Any, operator: Person):
    entry = tick("LOG-12", cast.SAMBALIUNG)
    attach(entry, "navy")
    attach(entry, "gray")
    found = build(operator)
    assert [row.file_name for row in found.evidence] == ["navy.jpg", "gray.jpg"]
    assert all(len(row.sha256) == 64 and row.code == "LOG-12" and not row.verified for row in found.evidence)
    assert [photo.sha256 for photo in found.photos] == [row.sha256 for row in reversed(found.evidence)]
    assert found.photos[0].image[:2] == b"\xff\xd8"
    assert found.photos[0].place == "Pelabuhan"
    assert found.photos[0].caption.endswith("Kec. Sambaliung")


def test_long_lists_of_evidence_keep_the_newest_and_say_how_many_are_left_off(
    session: Any, operator: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(proofs, "MOST_FILES", 1)
    monkeypatch.setattr(proofs, "MOST_PHOTOS", 1)
    entry = tick("LOG-12", cast.SAMBALIUNG)
    attach(entry, "navy")
    attach(entry, "gray")
    found = build(operator)
    assert ([row.file_name for row in found.evidence], found.evidence_left_off) == (["gray.jpg"], 1)
    assert len(found.photos) == 1


def test_a_file_that_proves_many_regions_is_listed_once(session: Any, operator: Person):
    first = tick("LOG-12", cast.SAMBALIUNG)
    attach(first, "navy")
    file_id = evidence.uses_of(checklists.SUBJECT, first.id)[0].file.id
    checklists.attach_again(cast.entry_of("LOG-12", cast.TELUK_BAYUR), file_id, by=operator)
    found = build(operator)
    assert len(found.evidence) == len(found.photos) == 1
    assert line(found, "LOG-12").evidence_count == 2


def test_evidence_is_only_for_who_may_read_it(
    session: Any, operator: Person, monkeypatch: pytest.MonkeyPatch
):
    attach(tick("LOG-12", cast.SAMBALIUNG), "navy")
    reads = Person.may
    monkeypatch.setattr(
        Person, "may", lambda self, what, **where: what != "evidence:read" and reads(self, what, **where)
    )
    found = build(operator)
    assert (found.evidence, found.photos) == ((), ())


def test_nothing_of_another_region_is_in_it(session: Any, operator: Person):
    attach(
        tick("KTP-11", cast.PASER, "2024-11-25", by="operator.paser", measure_value=1),
        "navy",
        "operator.paser",
    )
    found = build(operator)
    assert found.evidence == ()
    assert found.totals.done == 0


def test_figures_are_the_latest_with_source_and_date_and_the_unknown_stays_unknown(
    session: Any, operator: Person
):
    source = {"by": "Operator", "source": "Paparan Sekda", "dated_on": TODAY}
    cast.figure(cast.BERAU, FigureKind.POLLING_STATIONS, 476, **source)
    figures = {row.name: row for row in build(operator).figures}
    assert (figures["TPS"].value, figures["TPS"].source, figures["TPS"].date) == (476, "Paparan Sekda", TODAY)
    assert figures["DPT laki-laki"].value is None


def test_it_names_the_last_link_of_the_trail(session: Any, operator: Person):
    tick("LOG-12", cast.SAMBALIUNG)
    db.session.commit()
    seq, digest = audit.head()
    head = build(operator).audit_head
    assert (head.seq, head.hash) == (seq, digest)


def test_it_says_whose_when_and_where(operator: Person):
    found = build(
        operator, number="1/DESK/2024", place="Teluk Bayur", paper="A4", area="LOG", stage="MASA_TENANG"
    )
    assert (found.region_name, found.desk_name) == ("Kabupaten Berau", "Desk Pilkada Kabupaten Berau")
    assert (found.zone, found.as_of.hour, found.date_text) == ("WITA", 9, "25 November 2024")
    assert (found.number, found.place, found.paper) == ("1/DESK/2024", "Teluk Bayur", "A4")
    assert (found.area_name, found.stage_name) == ("Logistik", "Masa Tenang")
    assert found.simulated
    assert build(operator).place == "Tanjung Redeb"


def test_all_figures_are_of_one_moment(
    app: Flask, session: Any, operator: Person, monkeypatch: pytest.MonkeyPatch
):
    """Somebody ticks between the totals and the lines: neither the lines nor the trail's head may know it."""
    before = audit.head()
    count = checklists.totals_in

    def counted_then_ticked(*about: Any) -> Any:
        found = count(*about)
        with app.app_context():
            tick("LOG-12", cast.SAMBALIUNG)
            db.session.commit()
        return found

    monkeypatch.setattr(report.checklists, "totals_in", counted_then_ticked)
    found = build(operator)
    assert line(found, "LOG-12").regions_done == found.totals.done == 0
    assert (found.audit_head.seq, found.audit_head.hash) == before


def test_it_refuses_a_region_out_of_reach_and_a_role_that_may_not(
    session: Any, stranger: Person, admin: Person
):
    for person in (stranger, admin):
        with pytest.raises(NotAllowed):
            build(person)
    with pytest.raises(NotFound):
        build(cast.person("operator.kaltim"), "64.99")


def test_an_appointment_that_ended_takes_the_right_with_it(session: Any, left: Person):
    with pytest.raises(NotAllowed):
        build(left)


def test_the_blank_twin_has_each_of_the_regions_own_items_once(session: Any, operator: Person, election: Any):
    blank = build_blank_checklist(operator, election, Ask(cast.BERAU, kind="kosong"))
    codes = [item.code for area in blank.areas for item in area.items]
    assert len(codes) == len(set(codes))
    assert "LOG-12" not in codes
    log10 = next(item for area in blank.areas for item in area.items if item.code == "LOG-10")
    assert (log10.measure_total, log10.measure_unit) == (475, "TPS")
    assert log10.due_text is not None
    assert log10.due_text.startswith("setiap hari, ")


def test_the_blank_twin_refuses_a_stranger(session: Any, stranger: Person, election: Any):
    with pytest.raises(NotAllowed):
        build_blank_checklist(stranger, election, Ask(cast.BERAU, kind="kosong"))


@pytest.mark.template("demo")
def test_mondays_day_in_berau_as_the_sekda_told_it(session: Any, operator: Person):
    found = build(operator)
    item = line(found, "LOG-12")
    assert (item.regions_done, item.regions_total) == (11, 13)
    assert item.note is not None
    assert item.note.startswith("Belum selesai: Sambaliung, Teluk Bayur.")
    assert line(found, "ASN-09").periods_total == 3
    assert {row.name: row.value for row in found.figures}["TPS"] == 475


def test_what_the_registers_tell_stands_in_the_report_of_who_reads_them(session: Any, operator: Person):
    written(operator)
    rows = {row.name: row for row in build(operator).registers}
    assert rows["Edaran dan imbauan netralitas"].said == "1 surat"
    assert "Kasus netralitas" not in rows, "nobody has recorded any"
    assert {row.area_name for row in build(operator, area="ASN").registers} == {"Netralitas ASN"}
    assert "F. Angka dari Register" in [block.opens for block in report_blocks(build(operator), 100)]
    assert "Register" in openpyxl.load_workbook(io.BytesIO(render_xlsx(build(operator)))).sheetnames
