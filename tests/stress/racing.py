"""Two people at the same moment: each looks, both wait at a barrier with what they saw, then both act at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from app.domain.errors import NotNow, Refusal
from app.extensions import db

PATIENCE = 60.0


@dataclass
class Runner:
    """One of those who race: what they look at first, and what they do with it then."""

    look: Callable[[], Any]
    act: Callable[[Any], Any]
    result: Any = None
    refused: Refusal | None = None
    failed: BaseException | None = None

    @property
    def won(self) -> bool:
        """Whether the deed was done and committed."""
        return self.refused is None and self.failed is None

    @property
    def was_told(self) -> bool:
        """Whether they were told, in words, that somebody else was quicker."""
        return isinstance(self.refused, NotNow) and bool(self.refused.message)


@dataclass
class Score:
    """What all races came to."""

    rounds: int = 0
    contested: int = 0
    """Races in which one person at most may win."""
    lost: list[str] = field(default_factory=list)
    """Updates that are not there, or there twice."""
    unfair: list[str] = field(default_factory=list)
    """Contested races that both won, or neither."""
    untold: list[str] = field(default_factory=list)
    """People who came too late and were not told so."""
    failed: list[str] = field(default_factory=list)
    """What ended neither done nor refused."""


def race(app: Flask, *runners: Runner) -> list[Runner]:
    """Run them at the same moment, each on a connection of their own."""
    start = threading.Barrier(len(runners))
    threads = [threading.Thread(target=_run, args=(app, one, start)) for one in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return list(runners)


def _run(app: Flask, one: Runner, start: threading.Barrier) -> None:
    with app.app_context():
        try:
            seen = one.look()
            db.session.rollback()  # nothing of the looking holds anybody up
            start.wait(PATIENCE)
            one.result = one.act(seen)
            db.session.commit()
        except Refusal as refusal:
            db.session.rollback()
            one.refused = refusal
        except BaseException as error:
            start.abort()
            db.session.rollback()
            one.failed = error
        finally:
            db.session.remove()


def judge(score: Score, name: str, runners: list[Runner], *, contested: bool = True) -> list[Runner]:
    """Count a race; returns those who won it."""
    score.rounds += 1
    winners = [one for one in runners if one.won]
    score.failed += [f"{name}: {one.failed!r}" for one in runners if one.failed]
    score.untold += [f"{name}: {one.refused!r}" for one in runners if one.refused and not one.was_told]
    if contested:
        score.contested += 1
        if len(winners) != 1:
            score.unfair.append(f"{name}: {len(winners)} won")
    return winners


def expect(score: Score, name: str, *holds: bool) -> None:
    """Note an update that is lost or doubled, where one of these does not hold."""
    if not all(holds):
        score.lost.append(f"{name}: {holds}")
