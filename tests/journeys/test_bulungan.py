"""Bulungan, Kalimantan Utara, 10 December 2024 (seed 002): a kabupaten's final report where the province holds nothing.

Every help that the text names is recorded as its operator would, comes out in the report, and stands on its paper.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.cli.regions import SOURCE_VERSION, shipped
from app.documents.dress import dress_of
from app.documents.final_paper import final_sheet
from app.documents.report_order import ReportPaper
from app.domain import circulars, clock, regions, registers, reports, stages
from app.domain.accounts import Role
from app.domain.reports import Kind, ReportRow, State
from app.jobs.long_press import Kept, LongPress
from tests import cast
from tests.documents import reading
from tests.seeds.telling import tell
from tests.seeds.test_identity_cards_outreach import DRIVE, GATHERINGS
from tests.seeds.test_meetings import SEED_002
from tests.seeds.test_support import SEEDS

pytestmark = pytest.mark.slow

DAY = dt.date(2024, 12, 10)
BULUNGAN = "65.01"
SINCE = {"starts_on": dt.date(2024, 11, 1)}
CIRCULAR = {
    "kind": "surat_edaran",
    "letter_number": "Nomor tidak disebut",
    "dated_on": DAY,
    "about": "Netralitas ASN, PPPK, dan tenaga kontrak, termasuk di media sosial; tanggal suratnya tidak disebut.",
    "recipients": "Seluruh ASN, PPPK, dan tenaga kontrak",
}
SAID = {
    "bab1": "Tim Desk Pilkada menjadi wadah koordinasi bagi kelancaran, keamanan, dan ketertiban Pilkada.",
    "bab3": "Dukungan diberikan sejak NPHD sampai distribusi ke desa terjauh.",
    "bab6": "Edaran melarang membagikan, mengomentari, atau menyukai konten kampanye di media sosial.",
    "bab8": "Data perlu terus dijaga valid dan akurat sebagai dasar keputusan.",
}
TOLD = {
    "dukungan.nphd": 1,
    "dukungan.asn_jenis": 3,
    "dukungan.ruang_jenis": 3,
    "dukungan.kesehatan_jenis": 1,
    "dukungan.angkutan_jenis": 1,
    "ktp.jemput_bola_pemula": 1,
    "sosialisasi.kecamatan": 10,
    "netralitas.edaran": 1,
    "rapat.diadakan": 1,
}


@pytest.fixture
def row(session: Any) -> ReportRow:
    """The report that Bulungan owes, with everything of the text recorded that morning."""
    clock.set_frozen(clock.at(DAY, dt.time(9, 0), "Asia/Makassar"))
    rows = [one for one in shipped("65") if one["code"] == "65" or one["code"].startswith(BULUNGAN)]
    regions.load_regions(rows, source_version=SOURCE_VERSION, today=DAY, scope="65")
    by = cast.add_person("operator.bulungan", (Role.OPERATOR, BULUNGAN, SINCE))
    cast.add_person("penyelia.bulungan", (Role.SUPERVISOR, BULUNGAN, SINCE))
    cast.add_person("pimpinan.bulungan", (Role.LEADER, BULUNGAN, SINCE))
    for one in (*SEEDS, DRIVE, *GATHERINGS, *SEED_002):
        tell(one, by)
    registers.record(circulars.CIRCULARS, BULUNGAN, CIRCULAR, by=by)
    reports.expect(stages.current_election())
    session.commit()
    return fresh("operator.bulungan")


def fresh(who: str) -> ReportRow:
    """The final report as this person sees it."""
    around = dt.timedelta(days=60)
    found = reports.of_region(
        cast.person(who), stages.current_election().id, BULUNGAN, DAY - around, DAY + around
    )
    return next(one for one in found if one.kind is Kind.FINAL)


def test_its_final_report_tells_every_help_and_is_verified_and_endorsed(
    session: Any, row: ReportRow, tmp_path: Path
):
    by = cast.person("operator.bulungan")
    draft, read, version = reports.open_draft(row, by=by)
    told = {fact.key: fact.value for fact in read.figures}
    assert {key: told[key] for key in TOLD} == TOLD
    draft = reports.written(draft, SAID, {one.key for one in draft.sections}, {})
    wrong = reports.findings_of(row, draft, read)
    assert not [one.words for one in wrong if one.blocks]
    draft = draft._replace(reasons=tuple((one.rule, "Sesuai rapat 10 Desember 2024.") for one in wrong))
    version = reports.save_draft(row, draft, by=by, version=version)
    dress = dress_of(regions.path_of(BULUNGAN), DAY)
    reports.send(fresh("operator.bulungan"), draft, read, dress, by=by, version=version)
    session.commit()
    for judge, who in ((reports.verify, "penyelia.bulungan"), (reports.endorse, "pimpinan.bulungan")):
        standing = fresh(who)
        judge(standing, by=cast.person(who), version=standing.version)
        session.commit()
    kept = reports.frozen(fresh("pimpinan.bulungan"))
    assert kept.row.state is State.ENDORSED
    order = ReportPaper(kept.snapshot, kept.marks._replace(code="ABCDEFGH23"), {})
    made = LongPress(Kept(tmp_path)).render(final_sheet(order), lambda done, total: None, lambda: False)
    text = " ".join(reading.pages(made))
    for said in ("Kabupaten Bulungan", "Provinsi Kalimantan Utara", "10 dari 10 kecamatan", *SAID.values()):
        assert said in text
    assert "Kalimantan Timur" not in text


def test_the_province_above_holds_nothing_and_may_still_read_nothing_of_it(session: Any, row: ReportRow):
    assert reports.of_region(cast.person("penyelia.kaltim"), row.election_id, BULUNGAN, DAY, DAY) == []
    assert clock.abbreviation(regions.zone_of(BULUNGAN)) == "WITA"
