"""Verifying, returning, reopening and moving a deadline through the browser."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import checklists
from app.domain.checklists import Standing
from tests import cast

JUDGEMENTS = ("verifikasi", "kembalikan")


@pytest.fixture
def entry(client: Any, session: Any) -> checklists.EntryRow:
    """An entry that the operator of Berau has ticked."""
    ticked = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    cast.signed_in(client, "operator.berau")
    client.post(f"/daftar-periksa/{ticked.id}/selesai", data={"versi": str(ticked.version), "angka": "12"})
    return checklists.fresh(ticked.id)


@pytest.fixture
def supervisor_at(client: Any, entry: Any) -> Any:
    return cast.signed_in(client, "penyelia.berau")


def said(entry: checklists.EntryRow, **more: str) -> dict[str, str]:
    return {"versi": str(entry.version), "alasan": "Angka belum cocok", "perbaikan": "Hitung lagi", **more}


def now(entry: checklists.EntryRow) -> checklists.EntryRow:
    return checklists.fresh(entry.id)


def test_verifying_works_and_locks(supervisor_at: Any, entry: Any, client: Any):
    assert supervisor_at.post(f"/daftar-periksa/{entry.id}/verifikasi", data=said(entry)).status_code == 303
    assert now(entry).standing is Standing.VERIFIED
    cast.signed_in(client, "operator.berau")
    late = client.post(
        f"/daftar-periksa/{entry.id}/catat", data={"versi": str(now(entry).version), "catatan": "x"}
    )
    assert late.status_code == 409
    assert now(entry).note == ""


def test_returning_works_and_stands_on_top_of_the_owners_day(supervisor_at: Any, entry: Any, client: Any):
    assert supervisor_at.post(f"/daftar-periksa/{entry.id}/kembalikan", data=said(entry)).status_code == 303
    assert now(entry).standing is Standing.RETURNED
    cast.signed_in(client, "operator.berau")
    day = client.get("/").text
    assert "Angka belum cocok" in day
    assert day.index("Dikembalikan") < day.index("Lewat waktu")


def test_reopening_works_with_a_reason(supervisor_at: Any, entry: Any):
    supervisor_at.post(f"/daftar-periksa/{entry.id}/verifikasi", data=said(entry))
    verified = now(entry)
    assert (
        supervisor_at.post(
            f"/daftar-periksa/{entry.id}/buka-kembali", data=said(verified, alasan="")
        ).status_code
        == 422
    )
    assert (
        supervisor_at.post(f"/daftar-periksa/{entry.id}/buka-kembali", data=said(verified)).status_code == 303
    )
    assert now(entry).standing is Standing.REOPENED


def test_what_changed_since_verification_is_shown(supervisor_at: Any, entry: Any, client: Any):
    supervisor_at.post(f"/daftar-periksa/{entry.id}/verifikasi", data=said(entry))
    supervisor_at.post(f"/daftar-periksa/{entry.id}/buka-kembali", data=said(now(entry)))
    cast.signed_in(client, "operator.berau")
    client.post(f"/daftar-periksa/{entry.id}/selesai", data={"versi": str(now(entry).version), "angka": "15"})
    cast.signed_in(client, "penyelia.berau")
    assert "Berubah sejak" in client.get("/verifikasi").text


@pytest.mark.parametrize("deed", [*JUDGEMENTS, "buka-kembali", "tenggat"])
def test_it_refuses_a_get(supervisor_at: Any, entry: Any, deed: str):
    assert supervisor_at.get(f"/daftar-periksa/{entry.id}/{deed}").status_code == 405


@pytest.mark.parametrize("deed", [*JUDGEMENTS, "buka-kembali", "tenggat"])
def test_it_hides_other_regions(client: Any, entry: Any, deed: str):
    cast.signed_in(client, "penyelia.paser")
    assert client.post(f"/daftar-periksa/{entry.id}/{deed}", data=said(entry)).status_code == 404
    assert now(entry).version == entry.version


@pytest.mark.parametrize("deed", [*JUDGEMENTS, "buka-kembali", "tenggat"])
@pytest.mark.parametrize("who", ["operator.berau", "admin.kaltim", "inspektorat.kaltim", "pimpinan.kaltim"])
def test_it_refuses_the_wrong_role(client: Any, entry: Any, deed: str, who: str):
    cast.signed_in(client, who)
    assert client.post(f"/daftar-periksa/{entry.id}/{deed}", data=said(entry)).status_code == 403
    assert now(entry).version == entry.version


@pytest.mark.parametrize("deed", JUDGEMENTS)
def test_nobody_judges_their_own_deed_through_a_second_appointment(client: Any, session: Any, deed: str):
    """F14: operator of Berau and supervisor of the province in one person."""
    own = cast.entry_of("KTP-11", cast.BERAU, "2024-11-24")
    cast.signed_in(client, "rangkap.berau")
    client.post(f"/daftar-periksa/{own.id}/selesai", data={"versi": str(own.version)})
    ticked = now(own)
    answer = client.post(f"/daftar-periksa/{own.id}/{deed}", data=said(ticked))
    assert answer.status_code == 403
    assert now(own).standing is Standing.DONE
    assert f'id="card-{own.id}"' not in client.get("/verifikasi").text


def test_returning_asks_for_the_reason(supervisor_at: Any, entry: Any):
    answer = supervisor_at.post(f"/daftar-periksa/{entry.id}/kembalikan", data=said(entry, alasan=" "))
    assert answer.status_code == 422
    assert "Tuliskan alasannya." in answer.text
    assert "Hitung lagi" in answer.text
    assert now(entry).version == entry.version


def test_who_verifies_must_have_seen_the_newest_version(supervisor_at: Any, entry: Any, client: Any):
    cast.signed_in(client, "operator.berau")
    client.post(
        f"/daftar-periksa/{entry.id}/catat", data={"versi": str(entry.version), "catatan": "Ditambah"}
    )
    cast.signed_in(client, "penyelia.berau")
    answer = client.post(f"/daftar-periksa/{entry.id}/verifikasi", data=said(entry))
    assert answer.status_code == 409
    assert now(entry).standing is Standing.DONE


def test_the_queue_shows_what_is_needed_and_answers_htmx_by_leaving(supervisor_at: Any, entry: Any):
    page = supervisor_at.get("/verifikasi").text
    assert f'id="card-{entry.id}"' in page
    assert "Tanpa berkas bukti" in page
    answer = supervisor_at.send(f"/daftar-periksa/{entry.id}/verifikasi", data=said(entry, dari="antrean"))
    assert answer.status_code == 200
    assert f'id="card-{entry.id}"' not in answer.text
    assert "Antrean kosong" in supervisor_at.get("/verifikasi").text


def test_several_are_verified_at_once_or_none(supervisor_at: Any, entry: Any, client: Any):
    other = cast.entry_of("KTP-11", cast.BERAU, "2024-11-24")
    cast.signed_in(client, "operator.berau")
    client.post(f"/daftar-periksa/{other.id}/selesai", data={"versi": str(other.version)})
    cast.signed_in(client, "penyelia.berau")
    stale = {"pilih": [f"{entry.id}:{entry.version}", f"{other.id}:{other.version}"]}
    assert client.post("/verifikasi", data=stale).status_code == 409
    assert {now(entry).standing, now(other).standing} == {Standing.DONE}
    both = {"pilih": [f"{entry.id}:{entry.version}", f"{other.id}:{now(other).version}"]}
    assert client.post("/verifikasi", data=both).status_code == 303
    assert {now(entry).standing, now(other).standing} == {Standing.VERIFIED}


def test_a_key_of_another_sending_verifies_nothing_and_says_why(supervisor_at: Any, entry: Any):
    key = "a-key-that-is-long-enough"
    taken = {"kunci": key, "pilih": [f"{entry.id}:{entry.version + 1}"]}
    assert supervisor_at.post("/verifikasi", data=taken).status_code == 409, "another version"
    other = supervisor_at.post(
        f"/daftar-periksa/{entry.id}/verifikasi", data=said(entry, kunci=key), follow_redirects=True
    )
    assert now(entry).standing is Standing.VERIFIED, other.text
    answer = supervisor_at.post("/verifikasi", data={"kunci": key, "pilih": [f"{entry.id}:{entry.version}"]})
    assert answer.status_code == 409
    assert "kunci kiriman lain" in answer.text


def test_picking_nothing_verifies_nothing(supervisor_at: Any, entry: Any):
    answer = supervisor_at.post("/verifikasi", data={}, follow_redirects=True)
    assert "Pilih dulu" in answer.text
    assert now(entry).standing is Standing.DONE


def test_a_deadline_moves_with_its_reason(supervisor_at: Any, session: Any):
    late = cast.entry_of("LOG-12", cast.SAMBALIUNG)
    form = said(late, tenggat="25/11/2024", alasan="Diantar hari ini, menurut paparan Sekda")
    assert supervisor_at.post(f"/daftar-periksa/{late.id}/tenggat", data=form).status_code == 303
    moved = now(late)
    assert (moved.due_on.isoformat(), moved.due_reason) == (
        "2024-11-25",
        "Diantar hari ini, menurut paparan Sekda",
    )
    assert checklists.progress.check(cast.stages.current_election()) == []


@pytest.mark.parametrize("day", ["", "bukan tanggal", "1/1/2024"])
def test_a_bad_deadline_is_explained(supervisor_at: Any, session: Any, day: str):
    late = cast.entry_of("LOG-12", cast.SAMBALIUNG)
    answer = supervisor_at.post(f"/daftar-periksa/{late.id}/tenggat", data=said(late, tenggat=day))
    assert answer.status_code == 422
    assert now(late).version == late.version
