"""People by a sheet: who comes, what is refused row by row, and that a second thought changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from app.documents.reading import VERSION, Unfolded, rows_of
from app.documents.tables import Checked, SheetRow
from app.domain import accounts, audit
from app.domain.accounts import Account, Appointment, Person, Role
from app.domain.errors import NotNow
from app.extensions import db
from app.jobs.importers.people import PeopleImporter
from app.jobs.importing import Done
from tests import cast

NIP, OTHER_NIP, THIRD_NIP = "198503172010012003", "199001012015031002", "199203032016032004"
SITI = {"name": "Siti Aminah", "role": "Operator", "region": cast.BERAU}
QUIET = "64.02.01"
"""A kecamatan where nobody signs yet."""
IMPORTER = PeopleImporter()


@pytest.fixture(autouse=True)
def quick_hashes(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow on purpose; here only that it was done counts. The desk comes first: its people sign in."""
    monkeypatch.setattr(accounts, "hash_password", lambda password: f"hash of {password}")


def sheet(*said: dict[str, str]) -> list[SheetRow]:
    """Rows as the machine hands them over, from the second line on."""
    keys = [column.key for column in IMPORTER.columns(cast.person("admin.kaltim"), "64")]
    return [
        SheetRow(number, {key: row.get(key, "") for key in keys}) for number, row in enumerate(said, start=2)
    ]


@pytest.fixture
def check(admin: Person) -> Callable[..., Checked]:
    """Check rows as the admin of the province, or as somebody else."""

    def checked(*said: dict[str, str], by: Person = admin, region: str = "64") -> Checked:
        return IMPORTER.check(sheet(*said), by=by, region=region)

    return checked


@pytest.fixture
def apply(admin: Person) -> Callable[..., Done]:
    def applied(*said: dict[str, str], by: Person = admin, region: str = "64") -> Done:
        return IMPORTER.apply(sheet(*said), by=by, region=region, progress=lambda done, total: None)

    return applied


def told(found: Checked) -> list[tuple[int, str]]:
    return [(error.row, error.column) for error in found.errors]


def siti(**about: str) -> dict[str, str]:
    return SITI | about


def settled(number: str = NIP) -> Person:
    """Budi, who is operator of Berau already, under his number."""
    account = accounts.create_account("budi.berau", "Budi Santoso", cast.PASSWORD, ready_hash="x")
    accounts.appoint(
        account.id, Role.OPERATOR, cast.BERAU, starts_on=dt.date(2024, 11, 1), employee_number=number
    )
    db.session.commit()
    return cast.person("budi.berau")


# --- Who comes ----------------------------------------------------------------------------------------------


def test_a_new_person_gets_an_account_an_appointment_and_a_slip(apply: Any, admin: Person):
    done = apply(
        siti(
            unit="disdukcapil",
            areas="log, KTP-el",
            standing="plt",
            position="Kepala Bidang",
            rank="Pembina, IV/a",
            number="19850317 201001 2 003",
            starts_on="01/11/2024",
            ends_on="2024-12-31",
            document="200.2/118",
            signs="Ya",
        )
    )
    db.session.commit()
    assert done.sentence == "1 akun baru dibuat dan 1 penugasan diberikan."
    (slip,) = done.slips
    assert (slip.name, slip.username, slip.office) == (
        "Siti Aminah",
        "siti.aminah",
        "Operator, Kabupaten Berau",
    )
    account = db.session.query(Account).filter_by(username="siti.aminah").one()
    assert account.must_change_password
    assert account.password_hash == f"hash of {slip.password}"
    held = db.session.query(Appointment).filter_by(account_id=account.id).one()
    assert (held.role, held.region_code, held.areas, held.standing) == (
        "operator",
        cast.BERAU,
        "KTP LOG",
        "Plt.",
    )
    assert (held.position, held.rank, held.employee_number, held.document, held.signs) == (
        "Kepala Bidang",
        "Pembina, IV/a",
        NIP,
        "200.2/118",
        True,
    )
    assert (held.starts_on, held.ends_on) == (dt.date(2024, 11, 1), dt.date(2024, 12, 31))
    assert {entry.actor_id for entry in audit.history_of("account", account.id)} == {admin.id}


def test_the_manner_of_signing_comes_along(apply: Any):
    how = {"on_behalf_of": "Bupati Berau", "through": "Sekretaris Daerah", "position": "Kepala Badan"}
    apply(siti(signs="Ya", **how))
    db.session.commit()
    held = db.session.query(Appointment).order_by(Appointment.id.desc()).first()
    assert held is not None
    assert (held.signs, held.on_behalf_of, held.through) == (True, "Bupati Berau", "Sekretaris Daerah")


