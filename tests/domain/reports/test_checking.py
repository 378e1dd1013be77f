"""What does not fit together is found before a report is sent: it blocks, or it asks for a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.domain import reports
from app.domain.accounts import Person
from app.domain.registers import Fact
from app.domain.reports import BLOCKS, Draft, Finding, Reading, ReferenceFigure, ReportRow, SectionText
from tests.domain.reports.test_claims import BERAU
from tests.domain.reports.written import CASES, DISTRICTS, MORNING, SUNDAY, owed, stands


@pytest.fixture
def row(operator: Person) -> ReportRow:
    """Berau's report of Monday 25 November 2024."""
    return owed(operator)


def draft(**said: str) -> Draft:
    """A draft with these texts."""
    return Draft(sections=tuple(SectionText(key, key.capitalize(), text) for key, text in said.items()))


def found(row: ReportRow, said: Draft, *figures: Fact, **more: Any) -> dict[str, Finding]:
    """Rule -> finding."""
    findings = reports.findings_of(row, said, Reading(MORNING, figures, **more))
    assert len({one.rule for one in findings}) == len(findings)
    assert all(one.blocks is BLOCKS[one.rule.split(":")[0]] for one in findings)
    return {one.rule: one for one in findings}


CALM = {"umum": "Kami memantau."}


def test_a_report_in_which_all_fits_has_no_findings(row: ReportRow):
    assert found(row, draft(**CALM), CASES, DISTRICTS) == {}


def test_three_cases_stand_against_no_obstacles_as_berau_said_it(row: ReportRow):
    one = found(row, draft(kendala=BERAU), CASES)["tidak_ada_kendala:kendala"]
    assert not one.blocks
    assert "tidak ada kendala" in one.words
    assert "3 kasus" in one.words
    assert one.keys == ("kendala", "netralitas.berjalan")


@pytest.mark.parametrize(
    "key, label, area",
    [
        ("logistik.kendala_terbuka", "Kendala logistik", "LOG"),
        ("keamanan.kejadian_terbuka", "Kejadian", "KAM"),
        ("keamanan.kendala_terbuka", "Kendala", "KAM"),
        ("daftar_periksa.terlambat", "Isian", "PTH"),
        ("daftar_periksa.terkendala", "Isian", "PTH"),
        ("tindak_lanjut.terlambat", "Tindak lanjut", "LAP"),
    ],
)
def test_every_open_trouble_stands_against_it(row: ReportRow, key: str, label: str, area: str):
    said = draft(umum="Tidak ada kendala.")
    assert "tidak_ada_kendala:umum" in found(row, said, Fact(key, area, label, 1, "hal"))
    assert found(row, said, Fact(key, area, label, 0, "hal")) == {}
    assert found(row, said, Fact(key, area, label, None, "hal")) == {}


def test_a_section_of_one_area_speaks_of_that_area_only(row: ReportRow):
    assert found(row, draft(logistik="Tidak ada kendala."), CASES) == {}
    short = Fact("logistik.kendala_terbuka", "LOG", "Kendala logistik", 2, "kendala")
    assert "tidak_ada_kendala:logistik" in found(row, draft(logistik="Tidak ada kendala."), short, CASES)
    assert found(row, draft(umum="Tidak ada kendala logistik."), CASES) == {}


def test_calm_is_contradicted_by_open_incidents_only(row: ReportRow):
    said = draft(umum="Situasi aman dan kondusif.")
    assert found(row, said, CASES) == {}
    incident = Fact("keamanan.kejadian_terbuka", "KAM", "Kejadian yang belum selesai", 1, "kejadian")
    assert list(found(row, said, incident)) == ["aman_bertentangan:umum"]


def test_a_given_reason_explains_and_what_blocks_is_never_explained(row: ReportRow):
    said = draft(kendala="Tidak ada kendala.")
    reading = Reading(MORNING, (CASES,))
    findings = reports.findings_of(row, said, reading)
    assert reports.still_unexplained(said, findings) == findings
    explained = said._replace(reasons=(("tidak_ada_kendala:kendala", "Kasus ditangani Bawaslu."),))
    assert reports.still_unexplained(explained, findings) == []
    blank = said._replace(reasons=(("tidak_ada_kendala:kendala", "  "),))
    assert reports.still_unexplained(blank, findings) == findings
    empty = draft()._replace(reasons=(("kosong", "Memang begitu."),))
    assert reports.still_unexplained(empty, reports.findings_of(row, empty, reading)) != []


