"""/tahapan/jadwal-khusus: what moves is said first, then done; scope, reasons, and two at once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import checklists, stages
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast
from tests.blueprints.stages.test_stages import plain
from tests.cast import BERAU, PASER, entry_of
from tests.counting import statements

NEW = "/tahapan/jadwal-khusus/baru"
SAID = {
    "tahapan": "MASA_TENANG",
    "wilayah": BERAU,
    "mulai": "2024-11-25",
    "sampai": "2024-11-28",
    "alasan": "Putusan KPU tentang masa tenang di Berau.",
    "dokumen": "Keputusan 12/2024",
    "berlaku": "0",
}


def look(client: Any, **other: str) -> Any:
    return client.get(NEW, query_string=SAID | {"lihat": "1"} | other)


def hidden(page: str) -> dict[str, str]:
    """The fields of the form that saves, as the page carries them."""
    form = page[page.rindex('method="post" action="/tahapan') :]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))


def save(client: Any, **other: str) -> Any:
    """Save what was looked at."""
    return client.post(NEW, data=hidden(look(client).text) | other)


def moves() -> list[stages.StageOverride]:
    return stages.moves_of(stages.current_election())


def test_it_is_said_first_and_then_done(client: Any, session: Any, election: Any):
    cast.signed_in(client, "admin.berau")
    page = look(client)
    assert page.status_code == 200
    words = plain(page.text)
    assert re.search(r"\d+ isian yang masih terbuka bergeser tanggalnya", words)
    assert re.search(r"\d+ isian baru diminta", words)
    assert "LOG-14" in words
    assert moves() == []
    answer = client.post(NEW, data=hidden(page.text))
    assert (answer.status_code, answer.location) == (303, "/tahapan/jadwal-khusus")
    assert entry_of("LOG-14", BERAU).due_on.isoformat() == "2024-11-27"
    assert checklists.progress.check(election) == []
    listed = plain(client.get("/tahapan/jadwal-khusus").text)
    assert "Kabupaten Berau Masa Tenang 25 Nov 2024 sampai 28 Nov 2024" in listed
    assert "Keputusan 12/2024" in listed
    assert "Admin Berau (demo), " in listed
    assert db.session.query(AuditEntry).filter_by(action="calendar:stage:override").count() == 1


def test_the_same_sending_again_makes_one(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    said = hidden(look(client).text)
    assert [client.post(NEW, data=said).status_code for _ in range(2)] == [303, 303]
    assert len(moves()) == 1


def test_looking_writes_nothing(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    before = db.session.query(AuditEntry).count()
    look(client)
    assert db.session.query(AuditEntry).count() == before
    assert stages.current_election().calendar_version == 1


@pytest.mark.parametrize(
    "other, said",
    [
        ({"sampai": "2024-11-24"}, "sama atau sesudah"),
        ({"sampai": "2027-11-24"}, "Paling jauh 730 hari"),
        ({"alasan": " "}, "Tuliskan alasannya"),
        ({"alasan": "x" * 401}, "Paling banyak 400 tanda"),
        ({"mulai": "besok"}, "Tanggal tidak dikenal"),
        ({"mulai": ""}, "Tuliskan hari pertamanya"),
        ({"tahapan": "LAIN"}, "Pilih salah satu dari daftar"),
        ({"mulai": "2024-11-24", "sampai": "2024-11-26"}, "sudah berlaku di sana"),
        ({"dokumen": "x" * 161}, "Paling banyak 160 tanda"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_is_explained_and_what_was_typed_stays(
    client: Any, session: Any, method: str, other: dict[str, str], said: str
):
    cast.signed_in(client, "admin.berau")
    if method == "get":
        answer = look(client, **other)
    else:
        answer = client.post(NEW, data=hidden(look(client).text) | other)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Keputusan 12/2024" in answer.text or "dokumen" in other
    assert moves() == []


@pytest.mark.parametrize("region", [PASER, "64", "99.99", "x"])
def test_a_region_out_of_reach_is_not_found(client: Any, session: Any, region: str):
    cast.signed_in(client, "admin.berau")
    said = hidden(look(client).text)
    assert look(client, wilayah=region).status_code == 404
    assert client.post(NEW, data=said | {"wilayah": region}).status_code == 404
    assert moves() == []


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.berau", "inspektorat.kaltim", "pimpinan.berau"])
def test_only_who_manages_the_calendar_comes_in(client: Any, session: Any, who: str):
    cast.signed_in(client, who)
    assert client.get("/tahapan/jadwal-khusus").status_code == 403
    assert look(client).status_code == 403
    assert client.post(NEW, data=SAID).status_code == 403


def test_two_admins_at_once(client: Any, session: Any, app: Any):
    cast.signed_in(client, "admin.berau")
    said = hidden(look(client).text)
    other = cast.signed_in(app.test_client(), "admin.kaltim")
    assert save(other, wilayah=PASER).status_code == 303
    answer = client.post(NEW, data=said)
    assert answer.status_code == 409
    assert "baru saja diubah orang lain" in answer.text
    assert len(moves()) == 1
    assert client.post(NEW, data=hidden(answer.text)).status_code == 303, "what is shown now can be saved"
    assert len(moves()) == 2


def test_a_second_one_over_the_first_is_refused_until_it_says_that_it_replaces(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    save(client)
    (first,) = moves()
    answer = look(client, sampai="2024-11-29")
    assert answer.status_code == 422
    assert "Bertumpuk" in answer.text
    form = client.get(NEW, query_string={"ganti": first.id})
    assert "Yang berlaku sekarang: 25 Nov 2024 sampai 28 Nov 2024" in plain(form.text)
    assert 'value="2024-11-28"' in form.text
    again = look(client, sampai="2024-11-29", ganti=str(first.id), berlaku=str(first.id))
    assert again.status_code == 200
    assert client.post(NEW, data=hidden(again.text)).status_code == 303
    assert [move.ends_on.isoformat() for move in moves()] == ["2024-11-29"]
    assert "Digantikan oleh jadwal khusus yang baru" in client.get("/tahapan/jadwal-khusus").text


def test_kecamatan_are_offered_below_the_chosen_region(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    assert "Kecamatan Maratua" not in client.get(NEW).text
    assert "Kecamatan Maratua" in look(client).text
    assert look(client, wilayah=cast.MARATUA).status_code == 200


def test_the_page_asks_little_of_the_database(client: Any, session: Any):
    cast.signed_in(client, "admin.kaltim")
    save(client)
    with statements() as asked:
        client.get("/tahapan/jadwal-khusus")
    assert len(asked) <= 12, "\n".join(asked)


class TestWithdrawing:
    def made(self, client: Any) -> str:
        cast.signed_in(client, "admin.berau")
        save(client)
        return f"/tahapan/jadwal-khusus/{moves()[0].id}/cabut"

    def test_it_says_what_goes_back_and_does_it(self, client: Any, session: Any, election: Any):
        before = entry_of("LOG-14", BERAU).due_on
        path = self.made(client)
        page = client.get(path)
        assert "bergeser tanggalnya" in page.text
        answer = client.post(path, data=hidden(page.text) | {"alasan": "Dicabut KPU"})
        assert (answer.status_code, answer.location) == (303, "/tahapan/jadwal-khusus")
        assert entry_of("LOG-14", BERAU).due_on == before
        assert moves() == []
        assert "Dicabut KPU" in client.get("/tahapan/jadwal-khusus").text
        assert checklists.progress.check(election) == []

    def test_it_needs_a_reason(self, client: Any, session: Any):
        path = self.made(client)
        answer = client.post(path, data=hidden(client.get(path).text) | {"alasan": ""})
        assert answer.status_code == 422
        assert len(moves()) == 1

    def test_the_second_one_is_told(self, client: Any, session: Any):
        path = self.made(client)
        said = hidden(client.get(path).text) | {"alasan": "x"}
        assert client.post(path, data=said).status_code == 303
        answer = client.post(path, data=said | {"kunci": "lain"})
        assert answer.status_code == 409
        assert "tidak ada lagi yang dapat dicabut" in client.get(path).text

    def test_another_regions_is_not_found(self, client: Any, session: Any):
        path = self.made(client)
        cast.signed_in(client, "admin.paser")
        assert client.get(path).status_code == 404
        assert client.post(path, data={"alasan": "x"}).status_code == 404
        assert client.get(f"{NEW}?ganti={moves()[0].id}").status_code == 404

    def test_the_wrong_role_is_refused(self, client: Any, session: Any):
        path = self.made(client)
        cast.signed_in(client, "penyelia.berau")
        assert client.post(path, data={"alasan": "x"}).status_code == 403


class TestAStage:
    PATH = "/tahapan/MASA_TENANG/ubah"

    @pytest.fixture(autouse=True)
    def held_in_all_of_the_province(self, session: Any) -> None:
        stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
        db.session.commit()

    def look(self, client: Any, **other: str) -> Any:
        said = {
            "nama": "Masa Tenang",
            "mulai": "2024-11-22",
            "sampai": "2024-11-26",
            "urutan": "4",
            "lihat": "1",
        }
        return client.get(self.PATH, query_string=said | other)

    def test_it_is_said_first_and_then_done(self, client: Any, session: Any, election: Any):
        cast.signed_in(client, "admin.kaltim")
        assert "/tahapan/MASA_TENANG/ubah" in client.get("/tahapan").text
        assert 'value="2024-11-24"' in client.get(self.PATH).text
        page = self.look(client, sampai="2024-11-25", nama="Hari Tenang")
        assert page.status_code == 200
        assert "bergeser tanggalnya" in page.text
        assert stages.find_stage(election, "MASA_TENANG").name == "Masa Tenang"
        answer = client.post(self.PATH, data=hidden(page.text))
        assert (answer.status_code, answer.location) == (303, "/tahapan")
        assert "Hari Tenang 22 Nov 2024 25 Nov 2024 H-5 sampai H-2" in plain(client.get("/tahapan").text)
        assert entry_of("LOG-14", BERAU).due_on.isoformat() == "2024-11-24"
        assert checklists.progress.check(election) == []

    @pytest.mark.parametrize(
        "other, said",
        [
            ({"sampai": "2024-11-21"}, "sama atau sesudah"),
            ({"mulai": "2021-11-22"}, "Paling jauh 730 hari"),
            ({"nama": ""}, "Tuliskan namanya"),
            ({"urutan": "0"}, "1 sampai 99"),
            ({"urutan": "satu"}, "bilangan bulat"),
        ],
    )
    def test_what_cannot_be_is_explained(self, client: Any, session: Any, other: dict[str, str], said: str):
        cast.signed_in(client, "admin.kaltim")
        fine = hidden(self.look(client).text)
        for answer in (self.look(client, **other), client.post(self.PATH, data=fine | other)):
            assert answer.status_code == 422
            assert said in answer.text

    def test_two_admins_at_once(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        first, second = hidden(self.look(client).text), hidden(self.look(client, sampai="2024-11-25").text)
        assert client.post(self.PATH, data=first).status_code == 303
        answer = client.post(self.PATH, data=second)
        assert answer.status_code == 409
        assert "baru saja diubah orang lain" in answer.text

    def test_an_admin_of_one_kabupaten_only_reads(self, client: Any, session: Any):
        said = hidden(self.look(cast.signed_in(client, "admin.kaltim")).text)
        cast.signed_in(client, "admin.berau")
        assert self.PATH not in client.get("/tahapan").text
        page = client.get(self.PATH)
        assert "Hanya dibaca" in page.text
        assert "Simpan tahapan" not in self.look(client).text
        assert client.post(self.PATH, data=said).status_code == 403

    def test_who_does_not_manage_the_calendar_is_refused(self, client: Any, session: Any):
        cast.signed_in(client, "penyelia.kaltim")
        assert client.get(self.PATH).status_code == 403
        assert client.post(self.PATH, data={}).status_code == 403

    def test_an_unknown_stage_is_not_found(self, client: Any, session: Any):
        cast.signed_in(client, "admin.kaltim")
        assert client.get("/tahapan/LAIN/ubah").status_code == 404
        assert client.post("/tahapan/LAIN/ubah").status_code == 404


LATE = {"tahapan": "PUNGUT_HITUNG", "mulai": "2024-12-11", "sampai": "2024-12-11"}


def test_a_late_stage_wants_to_be_said_postponed_or_run_again(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    asked = look(client, **LATE)
    assert asked.status_code == 422
    assert "Pilih: ditunda, atau diulang." in asked.text
    assert client.post(NEW, data=SAID | LATE).status_code == 422
    assert moves() == []


@pytest.mark.parametrize("kind, again", [("ditunda", False), ("diulang", True)])
def test_what_was_said_of_a_late_stage_is_kept_and_told(client: Any, session: Any, kind: str, again: bool):
    cast.signed_in(client, "admin.berau")
    page = look(client, **LATE, jenis=kind)
    assert page.status_code == 200
    assert client.post(NEW, data=hidden(page.text)).status_code == 303
    assert [one.runs_again for one in moves()] == [again]
    listed = plain(client.get("/tahapan/jadwal-khusus").text)
    assert ("11 Des 2024 · diulang" in listed) is again
