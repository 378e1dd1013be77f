"""`flask desk init`: a real desk from nothing, all of it or none of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import String, Text, select

from app import data
from app.cli.desk import founding, plan
from app.domain import accounts, audit, checklists, regions, stages
from app.domain.accounts import Permission, Role
from app.domain.errors import Invalid
from app.domain.regions import Level
from app.extensions import db
from tests import cast
from tests.tables import every_table

pytestmark = pytest.mark.template("empty")
GIVEN = {
    "province": "65",
    "voting-day": "2029-11-28",
    "races": "65.04",
    "admin": "admin.kaltara",
    "admin-name": "Siti Aminah",
}
PLACES = Level.REGENCY


def words(**other: str | tuple[str, ...] | None) -> list[str]:
    """The command with all that it needs; `admin_name=None` leaves that option out, a tuple says it so often."""
    chosen = {**GIVEN, **{name.replace("_", "-"): value for name, value in other.items()}}
    said = [
        (f"--{name}", value)
        for name, values in chosen.items()
        if values is not None
        for value in (values if isinstance(values, tuple) else (values,))
    ]
    return [part for pair in said for part in pair]


@pytest.fixture
def init(app: Flask) -> Any:
    """`init(races="65.04")`: the command without questions; `typed=` answers them."""

    def run(typed: str | None = None, **other: str | tuple[str, ...] | None) -> Result:
        silent = ["--yes"] if typed is None else []
        result = app.test_cli_runner().invoke(args=["desk", "init", *words(**other), *silent], input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def nothing_is_there() -> bool:
    return accounts.everyone() == [] and stages.elections() == [] and regions.regions_under(["65"]) == []


def test_it_makes_a_desk_that_its_admin_can_open(init: Any, session: Any):
    said = init(password="perahu-di-kayan")
    assert said.exit_code == 0, said.output
    assert "Rabu, 28 November 2029" in said.output
    assert "Kata sandi sementara" not in said.output, "a password that was given is not echoed"
    election = stages.current_election()
    assert (election.code, election.voting_day) == ("pilkada-2029", dt.date(2029, 11, 28))
    assert [(race.kind, race.region_code) for race in stages.races(election)] == [("bup", "65.04")]
    assert len(stages.stages_of(election)) == 7
    assert [row.name for row in regions.regions_under(["65"], PLACES)] == ["Kabupaten Tana Tidung"]
    assert checklists.expected(election, "LOG-10", "65.04", "2029-11-20").region_code == "65.04"
    assert checklists.progress.check(election) == []
    admin = cast.person("admin.kaltara")
    assert [(held.role, held.region_code) for held in admin.appointments] == [(Role.ADMIN, "65")]
    assert admin.may(Permission.PEOPLE_MANAGE, region="65.04")
    assert not admin.must_change_password
    assert audit.verify().first_break is None


def test_it_is_for_the_whole_province_unless_told_otherwise(init: Any, session: Any):
    said = init(races=None)
    assert "gubernur Kalimantan Utara; bupati Bulungan, Malinau, Nunukan, Tana Tidung; wali kota Tarakan" in (
        said.output
    )
    assert len(stages.races(stages.current_election())) == 6
    assert len(regions.regions_under(["65"], PLACES)) == 5
    assert stages.current_election().in_use_from == dt.date(2024, 11, 25), "the day it is there"


def test_a_password_that_it_made_is_shown_once_and_must_be_changed(init: Any, session: Any):
    shown = init().output.split("Kata sandi sementara admin.kaltara: ")[1].split()[0]
    opened = accounts.sign_in("admin.kaltara", shown, address="", browser="", lifetime=dt.timedelta(hours=1))
    assert opened is not None
    assert cast.person("admin.kaltara").must_change_password


def test_it_asks_in_indonesian_until_the_answer_will_do(init: Any, session: Any):
    typed = "\n".join(
        [
            "Kaltara",  # no code
            "65",
            "",  # the zone
            "28 November",  # no date
            "2092-11-28",  # too far away to be meant
            "2029-11-28",
            "",  # the name
            "",  # the code
            "2031-01-01",  # after the last stage
            "",  # from today on
            "64.03",  # another province
            "65.04",
            "Admin Kaltara",  # no account name
            "admin.kaltara",
            "Siti Aminah",
            "pendek",
            "pendek",  # weak
            "perahu-di-kayan",
            "perahu-di-kayam",  # not the same
            "perahu-di-kayan",
            "perahu-di-kayan",
            "ya",
        ]
    )
    said = init(f"{typed}\n", province=None, voting_day=None, races=None, admin=None, admin_name=None)
    assert said.exit_code == 0, said.output
    for sentence in (
        "Tulis kode provinsi dua angka",
        "Zona waktu Kalimantan Utara [WITA]",
        "bukan tanggal",
        "28 November 2092 lebih dari 10 tahun lagi. Periksa tahunnya.",
        "sesudah tahapan terakhir",
        "Tidak ada pemilihan kepala daerah di 64.03",
        "Nama akun tidak sah",
        "Kata sandi terlalu pendek",
        "Keduanya tidak sama",
        "Siapkan desk ini? (ya/tidak)",
    ):
        assert sentence in said.output, sentence
    assert cast.person("admin.kaltara").name == "Siti Aminah"


def test_a_no_leaves_nothing_behind(init: Any, session: Any):
    said = init(
        "tidak\n",
        timezone="WITA",
        name="P",
        code="p-29",
        in_use_from="2029-01-01",
        password="perahu-di-kayan",
    )
    assert said.exit_code == 1
    assert "Tidak ada yang ditulis" in said.output
    assert nothing_is_there()


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"province": "69"}, "Tidak ada provinsi berkode 69"),
        ({"province": "65.01"}, "dua angka"),
        ({"timezone": "WIB"}, "Kalimantan Utara memakai WITA"),
        ({"races": "65.99"}, "Tidak ada pemilihan kepala daerah di 65.99"),
        ({"races": ""}, "wilayah tanpa kode"),
        ({"code": "Pilkada 2029"}, "huruf kecil"),
        ({"name": " "}, "Nama wajib diisi"),
        ({"in_use_from": "2031-01-01"}, "sesudah tahapan terakhir"),
        ({"admin": "A"}, "Nama akun tidak sah"),
        ({"admin_name": None}, "Sebutkan --admin-name"),
        ({"voting_day": None}, "Sebutkan --voting-day"),
        ({"voting_day": "2029-02-30"}, "Tidak dikerjakan: --voting-day: '2029-02-30' bukan tanggal"),
        ({"voting_day": "2020-12-09"}, "sudah selesai sebelum hari ini. Periksa tahunnya."),
        ({"voting_day": "2999-11-28"}, "--voting-day 2999-11-28 --voting-day 2999-11-28"),
        ({"voting_day": "2034-11-26"}, "lebih dari 10 tahun lagi"),
        ({"voting_day": ("2029-11-28", "2029-11-29")}, "dua hari yang berbeda"),
        ({"voting_day": ("9999-12-31", "9999-12-31")}, "tidak mungkin tahun Pemilihan"),
        ({"password": "admin.kaltara-1"}, "mudah ditebak"),
    ],
)
def test_it_refuses_before_it_writes(init: Any, session: Any, wrong: dict[str, str | None], sentence: str):
    said = init(**wrong)
    assert said.exit_code == 1
    assert sentence in said.output
    assert not {"Usage:", "Error:"} & set(said.output.split())
    assert nothing_is_there()


@pytest.mark.parametrize("day", [("2034-11-25",), ("2020-12-09", "2020-12-09")])
def test_it_takes_an_unusual_voting_day_that_is_said_twice(init: Any, session: Any, day: tuple[str, ...]):
    said = init(voting_day=day)
    assert said.exit_code == 0, said.output
    assert stages.current_election().voting_day.isoformat() == day[0]


def test_a_voting_day_said_twice_is_taken_at_the_question_too():
    today = dt.date(2024, 11, 25)
    assert plan.read_voting_day("2020-12-09 2020-12-09", today) == dt.date(2020, 12, 9)


def every_text() -> list[str]:
    """All that stands in the text columns of the desk's tables."""
    found = []
    for table in every_table():
        for column in table.columns:
            if isinstance(column.type, String | Text):
                found += db.session.scalars(select(column).where(column.is_not(None)))
    return found


