"""Berau's three cases as its Sekda told them on 25 November 2024 (seed 004): no name, no day that nobody stated.

He said that BKN's recommendation is out and that the bupati, as PPK kepegawaian, will act on it. BKN has to do with
civil servants only, so the case of the village head stands where the desk recorded it.
"""

from __future__ import annotations

import datetime as dt

from app.cli.demo.acting import Desk
from app.domain import neutrality
from app.domain.neutrality import CaseSaid, CaseState, Kind, MoveSaid, Source

BERAU = "64.03"
TOLD_ON = dt.date(2024, 11, 25)
TOLD = "Sumber: Paparan Sekda Berau, 25 November 2024."
UNKNOWN = "tidak disebut dalam paparan"
RECOMMENDED = MoveSaid(
    note=f"Rekomendasi BKN sudah keluar; nomor dan tanggalnya {UNKNOWN}. Akan ditindaklanjuti Bupati selaku "
    f"PPK kepegawaian. {TOLD}"
)
RECORDED = MoveSaid(done_on=TOLD_ON, note=f"Langkahnya {UNKNOWN}. {TOLD}")


def cases_of_berau(desk: Desk) -> None:
    """Record the three under the clock of the moment; commits nothing."""
    for kind in (Kind.VILLAGE_HEAD, Kind.PNS, Kind.PPPK):
        is_civil_servant = kind is not Kind.VILLAGE_HEAD
        neutrality.record(
            BERAU,
            kind,
            CaseSaid(
                agency=f"Belum diketahui ({UNKNOWN})",
                breach="lain",
                breach_words=f"Netralitas; bentuknya {UNKNOWN}",
                source=Source.UNKNOWN,
                known_on=TOLD_ON,
                account=f"Satu {kind.words('kampung')}. {TOLD}",
                occurred_note=UNKNOWN,
            ),
            by=desk.person("operator.berau"),
            state=CaseState.RECOMMENDED if is_civil_servant else CaseState.RECORDED,
            step=RECOMMENDED if is_civil_servant else RECORDED,
        )