def test_an_empty_report_is_blocked(row: ReportRow):
    assert found(row, draft(umum="  "))["kosong"].blocks


def test_carried_texts_block_until_they_are_confirmed(row: ReportRow):
    said = draft(umum="Kami memantau.", cuaca="Hujan.")._replace(carried=("cuaca",))
    assert list(found(row, said)) == ["lanjutan:cuaca"]
    assert found(row, said._replace(carried=())) == {}


@pytest.mark.parametrize("grade", ["waspada", "rawan"])
def test_a_grade_that_is_not_safe_needs_its_reason(row: ReportRow, grade: str):
    said = draft(**CALM)._replace(grade=grade)
    assert list(found(row, said)) == ["alasan_keadaan"]
    assert found(row, said._replace(grade_reason="Banjir.")) == {}


def test_safe_is_contradicted_by_a_grave_incident_and_by_what_the_desk_said(row: ReportRow):
    grave = Fact("keamanan.kejadian_berat", "KAM", "Kejadian berat", 1, "kejadian", whole=1)
    said = Fact("keamanan.situasi", "KAM", "Situasi wilayah", None, words="waspada")
    calm = said._replace(words="aman dan kondusif")
    for fact in (grave, said, said._replace(words="tidak kondusif")):
        assert list(found(row, draft(**CALM), fact)) == ["keadaan_bertentangan"]
    assert found(row, draft(**CALM), calm) == {}
    watchful = draft(**CALM)._replace(grade="waspada", grade_reason="Ada kejadian.")
    assert found(row, watchful, grave, said) == {}


def test_a_part_larger_than_its_whole_blocks(row: ReportRow):
    one = found(row, draft(**CALM), DISTRICTS._replace(value=14))[
        "bagian_melebihi:logistik.kecamatan_lengkap"
    ]
    assert one.blocks


def test_a_whole_unlike_the_reference_figure_asks_for_a_reason(row: ReportRow):
    reference = (ReferenceFigure("Kecamatan", 12, "Kemendagri"),)
    one = found(row, draft(**CALM), DISTRICTS, reference=reference)[
        "acuan_berbeda:logistik.kecamatan_lengkap"
    ]
    assert "13" in one.words
    assert "12 (Kemendagri)" in one.words
    unknown = (ReferenceFigure("Kecamatan", None, ""),)
    assert found(row, draft(**CALM), DISTRICTS, reference=unknown) == {}


def test_voters_of_both_sexes_must_make_the_whole(row: ReportRow):
    reference = (
        ReferenceFigure("Pemilih dalam DPT", 100, "KPU"),
        ReferenceFigure("DPT laki-laki", 60, "KPU"),
        ReferenceFigure("DPT perempuan", 39, "KPU"),
    )
    assert list(found(row, draft(**CALM), reference=reference)) == ["acuan_berbeda:dpt"]
    assert found(row, draft(**CALM), reference=reference[:2]) == {}


def test_eleven_and_three_are_not_thirteen(row: ReportRow):
    today = Fact("logistik.kecamatan_hari_ini", "LOG", "Kecamatan yang dikirimi hari ini", 2, "kecamatan")
    assert found(row, draft(**CALM), DISTRICTS, today) == {}
    rule = "bagian_tidak_genap:logistik.kecamatan_lengkap"
    assert rule in found(row, draft(**CALM), DISTRICTS, today._replace(value=3))
    assert "bagian_tidak_genap:logistik" in found(row, draft(logistik="Sisa 3 kecamatan."), DISTRICTS)
    assert found(row, draft(logistik="Sisa dua kecamatan."), DISTRICTS) == {}


def test_institutions_may_not_have_more_people_than_all_together(row: ReportRow):
    all_ = Fact("keamanan.personel", "KAM", "Personel pengamanan", 1588, "orang")
    police = Fact("keamanan.personel.polri", "KAM", "Personel Polri", 1600, "orang")
    assert "bagian_tidak_genap:keamanan.personel" in found(row, draft(**CALM), all_, police)
    assert found(row, draft(**CALM), all_, police._replace(value=426)) == {}


