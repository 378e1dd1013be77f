"""/pemilihan: names, voting days, the next election and handing over; said first, then done."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import accounts, checklists, clock, jobs, stages
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast
from tests.blueprints.stages.test_stages import plain
from tests.cast import BERAU, entry_of
from tests.counting import statements

NEXT = {
    "nama": "Pemilihan Serentak 2029",
    "kode": "pilkada-2029",
    "hari": "2029-11-28",
    "dicatat": "2029-01-02",
    "lihat": "1",
}


@pytest.fixture(autouse=True)
def held_in_all_of_the_province(session: Any) -> None:
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    db.session.commit()


def base() -> str:
    db.session.expire_all()
    return f"/pemilihan/{stages.elections()[-1].id}"


def newest() -> stages.Election:
    db.session.expire_all()
    return max(stages.elections(), key=lambda one: one.id)


def hidden(page: str) -> dict[str, str]:
    form = page[page.rindex('method="post" action="/pemilihan') :]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))


def clone(client: Any, **other: str) -> Any:
    page = client.get(f"{base()}/salin", query_string=NEXT | other)
    return client.post(f"{base()}/salin", data=hidden(page.text))


def test_the_list_says_which_one_the_desks_work_on(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    page = plain(client.get("/pemilihan").text)
    assert re.search(r"Pemilihan Serentak 2024 Rabu, 27 November 2024 [\d.]+ Berlaku", page)
    assert base() in client.get("/pemilihan").text


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.kaltim", "inspektorat.kaltim"])
def test_only_who_manages_the_calendar_comes_in(client: Any, session: Any, who: str):
    cast.signed_in(client, who)
    for path in ("/pemilihan", base(), f"{base()}/hari", f"{base()}/salin", f"{base()}/berlakukan"):
        assert client.get(path).status_code == 403
    for path in (f"{base()}/nama", f"{base()}/hari", f"{base()}/salin", f"{base()}/berlakukan"):
        assert client.post(path, data=NEXT).status_code == 403


def test_an_admin_of_one_kabupaten_only_reads(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    clone_page = client.get(f"{base()}/salin", query_string=NEXT)
    day_page = client.get(f"{base()}/hari", query_string={"hari": "2024-12-11", "alasan": "x", "lihat": "1"})
    cast.signed_in(client, "admin.berau")
    for path in (base(), f"{base()}/hari", f"{base()}/salin"):
        assert "Hanya dibaca" in client.get(path).text
    assert client.post(f"{base()}/nama", data={"nama": "x", "versi": "1"}).status_code == 403
    assert client.post(f"{base()}/hari", data=hidden(day_page.text)).status_code == 403
    assert client.post(f"{base()}/salin", data=hidden(clone_page.text)).status_code == 403
    assert len(stages.elections()) == 1


def test_an_unknown_election_is_not_found(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    for path in ("", "/hari", "/salin", "/berlakukan"):
        assert client.get(f"/pemilihan/999{path}").status_code == 404


class TestItsName:
    def test_it_is_changed(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        answer = client.post(f"{base()}/nama", data={"nama": "Pilkada 2024", "versi": "1"})
        assert answer.status_code == 303
        assert "Pilkada 2024" in client.get("/pemilihan").text
        assert db.session.query(AuditEntry).filter_by(action="calendar:election:rename").count() == 1

    def test_the_second_one_is_told(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        client.post(f"{base()}/nama", data={"nama": "Satu", "versi": "1"})
        assert client.post(f"{base()}/nama", data={"nama": "Dua", "versi": "1"}).status_code == 409
        assert newest().name == "Satu"

    @pytest.mark.parametrize("name", ["", " ", "x" * 161])
    def test_no_name_is_explained(self, client: Any, session: Any, name: str):
        cast.signed_in(client, "admin.kaltim")
        assert client.post(f"{base()}/nama", data={"nama": name, "versi": "1"}).status_code == 422


class TestVotingDay:
    def look(self, client: Any, **other: str) -> Any:
        said = {"hari": "2024-12-11", "alasan": "PKPU 9/2024", "lihat": "1"}
        return client.get(f"{base()}/hari", query_string=said | other)

    def test_it_is_said_first_and_then_done(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        page = self.look(client)
        words = plain(page.text)
        assert "Masa Tenang 24 Nov 2024 sampai 26 Nov 2024 8 Des 2024 sampai 10 Des 2024" in words
        assert re.search(r"[\d.]+ isian yang masih terbuka bergeser", words)
        assert newest().voting_day.isoformat() == "2024-11-27"
        assert client.post(f"{base()}/hari", data=hidden(page.text)).status_code == 303
        assert newest().voting_day.isoformat() == "2024-12-11"
        assert entry_of("LOG-14", BERAU).due_on.isoformat() == "2024-12-09"
        assert checklists.progress.check(newest()) == []
        assert "H-16" in client.get("/tahapan").text

    @pytest.mark.parametrize(
        "other, said",
        [
            ({"hari": "2024-11-27"}, "Pilih hari yang lain"),
            ({"hari": "2029-11-27"}, "salin Pemilihan ini"),
            ({"hari": "x"}, "Tanggal tidak dikenal"),
            ({"alasan": ""}, "Tuliskan alasannya"),
        ],
    )
    def test_what_cannot_be_is_explained(self, client: Any, session: Any, other: dict[str, str], said: str):
        cast.signed_in(client, "admin.kaltim")
        fine = hidden(self.look(client).text)
        for answer in (self.look(client, **other), client.post(f"{base()}/hari", data=fine | other)):
            assert answer.status_code == 422
            assert said in answer.text

    def test_the_past_is_refused_once_something_was_recorded(self, client: Any, session: Any, operator: Any):
        entry = entry_of("LOG-14", BERAU)
        checklists.start(entry, by=operator, version=entry.version)
        db.session.commit()
        answer = self.look(cast.signed_in(client, "admin.kaltim"), hari="2024-11-20")
        assert answer.status_code == 422
        assert "Pilih hari ini atau sesudahnya" in answer.text

    def test_two_admins_at_once(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        first, second = hidden(self.look(client).text), hidden(self.look(client, hari="2024-12-18").text)
        assert client.post(f"{base()}/hari", data=first).status_code == 303
        answer = client.post(f"{base()}/hari", data=second)
        assert answer.status_code == 409
        assert "baru saja diubah orang lain" in answer.text
        assert newest().voting_day.isoformat() == "2024-12-11"


class TestTheNextOne:
    def test_it_is_said_first_and_then_made(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        page = client.get(f"{base()}/salin", query_string=NEXT)
        words = plain(page.text)
        assert "Masa Tenang 24 Nov 2024 sampai 26 Nov 2024 25 Nov 2029 sampai 27 Nov 2029" in words
        assert "Setiap orang memerlukan penugasan baru" in words
        assert "Operator Berau (demo)" in words
        assert len(stages.elections()) == 1
        answer = client.post(f"{base()}/salin", data=hidden(page.text))
        made = newest()
        assert (answer.status_code, answer.location) == (303, f"/pemilihan/{made.id}")
        assert made.name == "Pemilihan Serentak 2029"
        assert not made.is_current
        assert "Jadikan yang berlaku" in client.get(answer.location).text
        assert checklists.progress.check(made) == []

    def test_the_same_sending_again_makes_one(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        said = hidden(client.get(f"{base()}/salin", query_string=NEXT).text)
        path = f"{base()}/salin"
        assert [client.post(path, data=said).status_code for _ in range(2)] == [303, 303]
        assert len(stages.elections()) == 2

    @pytest.mark.parametrize(
        "other, said",
        [
            ({"kode": "pilkada-2024"}, "sudah ada"),
            ({"kode": "Pilkada 2029"}, "Huruf kecil"),
            ({"nama": ""}, "Tuliskan namanya"),
            ({"hari": "2024-11-27"}, "Pilih hari yang lain"),
            ({"hari": ""}, "Tuliskan harinya"),
            ({"dicatat": "2029-12-01"}, "atau sebelumnya"),
            ({"hari": "2229-11-28"}, "antara tahun 2000 dan 2100"),
        ],
    )
    def test_what_cannot_be_is_explained(self, client: Any, session: Any, other: dict[str, str], said: str):
        cast.signed_in(client, "admin.kaltim")
        path = f"{base()}/salin"
        fine = hidden(client.get(path, query_string=NEXT).text)
        for answer in (client.get(path, query_string=NEXT | other), client.post(path, data=fine | other)):
            assert answer.status_code == 422
            assert said in answer.text
        assert len(stages.elections()) == 1

    @pytest.mark.parametrize(
        "days, said",
        [
            ({"hari": "2098-11-27"}, "27 November 2098 lebih dari 10 tahun lagi. Periksa tahunnya."),
            ({"hari": "2019-11-27", "dicatat": "2019-01-01"}, "27 November 2019 sudah lewat."),
            ({"hari": "2024-11-26", "dicatat": "2024-01-01"}, "26 November 2024 tidak sesudah yang disalin"),
        ],
    )
    def test_an_unusual_voting_day_must_be_said_to_be_meant(
        self, client: Any, session: Any, days: dict[str, str], said: str
    ):
        cast.signed_in(client, "admin.kaltim")
        path = f"{base()}/salin"
        usual = client.get(path, query_string=NEXT)
        assert 'name="memang"' not in usual.text
        fine = hidden(usual.text)
        for answer in (client.get(path, query_string=NEXT | days), client.post(path, data=fine | days)):
            assert (answer.status_code, said in answer.text) == (422, True)
            assert "Hari pemungutan ini memang demikian" in answer.text
        assert len(stages.elections()) == 1
        page = client.get(path, query_string=NEXT | days | {"memang": "y"})
        assert page.status_code == 200
        assert client.post(path, data=hidden(page.text)).status_code == 303
        assert newest().voting_day.isoformat() == days["hari"]

    def test_a_large_one_is_prepared_in_the_background(
        self, client: Any, session: Any, app: Any, monkeypatch: Any
    ):
        from app.jobs.worker import Worker

        monkeypatch.setattr(checklists.elections, "AT_ONCE", 10)
        cast.signed_in(client, "admin.kaltim")
        assert clone(client).status_code == 303
        made = newest()
        assert "Sedang disiapkan" in client.get(f"/pemilihan/{made.id}").text
        assert "belum selesai disiapkan" in client.get(f"/pemilihan/{made.id}/berlakukan").text
        refused = client.post(
            f"/pemilihan/{made.id}/berlakukan", data={"penugasan": "biarkan", "dari": base()[11:]}
        )
        assert refused.status_code == 409
        db.session.commit()
        assert Worker(app, keeps_warm=False).run_one()
        db.session.expire_all()
        assert jobs.last_of("election", {"election": made.id}).state == "selesai"
        assert checklists.entries_of_election(made) > 3_000
        assert checklists.progress.check(made) == []
        assert "Siap" in client.get(f"/pemilihan/{made.id}").text


class TestHandingOver:
    def made(self, client: Any) -> str:
        cast.signed_in(client, "admin.kaltim")
        clone(client)
        return f"/pemilihan/{newest().id}/berlakukan"

    def test_there_and_back(self, client: Any, session: Any):
        path, back = self.made(client), f"{base()}/berlakukan"
        page = client.get(path)
        assert "Pemilihan Serentak 2024 tidak berlaku lagi" in plain(page.text)
        answer = client.post(path, data=hidden(page.text) | {"penugasan": "biarkan"})
        assert (answer.status_code, answer.location) == (303, "/pemilihan")
        assert stages.current_election().code == "pilkada-2029"
        assert "Rabu, 28 November 2029" in client.get("/tahapan").text
        again = hidden(client.get(back).text) | {"penugasan": "biarkan"}
        assert client.post(back, data=again).status_code == 303
        assert stages.current_election().code == "pilkada-2024"
        assert checklists.progress.check(stages.current_election()) == []

    def test_appointments_end_where_that_was_chosen(self, client: Any, session: Any):
        path = self.made(client)
        answer = client.post(path, data=hidden(client.get(path).text) | {"penugasan": "akhiri"})
        assert re.search(r"\d+ penugasan berakhir hari ini", client.get(answer.location).text)
        today = clock.today("Asia/Makassar")
        assert (
            accounts.terms_under(("64",), today, today, limit=1).lasting
            == accounts.terms_under(("64",), today, today, limit=500).lasting
        )
        ends = {term.ends_on for term in accounts.terms_under(("64",), today, today, limit=500).shown}
        assert None not in ends
        assert cast.signed_in(client, "admin.kaltim").get("/pemilihan").status_code == 200

    def test_it_has_to_be_said_what_happens_to_appointments(self, client: Any, session: Any):
        path = self.made(client)
        answer = client.post(path, data=hidden(client.get(path).text))
        assert answer.status_code == 422
        assert "Pilih salah satu" in answer.text
        assert stages.current_election().code == "pilkada-2024"

    def test_the_second_one_is_told(self, client: Any, session: Any):
        path = self.made(client)
        said = hidden(client.get(path).text) | {"penugasan": "biarkan"}
        assert client.post(path, data=said).status_code == 303
        answer = client.post(path, data=said | {"kunci": "lain"})
        assert answer.status_code == 409

    def test_an_admin_of_one_kabupaten_may_not(self, client: Any, session: Any):
        path = self.made(client)
        said = hidden(client.get(path).text) | {"penugasan": "biarkan"}
        cast.signed_in(client, "admin.berau")
        assert "Hanya dibaca" in client.get(path).text
        assert client.post(path, data=said).status_code == 403
        assert stages.current_election().code == "pilkada-2024"


def test_the_list_asks_little_of_the_database(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    clone(client)
    with statements() as asked:
        client.get("/pemilihan")
    assert len(asked) <= 14, "\n".join(asked)
