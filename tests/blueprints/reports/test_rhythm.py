"""/pelaporan/irama: what holds, what a change would move, and the change."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from app.domain import clock, reports
from app.domain.reports import Kind
from tests import cast
from tests.blueprints.reports.conftest import report_of

LIST, DAILY = "/pelaporan/irama", "/pelaporan/irama/harian"
SAID = {
    "wilayah": "64",
    "wajib": "y",
    "mulai": "2024-09-25",
    "sampai": "2024-12-16",
    "jam_data": "15.00",
    "tenggat": "19.00",
    "hari_tenggat": "0",
    "kelonggaran": "1020",
    "jam_tambahan": "",
}


def look(client: Any, **other: str) -> Any:
    return client.get(DAILY, query_string=SAID | {"lihat": "1"} | other)


def hidden(page: str) -> dict[str, str]:
    """The fields of the form that saves, as the page carries them."""
    form = page[page.rindex('method="post" action="/pelaporan/irama') :]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))


def test_it_says_what_holds_and_whose_it_is(client: Any, rows: None) -> None:
    page = cast.signed_in(client, "admin.kaltim").get(LIST).text
    assert "Usulan aplikasi" in page
    assert "17.00" in page
    below = client.get(f"{LIST}?wilayah={cast.BERAU}").text
    assert "16.00" in below
    form = client.get(f"{DAILY}?wilayah={cast.BERAU}").text
    assert 'value="2024-09-25"' in form
    assert 'value="16.00"' in form


def test_it_is_said_first_and_then_done(client: Any, rows: None, session: Any) -> None:
    cast.signed_in(client, "admin.kaltim")
    page = look(client)
    assert page.status_code == 200
    assert "242 laporan yang akan datang" in page.text
    assert reports.rhythm_of("64", Kind.DAILY).version == 0, "nothing is saved by looking"
    answer = client.post(DAILY, data=hidden(page.text))
    assert (answer.status_code, answer.location) == (303, f"{LIST}?wilayah=64")
    due = clock.local(report_of(day=dt.date(2024, 11, 26)).due_at, "Asia/Makassar")
    assert (due.day, due.hour) == (26, 18)
    assert "Diatur Admin Kaltim (demo)" in client.get(LIST).text


def test_following_again_is_told_and_done(client: Any, rows: None, session: Any) -> None:
    cast.signed_in(client, "admin.kaltim")
    client.post(DAILY, data=hidden(look(client).text))
    page = client.get(f"{DAILY}?wilayah=64").text
    assert "Mengikuti lagi desk di atasnya" in page
    back = {"wilayah": "64", "versi": "1"}
    assert client.post(f"{DAILY}/ikut", data=back).status_code == 303
    assert client.post(f"{DAILY}/ikut", data=back).status_code == 409
    assert clock.local(report_of(day=dt.date(2024, 11, 26)).due_at, "Asia/Makassar").hour == 16


def test_two_at_once_the_second_is_told(client: Any, rows: None, session: Any) -> None:
    cast.signed_in(client, "admin.kaltim")
    first = hidden(look(client).text)
    assert client.post(DAILY, data=first).status_code == 303
    late = client.post(DAILY, data={**first, "kunci": "lain", "tenggat": "22.00"})
    assert late.status_code == 409
    assert "baru saja diubah orang lain" in late.text
    assert 'value="22.00"' in late.text
    assert reports.rhythm_of("64", Kind.DAILY).said.due.hour == 19


def test_the_same_sending_twice_is_done_once(client: Any, rows: None, session: Any) -> None:
    cast.signed_in(client, "admin.kaltim")
    first = hidden(look(client).text)
    for _ in range(2):
        assert client.post(DAILY, data=first).status_code == 303
    assert reports.rhythm_of("64", Kind.DAILY).version == 1


def test_how_long_a_verifier_may_be_silent_is_said_and_kept(client: Any, rows: None) -> None:
    cast.signed_in(client, "admin.kaltim")
    assert "Dinaikkan" in client.get(LIST).text
    page = look(client, dinaikkan="90").text
    assert "Yang 1 jam 30 menit belum diverifikasi dinaikkan" in page
    client.post(DAILY, data=SAID | {"dinaikkan": "90"})
    assert reports.rhythm_of(cast.BERAU, Kind.DAILY).said.escalate_minutes == 90
    assert "1 jam 30 menit" in client.get(LIST).text
    client.post(DAILY, data=SAID | {"versi": "1", "dinaikkan": ""})
    assert reports.rhythm_of("64", Kind.DAILY).said.escalate_minutes == 120


def test_what_cannot_be_is_explained_at_its_field(client: Any, rows: None) -> None:
    cast.signed_in(client, "admin.kaltim")
    for field, value, words in (
        ("tenggat", "15.10", "Tenggat harus sedikitnya"),
        ("tenggat", "sore", "Tulis jam seperti 15.00"),
        ("jam_data", "08.00 09.00", "Tulis satu jam"),
        ("sampai", "2024-09-01", "Hari terakhir harus sama atau sesudah"),
        ("jam_tambahan", "25.00", "Tulis jam seperti"),
        ("kelonggaran", "-1", "Isi 0 sampai"),
        ("dinaikkan", "14", "Isi 15 sampai"),
        ("hari_tenggat", "", "Isi 0 sampai 60"),
    ):
        for answer in (look(client, **{field: value}), client.post(DAILY, data=SAID | {field: value})):
            assert answer.status_code == 422, (field, value)
            assert words in answer.text
    assert reports.rhythm_of("64", Kind.DAILY).version == 0


def test_it_is_for_those_who_arrange_there(client: Any, rows: None) -> None:
    cast.signed_in(client, "admin.berau")
    assert client.get(f"{LIST}?wilayah=64").status_code == 404
    assert client.post(DAILY, data=SAID).status_code == 404
    assert cast.signed_in(client, "penyelia.kaltim").get(LIST).status_code == 403
    assert cast.signed_in(client, "penyelia.kaltim").post(DAILY, data=SAID).status_code == 403


def test_unknown_kinds_and_villages_have_none(client: Any, rows: None) -> None:
    cast.signed_in(client, "admin.kaltim")
    assert client.get(f"{LIST}/sewaktu").status_code == 404
    assert client.get(f"{LIST}?wilayah=64.03.03.2001").status_code == 404
    assert client.get(f"{DAILY}/ikut").status_code in (404, 405)