@pytest.mark.parametrize(
    "said, column",
    [
        ({"on_behalf_of": "Bupati", "position": "Kepala"}, "on_behalf_of"),
        ({"signs": "Ya", "through": "Sekda", "position": "Kepala"}, "on_behalf_of"),
        ({"signs": "Ya", "on_behalf_of": "Bupati"}, "position"),
    ],
)
def test_a_manner_of_signing_that_cannot_be_is_refused_where_it_stands(
    check: Any, said: dict[str, str], column: str
):
    assert told(check(siti(region=QUIET, **said))) == [(2, column)]


def test_a_sheet_from_before_the_manner_of_signing_is_still_read(admin: Person):
    columns = IMPORTER.columns(admin, "64")
    older = [column for column in columns if column.key not in ("on_behalf_of", "through")]
    head = tuple(column.title for column in older)
    line = tuple({"Nama": "Siti", "Peran": "Operator", "Kode wilayah": cast.BERAU}.get(t, "") for t in head)
    rows, errors = rows_of(Unfolded("orang", VERSION, ((1, head), (2, line))), "orang", "Orang", columns)
    assert errors == []
    assert (rows[0].values["name"], rows[0].values["through"]) == ("Siti", "")


def test_what_is_left_empty_means_definitive_all_areas_from_today(apply: Any):
    apply(siti())
    held = db.session.query(Appointment).order_by(Appointment.id.desc()).first()
    assert (held.standing, held.areas, held.unit_id, held.starts_on, held.ends_on) == (
        "definitif",
        "",
        None,
        dt.date(2024, 11, 25),
        None,
    )


def test_the_preview_says_who_comes_under_which_name(check: Any):
    found = check(siti(), siti(name="Ani", role="penyelia", standing="Plt."))
    assert found.errors == ()
    assert ("Akun baru", "2") in found.facts
    assert ("Menurut peran", "Operator 1, Penyelia 1") in found.facts
    assert found.preview == (
        ("2", "Siti Aminah", "siti.aminah", "Operator", "Kabupaten Berau", "25/11/2024", "baru"),
        ("3", "Ani", "ani", "Plt. Penyelia", "Kabupaten Berau", "25/11/2024", "baru"),
    )


def test_account_names_are_made_unique_with_the_place_and_then_a_number(check: Any):
    cast.add_person("siti.aminah")
    found = check(
        siti(number=NIP),
        siti(number=OTHER_NIP),
        siti(number=THIRD_NIP),
        siti(name="Siti Aminah, S.Sos.", username="siti.aminah.berau3"),
    )
    assert [line[2] for line in found.preview] == [
        "siti.aminah.berau",
        "siti.aminah.berau2",
        "siti.aminah.berau4",
        "siti.aminah.berau3",
    ]


def test_somebody_who_is_there_already_gets_the_appointment_only(apply: Any):
    budi = settled()
    done = apply(siti(name="budi  santoso", number=NIP, role="Penyelia", region="64.01"))
    assert done.sentence == "1 penugasan diberikan."
    assert done.slips == ()
    assert [m.role for m in accounts.mandates_of(budi.id)] == [Role.OPERATOR, Role.SUPERVISOR]


def test_a_check_reads_only(check: Any, session: Any):
    before = session.query(Account).count(), session.query(Appointment).count()
    check(siti())
    assert not session.dirty
    assert not session.new
    assert (session.query(Account).count(), session.query(Appointment).count()) == before


# --- What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong,column,words",
    [
        ({"role": "Raja"}, "role", "Pilih: Operator"),
        ({"region": "64.99"}, "region", "tidak ada"),
        ({"region": "64.1"}, "region", "nolnya"),
        ({"unit": "Dinas Sihir"}, "unit", "tidak ada dalam daftar"),
        ({"areas": "LOG, XYZ"}, "areas", "Bidang XYZ tidak ada"),
        ({"standing": "Raja"}, "standing", "Pilih: definitif"),
        ({"number": "12345"}, "number", "18 angka"),
        ({"starts_on": "kemarin"}, "starts_on", "25/11/2024"),
        ({"ends_on": "31/02/2025"}, "ends_on", "25/11/2024"),
        ({"starts_on": "2024-12-01", "ends_on": "2024-11-30"}, "ends_on", "sesudah tanggal mulai"),
        ({"ends_on": "2024-11-01"}, "ends_on", "sesudah tanggal mulai"),
        ({"signs": "mungkin"}, "signs", "Ya atau Tidak"),
        ({"username": "Siti Aminah!"}, "username", "Huruf kecil"),
        ({"name": "x" * 121}, "name", "120"),
        ({"position": "x" * 161}, "position", "160"),
        ({"rank": "x" * 81}, "rank", "80"),
        ({"document": "x" * 161}, "document", "160"),
    ],
)
def test_a_row_that_cannot_be_is_told_at_its_cell(check: Any, wrong: dict[str, str], column: str, words: str):
    (error,) = check(siti(**wrong)).errors
    assert (error.row, error.column) == (2, column)
    assert words in error.message


