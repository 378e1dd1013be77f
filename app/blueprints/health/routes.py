"""/sehat: the process answers. /siap: it can work: database writable, schema current, disk space, a worker alive."""

from __future__ import annotations

import os
import shutil

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.domain import jobs
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


def _disk_is_free() -> bool:
    folder = current_app.config["SETTINGS"].data_dir
    return shutil.disk_usage(folder).free > LEAST_FREE and os.access(folder, os.W_OK)


def _worker_lives() -> bool:
    try:
        return jobs.worker_alive()
    except SQLAlchemyError:
        return False
