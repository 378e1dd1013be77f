"""Monday 25 November 2024 in Berau, told across the rooms on the demo's data (seed 004; issue section 6).

The operator ticks Sambaliung's arrival with a photo, the supervisor returns one entry and verifies the rest, the
province sees 12 of 13, and the paper says so.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from app.domain import audit, checklists, stages
from app.domain.checklists import Standing
from tests import cast

pytestmark = pytest.mark.template("demo")


def photo() -> tuple[io.BytesIO, str]:
    content = io.BytesIO()
    Image.new("RGB", (320, 240), "slategray").save(content, "JPEG")
    content.seek(0)
    return content, "serah-terima-sambaliung.jpg"


def test_the_day_begins_as_the_sekda_told_it(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/").text
    assert "11 dari 13 kecamatan" in page
    assert "sisa Sambaliung, Teluk Bayur" in page
    assert "Dikembalikan" in page
    region = client.get("/wilayah/64.03").text
    for figure in ("475", "198.347", "1.588", "3"):
        assert figure in region
    assert "lapas" in region.lower()
    assert "kampung" in region


def test_the_days_work_climbs_from_the_kecamatan_to_the_province(client: Any, session: Any):
    sambaliung = cast.entry_of("LOG-12", cast.SAMBALIUNG)
    operator = cast.signed_in(client, "operator.berau")
    operator.post(f"/daftar-periksa/{sambaliung.id}/bukti", data={"berkas": [photo()]})
    seen = checklists.fresh(sambaliung.id)
    done = operator.post(
        f"/daftar-periksa/{sambaliung.id}/selesai", data={"versi": str(seen.version), "angka": "1"}
    )
    assert done.status_code == 303

    supervisor = cast.signed_in(client, "penyelia.berau")
    waiting, count = checklists.waiting_for(
        cast.person("penyelia.berau"), stages.current_election(), limit=100
    )
    assert sambaliung.id in {entry.id for entry in waiting}
    back, *rest = [entry for entry in waiting if entry.id != sambaliung.id]
    returned = {"versi": str(back.version), "alasan": "Berita acara belum lengkap"}
    assert supervisor.post(f"/daftar-periksa/{back.id}/kembalikan", data=returned).status_code == 303
    kept = [*rest, checklists.fresh(sambaliung.id)]
    pairs = [f"{entry.id}:{entry.version}" for entry in kept]
    assert supervisor.post("/verifikasi", data={"pilih": pairs}).status_code == 303
    assert checklists.fresh(sambaliung.id).standing is Standing.VERIFIED
    assert checklists.fresh(back.id).standing is Standing.RETURNED
    assert "Antrean kosong" in supervisor.get("/verifikasi").text
    assert count == len(waiting)

    province = cast.signed_in(client, "penyelia.kaltim").get("/wilayah/64.03").text
    expected = "11 dari 13" if back.code == "LOG-12" else "12 dari 13"
    assert expected in province
    assert checklists.progress.check(stages.current_election()) == []
    assert audit.verify().first_break is None


def test_mahakam_ulu_was_complete_on_13_november_and_the_nine_in_process(client: Any, session: Any):
    mahulu = cast.entry_of("LOG-10", "64.11", "2024-11-13")
    assert mahulu.standing is Standing.VERIFIED
    assert (mahulu.measure_value, mahulu.measure_total) == (77, 77)
    nine = ("64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.71", "64.72", "64.74")
    assert {cast.entry_of("LOG-10", code, "2024-11-13").standing for code in nine} == {Standing.IN_PROGRESS}


def test_what_no_source_states_is_unknown(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/wilayah/64.03").text
    assert "belum diketahui" in page
    assert cast.entry_of("LOG-12", "64.01.01").standing is Standing.NOT_STARTED


def test_the_three_neutrality_cases_name_nobody(client: Any, session: Any):
    page = cast.signed_in(client, "operator.berau").get("/daftar-periksa?butir=ASN-09").text
    for kind in ("kepala kampung", "PNS", "PPPK"):
        assert kind in page
