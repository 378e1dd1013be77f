"""`flask kerawanan muat`: the published measurements of Kalimantan Timur, each as it was published."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.domain import registers, security
from app.domain.registers import Filters
from tests import cast


def run(app: Flask, *words: str) -> tuple[int, str]:
    said = app.test_cli_runner().invoke(args=["kerawanan", "muat", *words])
    return said.exit_code, said.output.strip()


def told(code: str) -> dict[str, Any]:
    return {
        one.key.removeprefix("keamanan."): one.words or one.value
        for one in security.facts([code])
        if "rawan" in one.key
    }


def test_it_loads_each_measurement_with_its_scale(app: Flask, session: Any):
    assert run(app, "--oleh", "operator.kaltim") == (0, "30 catatan baru, 0 berubah, 0 tetap.")
    kaltim = told("64")
    assert kaltim["kerawanan.ikp_2022"] == "tinggi, 77,04 (skor 0-100), ke-5 nasional (34 prov.)"
    assert (
        kaltim["kerawanan.pemetaan_2024"]
        == "tinggi, 18 (banyaknya dari 27 indikator), ke-2 nasional (setelah NTT 19)"
    )
    assert (kaltim["tps_rawan.R01"], kaltim["tps_rawan.R04"], kaltim["tps_rawan.R09"]) == (1273, 516, 93)
    assert kaltim["tps_rawan.R10"] is None
    assert told("64.02")["kerawanan.ikp_2022"] == "tinggi, nilai belum diketahui, peringkat 1 di Kaltim"


def test_the_list_without_an_author_is_left_out(app: Flask, session: Any):
    run(app, "--oleh", "operator.kaltim")
    rows = registers.listed(security.VULNERABILITIES, cast.person("operator.kaltim"), Filters()).rows
    assert not [row for row in rows if row.values["score"] is not None and "prokal" in row.values["source"]]
    assert len(rows) == 12


def test_a_second_time_changes_nothing(app: Flask, session: Any):
    run(app, "--oleh", "operator.kaltim")
    assert run(app, "--oleh", "operator.kaltim") == (0, "0 catatan baru, 0 berubah, 30 tetap.")


def test_it_refuses_who_does_not_record_for_the_province(app: Flask, session: Any):
    code, said = run(app, "--oleh", "operator.berau")
    assert code == 1
    assert "di luar penugasan" in said
    assert run(app, "--oleh", "siapa")[0] == 1
    assert registers.records_in(security.VULNERABILITIES, ["64"]) == []