@pytest.mark.parametrize("column", ["role", "region"])
def test_a_cell_that_must_not_be_empty_is_left_to_the_sheets_own_check(check: Any, column: str):
    """Which tells it; here nothing is planned for such a row, and nothing falls over."""
    found = check(siti(**{column: ""}))
    assert (found.preview, [error.column for error in found.errors]) == ((), [])


def test_all_errors_of_all_rows_are_told_at_once(check: Any):
    found = check(siti(role="x", region="y"), siti(), siti(number="1", standing="z"))
    assert told(found) == [(2, "role"), (2, "region"), (4, "standing"), (4, "number")]


def test_a_region_outside_the_import_is_refused_by_name(check: Any):
    (error,) = check(siti(region="64.01"), by=cast.person("admin.berau"), region=cast.BERAU).errors
    assert (error.column, "Kabupaten Paser di luar wilayah" in error.message) == ("region", True)


def test_a_region_that_is_no_more_is_refused(check: Any, session: Any):
    from app.domain.regions import Region

    session.get(Region, "64.03.09").retired_on = dt.date(2024, 1, 1)
    session.commit()
    (error,) = check(siti(region="64.03.09")).errors
    assert "tidak berlaku" in error.message


def test_an_admin_of_one_unit_gives_no_more_than_that(check: Any):
    limited = cast.add_person(
        "admin.unit", (Role.ADMIN, "64", {"starts_on": dt.date(2024, 11, 1), "unit_code": "disdukcapil"})
    )
    assert told(check(siti(), by=limited)) == [(2, "")]
    assert told(check(siti(unit="disdukcapil"), by=limited)) == []


@pytest.mark.parametrize(
    "first,second,column",
    [
        ({"number": NIP}, {"number": NIP, "name": "Lain"}, "number"),
        ({"username": "siti"}, {"username": "SITI", "name": "Lain"}, "username"),
        ({}, {}, ""),
    ],
    ids=["number", "username", "whole row"],
)
def test_the_same_person_twice_is_told_with_the_other_row(
    check: Any, first: dict[str, str], second: dict[str, str], column: str
):
    (error,) = check(siti(**first), siti(**second)).errors
    assert (error.row, error.column) == (3, column)
    assert "sudah ada di baris 2" in error.message


def test_one_account_by_its_name_and_by_its_number_is_the_same_person(check: Any):
    settled()
    budi = {"name": "Budi Santoso", "number": NIP, "region": "64.01"}
    found = check(siti(**budi), siti(**budi, username="budi.berau", position="Kasi"))
    assert told(found) == [(3, "number")]


@pytest.mark.parametrize(
    "about,column",
    [
        ({"name": "Budi Santoso", "username": "budi.berau"}, "username"),
        ({"name": "Orang Lain", "username": "budi.berau", "number": NIP}, "username"),
        ({"name": "Budi Santoso", "username": "budi.berau", "number": OTHER_NIP}, "username"),
        ({"name": "Orang Lain", "number": NIP}, "number"),
        ({"name": "Budi Santoso", "username": "budi.baru", "number": NIP}, "username"),
    ],
    ids=["no number", "other name", "other number", "number of another", "second account"],
)
def test_an_account_that_may_be_anothers_is_not_touched(check: Any, about: dict[str, str], column: str):
    settled()
    (error,) = check(siti(region="64.01", **about)).errors
    assert (error.row, error.column) == (2, column)


@pytest.mark.parametrize(
    "first,second",
    [
        ({}, {"position": "Staf"}),
        ({}, {"name": "siti  AMINAH"}),
        ({"number": NIP}, {"role": "Penyelia"}),
        ({}, {"number": NIP}),
        ({"username": "siti.satu"}, {"position": "Staf"}),
        ({"number": NIP}, {"username": "siti.dua"}),
        ({}, {"region": cast.SAMBALIUNG}),
    ],
    ids=[
        "neither",
        "typed otherwise",
        "first number",
        "second number",
        "first account",
        "one each",
        "kecamatan",
    ],
)
def test_a_namesake_in_the_same_desk_may_be_the_same_person(
    check: Any, first: dict[str, str], second: dict[str, str]
):
    (error,) = check(siti(**first), siti(**second)).errors
    assert (error.row, error.column) == (3, "name")
    assert "baris 2" in error.message
    assert "isi NIP atau Nama akun" in error.message


