"""Scanners that attack the server as somebody who is signed in: wapiti, sqlmap, schemathesis."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from flask import Flask

from app import create_app
from config import Settings
from tests.house.test_hostile import ASKED, FIELDS
from tests.stress.hostile.visitors import NEVER, Visitor
from tests.stress.scanners.jail import Jail, found

MEDIUM = 2
"""Of wapiti's levels 0 to 4."""
MODULES = "sql,xss,file,redirect,crlf,cookieflags,http_headers,csp"
"""Those of wapiti that ask nobody outside."""
SEARCHES = (
    "/register?cari=banjir",
    "/daftar-periksa?cari=kpu",
    "/jejak?cari=x",
    "/wilayah?cari=berau",
    "/orang?cari=a",
)
SPENT = 240
"""Seconds that schemathesis may go on drawing requests."""
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")


def wapiti(jail: Jail, who: Visitor) -> list[str] | None:
    """Findings of medium level or above; None where it, or the jail, is not here."""
    program = found("wapiti")
    if program is None or jail.bubblewrap is None:
        return None
    room, address = jail.room(), f"http://127.0.0.1:{who.port}/"
    said = jail.run(
        room,
        program,
        *(
            "-u",
            address,
            "-H",
            f"Cookie: {who.cookie}",
            "-m",
            MODULES,
            "-x",
            f"{address}keluar",
            "--scope",
            "folder",
        ),
        *("-d", "2", "--max-links-per-page", "15", "--max-scan-time", "100", "--max-attack-time", "20"),
        *("-f", "json", "-o", "/tmp/found.json", "--flush-session", "--no-bugreport", "-t", "20"),
    )
    written = room / "found.json"
    if not written.exists():
        raise RuntimeError(f"wapiti wrote no report: {said[-400:]}")
    kept: dict[str, list[dict[str, Any]]] = json.loads(written.read_text())["vulnerabilities"]
    return [
        f"{name} at {one['path']} ({one['parameter']}): {one['info'][:120]}"
        for name, ones in kept.items()
        for one in ones
        if one["level"] >= MEDIUM
    ]


def sqlmap(jail: Jail, who: Visitor) -> list[str] | None:
    """Points where a statement can be changed from outside; None where it, or the jail, is not here."""
    program = found("sqlmap")
    if program is None or jail.bubblewrap is None:
        return None
    points = []
    for search in SEARCHES:
        said = jail.run(
            jail.room(),
            program,
            *(
                "-u",
                f"http://127.0.0.1:{who.port}{search}",
                "--cookie",
                who.cookie,
                "--batch",
                "--technique",
                "BEU",
            ),
            *("--level", "1", "--risk", "1", "--retries", "0", "--timeout", "30", "--threads", "1"),
            *("--output-dir", "/tmp/sqlmap", "--disable-coloring", "--dbms", "sqlite"),
            seconds=150,
        )
        if is_open(said):
            points.append(search)
    return points


def is_open(said: str) -> bool:
    """Whether sqlmap found a point of injection; RuntimeError where it said neither of its two closing sentences."""
    if "identified the following injection point" in said:
        return True
    if "do not appear to be injectable" in said:
        return False
    raise RuntimeError(f"sqlmap did not come to its end: {said[-200:]}")


def schemathesis(jail: Jail, who: Visitor) -> list[str] | None:
    """Operations that answer 500, tried by a schema made of the addresses; None where it, or the jail, is not here."""
    program = found("schemathesis")
    if program is None or jail.bubblewrap is None:
        return None
    room = jail.room()
    app = create_app(Settings(mode="test", data=str(room / "data")))
    (room / "schema.json").write_text(json.dumps(schema(app, who.token)))
    said = jail.run(
        room,
        program,
        *("run", "/tmp/schema.json", "--url", f"http://127.0.0.1:{who.port}", "-H", f"Cookie: {who.cookie}"),
        *(
            "--checks",
            "not_a_server_error",
            "--phases",
            "fuzzing",
            "--max-time",
            str(SPENT),
            "--no-color",
        ),
        *(
            "--generation-deterministic",
            "--request-timeout",
            "30",
            "--workers",
            "1",
            "--suppress-health-check",
            "all",
        ),
    )
    if not re.search(r"\d+ generated|Test cases|passed", said):
        raise RuntimeError(f"schemathesis tried nothing: {said[-400:]}")
    return re.findall(r"Server error.*", said)


def schema(app: Flask, token: str) -> dict[str, Any]:
    """All addresses as OpenAPI: what stands in their places, what they are asked, what their forms hold."""
    paths: dict[str, dict[str, Any]] = {}
    words = {"type": "string"}
    fields = dict.fromkeys(FIELDS, words) | {"csrf_token": {"type": "string", "enum": [token]}}
    body = {"type": "object", "properties": fields, "required": ["csrf_token"]}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in {"static", *NEVER}:
            continue
        about: list[dict[str, Any]] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "integer"} if kind == "int" else words,
            }
            for kind, name in PLACE.findall(rule.rule)
        ]
        about += [{"name": name, "in": "query", "schema": words} for name in ASKED]
        method = "post" if "POST" in (rule.methods or ()) else "get"
        operation: dict[str, Any] = {"parameters": about, "responses": {"default": {"description": "any"}}}
        if method == "post":
            content = {"application/x-www-form-urlencoded": {"schema": body}}
            operation["requestBody"] = {"required": True, "content": content}
        paths.setdefault(PLACE.sub(r"{\2}", rule.rule), {})[method] = operation
    return {"openapi": "3.0.3", "info": {"title": "Desk Pilkada", "version": "1"}, "paths": paths}


ALL: dict[str, Callable[[Jail, Visitor], list[str] | None]] = {
    "wapiti": wapiti,
    "sqlmap": sqlmap,
    "schemathesis": schemathesis,
}
