"""`flask wilayah`."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import audit, regions
from app.extensions import db


def count(app: Any) -> int:
    with app.app_context():
        number = db.session.scalar(db.select(db.func.count()).select_from(regions.Region))
        db.session.remove()
    return int(number)


@pytest.mark.template("empty")
class TestLoad:
    def test_without_a_choice_it_loads_kaltim(self, flask, app):
        said = flask("wilayah", "load")
        assert said.exit_code == 0
        assert "1.154 wilayah dibaca: 1.154 baru" in said.output
        assert count(app) == 1_154

    def test_another_province_by_its_prefix(self, flask, app):
        said = flask("wilayah", "load", "--prefix", "65")
        assert said.exit_code == 0
        with app.app_context():
            assert regions.find("65.01").name == "Kabupaten Bulungan"
            db.session.remove()
        assert flask("wilayah", "load", "--prefix", "64.03").exit_code == 0
        with app.app_context():
            assert [row.name for row in regions.children_of("64")] == ["Kabupaten Berau"]
            db.session.remove()

    def test_a_part_of_a_province_does_not_retire_the_rest(self, flask, app):
        flask("wilayah", "load")
        said = flask("wilayah", "load", "--prefix", "64.03")
        assert "0 tidak berlaku lagi" in said.output
        with app.app_context():
            assert len(regions.children_of("64")) == 10
            db.session.remove()

    def test_again_it_changes_nothing_and_leaves_no_link_in_the_trail(self, flask, app):
        flask("wilayah", "load")
        with app.app_context():
            before = audit.head()
            db.session.remove()
        assert "0 baru, 0 berubah, 1.154 tetap" in flask("wilayah", "load").output
        with app.app_context():
            assert audit.head() == before
            assert audit.history_of("region", "pohon")[0].address == "baris perintah"
            db.session.remove()

    def test_ones_own_file(self, flask, app, tmp_path):
        file = tmp_path / "wilayah.csv"
        file.write_text('code,name,kind\n99,"Provinsi\n Uji",provinsi\n99.01,Kabupaten Uji,kabupaten\n')
        assert "2 baru" in flask("wilayah", "load", "--file", str(file)).output
        with app.app_context():
            assert regions.find("99").name == "Provinsi Uji"
            db.session.remove()

    def test_a_bad_file_changes_nothing_and_names_the_row(self, flask, app, tmp_path):
        file = tmp_path / "wilayah.csv"
        file.write_text("code,name,kind\n99,Uji,provinsi\n9,Salah,provinsi\n")
        said = flask("wilayah", "load", "--file", str(file))
        assert said.exit_code == 1
        assert "Tidak dikerjakan: Baris 3: '9' bukan kode wilayah." in said.output
        assert count(app) == 0

    @pytest.mark.parametrize(
        "words, sentence",
        [
            (("--prefix", "65", "--all"), "Pilih salah satu"),
            (("--prefix", "77"), "Tidak ada wilayah"),
            (("--prefix", "x"), "Tidak ada wilayah"),
        ],
    )
    def test_what_it_does_not_understand_it_says(self, flask, app, words: tuple[str, ...], sentence: str):
        said = flask("wilayah", "load", *words)
        assert said.exit_code == 1
        assert sentence in said.output
        assert count(app) == 0

    @pytest.mark.slow
    def test_all_of_indonesia(self, flask, app):
        said = flask("wilayah", "load", "--all")
        assert "91.599 wilayah dibaca: 91.599 baru" in said.output
        with app.app_context():
            assert {level.value: number for level, number in regions.count_by_level("64").items()} == {
                "kabkota": 10,
                "kecamatan": 105,
                "keldes": 1_038,
            }
            assert regions.village_term("64.03") == "kampung"
            assert regions.find("91.03.01").title.startswith("Distrik ")
            db.session.remove()


class TestFigures:
    def test_the_same_figures_again_are_not_recorded(self, flask):
        assert flask("wilayah", "angka").output == "0 angka acuan dicatat.\n"

    def test_ones_own_file(self, flask, app, tmp_path):
        file = tmp_path / "angka.csv"
        file.write_text("code,kind,value,source\n64.03,tps_total,476,Surat KPU Berau\n64.03,dpt_laki,,KPU\n")
        assert flask("wilayah", "angka", "--file", str(file)).output == "2 angka acuan dicatat.\n"
        with app.app_context():
            figures = regions.current_figures(["64.03"])
            assert figures["64.03", regions.FigureKind.POLLING_STATIONS].value == 476
            db.session.remove()

    def test_a_bad_row_is_named(self, flask, tmp_path):
        file = tmp_path / "angka.csv"
        file.write_text("code,kind,value,source\n64.03,tps_total,banyak,KPU\n")
        said = flask("wilayah", "angka", "--file", str(file))
        assert (said.exit_code, "Baris 2" in said.output) == (1, True)
