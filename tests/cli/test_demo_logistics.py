"""The demo's logistics: the register and the checklist tell the same day."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import logistics, stages
from tests import cast

pytestmark = pytest.mark.template("demo")


def facts(code: str) -> dict[str, Any]:
    return {one.key.removeprefix("logistik."): one for one in logistics.facts([code])}


def test_the_board_of_the_province_says_what_the_sekda_said(session: Any):
    board = logistics.board_of("64")
    complete = [(row.region.code, str(row.since)) for row in board.rows if row.standing == "lengkap"]
    assert complete == [("64.11", "2024-11-13")]
    assert board.count("proses") == 9
    assert [str(one.due_on) for one in board.targets] == ["2024-11-26", "2024-11-27"]


def test_berau_has_eleven_of_thirteen_as_its_checklist_has(session: Any):
    told = facts(cast.BERAU)
    assert (told["kecamatan_lengkap"].value, told["kecamatan_lengkap"].whole) == (11, 13)
    assert told["kecamatan_hari_ini"].words == "Sambaliung, Teluk Bayur"
    assert (told["tps_khusus_lengkap"].value, told["tps_khusus_lengkap"].whole) == (0, 3)
    assert (told["tps_khusus_hari_ini"].value, told["daerah_tercukupi"].words) == (3, "Tercukupi")
    done = [
        code
        for code in (f"64.03.{number:02d}" for number in range(1, 14))
        if cast.entry_of("LOG-12", code).standing.startswith("selesai")
    ]
    assert len(done) == 11
    assert all(logistics.arrival_of(code, "").values["stand"] == "sampai" for code in done)


def test_what_mahakam_ulu_received_meets_its_need(session: Any):
    assert stages.races(stages.current_election())
    lines = {line.goods.code: line for line in logistics.stock_of("64.11")}
    assert (lines["KOTAK_SUARA"].need.value, lines["KOTAK_SUARA"].held.received) == (164, 164)
    assert (lines["BILIK"].need.value, lines["BILIK"].held.received) == (308, 308)
    assert (lines["SURAT_SUARA_GUB"].need.value, lines["SURAT_SUARA_GUB"].held.received) == (28_602, 28_602)
    assert lines["KOTAK_SUARA"].adequacy == ""  # how many of them were good, no source says