@pytest.mark.parametrize("day", ["2029-11-28", "2024-11-27"])
def test_a_desk_of_another_province_says_nothing_of_kaltim(init: Any, session: Any, day: str):
    assert init(voting_day=day, races=None).exit_code == 0
    told = [text for text in every_text() if not text.startswith("http")]
    assert any("PKPU 12/2024" in text for text in told), "the laws stay"
    local = [row["text"] for row in data.rows("sumber.csv")]
    for word in ("Kalimantan Timur", "Kaltim", "seed ", "Berau", "Mahulu", "Kukar", *local):
        assert [text for text in told if word in text] == [], word


def test_a_desk_of_kaltim_keeps_its_sources(init: Any, session: Any):
    assert init(province="64", races="64.03", voting_day="2024-11-27").exit_code == 0
    _, wording = checklists.item_by_code("LOG-12")
    assert wording.legal_basis == "PKPU 12/2024; Paparan Sekda Berau, 25 November 2024"
    assert len(stages.steps_of(stages.current_election())) == 35


def test_nobody_elects_a_governor_of_yogyakarta_nor_a_mayor_in_jakarta(init: Any, session: Any):
    assert "Tidak ada pemilihan kepala daerah di 34." in init(province="34", races="34").output
    assert "Tidak ada pemilihan kepala daerah di 31.71" in init(province="31", races="31.71").output


