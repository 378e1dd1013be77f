"""What this room tells reports and the situation room."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.circulars.registers import ACKNOWLEDGEMENTS, AREA, CIRCULARS
from app.domain.registers import DESK, Fact, records_in


def facts(codes: Sequence[str]) -> list[Fact]:
    """How many circulars and pledges went out in these subtrees, and how many units acknowledged one."""
    letters, received = records_in(CIRCULARS, codes), records_in(ACKNOWLEDGEMENTS, codes)
    pledges = [row for row in letters if row.values["kind"] in ("ikrar", "pakta")]
    latest = max((row.changed_at for row in [*letters, *received]), default=None)
    told = (
        ("edaran", "Edaran dan imbauan netralitas", len(letters) - len(pledges), "surat"),
        ("ikrar", "Ikrar dan pakta netralitas", len(pledges), "kegiatan"),
        ("tanda_terima", "Unit yang sudah menerima edaran", len(received), "unit"),
    )
    return [
        Fact(f"netralitas.{key}", AREA, label, value, unit, source=DESK, as_of=latest)
        for key, label, value, unit in told
    ]
