"""The library as it is shipped, and as a desk brings its own."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from app import data
from app.domain import accounts, checklists
from app.domain.accounts import Unit
from app.domain.checklists import Item, ItemVersion
from app.domain.checklists.loading import wording
from app.domain.errors import Invalid

pytestmark = pytest.mark.template("demo")
ROW = {
    "code": "KAM-99",
    "area": "KAM",
    "stage": "KAMPANYE",
    "level": "kabkota",
    "role": "KPU; Satpol PP",
    "title_id": "Uji",
    "due_offset_days": "-4",
    "evidence": "foto;angka",
    "measure_unit": "n / n",
    "legal_basis_or_seed": "seed 004; PKPU 13/2024",
    "recurrence": "sekali",
    "measure_total": "",
    "start_offset_days": "",
    "sla": "",
}


def versions(session) -> dict[str, ItemVersion]:
    query = select(Item.code, ItemVersion).join(ItemVersion, ItemVersion.id == Item.current_version_id)
    return dict(session.execute(query).all())


def test_all_120_items_are_there_by_area(session):
    areas: dict[str, int] = {}
    for version in versions(session).values():
        areas[version.area] = areas.get(version.area, 0) + 1
    assert areas == {
        "LOG": 19,
        "ASN": 15,
        "KTP": 13,
        "SOS": 14,
        "KAM": 15,
        "DUK": 15,
        "PTH": 17,
        "LAP": 12,
    }


def test_every_item_answers_to_a_unit_of_the_region_and_never_to_a_mere_source(session):
    for code, version in versions(session).items():
        unit = session.get(Unit, version.unit_id)
        assert unit is not None, code
        assert not unit.is_source_only, code


@pytest.mark.parametrize(
    "code, unit",
    [
        ("LOG-10", "kesbangpol"),  # KPU kab/kota; Kesbangpol
        ("LOG-06", "kesbangpol"),  # KPU and Bawaslu only
        ("LOG-12", "kecamatan"),
        ("KTP-04", "disdukcapil"),
        ("ASN-11", "bkpsdm"),  # PPK kepegawaian; BKD/BKPSDM
        ("KAM-09", "diskominfo"),
        ("LOG-13", "keldes"),
    ],
)
def test_the_first_agency_of_the_region_answers(session, code: str, unit: str):
    assert session.get(Unit, versions(session)[code].unit_id).code == unit


@pytest.mark.parametrize(
    "code, times", [("SOS-13", "10:00 13:00"), ("LAP-07", "07:30 10:00 13:30 18:00 22:00"), ("PTH-09", "")]
)
def test_the_hours_of_voting_day_are_read_from_the_title(session, code: str, times: str):
    assert versions(session)[code].times == times


def test_ppk_is_always_spelled_out(session):
    """It means a committee in a kecamatan as well as the one who appoints civil servants."""
    for code, version in versions(session).items():
        for text in (version.title, version.roles, version.measure_unit):
            assert not re.search(r"\bPPK\b(?! \(kecamatan\)| kepegawaian)", text), (code, text)


def test_no_item_names_a_province_or_a_zone(session):
    for code, version in versions(session).items():
        assert not re.search(r"Kaltim|Kalimantan|WITA|WIB|Berau", version.title), code


def test_sources_are_written_out_for_people(session):
    for code, version in versions(session).items():
        assert "seed" not in version.legal_basis, code
    assert "Paparan Sekda Berau" in versions(session)["LOG-12"].legal_basis


def test_every_wording_fits_its_columns_on_every_database(session):
    for version in versions(session).values():
        for column in ItemVersion.__table__.columns:
            length = getattr(column.type, "length", None)
            assert length is None or len(getattr(version, column.name)) <= length, column.name


def test_the_same_file_again_publishes_nothing_and_a_changed_row_one_version(session):
    def unit_for(roles: str) -> None:
        return None

    rows = [{**row, "code": f"X{row['code']}"} for row in data.rows("checklist_items.csv")]
    assert checklists.load_library(rows, unit_for=unit_for) == (120, 120)
    assert checklists.load_library(rows, unit_for=unit_for) == (120, 0)
    rows[3] = rows[3] | {"title_id": "Dirumuskan lain"}
    assert checklists.load_library(rows, unit_for=unit_for) == (120, 1)


def test_a_row_becomes_a_wording(session):
    made = wording(ROW, 7, data.cite)
    assert (made.levels, made.evidence, made.unit_id, made.start_offset) == ("kabkota", "foto angka", 7, None)
    assert made.legal_basis == "Paparan Sekda Berau, 25 November 2024; PKPU 13/2024"
    assert wording(ROW | {"level": "keldes;kecamatan"}, None).levels == "kecamatan keldes"


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"area": "XXX"}, "KAM-99.*Bidang"),
        ({"level": "planet"}, "KAM-99.*planet"),
        ({"due_offset_days": "besok"}, "KAM-99"),
        ({"start_offset_days": "3"}, "KAM-99.*berakhir sebelum"),
    ],
)
def test_a_bad_row_is_refused_by_its_item(session, change: dict[str, str], sentence: str):
    with pytest.raises(Invalid, match=sentence):
        checklists.load_library([ROW | change], unit_for=lambda roles: None)


def test_an_unknown_agency_is_refused_by_its_name(session):
    accountable = accounts.Accountability(data.rows("perangkat_daerah.csv"))
    with pytest.raises(Invalid, match="Dinas Antah Berantah"):
        accountable.unit_for("Dinas Antah Berantah")


def test_units_are_loaded_once_and_renamed_when_the_file_says_so(session):
    rows = list(data.rows("perangkat_daerah.csv"))
    assert accounts.load_units(rows) == 0
    assert accounts.load_units([rows[0] | {"name": "Setda"}]) == 1
    assert session.scalar(select(func.count()).select_from(Unit)) == len(rows)
