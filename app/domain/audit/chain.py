"""Checking the trail: the chain link by link, and its tail against the witness file."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from app.domain.audit.trail import HASHED, START, TABLE, head_file, link_hash
from app.extensions import db


class Break(NamedTuple):
    """The first link that does not hold, and why, in words."""

    seq: int
    why: str


class Verdict(NamedTuple):
    """The outcome of a check: how many links were read, the head, and the first break if there is one."""

    links: int
    head_hash: str
    first_break: Break | None


def verify(last: int | None = None) -> Verdict:
    """Read the whole chain in order, or only its `last` links; names the first changed, missing or cut-off link.

    Constant memory.
    """
    witnessed = _witnessed()
    expected, previous = (1, START) if last is None else _before(last)
    count = 0
    links = select(TABLE).where(TABLE.c.seq >= expected).order_by(TABLE.c.seq)
    for row in db.session.execute(links).mappings().yield_per(2_000):
        seq = int(row["seq"])
        if seq != expected:
            return Verdict(count, previous, Break(expected, "mata rantai ini hilang"))
        if row["previous_hash"] != previous:
            return Verdict(count, previous, Break(seq, "tidak tersambung dengan mata rantai sebelumnya"))
        if link_hash({name: row[name] for name in HASHED}) != row["hash"]:
            return Verdict(count, previous, Break(seq, "isinya berubah sesudah dicatat"))
        if witnessed.get(seq, row["hash"]) != row["hash"]:
            return Verdict(count, previous, Break(seq, "berbeda dari berkas saksi di luar basis data"))
        expected, previous, count = seq + 1, row["hash"], count + 1
    last_witnessed = max(witnessed, default=0)
    if last_witnessed >= expected:
        return Verdict(
            count,
            previous,
            Break(expected, f"ekor rantai terpotong; saksi mencatat sampai nomor {last_witnessed}"),
        )
    return Verdict(count, previous, None)


def _before(last: int) -> tuple[int, str]:
    """The number at which the last links begin, and the hash that the first of them must follow."""
    newest = db.session.scalar(select(func.max(TABLE.c.seq))) or 0
    first = max(1, newest - last + 1)
    before = db.session.scalar(select(TABLE.c.hash).where(TABLE.c.seq == first - 1))
    return (1, START) if first == 1 else (first, before or "")


def _witnessed() -> dict[int, str]:
    path = head_file()
    if path is None or not path.exists():
        return {}
    heads: dict[int, str] = {}
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            number, _, digest = line.strip().partition(" ")
            if number.isdigit() and len(digest) == 64:
                heads.setdefault(int(number), digest)  # a number written twice was cut off in between
    return heads
