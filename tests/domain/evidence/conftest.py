"""The cast of the evidence room: who attaches, who verifies, the stranger, and where the bytes go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain import accounts, clock, evidence
from app.domain.accounts import Person, Role
from app.domain.evidence import storage
from app.domain.regions import Region
from app.extensions import db
from tests.domain.evidence import samples

BERAU, SEGAH, PASER, KALTIM = "64.03", "64.03.07", "64.01", "64"
ENTRY = ("checklist_entry", 12)
OTHER_ENTRY = ("checklist_entry", 13)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[evidence.LocalDirectory]:
    """A storage of this test's own; the application's is put back afterwards."""
    before = storage._setup
    directory = evidence.LocalDirectory(tmp_path / "bukti")
    evidence.configure(directory, max_bytes=3 * 1024 * 1024)
    yield directory
    storage._setup = before


@pytest.fixture
def cast(session: Any, kept: evidence.LocalDirectory) -> SimpleNamespace:
    """Operators of Berau (two) and Paser, Berau's supervisor, one who is both, an inspector, an observer."""
    places = ((KALTIM, None, "provinsi"), (BERAU, KALTIM, "kabkota"), (PASER, KALTIM, "kabkota"))
    for code, parent, level in (*places, (SEGAH, BERAU, "kecamatan")):
        name = f"Wilayah {code}"
        session.add(
            Region(code=code, parent_code=parent, level=level, name=name, kind=level, source_version="uji")
        )
        session.flush()
    return SimpleNamespace(
        operator=_person("operator.berau", Role.OPERATOR, BERAU),
        colleague=_person("rekan.berau", Role.OPERATOR, BERAU),
        supervisor=_person("penyelia.berau", Role.SUPERVISOR, BERAU),
        both=_person("rangkap.berau", Role.OPERATOR, BERAU, Role.SUPERVISOR),
        stranger=_person("operator.paser", Role.OPERATOR, PASER),
        inspector=_person("inspektorat.kaltim", Role.INSPECTOR, KALTIM),
        observer=_person("pengamat.kaltim", Role.OBSERVER, KALTIM),
    )


def _person(username: str, role: Role, region: str, *more: Role) -> Person:
    account = accounts.Account(
        username=username, name=username.title(), password_hash="-", created_at=clock.now()
    )
    db.session.add(account)
    db.session.flush()
    for held in (role, *more):
        accounts.appoint(account.id, held, region, starts_on=dt.date(2024, 1, 1))
    person = accounts.person_of(username)
    assert person is not None
    return person


@pytest.fixture
def attached(cast: SimpleNamespace) -> Callable[..., evidence.EvidenceUse]:
    """`attached(data, name)`: what the operator of Berau puts on ENTRY, committed."""

    def attach(data: bytes | None = None, name: str = "foto.jpg", **about: Any) -> evidence.EvidenceUse:
        given = {"to": ENTRY, "region": BERAU, "by": cast.operator} | about
        use = evidence.attach(evidence.inspect(data or samples.photo(), name), **given)
        db.session.commit()
        return use

    return attach
