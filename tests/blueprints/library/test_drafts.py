"""/pustaka/rancangan: what publishing does is said first, and it is done once, for what was shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import checklists, jobs
from app.domain.checklists import Change
from app.domain.jobs import Job
from app.extensions import db
from app.jobs.worker import Worker
from tests import cast
from tests.domain.checklists.library_cast import draft, said
from tests.jobs.stand_ins import PressHere


def shown(client: Any, path: str = "/pustaka/rancangan") -> dict[str, Any]:
    """What the publishing form of the page would send."""
    page = client.get(path).text
    page = page[page.index('id="terbitkan"') :]
    key = re.search(r'name="kunci" value="([^"]+)"', page)
    return {
        "rancangan": re.findall(r'name="rancangan" value="([^"]+)"', page),
        "kunci": key[1] if key else "",
    }


class TestPreview:
    def test_it_tells_differences_and_what_happens_to_whom(self, governor: Any, read: Any, operator: Any):
        entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
        checklists.start(entry, by=operator, version=entry.version)
        draft("KTP-11", wording=said("KTP-11", levels="kabkota kecamatan", title="Judul baru"))
        page = read("/pustaka/rancangan")
        for words in (
            "KTP-11 perubahan rumusan",
            "Judul baru Admin Kaltim (demo), 25 Nov 2024 pukul 09.00 WITA",
            "Tingkat Kabupaten/kota Kabupaten/kota, kecamatan",
            "210 isian baru muncul (kecamatan 210), tenggat 25 Nov 2024 sampai 26 Nov 2024",
            "29 isian belum disentuh memakai rumusan baru",
            "Isian yang sudah dikerjakan: 1 tetap memakai rumusan 1",
            "105 jatuh tempo yang sudah lewat tidak dibuat",
            "Kabupaten Berau 26",
        ):
            assert words in page, words

    def test_a_condition_is_told_in_words(self, read: Any):
        draft("KTP-11", wording=said("KTP-11", condition="LOG-14 selesai"))
        page = read("/pustaka/rancangan")
        assert "Syarat kosong Hanya bila LOG-14 selesai" in page
        assert "Isian lain dibuat begitu LOG-14 selesai" in page
        assert "30 isian yang belum disentuh dan belum lewat hilang" in page

    def test_some_are_shown_by_the_address(self, governor: Any, read: Any):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        draft("LOG-14", wording=said("LOG-14", title="Dua"))
        assert shown(governor, "/pustaka/rancangan?butir=KTP-11")["rancangan"] == ["KTP-11:1"]
        assert shown(governor)["rancangan"] == ["KTP-11:1", "LOG-14:1"]
        assert "Tampilkan semua 2 rancangan" in read("/pustaka/rancangan?butir=KTP-11")

    def test_none_says_how_one_begins(self, read: Any):
        assert "Belum ada rancangan" in read("/pustaka/rancangan")

    def test_looking_changes_nothing(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", levels="kabkota kecamatan"))
        governor.get("/pustaka/rancangan")
        assert checklists.item_by_code("KTP-11")[1].number == 1

    def test_the_admin_of_one_kabupaten_looks_and_has_no_button(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        db.session.commit()
        cast.signed_in(governor, "admin.berau")
        page = governor.get("/pustaka/rancangan").text
        assert "KTP-11" in page
        assert "Terbitkan 1 butir" not in page
        assert "Buang rancangan" not in page


class TestPublishing:
    def test_what_was_shown_comes_into_force(self, governor: Any, read: Any):
        draft("KTP-11", wording=said("KTP-11", levels="kabkota kecamatan"))
        answer = governor.post("/pustaka/rancangan/terbitkan", data=shown(governor))
        assert (answer.status_code, answer.location) == (303, "/pustaka")
        assert "1 butir diterbitkan, 210 isian baru dibuat." in read("/pustaka")
        assert checklists.item_by_code("KTP-11")[1].number == 2

    def test_the_same_sending_publishes_once(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        sent = shown(governor)
        for _ in range(2):
            assert governor.post("/pustaka/rancangan/terbitkan", data=sent).status_code == 303
        assert checklists.item_by_code("KTP-11")[1].number == 2

    def test_a_draft_that_changed_meanwhile_is_refused(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        sent = shown(governor)
        draft("KTP-11", wording=said("KTP-11", title="Dua"))
        answer = governor.post("/pustaka/rancangan/terbitkan", data=sent)
        assert answer.status_code == 409
        assert "Rancangan KTP-11 berubah sejak Anda melihatnya" in answer.text
        assert checklists.item_by_code("KTP-11")[1].number == 1

    def test_a_library_that_changed_meanwhile_is_refused(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        sent = shown(governor)
        checklists.publish("KTP-11", said("KTP-11", title="Dari baris perintah"), sort=80)
        answer = governor.post("/pustaka/rancangan/terbitkan", data=sent)
        assert answer.status_code == 409
        assert "KTP-11 sudah berubah sejak rancangannya dibuat" in answer.text

    def test_drafts_that_do_not_fit_together_are_explained_before_and_after(
        self, governor: Any, election: Any, admin: Any
    ):
        draft("KTP-11", wording=said("KTP-11", condition="LOG-14 selesai"))
        governor.post("/pustaka/rancangan/terbitkan", data=shown(governor))
        draft("KTP-11", wording=said("KTP-11", condition=""))
        draft("LOG-14", Change.RETIRE, reason="ganda")
        checklists.discard_draft(election, "KTP-11", seen=1, by=admin)
        assert "Belum dapat diterbitkan bersama" in governor.get("/pustaka/rancangan").text
        answer = governor.post("/pustaka/rancangan/terbitkan", data=shown(governor))
        assert answer.status_code == 422
        assert "LOG-14: KTP-11 hanya ditanyakan" in answer.text

    @pytest.mark.parametrize("sent", [{}, {"rancangan": "KTP-11"}, {"rancangan": "KTP-11:x"}])
    def test_nothing_to_publish_is_explained(self, governor: Any, sent: dict[str, str]):
        assert governor.post("/pustaka/rancangan/terbitkan", data=sent).status_code == 422

    @pytest.mark.parametrize("who", ["admin.berau", "operator.berau"])
    def test_only_who_governs_the_election_may(self, governor: Any, who: str):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        sent = shown(governor)
        cast.signed_in(governor, who)
        assert governor.post("/pustaka/rancangan/terbitkan", data=sent).status_code == 403
        assert governor.post("/pustaka/rancangan/KTP-11/buang", data={"versi": "1"}).status_code == 403

    def test_it_refuses_a_get(self, governor: Any):
        for path in ("/pustaka/rancangan/terbitkan", "/pustaka/rancangan/KTP-11/buang"):
            assert governor.get(path).status_code in (404, 405)


class TestDiscarding:
    def test_a_draft_is_thrown_away(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        assert governor.post("/pustaka/rancangan/KTP-11/buang", data={"versi": "1"}).status_code == 303
        assert checklists.drafts() == []
        assert governor.post("/pustaka/rancangan/KTP-11/buang", data={"versi": "1"}).status_code == 404

    def test_one_that_changed_meanwhile_is_kept(self, governor: Any):
        draft("KTP-11", wording=said("KTP-11", title="Satu"))
        draft("KTP-11", wording=said("KTP-11", title="Dua"))
        assert governor.post("/pustaka/rancangan/KTP-11/buang", data={"versi": "1"}).status_code == 409
        assert len(checklists.drafts()) == 1


class TestVeryMany:
    """What would take long is the worker's, piece by piece."""

    @pytest.fixture(autouse=True)
    def few_are_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.domain.checklists.previewing.MOST_AT_ONCE", 100)

    def ask(self, governor: Any) -> Job:
        draft("KTP-11", wording=said("KTP-11", levels="kabkota kecamatan"))
        answer = governor.post("/pustaka/rancangan/terbitkan", data=shown(governor))
        assert answer.status_code == 303
        job = jobs.find(int(answer.location.rpartition("/")[2]), cast.person("admin.kaltim"))
        assert answer.location == f"/pustaka/pekerjaan/{job.id}"
        return job

    def work(self, app: Any) -> None:
        db.session.commit()
        assert Worker(app, press=PressHere(), keeps_warm=False).run_one()
        db.session.rollback()
        db.session.expire_all()

    def test_the_worker_brings_it_in(self, app: Any, governor: Any, read: Any, election: Any):
        job = self.ask(governor)
        assert "Menunggu giliran" in read(f"/pustaka/pekerjaan/{job.id}")
        assert governor.ask(f"/pustaka/pekerjaan/{job.id}/keadaan").status_code == 200
        assert governor.get(f"/pustaka/pekerjaan/{job.id}/keadaan").status_code == 303
        self.work(app)
        assert "Sudah diterbitkan" in read(f"/pustaka/pekerjaan/{job.id}")
        assert checklists.drafts() == []
        assert checklists.item_by_code("KTP-11")[1].number == 2
        assert checklists.expect(election) == 0
        assert checklists.progress.check(election) == []

    def test_a_draft_that_changed_in_the_line_stops_it_with_the_reason(
        self, app: Any, governor: Any, read: Any
    ):
        job = self.ask(governor)
        draft("KTP-11", wording=said("KTP-11", title="Lain"))
        self.work(app)
        assert "Rancangan KTP-11 berubah sejak Anda melihatnya" in read(f"/pustaka/pekerjaan/{job.id}")
        assert checklists.item_by_code("KTP-11")[1].number == 1
        assert governor.post(f"/pustaka/pekerjaan/{job.id}/ulang").status_code == 303
        assert governor.post(f"/pustaka/pekerjaan/{job.id}/ulang").status_code == 409

    def test_a_worker_that_was_killed_on_the_way_is_followed_by_one_that_goes_on(
        self, app: Any, governor: Any, read: Any, election: Any, monkeypatch: Any
    ):
        job = self.ask(governor)
        real = checklists.expect_touched
        seen: list[Any] = []

        def breaks(*args: Any, **more: Any) -> int:
            seen.append(more)
            if len(seen) == 4:
                raise RuntimeError("the lights went out")
            return real(*args, **more)

        monkeypatch.setattr(checklists, "expect_touched", breaks)
        self.work(app)
        assert "KTP-11 sedang diterapkan" in read("/pustaka/rancangan")
        self.work(app)
        assert "Sudah diterbitkan" in read(f"/pustaka/pekerjaan/{job.id}")
        assert checklists.item_by_code("KTP-11")[1].number == 2, "published once"
        assert checklists.expect(election) == 0

    def test_another_persons_and_other_work_is_not_found(self, governor: Any, operator: Any):
        job = self.ask(governor)
        other = jobs.ask("paper", "Laporan", {}, region="64", by=cast.person("admin.kaltim"))
        db.session.commit()
        assert governor.get(f"/pustaka/pekerjaan/{other.id}").status_code == 404
        cast.signed_in(governor, "admin.berau")
        assert governor.get(f"/pustaka/pekerjaan/{job.id}").status_code == 404
        assert governor.post(f"/pustaka/pekerjaan/{job.id}/ulang").status_code == 404
