"""/pengiriman: what was sent outside, written down once, with its receipt, and never taken away."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest

from app.domain.reports import (
    Report,
    ReportRow,
    Sent,
    State,
    TransmissionRow,
    transmissions_of,
    transmit,
)
from tests import cast
from tests.counting import statements
from tests.domain.reports.below import EARLY, freeze, owed, row

SAID = {
    "versi_laporan": "1",
    "penerima": "Kementerian Dalam Negeri",
    "cara": "srikandi",
    "waktu": "2024-11-25T08:45",
    "nomor_surat": "000.7/118/Kesbangpol",
}


@pytest.fixture
def report(session: Any) -> ReportRow:
    """The province's report, sent once."""
    found = owed("64")
    freeze(found)
    mine = row(found)
    session.commit()
    return mine


def path(report: ReportRow) -> str:
    return f"/pelaporan/{report.id}/pengiriman"


def kept(report: ReportRow) -> list[TransmissionRow]:
    return transmissions_of(report, cast.person("operator.kaltim"))


@pytest.fixture
def entry(session: Any, report: ReportRow) -> str:
    """The address of one that was written down."""
    number = transmit(report, Sent(1, "KPU", "antar", EARLY), by=cast.person("operator.kaltim"))
    session.commit()
    return f"/pengiriman/{number}"


def test_it_is_written_down_with_its_receipt(client: Any, session: Any, report: ReportRow):
    visitor = cast.signed_in(client, "operator.kaltim")
    page = visitor.get(path(report))
    assert page.status_code == 200
    assert 'value="Kementerian Dalam Negeri"' in page.text
    said = SAID | {"berkas": (io.BytesIO(b"Sudah diterima.\n"), "tanda-terima.txt")}
    answer = visitor.post(path(report), data=said)
    assert (answer.status_code, answer.location) == (303, path(report))
    (found,) = kept(report)
    assert found.sent_at == dt.datetime(2024, 11, 25, 0, 45, tzinfo=dt.UTC)
    page = visitor.get(f"/pengiriman/{found.id}")
    assert "SRIKANDI" in page.text
    assert "tanda-terima.txt" in page.text
    assert "25 Nov 2024 pukul 08.45 WITA" in visitor.get("/pengiriman").text


def test_the_same_sending_twice_writes_one(client: Any, report: ReportRow):
    visitor = cast.signed_in(client, "operator.kaltim")
    for _ in range(2):
        assert visitor.post(path(report), data=SAID | {"kunci": "k" * 32}).status_code == 303
    assert len(kept(report)) == 1


