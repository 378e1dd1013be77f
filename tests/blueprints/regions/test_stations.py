"""Special TPS typed with who hosts them: by whoever keeps the region, with a source, and on the trail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain import audit, regions, stations
from app.domain.errors import Invalid
from tests import cast

PATH = "/wilayah/64.03/tps"
LAPAS = {
    "wilayah": "64.03",
    "nomor": "901",
    "jenis": "lapas",
    "lokasi": "Rutan Tanjung Redeb",
    "pemilih": "1.250",
    "sumber": "Berita acara KPU Berau",
}


def numbers(code: str = cast.BERAU) -> list[str]:
    return [station.number for station in regions.special_stations(code)]


@pytest.fixture
def admin_at(client: Any, session: Any) -> Any:
    return cast.signed_in(client, "admin.berau")


def test_one_is_typed_and_stands_on_the_regions_page(admin_at: Any):
    assert admin_at.post(PATH, data=LAPAS).status_code == 303
    found = next(station for station in regions.special_stations(cast.BERAU) if station.number == "901")
    assert (found.host_kind, found.host_name, found.voters) == ("lapas", "Rutan Tanjung Redeb", 1250)
    page = admin_at.get("/wilayah/64.03").text
    assert "Rutan Tanjung Redeb" in page
    assert f'href="{PATH}"' in page


def test_it_is_on_the_trail(admin_at: Any):
    admin_at.post(PATH, data=LAPAS)
    entries, _ = audit.search(("64",), audit.Filters(action="region:station"), page=1)
    assert [(entry.action, entry.region_code) for entry in entries] == [("region:station:record", "64.03")]


def test_unknown_voters_are_unknown_and_not_zero(admin_at: Any):
    admin_at.post(PATH, data={**LAPAS, "pemilih": ""})
    found = next(station for station in regions.special_stations(cast.BERAU) if station.number == "901")
    assert found.voters is None


def test_the_same_sending_twice_adds_it_once(admin_at: Any):
    before = len(numbers())
    for _ in range(2):
        assert admin_at.post(PATH, data={**LAPAS, "kunci": "kunci-satu"}).status_code == 303
    assert len(numbers()) == before + 1


@pytest.mark.parametrize(
    "wrong, told",
    [
        ({"nomor": ""}, "Tuliskan nomor atau sebutannya."),
        ({"nomor": "Khusus lapas"}, "sudah ada di wilayah ini"),
        ({"sumber": ""}, "Tuliskan sumbernya."),
        ({"pemilih": "banyak"}, "Tulis bilangan bulat"),
        ({"pemilih": "-5"}, "Isi nol atau lebih"),
        ({"jenis": "stadion"}, "Pilih salah satu dari daftar."),
        ({"wilayah": "64.01"}, "Pilih salah satu dari daftar."),
    ],
)
def test_bad_input_is_explained_and_nothing_is_kept(admin_at: Any, wrong: dict[str, str], told: str):
    before = numbers()
    answer = admin_at.post(PATH, data={**LAPAS, **wrong})
    assert answer.status_code == 422
    assert told in answer.text
    assert numbers() == before


def test_one_entered_by_mistake_is_taken_out_with_a_reason(admin_at: Any):
    admin_at.post(PATH, data=LAPAS)
    made = next(station for station in regions.special_stations(cast.BERAU) if station.number == "901")
    path = f"{PATH}/{made.id}/keluarkan"
    assert admin_at.post(path, data={}).status_code == 422
    assert admin_at.get(path).status_code == 405
    assert admin_at.post(path, data={"alasan": "Tertukar dengan TPS biasa."}).status_code == 303
    assert "901" not in numbers()
    entries, _ = audit.search(("64",), audit.Filters(action="region:station:remove"), page=1)
    assert "Rutan Tanjung Redeb" in entries[0].changes


@pytest.mark.parametrize(
    "who, status", [("operator.berau", 403), ("admin.paser", 404), ("admin.kaltim", 200)]
)
def test_only_who_keeps_the_region_comes_in(client: Any, session: Any, who: str, status: int):
    assert cast.signed_in(client, who).get(PATH).status_code == status
    if status != 200:
        assert client.post(PATH, data=LAPAS).status_code == status


def test_another_regions_tps_is_not_found(client: Any, session: Any):
    made = regions.special_stations(cast.BERAU)[0]
    cast.signed_in(client, "admin.paser")
    answer = client.post(f"/wilayah/64.01/tps/{made.id}/keluarkan", data={"alasan": "x"})
    assert answer.status_code == 404
    assert made.number in numbers()


class TestFile:
    HEAD = "code,number,host_kind,host_name,voters,source\n"

    def rows(self, tmp_path: Path, text: str) -> Any:
        from app import data

        path = tmp_path / "tps.csv"
        path.write_text(self.HEAD + text, encoding="utf-8")
        return data.rows(path)

    def test_a_file_adds_what_is_not_there_yet(self, session: Any, tmp_path: Path):
        text = "64.03,902,rumah_sakit,RSUD dr. Abdul Rivai,,Surat KPU\n64.03,902,rumah_sakit,,,Surat KPU\n"
        assert stations.load_stations(self.rows(tmp_path, text)) == 1
        assert stations.load_stations(self.rows(tmp_path, text)) == 0

    @pytest.mark.parametrize(
        "line, told",
        [
            ("64.03,903,stadion,,,Surat", "Baris 2: Jenis lokasi"),
            ("64.03,903,lapas,,dua,Surat", "Baris 2: Jumlah pemilih"),
            ("99.99,903,lapas,,,Surat", "Baris 2: "),
            ("64,903,lapas,,,Surat", "Baris 2: TPS berada di kabupaten/kota."),
        ],
    )
    def test_a_wrong_line_is_named(self, session: Any, tmp_path: Path, line: str, told: str):
        with pytest.raises(Invalid, match=told):
            stations.load_stations(self.rows(tmp_path, f"{line}\n"))
