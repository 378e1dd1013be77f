"""The load: N clients that each send their prepared requests one after the other on a kept connection.

Runs in a process of its own (`python -m bench.load`), so that the measured server does not share its interpreter.
Reads a plan as JSON on standard input and writes the times in milliseconds as JSON to standard output:

    {"port": 8001, "clients": [[request, ...], ...]}   where a request is {"method", "path", "headers", "body"}
    {"times": [...], "statuses": {"200": 1000}, "bytes": {"largest": 3900}, "seconds": 4.2}

Sockets and bytes by hand: at 32 clients a full HTTP library would take more of the two cores than the server.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


def packed(method: str, path: str, headers: dict[str, str], body: str) -> bytes:
    """One HTTP/1.1 request as it goes over the wire."""
    content = body.encode()
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


@dataclass
class Seen:
    """What all clients saw."""

    times: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    largest: int = 0


async def answer(reader: asyncio.StreamReader) -> tuple[str, int, bool]:
    """Read one answer: status, length of its body, and whether the server closes the connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = head[9:12]
    length, closes = 0, False
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            length = int(value)
        elif name.lower() == "connection":
            closes = value.strip().lower() == "close"
    await reader.readexactly(length)
    return status, length, closes


async def client(port: int, requests: list[bytes], seen: Seen) -> None:
    """Send these requests one after the other; connects again when the server closes (a recycled worker does)."""
    reader = writer = None
    for content in requests:
        began = time.perf_counter()
        if writer is None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert reader is not None
        try:
            writer.write(content)
            status, length, closes = await answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            seen.statuses["broken"] += 1
            writer = None
            continue
        seen.times.append((time.perf_counter() - began) * 1000)
        seen.statuses[status] += 1
        seen.largest = max(seen.largest, length)
        if closes:
            writer.close()
            writer = None
    if writer is not None:
        writer.close()


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """All clients at once."""
    seen = Seen()
    prepared = [[packed(**request) for request in requests] for requests in plan["clients"]]
    began = time.perf_counter()
    await asyncio.gather(*(client(plan["port"], requests, seen) for requests in prepared))
    seconds = time.perf_counter() - began
    return {"times": seen.times, "statuses": seen.statuses, "largest": seen.largest, "seconds": seconds}


if __name__ == "__main__":
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