@pytest.mark.parametrize(
    "said, field, sentence",
    [
        ({"penerima": ""}, "penerima", "Tulis kepada siapa."),
        ({"cara": ""}, "cara", "Pilih cara pengirimannya."),
        ({"cara": "merpati"}, "cara", "Pilih salah satu dari daftar."),
        ({"versi_laporan": "9"}, "versi_laporan", "Pilih salah satu dari daftar."),
        ({"waktu": "kemarin"}, "waktu", "Waktu tidak dikenal."),
        ({"waktu": "2024-11-26T08:00"}, "waktu", "Waktu pengiriman belum tiba."),
        ({"waktu": "2024-11-25T07:00"}, "waktu", "Versi 1 baru ada pada 25 Nov 2024 07.30"),
        ({"penerima": "Staf 3201011212900001"}, "penerima", "NIK"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(
    client: Any, report: ReportRow, said: dict[str, str], field: str, sentence: str
):
    answer = cast.signed_in(client, "operator.kaltim").post(path(report), data=SAID | said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "000.7/118/Kesbangpol" in answer.text
    assert kept(report) == []


def test_a_file_that_is_refused_keeps_the_entry_out_too(client: Any, report: ReportRow):
    said = SAID | {"berkas": (io.BytesIO(b"MZ\x90\x00" * 100), "surat.exe")}
    answer = cast.signed_in(client, "operator.kaltim").post(path(report), data=said)
    assert answer.status_code == 422
    assert kept(report) == []


def test_a_report_without_a_version_has_nothing_to_send(client: Any, session: Any):
    found = row(owed("64"))
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")
    assert "belum mempunyai versi" in visitor.get(path(found)).text
    assert visitor.post(path(found), data=SAID).status_code == 422


def test_it_is_withdrawn_with_a_reason_and_stays_in_the_register(client: Any, session: Any, entry: str):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.post(f"{entry}/batalkan", data={}).status_code == 422
    assert visitor.post(f"{entry}/batalkan", data={"alasan": "Salah alamat"}).status_code == 303
    late = visitor.post(f"{entry}/batalkan", data={"alasan": "Lagi"})
    assert late.status_code == 409
    assert "sudah dibatalkan orang lain" in late.text
    assert "Dibatalkan: Salah alamat" in visitor.get("/pengiriman").text
    assert "Belum ada pengiriman" not in visitor.get("/pengiriman?batal=tanpa").text
    assert "Tidak ada pengiriman dengan saringan ini" in visitor.get("/pengiriman?batal=tanpa").text


def test_a_receipt_is_added_and_read_on_the_trail(client: Any, session: Any, entry: str):
    visitor = cast.signed_in(client, "operator.kaltim")
    assert visitor.post(f"{entry}/bukti", data={}).status_code == 422
    file = {"berkas": (io.BytesIO(b"Sudah diterima.\n"), "tanda-terima.txt")}
    assert visitor.post(f"{entry}/bukti", data=file).status_code == 303
    found = visitor.get(f"{entry}/bukti/1")
    assert (found.status_code, found.data) == (200, b"Sudah diterima.\n")
    assert visitor.get(f"{entry}/bukti/99").status_code == 404


@pytest.mark.parametrize("deed", ["batalkan", "bukti"])
def test_a_get_does_nothing(client: Any, entry: str, deed: str):
    assert cast.signed_in(client, "operator.kaltim").get(f"{entry}/{deed}").status_code == 405


def test_another_region_does_not_see_it(client: Any, report: ReportRow, entry: str):
    visitor = cast.signed_in(client, "operator.berau")
    for address in (entry, path(report), f"{entry}/bukti/1", "/pengiriman?wilayah=64.01"):
        assert visitor.get(address).status_code == 404
    for address in (path(report), f"{entry}/batalkan", f"{entry}/bukti"):
        assert visitor.post(address, data=SAID | {"alasan": "Salah"}).status_code == 404
    assert "KPU" not in visitor.get("/pengiriman").text


@pytest.mark.parametrize("who", ["penyelia.kaltim"])
def test_who_does_not_write_for_the_desk_reads_only(
    client: Any, session: Any, report: ReportRow, entry: str, who: str
):
    visitor = cast.signed_in(client, who)
    page = visitor.get(path(report))
    assert page.status_code == 200
    assert "Catat pengiriman" not in page.text
    assert "Batalkan catatan" not in visitor.get(entry).text
    for address in (path(report), f"{entry}/batalkan", f"{entry}/bukti"):
        assert visitor.post(address, data=SAID | {"alasan": "Salah"}).status_code == 403
    assert len(kept(report)) == 1


def test_the_province_reads_what_a_kabupaten_sent_and_cannot_write_for_it(client: Any, session: Any):
    berau: Report = owed(cast.BERAU)
    freeze(berau, state=State.SENT)
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")
    page = visitor.get(f"/pelaporan/{berau.id}/pengiriman")
    assert page.status_code == 200
    assert "Catat pengiriman" not in page.text
    assert visitor.post(f"/pelaporan/{berau.id}/pengiriman", data=SAID).status_code == 403


def test_a_version_that_is_not_the_newest_any_more_is_told(client: Any, session: Any, entry: str):
    report = session.get(Report, 1) or session.query(Report).one()
    freeze(report)
    session.commit()
    page = cast.signed_in(client, "operator.kaltim").get(entry).text
    assert "Yang dikirim adalah versi 1; laporan ini kini mempunyai versi 2." in page


def test_the_register_is_filtered_and_turned(
    client: Any, session: Any, report: ReportRow, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("app.blueprints.reports.transmissions.PER_PAGE", 2)
    for who in ("Gubernur", "KPU", "Bawaslu"):
        transmit(report, Sent(1, who, "surel", EARLY), by=cast.person("operator.kaltim"))
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")
    first = visitor.get("/pengiriman").text
    assert "Gubernur" not in first.split("<table")[1]
    assert "Lebih lama" in first
    assert "Gubernur" in visitor.get("/pengiriman?halaman=2").text.split("<table")[1]
    assert "Gubernur" in visitor.get("/pengiriman?cari=gubernur&cara=surel").text
    assert "saringan ini" in visitor.get("/pengiriman?cara=pos&sejak=2024-11-01&jenis=harian").text
    assert visitor.get("/pengiriman?jenis=x&cara=x&sejak=x&halaman=x").status_code == 200


def test_many_entries_take_no_more_statements_than_one(client: Any, session: Any, report: ReportRow):
    visitor = cast.signed_in(client, "operator.kaltim")

    def asked() -> int:
        session.commit()
        with statements() as found:
            assert visitor.get("/pengiriman").status_code == 200
        return len(found)

    transmit(report, Sent(1, "KPU", "surel", EARLY), by=cast.person("operator.kaltim"))
    asked()
    one = asked()
    for _ in range(5):
        transmit(report, Sent(1, "KPU", "surel", EARLY), by=cast.person("operator.kaltim"))
    assert asked() == one
