"""Of the registers and the situation room, what is measured inside one process; `bench/inside.py` runs it."""

from __future__ import annotations

import gc
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from app.documents.register_sheet import import_kind, sheet_columns
from app.documents.sheet_template import make_template
from app.domain import all_facts, clock, logistics
from app.domain.regions import Level, Region
from app.extensions import db

LOOKS = (
    ("situation room, province", "penyelia.kaltim", "/situasi"),
    ("situation room, kabupaten", "penyelia.berau", "/situasi"),
    ("situation room by one area of work, province", "penyelia.kaltim", "/situasi?ukuran=LOG"),
    ("wall, province", "penyelia.kaltim", "/situasi/layar"),
)
TIMES = 15
TPS_OF_KALTIM, TPS_OF_THE_COUNTRY = 6_274, 435_296
"""Pilkada 2024: KPU Kalimantan Timur; KPU RI."""


def situation(app: Flask) -> dict[str, Any]:
    """Each look the first time (what the rooms told is forgotten) and again: statements, time, processor time."""
    from bench.inside import counted, signed_in

    found = {}
    for title, who, path in LOOKS:
        client, _ = signed_in(app, who)

        def look(client: Any = client, path: str = path) -> None:
            assert client.get(path).status_code == 200

        look()
        gc.collect()
        gc.freeze()  # as the server does
        first = _timed(lambda look=look: look(), all_facts.forget)
        again = _timed(lambda look=look: look(), lambda: None)
        all_facts.forget()
        found[title] = {
            "first": first,
            "again": again,
            "statements": len(counted(app, look)),
            "statements_again": len(counted(app, look)),
        }
    return found


def _timed(act: Callable[[], Any], before: Callable[[], Any]) -> dict[str, float]:
    """Medians of the round trip through the application and of its processor time."""
    spent, used = [], []
    for _ in range(TIMES):
        before()
        began, cpu = time.perf_counter(), time.process_time()
        act()
        spent.append((time.perf_counter() - began) * 1000)
        used.append((time.process_time() - cpu) * 1000)
    return {"ms": statistics.median(spent), "cpu": statistics.median(used)}


def stations(app: Flask) -> dict[str, Any]:
    """Give Kutai Kartanegara its 1,447 TPS by reference figures; the villages with how many each has."""
    with app.app_context():
        villages = _villages("64.02")
        each, left = divmod(1_447, len(villages))
        kinds = {code: each + (place < left) for place, code in enumerate(villages)}
        db.session.execute(
            text(
                "INSERT INTO reference_figure"
                " (region_code, kind, value, source, document, note, recorded_at, recorded_by)"
                " VALUES (:code, 'tps_total', :value, 'Pengukuran', '', '', :now, 'Pengukuran')"
            ),
            [{"code": code, "value": value, "now": "2024-11-01 00:00:00"} for code, value in kinds.items()],
        )
        db.session.commit()
        return {"villages": kinds}


def sheet_in(app: Flask) -> dict[str, Any]:
    """Send the arrivals of all TPS of Kaltim as a sheet; the number of the import that waits for its check."""
    from bench.inside import signed_in

    client, token = signed_in(app, "operator.kaltim")
    with app.app_context():
        villages = _villages("64")
    register = logistics.ARRIVALS
    names = [column.key for column in sheet_columns(register)]
    lines = []
    for place in range(TPS_OF_KALTIM):
        station, village = divmod(place, len(villages))
        said = {
            "region": villages[village],
            "station": str(station + 1),
            "special": "tidak",
            "stand": "Sudah sampai",
            "arrived_on": "25/11/2024",
            "remote": "tidak",
            "voters": "401",
        }
        lines.append([said.get(name, "") for name in names])
    kind = import_kind(register)
    content = make_template(kind, register.title, sheet_columns(register), rows=lines)
    form = {
        "csrf_token": token,
        "kunci": "Zx81pQw7Ktb-1",
        "wilayah": "64",
        "berkas": (io.BytesIO(content), "tps.xlsx"),
    }
    answer = client.post(f"/impor/{kind}", data=form, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.get_data(as_text=True)[-3000:]
    return {"import": int(answer.location.rstrip("/").rpartition("/")[2]), "bytes": len(content)}


def sheet_applied(app: Flask) -> dict[str, Any]:
    """Press the button that applies the newest import."""
    from bench.inside import signed_in

    client, token = signed_in(app, "operator.kaltim")
    with app.app_context():
        number = db.session.scalar(text("SELECT max(id) FROM sheet_import"))
    answer = client.post(f"/impor/{number}/terapkan", data={"csrf_token": token, "kunci": "Zx81pQw7Ktb-2"})
    assert answer.status_code == 303, answer.get_data(as_text=True)[-3000:]
    return {"import": number}


def many(app: Flask) -> dict[str, Any]:
    """As many arrivals as the country has TPS, all in Kaltim's villages."""
    return {"rows": put_arrivals(app, TPS_OF_THE_COUNTRY)}


def put_arrivals(app: Flask, number: int) -> int:
    """So many arrivals, spread over Kaltim's villages."""
    with app.app_context():
        villages = _villages("64")
        now, model = clock.now(), logistics.LogisticsArrival
        person = db.session.scalar(text("SELECT id FROM account WHERE username = 'operator.kaltim'"))
        election = db.session.scalar(text("SELECT id FROM election WHERE is_current"))
        common = {
            "election_id": election,
            "year": now.year,
            "stand": "sampai",
            "special": False,
            "remote": False,
            "arrived_at": "",
            "note": "",
            "state_since": now.date(),
            "recorded_at": now,
            "recorded_by": person,
            "recorded_by_name": "Pengukuran",
            "changed_at": now,
        }
        for start in range(0, number, 20_000):
            rows = []
            for place in range(start, min(start + 20_000, number)):
                station, village = divmod(place, len(villages))
                rows.append(
                    {
                        **common,
                        "region_code": villages[village],
                        "number": place + 1,
                        "station": f"ukur {station + 1}",
                    }
                )
            db.session.execute(insert(model.__table__), rows)
        db.session.commit()
    return number


def _villages(root: str) -> list[str]:
    query = select(Region.code).where(
        Region.code >= root, Region.code < f"{root}/", Region.level == Level.VILLAGE.value
    )
    return list(db.session.scalars(query.order_by(Region.code)))