def test_a_cumulative_figure_that_fell_asks_for_a_reason(row: ReportRow, operator: Person):
    stands(owed(operator, SUNDAY), operator, Reading(MORNING, (DISTRICTS, CASES)))
    fewer = DISTRICTS._replace(value=9)
    rules = found(row, draft(**CALM), fewer, CASES._replace(value=1))
    assert list(rules) == ["kumulatif_turun:logistik.kecamatan_lengkap"]
    assert "turun dari 11 menjadi 9" in rules["kumulatif_turun:logistik.kecamatan_lengkap"].words
    assert found(row, draft(**CALM), DISTRICTS._replace(value=None)) == {}


def test_a_typed_number_unlike_its_figure_asks_for_a_reason(row: ReportRow):
    reference = (ReferenceFigure("TPS", 475, "KPU Berau"),)
    rules = found(row, draft(logistik="Jumlah TPS 474 TPS."), reference=reference)
    assert list(rules) == ["angka_teks:logistik"]
    assert "475" in rules["angka_teks:logistik"].words


def test_identity_numbers_block_and_names_ask(row: ReportRow):
    rules = found(row, draft(umum="Sdr. Budi Santoso, NIK 6403012505990001."))
    assert rules["nomor_identitas:umum"].blocks
    assert not rules["nama_orang:umum"].blocks
    reason = draft(**CALM)._replace(reasons=(("angka_teks:umum", "Menurut 6403012505990001"),))
    assert "nomor_identitas:alasan" in found(row, reason)


def test_a_text_that_is_too_long_blocks(row: ReportRow):
    assert list(found(row, draft(umum="a" * 10_001))) == ["terlalu_panjang:umum"]


def test_what_blocks_comes_first(row: ReportRow):
    said = draft(kendala="Tidak ada kendala.")._replace(grade="rawan")
    blocking = [one.blocks for one in reports.findings_of(row, said, Reading(MORNING, (CASES,)))]
    assert blocking == sorted(blocking, reverse=True)


# --- Nil -----------------------------------------------------------------------------------------------------------


def nil(*checked: str) -> Draft:
    """A nil report."""
    return draft(umum="Situasi aman dan kondusif.")._replace(is_nil=True, nil_checked=checked)


def test_a_nil_report_without_anything_open_passes(row: ReportRow):
    assert found(row, nil("Kasus: tidak ada"), CASES._replace(value=0)) == {}


def test_nil_is_blocked_while_something_is_open(row: ReportRow):
    one = found(row, nil("Kasus: 3"), CASES)["nihil_bertentangan"]
    assert one.blocks
    assert "3 kasus" in one.words


def test_what_is_merely_late_is_told_with_nil_and_does_not_forbid_it(row: ReportRow):
    late = Fact("daftar_periksa.terlambat", "PTH", "Isian yang lewat tenggat", 4, "isian", whole=120)
    assert found(row, nil("Isian: 4"), late) == {}
    checks = reports.nil_checks(Reading(MORNING, (late, CASES)))
    assert [(one.words, one.is_open) for one in checks] == [
        ("Kasus yang masih berjalan: 3 kasus", True),
        ("Isian yang lewat tenggat: 4 dari 120 isian", False),
    ]


def test_what_nobody_knows_is_not_called_none(row: ReportRow):
    checks = reports.nil_checks(Reading(MORNING, (CASES._replace(value=None), CASES._replace(value=0))))
    assert checks[0].words == "Kasus yang masih berjalan: belum diketahui"


def test_nil_without_a_look_is_blocked(row: ReportRow):
    assert found(row, nil())["nihil_tanpa_periksa"].blocks


def test_every_rule_is_reached_by_these_tests():
    """The table of rules holds no rule that nothing raises."""
    import inspect

    from app.domain.reports import checking, figure_checks

    source = inspect.getsource(checking) + inspect.getsource(figure_checks)
    assert [rule for rule in BLOCKS if f'"{rule}"' not in source] == []


def test_seed_004_is_caught_from_real_records(operator: Person, session: Any):
    from tests.domain.reports.test_reading import obstacle

    obstacle(operator)
    row = owed(operator, cut_off_at=dt.datetime(2024, 11, 25, 8, 0, tzinfo=dt.UTC))
    opened, reading, _ = reports.open_draft(row, by=operator)
    said = reports.written(opened, {"kendala": BERAU}, (), {})
    rules = {one.rule for one in reports.findings_of(row, said, reading)}
    assert "tidak_ada_kendala:kendala" in rules