def test_it_refuses_where_a_desk_is_already(init: Any, session: Any):
    assert init().exit_code == 0
    again = init(province="64", races="64.03")
    assert again.exit_code == 1
    assert "Desk sudah ada di sini: 1 akun, pemilihan Pemilihan Serentak 2029" in again.output
    assert len(stages.elections()) == 1


def test_what_broke_off_in_the_middle_can_be_done_again(init: Any, session: Any, monkeypatch: Any):
    def breaks_off(*_: Any, **__: Any) -> None:
        raise Invalid("Listrik padam.")

    with monkeypatch.context() as broken:
        broken.setattr(founding.accounts, "appoint", breaks_off)
        said = init()
    assert (said.exit_code, "Listrik padam." in said.output) == (1, True)
    assert nothing_is_there()
    assert init().exit_code == 0
    assert len(accounts.everyone()) == 1


def test_a_demo_is_no_place_for_it(make_app: Any):
    demo = make_app(mode="demo")
    said = demo.test_cli_runner().invoke(args=["desk", "init", *words(), "--yes"])
    assert said.exit_code == 1
    assert "DESK_MODE=production" in said.output


def test_the_day_of_a_demo_is_not_taken_over(init: Any, app: Flask):
    clock_file = app.config["SETTINGS"].data_dir / "clock.json"
    clock_file.write_text("{}")
    said = init()
    assert said.exit_code == 1
    assert "hari simulasi" in said.output


def test_a_database_that_is_away_is_told_in_a_sentence(make_app: Any, tmp_path: Any):
    away = make_app(database_url=f"postgresql+psycopg://desk@/desk?host={tmp_path}")
    said = away.test_cli_runner().invoke(args=["desk", "init", *words(), "--yes"])
    assert said.exit_code == 1
    assert "Basis data tidak dapat dihubungi" in said.output
    with away.app_context():
        db.session.remove()
