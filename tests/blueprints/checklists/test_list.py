"""The list and an entry's own page: filters, paging, scope, and few statements."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast


@pytest.fixture
def operator_at(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "operator.berau")


def test_the_list_shows_what_has_opened_here_and_below(operator_at: Any):
    page = operator_at.get("/daftar-periksa").text
    assert "LOG-12" in page
    assert "Sambaliung" in page
    assert "Paser" not in page


@pytest.mark.parametrize(
    "query, there, not_there",
    [
        ("bidang=KTP", "KTP-11", "LOG-14"),
        ("butir=LOG-14", "LOG-14", "KTP-11"),
        ("tingkat=kecamatan", "LOG-12", "LOG-14"),
        ("tenggat=today", "LOG-14", "LOG-12"),
        ("tenggat=overdue", "LOG-12", "LOG-14"),
        ("cari=lokasi+khusus", "LOG-14", "KTP-11"),
        ("tahapan=MASA_TENANG&tingkat=kabkota", "KTP-11", "LAP-04"),
        ("wilayah=64.03.03", "Sambaliung", "Teluk Bayur"),
        ("tenggat=before", "LOG-10", "KTP-11"),
        ("tenggat=later&butir=SOS-13", "SOS-13", "LOG-12"),
    ],
)
def test_a_filter_narrows_the_list(operator_at: Any, query: str, there: str, not_there: str):
    page = operator_at.get(f"/daftar-periksa?{query}").text
    rows = page[page.index("<main") :]
    rows = rows[rows.index('<ul class="entries">') :] if '<ul class="entries">' in rows else rows
    rows = rows[: rows.index("</main>")]
    assert there in rows
    assert not_there not in rows


@pytest.mark.parametrize(
    "query",
    [
        "bidang=XXX",
        "keadaan=aneh",
        "unit=abc",
        "halaman=-4",
        "halaman=999999",
        "tingkat=desa",
        "cari=%25%27%22%3Cb%3E",
    ],
)
def test_an_odd_address_still_answers(operator_at: Any, query: str):
    answer = operator_at.get(f"/daftar-periksa?{query}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query, told",
    [
        ("keadaan=ngawur", "Keadaan «ngawur» tidak dikenal"),
        ("bidang=XX", "Bidang «XX» tidak dikenal"),
        ("tenggat=zz", "Tenggat «zz» tidak dikenal"),
        ("unit=abc", "Perangkat daerah «abc» tidak dikenal"),
        ("tingkat=zz", "Tingkat «zz» tidak dikenal"),
    ],
)
@pytest.mark.parametrize("path", ["/daftar-periksa?", "/daftar-periksa/kisi?butir=LOG-12&"])
def test_a_filter_that_is_none_is_said_and_not_taken_for_another_list(
    operator_at: Any, path: str, query: str, told: str
):
    assert told in operator_at.get(path + query).text


def test_nothing_found_says_what_to_do(operator_at: Any):
    page = operator_at.get("/daftar-periksa?cari=tidakadayangbegini").text
    assert "Tidak ada isian yang cocok" in page
    assert "Hapus saringan" in page


@pytest.mark.parametrize("region", ["64.01", "64", "65", "xx"])
def test_another_region_is_not_found(operator_at: Any, region: str):
    assert operator_at.get(f"/daftar-periksa?wilayah={region}").status_code == 404


def test_a_camat_sees_the_own_kecamatan_only(client: Any, session: Any):
    cast.signed_in(client, "operator.sambaliung")
    page = client.get("/daftar-periksa").text
    assert "LOG-12" in page
    assert "Teluk Bayur" not in page
    other = cast.entry_of("LOG-12", cast.TELUK_BAYUR)
    assert client.get(f"/daftar-periksa/{other.id}").status_code == 404


def test_the_entry_page_tells_all(operator_at: Any):
    entry = cast.entry_of("LOG-14", cast.BERAU)
    page = operator_at.get(f"/daftar-periksa/{entry.id}").text
    for words in (
        "Riwayat",
        "Diskusi",
        "Bukti",
        "PKPU 12/2024",
        "Senin, 25 November 2024",
        "Penanggung jawab",
    ):
        assert words in page


def test_the_panel_is_the_entrys_page_for_a_browser_without_htmx(operator_at: Any):
    entry = cast.entry_of("LOG-14", cast.BERAU)
    assert operator_at.get(f"/daftar-periksa/{entry.id}/isian").location == f"/daftar-periksa/{entry.id}"
    panel = operator_at.ask(f"/daftar-periksa/{entry.id}/isian")
    assert panel.status_code == 200
    assert "<html" not in panel.text


def test_who_only_reads_finds_no_deed(client: Any, session: Any):
    entry = cast.entry_of("LOG-14", cast.BERAU)
    cast.signed_in(client, "pimpinan.berau")
    page = client.get(f"/daftar-periksa/{entry.id}").text
    assert "/selesai" not in page
    assert "/verifikasi" not in page[page.index("<main") :]


def test_an_entry_that_does_not_exist_is_not_found(operator_at: Any):
    assert operator_at.get("/daftar-periksa/99999999").status_code == 404
