"""What the people sheet will do: its rows compared with each other and with who is there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents.tables import RowError, SheetRow
from app.domain import clock, regions
from app.domain.accounts import Person, Proposal, Standing, known
from app.domain.accounts.known import Days, KnownAccount, KnownAppointment
from app.domain.accounts.namesakes import called, folded
from app.jobs.importers import people_rows
from app.jobs.importers.people_namesakes import Namesakes
from app.jobs.importers.people_rows import ReadRow, Scope


@dataclass(frozen=True)
class Planned:
    """What a row will do: an appointment, for the account `account_id` or (None) for a new one."""

    row: int
    name: str
    username: str
    account_id: int | None
    proposal: Proposal
    place: str


class Planner:
    """Compares the rows with each other and with who is there."""

    def __init__(self, rows: Sequence[SheetRow], by: Person, region: str) -> None:
        scope = Scope.of(by, region, {row.values["region"] for row in rows if row.values["region"]})
        self.by, self.region, self.scope = by, region, scope
        self.rows = [people_rows.read(row, scope) for row in rows]
        self.sheet = rows
        said = [row.proposal for row in self.rows if row.proposal is not None]
        self.accounts = known.known_accounts(
            {row.username for row in self.rows if row.username},
            {one.employee_number for one in said if one.employee_number},
        )
        self.by_name = {account.username: account for account in self.accounts}
        self.by_number: dict[str, list[KnownAccount]] = {}
        for account in self.accounts:
            for number in account.numbers:
                self.by_number.setdefault(number, []).append(account)
        signing = known.definitive_signatories({one.region for one in said if one.signs})
        self.signing: dict[str, list[tuple[str, Days]]] = {}
        for one in signing:
            self.signing.setdefault(one.region_code, []).append((one.name, (one.starts_on, one.ends_on)))

    def plan(self) -> tuple[list[Planned], list[RowError]]:
        """What each row will do, in their order, and everything that is wrong."""
        found = {row.number: self._account_for(row) for row in self.rows if row.proposal is not None}
        self._refuse_twice(found)
        self._refuse_namesakes(found)
        for row in self.rows:
            if row.proposal is not None:
                self._refuse_second_signatory(row, row.proposal)
        errors = [error for row in self.rows for error in row.errors]
        if errors or any(row.proposal is None for row in self.rows):
            return [], errors  # of an empty cell none: the sheet's own check tells it
        return list(self._planned(found)), []

    def _planned(self, found: dict[int, KnownAccount | None]) -> Iterator[Planned]:
        taken = known.all_usernames() | {row.username for row in self.rows}
        for row in self.rows:
            assert row.proposal is not None  # noqa: S101  (no errors)
            place, account = self.scope.regions[row.proposal.region], found[row.number]
            username = account.username if account else row.username
            if not username:
                username = known.username_for(row.name, _short(place.name), taken)
                taken.add(username)
            yield Planned(
                row.number, row.name, username, account.id if account else None, row.proposal, place.title
            )

    # --- One row and who is there ---

    def _account_for(self, row: ReadRow) -> KnownAccount | None:
        """The account that this row means, None for a new one."""
        assert row.proposal is not None  # noqa: S101  (asked for readable rows only)
        number = row.proposal.employee_number
        named = self.by_name.get(row.username)
        numbered = self.by_number.get(number, []) if number else []
        account = named or (numbered[0] if len(numbered) == 1 else None)
        if account is None:
            if numbered:
                row.refuse("number", "NIP ini tercatat pada beberapa akun. Isi Nama akun yang dimaksud.")
            return None
        if folded(account.name) != folded(row.name) or not self._is_sure(account, number):
            self._refuse_other(row, account, named is not None)
        elif row.username and row.username != account.username:
            row.refuse(
                "username",
                f"Orang ini sudah mempunyai {called(account, (self.region,))}. Kosongkan Nama akun.",
            )
        elif account.id == self.by.id:
            row.refuse(
                "", "Tidak ada orang yang memberi penugasannya sendiri. Hapus barisnya; minta admin lain."
            )
        elif account.is_disabled or (account.expires_on and account.expires_on < self._today()):
            row.refuse("username", "Akun orang ini sudah ditutup. Buka kembali dahulu di halaman Orang.")
        else:
            self._refuse_again(row, account, row.proposal)
        return account

    def _refuse_other(self, row: ReadRow, account: KnownAccount, by_name: bool) -> None:
        """Somebody with that account name or number is there, and it is not sure that it is the same person."""
        if by_name:
            row.refuse(
                "username",
                "Nama akun ini sudah dipakai. Pakai yang lain; bila orangnya sama, samakan Nama dan NIP-nya.",
            )
        else:
            row.refuse(
                "number", f"NIP ini sudah tercatat pada {called(account, (self.region,))} dengan nama lain."
            )

    def _is_sure(self, account: KnownAccount, number: str) -> bool:
        """Whether the account is this person's, once the names agree: by the NIP, or, where neither says one, by
        the account name that was written, as long as it serves here; account names elsewhere are easily guessed.
        """
        if number or account.numbers:
            return number in account.numbers
        return account.serves_in((self.region,))

    def _refuse_again(self, row: ReadRow, account: KnownAccount, said: Proposal) -> None:
        wanted = KnownAppointment(
            said.role, said.region, said.unit_code, frozenset(said.areas), said.starts_on, said.ends_on
        )
        if any(held.is_met_by(wanted) for held in account.appointments):
            row.refuse(
                "starts_on",
                f"Orang ini sudah {said.role.label} di wilayah itu pada tanggal tersebut. Hapus barisnya, "
                "atau ubah tanggalnya.",
            )

    def _refuse_second_signatory(self, row: ReadRow, said: Proposal) -> None:
        if not said.signs or said.standing is not Standing.DEFINITIVE or said.on_behalf_of:
            return
        term = (said.starts_on, said.ends_on)
        signing = self.signing.setdefault(said.region, [])
        rival = next((name for name, days in signing if known.overlap(days, term)), None)
        if rival is not None:
            row.refuse(
                "signs",
                f"{rival} sudah menandatangani sebagai pejabat definitif di wilayah itu. Isi Tidak, atau pilih Plt., "
                "Plh., Pj., Pjs., atau a.n.",
            )
        signing.append((row.name, term))

    def _today(self) -> dt.date:
        return clock.today(regions.zone_of(self.region))

    # --- One row and the others ---

    def _refuse_twice(self, found: dict[int, KnownAccount | None]) -> None:
        """The same person in two rows: by NIP, by account name, or row for row."""
        first: dict[tuple[str, object], int] = {}
        for row, sheet in zip(self.rows, self.sheet, strict=True):
            number = row.proposal.employee_number if row.proposal else ""
            account = found.get(row.number)
            marks: list[tuple[str, object, str]] = [
                ("number", number, f"NIP {number}"),
                ("username", account.username if account else row.username, "Orang atau nama akun ini"),
                ("", tuple(sheet.values.values()), "Isi yang persis sama"),
            ]
            for column, value, words in marks:
                before = first.setdefault((column, value), row.number) if value else row.number
                if before != row.number:
                    row.refuse(column, f"{words} sudah ada di baris {before}. Satu orang satu baris.")
                    break

    def _refuse_namesakes(self, found: dict[int, KnownAccount | None]) -> None:
        """A second account for somebody who is there, or who stands in another row; rows told before are left out."""
        names = Namesakes(self.region)
        for row in self.rows:
            if row.proposal is not None and not row.errors:
                names.refuse(row, is_there=found[row.number] is not None)


def _short(place: str) -> str:
    return place.removeprefix("Kabupaten ").removeprefix("Kota ")