@pytest.mark.parametrize(
    "first,second",
    [
        ({"number": NIP}, {"number": OTHER_NIP}),
        ({"username": "siti.satu"}, {"username": "siti.dua"}),
        ({}, {"region": cast.PASER}),
        ({}, {"region": "64"}),
    ],
    ids=["numbers", "accounts", "other desk", "province"],
)
def test_namesakes_who_are_told_apart_both_come(check: Any, first: dict[str, str], second: dict[str, str]):
    assert check(siti(**first), siti(**second)).errors == ()


def test_a_third_namesake_is_compared_with_both_before(check: Any):
    told_apart = [siti(number=NIP), siti(number=OTHER_NIP)]
    (error,) = check(*told_apart, siti()).errors
    assert (error.row, error.column, "baris 2" in error.message) == (4, "name", True)
    assert told(check(*told_apart, siti(number=THIRD_NIP))) == []


def test_a_namesake_who_has_an_account_there_is_named(check: Any):
    settled()
    (error,) = check(siti(name="budi  santoso", role="Penyelia")).errors
    assert (error.row, error.column) == (2, "name")
    assert "budi.berau" in error.message
    assert "isi NIP" in error.message
    assert told(check(siti(name="Budi Santoso", number=OTHER_NIP))) == []
    assert told(check(siti(name="Budi Santoso", username="budi.lain"))) == []
    assert told(check(siti(name="Budi Santoso", region="64.01"))) == []


def test_a_namesake_whose_account_has_no_number_is_not_told_apart_by_one(check: Any):
    settled("")
    (error,) = check(siti(name="Budi Santoso", number=NIP)).errors
    assert (error.row, error.column) == (2, "name")
    assert "budi.berau" in error.message
    assert "kosongkan NIP" in error.message
    assert told(check(siti(name="Budi Santoso", number=NIP, username="budi.lain"))) == []


def test_a_number_said_in_any_part_of_the_desk_tells_namesakes_apart(check: Any):
    budi = settled("")
    accounts.appoint(
        budi.id, Role.OPERATOR, cast.SAMBALIUNG, starts_on=dt.date(2024, 11, 1), employee_number=NIP
    )
    db.session.commit()
    assert told(check(siti(name="Budi Santoso", number=OTHER_NIP))) == []
    (error,) = check(siti(name="Budi Santoso")).errors
    assert "isi NIP-nya" in error.message


def test_a_namesake_who_served_there_once_is_there_still(check: Any):
    account = accounts.create_account("budi.lama", "Budi Santoso", cast.PASSWORD, ready_hash="x")
    days = {"starts_on": dt.date(2023, 1, 1), "ends_on": dt.date(2023, 12, 31)}
    accounts.appoint(account.id, Role.OPERATOR, cast.BERAU, **days)
    db.session.commit()
    (error,) = check(siti(name="Budi Santoso")).errors
    assert "budi.lama" in error.message


def test_a_namesake_beyond_the_import_is_not_told(check: Any):
    settled("")
    assert told(check(siti(name="Budi Santoso", region=cast.SAMBALIUNG), region=cast.SAMBALIUNG)) == []


def test_somebody_without_a_number_is_known_by_account_and_name(apply: Any, check: Any):
    budi = settled("")
    again = siti(name="budi santoso", username="BUDI.berau", role="Penyelia", region="64.01")
    assert check(again).preview[0][-1] == "sudah ada"
    done = apply(again)
    assert (done.sentence, done.slips) == ("1 penugasan diberikan.", ())
    assert [m.role for m in accounts.mandates_of(budi.id)] == [Role.OPERATOR, Role.SUPERVISOR]


@pytest.mark.parametrize("number,about", [("", {"number": NIP}), (NIP, {}), ("", {"name": "Orang Lain"})])
def test_an_account_name_alone_is_not_enough(check: Any, number: str, about: dict[str, str]):
    settled(number)
    row = siti(name="Budi Santoso", username="budi.berau", region="64.01") | about
    assert told(check(row)) == [(2, "username")]


def test_an_account_without_a_number_beyond_ones_region_is_not_taken(check: Any):
    settled("")
    row = siti(name="Budi Santoso", username="budi.berau", region="64.01")
    assert told(check(row, region="64.01")) == [(2, "username")]


