"""People by a sheet: accounts with their first appointment, and appointments of people who are there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from app.documents.tables import Checked, SheetColumn, SheetRow
from app.domain import accounts
from app.domain.accounts import Permission, Person, Standing, bringing
from app.domain.accounts.bringing import Arrival
from app.domain.errors import NotNow
from app.extensions import db
from app.jobs.importers import people_rows
from app.jobs.importers.people_plan import Planned, Planner
from app.jobs.importing import Done, Slip

SHOWN = 50
HEAD = ("Baris", "Nama", "Nama akun", "Peran", "Wilayah", "Mulai", "Akun")


class PeopleImporter:
    """Kind `orang`; see `app.jobs.importing.Importer`."""

    kind = "orang"
    title = "Orang"
    permission = Permission.PEOPLE_MANAGE
    governs = False
    is_secret = False
    back = "people.index"
    back_values: ClassVar[dict[str, str]] = {}

    def columns(self, by: Person, region: str) -> tuple[SheetColumn, ...]:
        """Name, account, appointment; the units are those of this desk."""
        return people_rows.columns(accounts.units(), region)

    def check(self, rows: Sequence[SheetRow], *, by: Person, region: str) -> Checked:
        """All that `apply` would refuse, row by row, or who will come."""
        plan, errors = Planner(rows, by, region).plan()
        if errors:
            return Checked(tuple(errors), ())
        return Checked((), _facts(plan), HEAD, tuple(map(_line, plan[:SHOWN])))

    def apply(
        self, rows: Sequence[SheetRow], *, by: Person, region: str, progress: Callable[[int, int], None]
    ) -> Done:
        """Hash the passwords of all new accounts, then write everybody.

        Hashing takes 0.05 s each, so it stands before the first write and outside a transaction. Raises NotNow when
        the people have changed meanwhile.
        """
        plan, _ = Planner(rows, by, region).plan()
        new = [one for one in plan if one.account_id is None]
        db.session.rollback()
        hashed: dict[str, tuple[str, str]] = {}
        for one in new:
            progress(len(hashed), len(new))
            password = accounts.temporary_password(one.username)
            hashed[one.username] = (password, accounts.hash_password(password))
        bringing.wait_for_turn()
        again, errors = Planner(rows, by, region).plan()
        if errors or again != plan:
            raise NotNow("Data orang berubah selagi kata sandi dibuat. Periksa lagi, lalu terapkan.")
        bringing.bring_in([_arrival(one, hashed) for one in plan], by=by)
        slips = tuple(
            Slip(one.name, one.username, hashed[one.username][0], f"{one.proposal.role.label}, {one.place}")
            for one in new
        )
        return Done(_sentence(len(new), len(plan)), slips)


def _arrival(one: Planned, hashed: dict[str, tuple[str, str]]) -> Arrival:
    stored = hashed[one.username][1] if one.account_id is None else ""
    return Arrival(one.account_id, one.username, one.name, stored, one.proposal)


def _sentence(new: int, appointments: int) -> str:
    made = f"{new} akun baru dibuat dan " if new else ""
    said = f"{made}{appointments} penugasan diberikan."
    return said[:1].upper() + said[1:]


def _facts(plan: Sequence[Planned]) -> tuple[tuple[str, str], ...]:
    new = sum(one.account_id is None for one in plan)
    roles = Counter(one.proposal.role.label for one in plan)
    places = Counter(one.place for one in plan)
    facts = [
        ("Akun baru", str(new)),
        ("Penugasan baru", str(len(plan))),
        ("Menurut peran", _counted(roles)),
        ("Menurut wilayah", _counted(places)),
    ]
    if new:
        facts.append(
            ("Kata sandi", "Dibuat acak untuk akun baru, ditampilkan satu kali, diganti saat masuk pertama.")
        )
    return tuple(facts)


def _counted(counts: Counter[str]) -> str:
    first = counts.most_common(8)
    rest = sum(counts.values()) - sum(number for _, number in first)
    said = ", ".join(f"{word} {number}" for word, number in first)
    return said + (f", lainnya {rest}" if rest else "")


def _line(one: Planned) -> tuple[str, ...]:
    said = one.proposal
    account = "baru" if one.account_id is None else "sudah ada"
    role = said.role.label
    office = role if said.standing is Standing.DEFINITIVE else f"{said.standing} {role}"
    return (
        str(one.row),
        one.name,
        one.username,
        office,
        one.place,
        f"{said.starts_on:%d/%m/%Y}",
        account,
    )
