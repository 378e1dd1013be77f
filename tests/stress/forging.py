"""Attacks on a trail: each forges in a transaction that is rolled back, and says which link is the first wrong one."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import text

from app.domain.audit import trail as real
from app.extensions import db

COLUMNS = ("seq", "at", "actor_id", "actor_name", "office", "action", "subject_kind", "subject_id")
COLUMNS += ("region_code", "changes", "request_id", "address", "previous_hash", "hash")
TEXTS = (
    "at",
    "actor_name",
    "office",
    "action",
    "subject_kind",
    "subject_id",
    "changes",
    "request_id",
    "address",
)
INVENTED_KEY = "a key that the forger made up"


class Trail:
    """The trail under attack. `heads` are the numbers that the witness knows."""

    def __init__(self, chance: random.Random, links: int, heads: Sequence[int]) -> None:
        self.chance, self.links, self.heads = chance, links, heads

    def drop_triggers(self) -> None:
        """What keeps everybody else from changing a link."""
        if db.engine.dialect.name == "postgresql":
            self.say("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            for deed in ("update", "delete"):
                self.say(f"DROP TRIGGER audit_entry_no_{deed}")

    def say(self, statement: str, **values: Any) -> None:
        """One statement of the forger's."""
        db.session.execute(text(statement), values)

    def any_link(self, last: int = 0) -> int:
        """The number of some link, `last` of them left out at the end."""
        return self.chance.randint(1, self.links - last)

    def some_tail(self) -> int:
        """Where a tail begins: mostly near the end, sometimes the whole trail."""
        return max(1, self.links - int(self.links ** self.chance.random()) + 1)

    def link(self, seq: int) -> dict[str, Any]:
        """All columns of one link."""
        query = text(f"SELECT {', '.join(COLUMNS)} FROM audit_entry WHERE seq = :seq")
        return dict(db.session.execute(query, {"seq": seq}).mappings().one())

    def put(self, values: dict[str, Any]) -> None:
        """Add one link as it is given."""
        slots = ", ".join(f":{column}" for column in COLUMNS)
        self.say(f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({slots})", **values)

    def move(self, beyond: int, by: int) -> None:
        """Give all links after one other numbers; over negative ones, since no number may be there twice."""
        self.say("UPDATE audit_entry SET seq = -(seq + :by) WHERE seq > :beyond", by=by, beyond=beyond)
        self.say("UPDATE audit_entry SET seq = -seq WHERE seq < 0")

    def chain_anew(self, first: int, key: str, **changes: Any) -> None:
        """Change one link and hash it and all after it again, with this key."""
        query = text(f"SELECT {', '.join(COLUMNS)} FROM audit_entry WHERE seq >= :first ORDER BY seq")
        links = [dict(link) for link in db.session.execute(query, {"first": first}).mappings()]
        links[0] |= changes
        previous = self.link(first - 1)["hash"] if first > 1 else real.START
        own, real._key = real._key, key.encode() or real._key
        try:
            for link in links:
                link["previous_hash"] = previous
                previous = link["hash"] = real.link_hash(link)
        finally:
            real._key = own
        slots = ", ".join(f"{column} = :{column}" for column in COLUMNS)
        db.session.execute(text(f"UPDATE audit_entry SET {slots} WHERE seq = :seq"), links)

    def first_head(self, seq: int) -> int:
        """The first number from there on that the witness knows."""
        return next(head for head in self.heads if head >= seq)


class Attack(NamedTuple):
    """One kind of forgery: what it is called, and how it is done; `forge` returns the first link that is wrong."""

    name: str
    forge: Callable[[Trail], int]


def edit(trail: Trail) -> int:
    """Another word in any column of any link."""
    seq, column = (
        trail.any_link(),
        trail.chance.choice((*TEXTS, "region_code", "actor_id", "hash", "previous_hash")),
    )
    new: Any = f"x{trail.chance.randrange(10**6)}"
    if column == "actor_id":
        new = 900_000 + trail.chance.randrange(1_000)
    elif column == "region_code":
        new = "99.99"
    elif column == "changes":
        new = json.dumps({"standing": ["belum", new]})
    trail.say(f"UPDATE audit_entry SET {column} = :new WHERE seq = :seq", new=new, seq=seq)
    return seq


def delete(trail: Trail) -> int:
    """One link gone, a gap where it was."""
    seq = trail.any_link(last=1)
    trail.say("DELETE FROM audit_entry WHERE seq = :seq", seq=seq)
    return seq


def delete_and_close(trail: Trail) -> int:
    """One link gone, those after it moved up."""
    seq = delete(trail)
    trail.move(seq, -1)
    return seq


def duplicate_at_end(trail: Trail) -> int:
    """A link once more, as the newest."""
    trail.put(trail.link(trail.any_link()) | {"seq": trail.links + 1})
    return trail.links + 1


def duplicate_behind(trail: Trail) -> int:
    """A link twice in a row, those after it moved down."""
    seq = trail.any_link()
    copy = trail.link(seq)
    trail.move(seq, 1)
    trail.put(copy | {"seq": seq + 1})
    return seq + 1


def swap(trail: Trail) -> int:
    """Two links in each other's places."""
    first, second = sorted(trail.chance.sample(range(1, trail.links + 1), 2))
    one, other = trail.link(first), trail.link(second)
    trail.say("DELETE FROM audit_entry WHERE seq IN (:first, :second)", first=first, second=second)
    trail.put(one | {"seq": second})
    trail.put(other | {"seq": first})
    return first


def renumber(trail: Trail) -> int:
    """Every link after one has another number."""
    seq = trail.chance.randint(0, trail.links - 1)
    trail.move(seq, trail.chance.randint(1, 50))
    return seq + 1


def invent(trail: Trail) -> int:
    """A link that never was, made by somebody without the key, at the end."""
    last = trail.link(trail.links)
    trail.put(last | {"seq": trail.links + 1, "previous_hash": last["hash"], "hash": "ab" * 32})
    return trail.links + 1


def cut(trail: Trail) -> int:
    """The newest links gone, or all."""
    seq = trail.some_tail()
    trail.say("DELETE FROM audit_entry WHERE seq >= :seq", seq=seq)
    return seq


def rewrite(trail: Trail) -> int:
    """A link changed and all after it chained again, by somebody without the key."""
    seq = trail.some_tail()
    trail.chain_anew(seq, INVENTED_KEY, actor_name="Orang lain")
    return seq


def rewrite_with_key(trail: Trail) -> int:
    """The same by somebody who has stolen the key: only the witness tells."""
    seq = trail.some_tail()
    trail.chain_anew(seq, "", actor_name="Orang lain")
    return trail.first_head(seq)


def cut_and_grow_with_key(trail: Trail) -> int:
    """The newest links gone and as many others in their place, by somebody who has the key."""
    seq = trail.some_tail()
    trail.chain_anew(seq, "", action="uji:lain:sama", subject_id="0", changes="{}")
    return trail.first_head(seq)


ATTACKS = (
    Attack("a changed link", edit),
    Attack("a deleted link", delete),
    Attack("a deleted link with the gap closed", delete_and_close),
    Attack("a link doubled at the end", duplicate_at_end),
    Attack("a link doubled in its place", duplicate_behind),
    Attack("an exchange of two links", swap),
    Attack("a renumbering", renumber),
    Attack("an invented link", invent),
    Attack("a tail cut off", cut),
    Attack("a rewrite without the key", rewrite),
    Attack("a rewrite with the stolen key", rewrite_with_key),
    Attack("a tail replaced with the stolen key", cut_and_grow_with_key),
)
