"""The demo's grants, meetings and visits: what the sources state, through the commands that everybody uses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.domain import meetings, registers, support
from app.domain.registers import Fact
from tests import cast

pytestmark = pytest.mark.template("demo")


def told(room: Any, code: str) -> dict[str, Fact]:
    return {one.key: one for one in room.facts([code])}


def test_the_published_grants_are_kept_whole_and_the_rest_stays_unknown(session: Any):
    province = told(support, "64")
    assert province["dukungan.nphd"].value == 13
    grants = registers.records_in(support.AGREEMENTS, ["64"])
    totals = {row.values["recipient"]: row.values["total"] for row in grants}
    assert totals["KPU Provinsi"] == 300_910_000_000
    assert totals["Polres Kukar"] == 8_156_377_000
    assert all(row.values["source"] for row in grants)
    assert told(support, cast.BERAU)["dukungan.nphd_nilai"].value is None
    assert told(support, "64.02")["dukungan.nphd_persen"].value is None
    assert told(support, "64.71")["dukungan.nphd_persen"].value == Decimal("100.0")
    assert province["dukungan.nphd_persen"].label.endswith("dari 2 di antara 13 naskah")


def test_bodies_have_their_targets_and_only_what_is_published_as_real(session: Any):
    rows = {row.values["body"]: row.values for row in registers.records_in(support.AD_HOC, ["64"])}
    assert (rows["kpps"]["target"], rows["kpps"]["real"]) == (43_918, 43_918)
    assert (rows["ptps"]["target"], rows["ptps"]["real"]) == (6_274, None)
    assert told(support, "64")["dukungan.asn"].value is None
    bodies = told(support, "64")["dukungan.adhoc"]
    assert (bodies.value, bodies.whole) == (47_557, 47_557)


def test_the_monday_of_25_november_opens_with_what_was_decided(session: Any):
    province = told(meetings, "64")
    assert (province["rapat.senin"].value, province["rapat.diadakan"].value) == (2, 4)
    assert (province["rapat.senin_hadir"].value, province["rapat.senin_hadir"].whole) == (10, 10)
    assert (province["kunjungan.wilayah"].value, province["kunjungan.rencana"].value) == (1, 10)
    assert province["tindak_lanjut.terbuka"].value == 6
    assert province["tindak_lanjut.terlambat"].value == 0
    last = meetings.last_monday("64")
    assert last is not None
    berau = next(one for one in last.attended if one.region.code == cast.BERAU)
    assert berau.rows[0].values["speaker"] == "Sekretaris Daerah Kabupaten Berau"
