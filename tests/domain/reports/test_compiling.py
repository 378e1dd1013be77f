"""The parts of a compilation: who owes one, what it brings, and what happened since."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from app.domain import regions
from app.domain.errors import Invalid
from app.domain.reports import (
    AreaProgress,
    Hindrance,
    Part,
    Reading,
    ReportCompilation,
    State,
    below,
    chosen,
    compiled_parts,
    compiled_reading,
    overtaken,
    parts_for,
    require_reconciled,
    unreconciled,
    usual,
)
from app.domain.reports.compiling import parts_text
from tests import cast
from tests.counting import statements
from tests.domain.reports.below import DUE, EARLY, LATE, fact, freeze, owed, province, row, stand

PROGRESS = (AreaProgress("LOG", "Logistik", (1, 0, 2, 0, 0, 0, 0, 3, 0)),)


def reading(*figures: Any) -> Reading:
    return Reading(EARLY, figures)


def test_every_desk_that_owes_is_a_part_in_the_order_of_its_code(session: Any):
    above, ten = province()
    freeze(ten[0], fact("tps", 3))
    freeze(ten[1], fact("tps", 4), state=State.SENT, at=LATE)
    freeze(ten[2], state=State.ENDORSED, is_nil=True)
    freeze(ten[3], fact("tps", 9), state=State.RETURNED)
    parts = parts_for(row(above), cast.person("operator.kaltim"))
    assert [part.region_code for part in parts] == [one.code for one in regions.children_of("64")]
    assert [(part.mark, part.state, part.version, len(part.figures)) for part in parts[:5]] == [
        ("tepat", "diverifikasi", 1, 1),
        ("terlambat", "dikirim", 1, 1),
        ("nihil", "disahkan", 1, 0),
        ("dikembalikan", "dikembalikan", 0, 0),
        ("belum", "belum", 0, 0),
    ]
    assert usual(parts) == {ten[0].id, ten[2].id}


def test_a_desk_that_owes_none_and_a_report_of_another_day_or_kind_are_no_parts(session: Any):
    above = owed("64")
    freeze(owed(cast.BERAU), fact("tps", 3))
    freeze(owed(cast.PASER, kind="senin"), fact("tps", 3))
    freeze(owed(cast.PASER, slot=1), fact("tps", 3))
    parts = parts_for(row(above), cast.person("operator.kaltim"))
    assert [part.region_code for part in parts] == [cast.BERAU]


def test_a_kabupaten_is_compiled_from_its_kecamatan_only(session: Any):
    above = owed(cast.BERAU)
    freeze(owed(cast.SAMBALIUNG), fact("tps", 3))
    freeze(owed(cast.PASER), fact("tps", 3))
    parts = parts_for(row(above), cast.person("operator.berau"))
    assert [part.region_code for part in parts] == [cast.SAMBALIUNG]


def test_the_parts_of_a_province_are_one_statement(session: Any):
    above, ten = province()
    for report in ten:
        freeze(report, fact("tps", 3))
    mine, person = row(above), cast.person("operator.kaltim")
    session.commit()
    with statements() as asked:
        assert len(parts_for(mine, person)) == 10
    assert len(asked) == 1


def test_one_that_is_not_chosen_stands_without_figures(session: Any):
    above, ten = province()
    freeze(ten[0], fact("tps", 3))
    freeze(ten[1], fact("tps", 4))
    parts = chosen(parts_for(row(above), cast.person("operator.kaltim")), {ten[0].id})
    assert [part.is_included for part in parts[:2]] == [True, False]
    assert (parts[1].figures, parts[1].sha256, parts[1].state) == ((), "", "diverifikasi")


def test_the_reading_holds_sums_in_the_place_of_own_figures_and_hindrances_with_their_place(session: Any):
    above, ten = province()
    cut = Hindrance("Kecamatan Segah", "Jalan putus")
    freeze(ten[0], fact("tps", 3, whole=5), progress=PROGRESS, hindrances=(cut,))
    freeze(ten[1], fact("tps", 4, whole=5), fact("kotak", 2), progress=PROGRESS)
    base = Reading(
        DUE,
        (fact("tps", 99), fact("rapat", 1)),
        hindrances=(Hindrance("Provinsi Kalimantan Timur", "Kapal"), Hindrance("Kecamatan Segah", "Lain")),
    )
    found = below(row(above), cast.person("operator.kaltim"))
    made = compiled_reading(base, found, "Provinsi Kalimantan Timur")
    assert [(one.key, one.value, one.whole) for one in made.figures] == [
        ("tps", 7, 10),
        ("rapat", 1, None),
        ("kotak", 2, None),
    ]
    assert made.progress == (AreaProgress("LOG", "Logistik", (2, 0, 4, 0, 0, 0, 0, 6, 0)),)
    first = regions.find(ten[0].region_code).title
    assert [one.place for one in made.hindrances] == [
        "Provinsi Kalimantan Timur",
        f"{first}, Kecamatan Segah",
    ]
    assert len(made.silent) == 8


def compiled(session: Any, count: int = 2) -> tuple[Any, list[Any], tuple[Part, ...], Reading]:
    above, ten = province()
    for number, report in enumerate(ten[:count], start=1):
        freeze(report, fact("tps", number), progress=PROGRESS)
    found = below(row(above), cast.person("operator.kaltim"))
    return above, ten, tuple(one.part for one in found), compiled_reading(reading(), found, "Kaltim")


def test_what_was_compiled_adds_up(session: Any):
    above, _, parts, made = compiled(session)
    assert unreconciled(parts, made) == []
    require_reconciled(row(above), parts, made)


def test_a_report_that_is_no_compilation_has_nothing_to_add_up(session: Any):
    require_reconciled(row(owed("64")), (), reading(fact("tps", 1)))


def test_it_refuses_a_sum_that_was_changed(session: Any):
    above, _, parts, made = compiled(session)
    wrong = made._replace(figures=(made.figures[0]._replace(value=4),))
    assert unreconciled(parts, wrong) == ["tps: tertulis 4 TPS, jumlah dari laporan 3 TPS."]
    with pytest.raises(Invalid, match="tidak cocok") as refusal:
        require_reconciled(row(above), parts, wrong)
    assert "susun ulang" in refusal.value.message


def test_it_names_a_sum_that_is_missing_and_progress_that_differs(session: Any):
    _, _, parts, made = compiled(session)
    wrong = unreconciled(parts, made._replace(figures=(), progress=()))
    assert wrong == [
        "tps: tidak ada di laporan, jumlah dari laporan 3 TPS.",
        "Capaian Logistik: tidak sama dengan jumlah dari laporan.",
    ]


def test_it_names_a_part_whose_figures_are_not_those_that_were_frozen(session: Any):
    _, _, parts, made = compiled(session)
    forged = (parts[0]._replace(figures=(fact("tps", 8),)), *parts[1:])
    (wrong,) = unreconciled(forged, made)
    assert wrong.startswith("Angka yang dipakai bukan angka versi 1 laporan")


def test_it_names_a_version_whose_row_was_tampered_with(session: Any):
    _, ten, parts, made = compiled(session)
    session.commit()
    drop = "DROP TRIGGER report_version_no_UPDATE"
    if session.get_bind().dialect.name == "postgresql":
        drop = "DROP TRIGGER report_version_frozen ON report_version"
    session.execute(text(drop))
    change = "UPDATE report_version SET snapshot = replace(snapshot, :was, :now) WHERE report_id = :id"
    session.execute(text(change), {"id": ten[0].id, "was": '"value":1', "now": '"value":9'})
    (wrong,) = unreconciled(parts, made)
    assert wrong.startswith("Sidik tidak cocok: versi 1 laporan")


def test_it_names_a_version_that_is_not_there(session: Any):
    _, _, parts, made = compiled(session)
    (wrong,) = unreconciled((parts[0]._replace(version=7), *parts[1:]), made)
    assert wrong.startswith("Versi beku tidak ditemukan: versi 7 laporan")


def test_what_came_since_is_told_and_the_old_version_still_adds_up(session: Any):
    _, ten, parts, made = compiled(session, count=4)
    names = [part.region_name for part in parts]
    freeze(ten[0], fact("tps", 50))
    stand(ten[1], State.REOPENED)
    stand(ten[2], State.RETURNED)
    stand(ten[3], State.DRAFT)
    freeze(ten[4], fact("tps", 50), state=State.SENT)
    assert overtaken(parts) == [
        f"{names[0]}: disusun dari versi 1; kini ada versi 2.",
        f"{names[1]}: disusun dari versi 1, yang kini dibuka kembali.",
        f"{names[2]}: disusun dari versi 1, yang kini dikembalikan untuk diperbaiki.",
        f"{names[3]}: disusun dari versi 1, yang kini ditarik kembali.",
        f"{names[4]} kini sudah melapor (versi 1), tetapi belum disertakan.",
    ]
    assert unreconciled(parts, made) == []


def test_nothing_is_told_of_one_that_was_left_out_on_purpose(session: Any):
    _, _, parts, _ = compiled(session)
    assert overtaken(chosen(parts, set())) == []


def test_a_version_that_was_verified_after_it_was_taken_says_so_when_it_is_sent(session: Any):
    above, ten = province()
    freeze(ten[0], fact("tps", 1), state=State.SENT)
    freeze(ten[1], fact("tps", 1))
    parts = parts_for(row(above), cast.person("operator.kaltim"))
    keep(session, above.id, parts)
    stand(ten[0], State.VERIFIED)
    stand(ten[1], State.REOPENED)
    assert [part.state for part in compiled_parts(row(above))[:3]] == [
        "diverifikasi",
        "diverifikasi",
        "belum",
    ]


def keep(session: Any, report_id: int, parts: tuple[Part, ...]) -> None:
    person = cast.person("operator.kaltim")
    session.add(
        ReportCompilation(
            report_id=report_id,
            parts=parts_text(parts),
            version=1,
            compiled_at=DUE,
            compiled_by_id=person.id,
            compiled_by_name=person.name,
        )
    )
    session.flush()