def test_an_account_beyond_ones_region_is_not_named(check: Any):
    settled()
    by = cast.person("admin.kaltim")
    (error,) = check(siti(number=NIP, region="64.01"), by=by, region="64.01").errors
    assert "budi.berau" not in error.message
    (error,) = check(siti(number=NIP), by=by, region="64").errors
    assert "budi.berau" in error.message


def test_a_number_on_two_accounts_asks_for_the_account(check: Any):
    settled()
    other = cast.add_person("budi.dua")
    accounts.appoint(other.id, Role.OPERATOR, "64.01", starts_on=dt.date(2024, 11, 1), employee_number=NIP)
    db.session.commit()
    assert told(check(siti(name="Budi Santoso", number=NIP))) == [(2, "number")]


def test_the_same_appointment_over_the_same_days_is_refused(check: Any):
    settled()
    again = siti(name="Budi Santoso", number=NIP)
    assert told(check(again)) == [(2, "starts_on")]
    assert told(check(again | {"areas": "LOG"})) == [(2, "starts_on")]
    assert told(check(again | {"role": "Penyelia"})) == []
    assert told(check(again | {"unit": "disdukcapil"})) == []
    assert told(check(again | {"starts_on": "2024-10-01", "ends_on": "2024-10-31"})) == []


def test_a_closed_account_is_opened_first(check: Any):
    accounts.disable_account(settled().id)
    db.session.commit()
    (error,) = check(siti(name="Budi Santoso", number=NIP, region="64.01")).errors
    assert "Buka kembali dahulu" in error.message


def test_nobody_appoints_themselves(check: Any):
    settled()
    admin = cast.person("budi.berau")
    accounts.appoint(admin.id, Role.ADMIN, "64", starts_on=dt.date(2024, 11, 1))
    db.session.commit()
    found = check(siti(name="Budi Santoso", number=NIP, role="Penyelia"), by=cast.person("budi.berau"))
    assert told(found) == [(2, "")]


def test_a_desk_has_one_definitive_signatory_a_day(check: Any):
    first = siti(signs="Ya", region=QUIET, ends_on="2024-12-31")
    second = siti(name="Budi", signs="ya", region=QUIET, starts_on="2024-12-01")
    assert told(check(first, second)) == [(3, "signs")]
    assert told(check(first, second | {"standing": "Plh."})) == []
    assert told(check(first, second | {"starts_on": "2025-01-01"})) == []
    assert told(check(first, second | {"region": "64.02.02"})) == []


def test_a_signatory_who_is_there_is_told_by_name(check: Any):
    first = cast.add_person("kepala.berau")
    starts = dt.date(2024, 1, 1)
    accounts.appoint(first.id, Role.LEADER, QUIET, starts_on=starts, signs=True)
    db.session.commit()
    (error,) = check(siti(region=QUIET, signs="Ya")).errors
    assert "Kepala Berau sudah menandatangani" in error.message


# --- A second thought ---------------------------------------------------------------------------------------


def test_people_who_changed_while_passwords_were_made_are_looked_at_again(
    apply: Any, monkeypatch: pytest.MonkeyPatch
):
    def meanwhile(password: str) -> str:
        cast.add_person("siti.aminah")
        db.session.commit()
        return "x"

    monkeypatch.setattr(accounts, "hash_password", meanwhile)
    with pytest.raises(NotNow, match="berubah selagi"):
        apply(siti())


def test_progress_counts_the_passwords(admin: Person):
    seen: list[tuple[int, int]] = []
    rows = sheet(siti(), siti(name="Ani"))
    IMPORTER.apply(rows, by=admin, region="64", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2)]


def test_a_check_of_many_asks_few_statements(check: Any, admin: Person):
    from tests.counting import statements

    rows = sheet(
        *(siti(name=f"Orang {number}", number=f"19850317201001{number:04}") for number in range(200))
    )
    with statements() as asked:
        assert IMPORTER.check(rows, by=admin, region="64").errors == ()
    assert len(asked) <= 8


def test_a_check_of_five_thousand_namesakes_is_quick(check: Any, admin: Person):
    from time import perf_counter

    said = [siti(number=f"19850317201001{number:04}") for number in range(2_500)]
    rows = sheet(*said, *(siti(username=f"siti.{number}") for number in range(2_500)))
    begun = perf_counter()
    assert len(IMPORTER.check(rows, by=admin, region="64").errors) == 2_500
    assert perf_counter() - begun < 5
