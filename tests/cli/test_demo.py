"""`flask demo`: the day as the sources tell it, and nothing they do not."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from app.domain import accounts, audit, checklists, clock, evidence, regions, stages
from app.domain.checklists import AsOf, Standing
from app.extensions import db
from tests.cast import BERAU, MARATUA, PASSWORD, SAMBALIUNG, TELUK_BAYUR, entry_of, person

MONDAY = dt.date(2024, 11, 25)
TODAY = "2024-11-25"


@pytest.mark.template("empty")
class TestCommand:
    def test_it_loads_once_prints_how_to_walk_in_and_then_changes_nothing(self, flask, app):
        first = flask("demo", "load")
        assert first.exit_code == 0, first.output
        assert f"Kata sandi semua akun demo: {PASSWORD}" in first.output
        assert "operator.berau" in first.output
        with app.app_context():
            before = audit.head()
            db.session.remove()
        assert flask("demo", "load").exit_code == 0
        with app.app_context():
            assert audit.head() == before
            db.session.remove()

    def test_it_stays_out_of_a_real_desk(self, make_app):
        real = make_app(mode="production")
        for words in (["demo", "load"], ["demo", "clock"]):
            said = real.test_cli_runner().invoke(args=words)
            assert said.exit_code == 1
            assert "DESK_MODE=production" in said.output

    def test_it_stays_out_of_a_database_that_people_use(self, flask):
        flask("people", "add", "budi.berau", "Budi Santoso")
        said = flask("demo", "load")
        assert said.exit_code == 1
        assert "sudah berisi akun" in said.output


@pytest.mark.template("demo")
class TestAfterwards:
    def test_a_changed_password_opens_the_accounts_that_share_the_former_one(self, make_app, app):
        with app.app_context():
            own = person("operator.paser")
            accounts.set_password(own.id, "sandi milik sendiri 5", must_change=False)
            db.session.commit()
            db.session.remove()
        changed = make_app(demo_password="sandi-demo-yang-baru")
        assert changed.test_cli_runner().invoke(args=["demo", "load"]).exit_code == 0
        with app.app_context():
            for username, password in (
                ("operator.berau", "sandi-demo-yang-baru"),
                ("operator.paser", "sandi milik sendiri 5"),
            ):
                lifetime = dt.timedelta(hours=1)
                assert accounts.sign_in(username, password, address="", browser="", lifetime=lifetime)
            db.session.remove()

    def test_a_password_is_made_once_and_kept_private(self, make_app):
        runner = make_app(demo_password="").test_cli_runner()
        said = [runner.invoke(args=["demo", "load"]).output for _ in range(2)]
        found = [re.search(r"Kata sandi semua akun demo: (\S+)", text) for text in said]
        assert found[0] is not None
        assert found[0][1] == found[1][1]
        assert re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){2}", found[0][1])

    def test_the_training_clock_runs_from_nine_and_is_kept_for_other_processes(self, make_app, whole_desk):
        desk = make_app(clock="")
        runner = desk.test_cli_runner()
        runner.invoke(args=["demo", "load"])
        file = whole_desk.store.data / "clock.json"
        kept = json.loads(file.read_text())
        assert kept["moment"] == "2024-11-25T09:00:00+08:00"
        assert clock.is_simulated()
        assert f"{clock.local(clock.now(), 'Asia/Makassar'):%Y-%m-%d %H}" == "2024-11-25 09"
        runner.invoke(args=["demo", "load"])
        assert json.loads(file.read_text()) == kept, "a second start lets the day go on"
        long_ago = (clock.real_now() - dt.timedelta(hours=20)).isoformat()
        file.write_text(json.dumps(kept | {"anchor": long_ago}))
        make_app(clock="")
        assert f"{clock.local(clock.now(), 'Asia/Makassar'):%d %H:%M}" == "25 23:59", "the day never ends"
        assert "flask demo clock" in runner.invoke(args=["demo", "load"]).output
        runner.invoke(args=["demo", "clock"])
        assert f"{clock.local(clock.now(), 'Asia/Makassar'):%d %H}" == "25 09"


@pytest.mark.template("demo")
class TestStory:
    """Seed 004: Berau as its Sekda reported it on 25 November; seed 001 for the 13th, seed 003 for the 18th."""

    @pytest.fixture
    def as_of(self, election: Any) -> AsOf:
        return AsOf.of(election, MONDAY)

    def test_eleven_of_thirteen_kecamatan_have_their_logistics(self, election, as_of):
        found = checklists.roll_ups(
            person("operator.berau"), election, BERAU, as_of, levels=("kecamatan", "keldes")
        )
        line = next(line for line in found if line.code == "LOG-12")
        assert (line.done, line.total) == (11, 13)
        assert line.remaining == ("Sambaliung", "Teluk Bayur")
        assert 0 < line.verified < 11, "some are verified, some wait"
        assert entry_of("LOG-12", MARATUA).standing is Standing.VERIFIED

    def test_the_two_nearest_get_theirs_today(self, session):
        for code in (SAMBALIUNG, TELUK_BAYUR):
            entry = entry_of("LOG-12", code)
            assert (entry.standing, entry.due_on) == (Standing.NOT_STARTED, MONDAY)
            assert "didistribusikan hari ini" in entry.due_reason
            assert "Paparan Sekda Berau, 25 November 2024" in entry.due_reason

    def test_the_special_tps_came_back_to_the_operator_and_are_due_today(
        self, session, operator, election, as_of
    ):
        entry = entry_of("LOG-14", BERAU)
        assert (entry.standing, entry.due_on) == (Standing.RETURNED, MONDAY)
        assert (entry.measure_value, entry.measure_total) == (0, 3)
        assert "contoh demo" in entry.review_reason
        assert entry in checklists.own_work(operator, election, BERAU, as_of)
        hosts = [station.host_kind for station in regions.polling_stations(BERAU, special_only=True)]
        assert sorted(hosts) == ["lapas", "perusahaan", "perusahaan"]

    def test_personnel_neutrality_and_the_recommendation(self, session, election):
        assert entry_of("KAM-05", BERAU, TODAY).measure_value == 1_588
        assert entry_of("KAM-05", BERAU, TODAY).measure_total is None, "nobody said of how many"
        kind = regions.FigureKind.SECURITY_PERSONNEL
        assert regions.current_figures([BERAU])[BERAU, kind].value == 1_588
        cases = [entry_of("ASN-09", BERAU, f"k-00{number}") for number in (1, 2, 3)]
        assert [case.event_title for case in cases] == [
            "dugaan terhadap satu kepala kampung",
            "dugaan terhadap satu PNS",
            "dugaan terhadap satu PPPK",
        ]
        assert entry_of("ASN-10", BERAU, "k-001").standing is Standing.DONE
        assert entry_of("ASN-11", BERAU, "k-001").standing is Standing.IN_PROGRESS

    def test_475_tps_in_13_kecamatan_100_kampung_and_10_kelurahan(self, session):
        figures = regions.current_figures([BERAU])
        values = {
            kind.value: figures[BERAU, kind].value for kind in regions.FigureKind if (BERAU, kind) in figures
        }
        assert values["tps_total"] == 475
        assert values["tps_lokasi_khusus"] == 3
        assert values["dpt_total"] == 198_347
        assert values["dpt_laki"] is None
        assert values["n_desa"] == 100
        assert values["n_kelurahan"] == 10
        assert len(regions.children_of(BERAU)) == 13
        assert regions.village_term(BERAU) == "kampung"

    def test_on_the_13th_mahulu_was_complete_and_nine_were_in_process(self, session):
        found = {
            row.code: entry_of("LOG-10", row.code, "2024-11-13").standing for row in regions.children_of("64")
        }
        assert found.pop("64.11") is Standing.VERIFIED
        assert set(found.values()) == {Standing.IN_PROGRESS}
        assert entry_of("LOG-10", "64.11", "2024-11-13").measure_value == 77

    @pytest.mark.parametrize("code", ["LAP-02", "LAP-04"])
    def test_the_reports_of_the_day_are_still_to_be_written(self, session, code: str):
        for row in regions.children_of("64"):
            assert entry_of(code, row.code, TODAY).standing is Standing.NOT_STARTED

    def test_what_no_source_states_stands_untouched(self, session, election):
        touched = db.session.execute(
            db.select(checklists.Entry.region_code, db.func.count())
            .where(checklists.Entry.version > 1)
            .group_by(checklists.Entry.region_code)
        ).all()
        outside = {code: number for code, number in touched if not code.startswith("64.03")}
        assert outside.pop("64") == 6
        assert outside.pop("64.71") == 2
        assert set(outside.values()) == {1}, "the state of their logistics on the 13th"

    def test_every_deed_names_its_source_and_invents_no_one(self, session):
        entries = session.scalars(db.select(checklists.Entry).where(checklists.Entry.filled_by.is_not(None)))
        for entry in entries:
            assert re.search(r"Sumber: |25 November 2024", entry.note), entry.note
            assert entry.filled_by_name.endswith("(demo)")

    def test_every_account_is_marked_and_every_desk_has_its_five(self, session):
        everyone = accounts.everyone()
        assert all(account.is_demo and account.name.endswith("(demo)") for account in everyone)
        names = {account.username for account in everyone}
        places = ["kaltim", "paser", "kukar", "berau", "kubar", "kutim", "ppu", "mahulu"]
        for place in [*places, "balikpapan", "samarinda", "bontang"]:
            for role in ("operator", "penyelia", "pimpinan", "inspektorat", "admin"):
                assert f"{role}.{place}" in names
        assert {"operator.sambaliung", "penyelia.telukbayur", "pengamat.kpu-berau"} <= names

    def test_acting_offices_are_shown_as_such(self, session):
        standings = {
            name: person(name).appointments[0].standing.value
            for name in ("pimpinan.kaltim", "pimpinan.balikpapan", "penyelia.bontang", "penyelia.berau")
        }
        assert list(standings.values()) == ["Pj.", "Pjs.", "Plt.", "definitif"]
        signs = accounts.signatory(BERAU, MONDAY)
        assert signs.position == "Kepala Badan Kesatuan Bangsa dan Politik Kabupaten Berau"

    def test_evidence_says_that_it_is_an_example(self, session, operator):
        uses = evidence.uses_of(checklists.SUBJECT, entry_of("LOG-12", MARATUA).id)
        assert [use.file.name for use in uses] == ["contoh-maratua.jpg"]

    def test_the_trail_and_the_counters_are_whole(self, session, election):
        assert audit.verify().first_break is None
        assert checklists.progress.check(election) == []
        assert checklists.expect(election) == 0

    def test_the_trail_tells_the_days_in_order(self, session):
        moments = list(session.scalars(db.select(audit.AuditEntry.at).order_by(audit.AuditEntry.seq)))
        assert moments == sorted(moments)
        assert {moment[:10] for moment in moments} == {
            "2024-11-01",
            "2024-11-13",
            "2024-11-18",
            "2024-11-24",
            "2024-11-25",
        }

    def test_something_waits_for_the_supervisor(self, session, election):
        rows, total = checklists.waiting_for(person("penyelia.berau"), election)
        assert total == len(rows) == 9
        assert {row.code for row in rows} == {"LOG-12", "KAM-05", "ASN-09", "ASN-10"}

    def test_the_calendar_is_that_of_2024(self, session, election):
        assert election.voting_day == dt.date(2024, 11, 27)
        assert election.in_use_from == dt.date(2024, 11, 24)
        races = stages.races(election)
        assert sorted(race.kind for race in races) == ["bup"] * 7 + ["gub"] + ["wali"] * 3
