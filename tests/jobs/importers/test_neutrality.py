"""Cases by a sheet: by the rules of the form, each fault at its cell, names in the lock and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from app.documents.tables import Checked, SheetRow
from app.domain import audit, neutrality
from app.domain.accounts import Person, Role
from app.domain.errors import Invalid, NotAllowed
from app.domain.neutrality import CaseFilters, CaseState, NeutralityCase, Verb
from app.extensions import db
from app.jobs.importers import IMPORTERS
from tests import cast
from tests.counting import statements
from tests.domain.neutrality.cases import NAME, do
from tests.domain.neutrality.test_secrets import everything

CASES = IMPORTERS["netralitas"]
ROW = {
    "region": cast.BERAU,
    "kind": "PNS",
    "breach": "DS2",
    "source": "Temuan Bawaslu",
    "agency": "Dinas di lingkungan pemerintah kabupaten",
    "occurred_on": "2024-11-20",
    "known_on": "22/11/2024",
    "place": "Media sosial",
    "account": "Membagikan unggahan calon.",
}
LETTER = {"letter_number": "12/PM/XI/2024", "letter_date": "2024-11-23", "done_on": "2024-11-23"}


def rows_of(*said: dict[str, str]) -> list[SheetRow]:
    keys = [column.key for column in CASES.columns(cast.person("operator.berau"), cast.BERAU)]
    assert not {key for row in said for key in row} - set(keys)
    return [SheetRow(n, {key: row.get(key, "") for key in keys}) for n, row in enumerate(said, start=2)]


def check(*said: dict[str, str], by: Person, region: str = cast.BERAU) -> Checked:
    return CASES.check(rows_of(*said), by=by, region=region)


def apply(*said: dict[str, str], by: Person) -> str:
    rows = rows_of(*said)
    made = str(CASES.apply(rows, by=by, region=cast.BERAU, progress=lambda done, total: None))
    db.session.commit()
    return made


def listed(by: Person) -> list[neutrality.CaseRow]:
    return sorted(neutrality.listed(by, CaseFilters(), page=1).rows, key=lambda case: case.id)


def test_a_check_says_what_is_new_and_writes_nothing(operator: Person):
    found = check(ROW | {"name": NAME}, ROW | {"kind": "PPPK"}, by=operator)
    assert found.errors == ()
    assert found.facts == (
        ("Baru", "2"),
        ("Tetap, sudah tercatat sama persis", "0"),
        ("Menurut jenis orang", "1 PNS, 1 PPPK"),
        ("Dengan nama, disimpan terkunci", "1"),
    )
    assert [line[2] for line in found.preview] == ["PNS", "PPPK"]
    assert [line[4:] for line in found.preview] == [("Dicatat", "terkunci", "baru"), ("Dicatat", "–", "baru")]
    assert listed(operator) == []


def test_applied_they_are_numbered_and_on_the_trail_as_if_typed(operator: Person):
    assert (
        apply(ROW, ROW | {"kind": "PPPK"}, ROW | {"nip_tail": "1001"}, by=operator)
        == "3 kasus dicatat, 0 tetap."
    )
    cases = listed(operator)
    assert [(case.number, case.pseudonym) for case in cases] == [
        ("1/2024", "PNS-1"),
        ("2/2024", "PPPK-1"),
        ("3/2024", "PNS-2"),
    ]
    for case in cases:
        (entry,) = audit.history_of(neutrality.SUBJECT, case.id)
        assert (entry.action, entry.changed["state"]) == ("neutrality:case:record", [None, "dicatat"])
        assert neutrality.had_a_hand(case.id, operator), "who brought it in may not close it"
    typed = neutrality.record(cast.BERAU, neutrality.Kind.PNS, _said_like(cases[0]), by=operator)
    assert neutrality.find(typed, operator).number == "4/2024"
    assert audit.verify().first_break is None


def _said_like(case: neutrality.CaseRow) -> neutrality.CaseSaid:
    facts = case.facts
    assert facts is not None
    return neutrality.CaseSaid(
        facts.agency, facts.breach, facts.source, facts.known_on, facts.account, occurred_on=facts.occurred_on
    )


def test_a_case_may_come_in_at_a_later_step_with_its_letter(operator: Person):
    apply(
        ROW | LETTER | {"state": "Diteruskan"},
        ROW | {"kind": "Kepala kampung", "state": "Dikaji Bawaslu", "note": "Tanggalnya tidak disebut."},
        by=operator,
    )
    forwarded, studied = listed(operator)
    assert (forwarded.state_words, forwarded.pseudonym) == ("Diteruskan ke BKN", "PNS-1")
    (move,) = neutrality.moves_of(forwarded)
    assert (move.letter_number, move.receiver, str(move.letter_date)) == (
        "12/PM/XI/2024",
        "BKN",
        "2024-11-23",
    )
    assert (studied.state, studied.is_since_known, studied.pseudonym) == (CaseState.STUDIED, False, "Kades-1")
    assert do(forwarded, Verb.RECOMMEND).state is CaseState.RECOMMENDED


@pytest.mark.parametrize(
    "wrong, column, sentence",
    [
        ({"region": "64.99"}, "region", "tidak ada dalam daftar wilayah"),
        ({"region": cast.PASER}, "region", "bukan wilayah penugasan Anda sendiri"),
        ({"region": "64"}, "region", "bukan wilayah penugasan Anda sendiri"),
        ({"region": cast.SAMBALIUNG}, "region", "kabupaten/kota atau provinsi"),
        ({"region_name": "Kabupaten Paser"}, "region_name", "adalah Kabupaten Berau"),
        ({"kind": "Pegawai"}, "kind", "Pilih salah satu"),
        ({"source": "Kabar"}, "source", "Pilih salah satu"),
        ({"breach": "XX9"}, "breach", "Pilih salah satu"),
        ({"breach": ""}, "breach", "isi Pelanggaran lain"),
        ({"breach_words": "Lain"}, "breach_words", "Isi salah satu"),
        ({"agency": ""}, "agency", "Tuliskan instansinya."),
        ({"account": "x" * 1_001}, "account", "Paling banyak 1000"),
        ({"occurred_on": "kemarin"}, "occurred_on", "Tanggal tidak dikenal"),
        ({"occurred_on": ""}, "occurred_note", "mengapa belum diketahui"),
        ({"occurred_on": "2024-11-24"}, "known_on", "mendahului"),
        ({"known_on": "2024-11-26"}, "known_on", "belum tiba"),
        ({"known_on": "2019-01-01"}, "known_on", "terlalu lama"),
        ({"nip_tail": "12345"}, "nip_tail", "Paling banyak 4 angka"),
        ({"account": "NIP 198501012010011001"}, "account", "NIP (18 angka)"),
        ({"name": "Budi 6403010101010001"}, "name", "NIK (16 angka)"),
        ({"state": "Selesai"}, "state", "Pilih salah satu"),
        (LETTER, "state", "Pilih langkahnya"),
        ({"state": "Diteruskan", "done_on": "2024-11-23"}, "letter_number", "nomor surat"),
        ({"state": "Diteruskan", "kind": "Penyelenggara Pemilihan"} | LETTER, "receiver", "Pilih KPU"),
        ({"state": "Dikaji Bawaslu"}, "done_on", "Bila tidak diketahui"),
        (
            {"state": "Rekomendasi"} | LETTER | {"letter_date": "besok"},
            "letter_date",
            "Tanggal tidak dikenal",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_row_and_column_and_nothing_is_written(
    operator: Person, wrong: dict[str, str], column: str, sentence: str
):
    (error,) = check(ROW, ROW | {"place": "Lapangan"} | wrong, by=operator).errors
    assert (error.row, error.column) == (3, column)
    assert sentence in error.message
    with pytest.raises(Invalid, match="Baris 3"):
        apply(ROW, ROW | {"place": "Lapangan"} | wrong, by=operator)
    db.session.rollback()
    assert listed(operator) == []


def test_all_faults_of_a_row_are_told_at_once(operator: Person):
    wrong = {"agency": "", "nip_tail": "x", "state": "Rekomendasi", "known_on": "2030-01-01"}
    errors = check(ROW | wrong, by=operator).errors
    assert {error.column for error in errors} == {"agency", "nip_tail", "known_on", "letter_number"}


def test_a_case_that_is_there_word_for_word_stays_whatever_became_of_it(operator: Person):
    apply(ROW | {"name": NAME}, by=operator)
    do(listed(operator)[0], Verb.STUDY)
    found = check(ROW, ROW | {"place": "Lapangan"}, by=operator)
    assert [line[-1] for line in found.preview] == ["tetap", "baru"]
    assert apply(ROW, ROW | {"place": "Lapangan"}, by=operator) == "1 kasus dicatat, 1 tetap."
    assert apply(ROW, ROW | {"place": "Lapangan"}, by=operator) == "0 kasus dicatat, 2 tetap."
    assert [case.state for case in listed(operator)] == [CaseState.STUDIED, CaseState.RECORDED]


def test_two_rows_that_differ_in_the_name_only_are_refused(operator: Person):
    (error,) = check(ROW | {"name": NAME}, ROW | {"name": "Orang Lain"}, by=operator).errors
    assert (error.row, error.column) == (3, "")
    assert "sama dengan baris 2" in error.message


class TestNames:
    def test_they_are_in_no_row_of_any_table_but_open_for_a_reason(self, operator: Person):
        apply(ROW | {"name": NAME}, by=operator)
        for part in (NAME, *NAME.split()):
            assert part not in everything()
        (case,) = listed(operator)
        assert neutrality.reveal(case, by=operator, reason="Klarifikasi") == NAME

    def test_they_are_in_no_finding_even_where_they_stand_in_the_wrong_cell(self, operator: Person):
        right = check(ROW | {"name": NAME}, by=operator)
        assert NAME not in repr(right)
        for column in ROW:
            assert NAME not in repr(check(ROW | {column: NAME, "kind": "salah"}, by=operator).errors)
        for column in ("region", "kind", "breach", "source", "state", "nip_tail", "occurred_on", "receiver"):
            wrong = check(ROW | LETTER | {"state": "Diteruskan"} | {column: NAME}, by=operator)
            assert wrong.errors, column
            assert NAME not in repr(wrong)


class TestWho:
    def test_a_province_brings_in_its_own_cases_and_no_kabupatens(self, session: Any):
        by = cast.person("operator.kaltim")
        assert check(ROW | {"region": "64"}, by=by, region="64").errors == ()
        (error,) = check(ROW, by=by, region="64").errors
        assert error.column == "region"

    def test_another_region_than_the_imports_is_refused_even_to_who_holds_both(self, session: Any):
        both = cast.add_person(
            "dua.kabupaten",
            *(
                (Role.OPERATOR, code, {"starts_on": cast.dt.date(2024, 11, 1)})
                for code in (cast.BERAU, cast.PASER)
            ),
        )
        (error,) = check(ROW | {"region": cast.PASER}, by=both).errors
        assert "di luar wilayah yang Anda pilih" in error.message

    @pytest.mark.parametrize(
        "who", ["operator.sambaliung", "logistik.berau", "penyelia.berau", "admin.kaltim"]
    )
    def test_who_handles_no_cases_of_a_region_gets_no_columns(self, session: Any, who: str):
        with pytest.raises(NotAllowed):
            CASES.columns(cast.person(who), cast.BERAU)


def test_many_rows_ask_few_statements(operator: Person):
    few = [ROW | {"account": f"Kejadian {n}"} for n in range(5)]
    many = [ROW | {"account": f"Peristiwa {n}"} for n in range(200)]
    with statements() as asked_few:
        apply(*few, by=operator)
    with statements() as asked_many:
        apply(*many, by=operator)
    assert len(others(asked_many)) <= len(others(asked_few)) + 5
    db.session.rollback()
    assert db.session.query(NeutralityCase).count() == 205


def others(asked: list[str]) -> list[str]:
    """Without the inserts, of which SQLite wants one for each row whose number it gives."""
    return [one for one in asked if not one.startswith("INSERT INTO neutrality_")]
