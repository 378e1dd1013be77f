"""/sehat: the process answers. /siap: it can work: database writable, schema current, disk space, a worker alive.
/metrik: figures for a program that watches machines, off unless DESK_METRICS names who may read them.
"""

from __future__ import annotations

import os
import shutil

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.domain import jobs, vitals
from app.starting import tables_are_current
from app.web.access import open_to_all

bp = Blueprint("health", __name__)
LEAST_FREE = 200 * 1024 * 1024


@bp.get("/sehat")
@open_to_all
def alive() -> ResponseReturnValue:
    """200 as long as the process can answer."""
    return jsonify(status="sehat")


@bp.get("/siap")
@open_to_all
def ready() -> ResponseReturnValue:
    """200 when all is there, 503 with what is missing; no figures that would help a stranger."""
    checks = {
        "basis_data": tables_are_current(current_app),
        "ruang_simpan": _disk_is_free(),
        "pekerja": _worker_lives(),
    }
    status = 200 if checks["basis_data"] and checks["ruang_simpan"] else 503
    return jsonify(status="siap" if status == 200 else "belum siap", pemeriksaan=checks), status


@bp.get("/metrik")
@open_to_all
def measure() -> ResponseReturnValue:
    """The figures as Prometheus reads them; for everybody but the addresses of DESK_METRICS this page is not there."""
    settings = current_app.config["SETTINGS"]
    readers = {one.strip() for one in settings.metrics.split(",")}
    if not request.remote_addr or request.remote_addr not in readers:
        abort(404)
    free = shutil.disk_usage(settings.data_dir).free
    found = [*vitals.vitals(), vitals.Vital("desk_disk_free_bytes", "Free where the data lies.", free)]
    return Response(_exposed(found), mimetype="text/plain", headers={"X-Content-Type-Options": "nosniff"})


def _exposed(found: list[vitals.Vital]) -> str:
    lines: list[str] = []
    for one in found:
        head = f"# HELP {one.name} {one.meaning}"
        if head not in lines:
            lines += [head, f"# TYPE {one.name} gauge"]
        label = f'{{{one.label[0]}="{one.label[1]}"}}' if one.label else ""
        lines.append(
            f"{one.name}{label} {one.value:g}" if one.value % 1 else f"{one.name}{label} {one.value:.0f}"
        )
    return "\n".join(lines) + "\n"


def _disk_is_free() -> bool:
    folder = current_app.config["SETTINGS"].data_dir
    return shutil.disk_usage(folder).free > LEAST_FREE and os.access(folder, os.W_OK)


def _worker_lives() -> bool:
    try:
        return jobs.worker_alive()
    except SQLAlchemyError:
        return False
