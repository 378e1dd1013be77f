"""People of one name in one desk: whether two of them may be the same person, which no second account may have."""

from __future__ import annotations

from app.domain.accounts import known, namesakes
from app.domain.accounts.known import Served
from app.jobs.importers.people_rows import ReadRow

Marks = tuple[bool, bool]
"""Whether a row says a NIP, and whether it says an account name."""
ALL_MARKS: tuple[Marks, ...] = ((False, False), (False, True), (True, False), (True, True))


class Namesakes:
    """The names that were met in each desk: of who is there already, and of the rows so far.

    Rows whose NIP or whose account names are equal are somebody else's errors; here both differ.
    """

    def __init__(self, region: str) -> None:
        self.there = namesakes.Names(known.served_under(region))
        self.rows: dict[tuple[str, str], dict[Marks, int]] = {}

    def refuse(self, row: ReadRow, *, is_there: bool) -> None:
        """Refuse a row whose person may be one of those before, and remember it. `is_there`: its account was found."""
        assert row.proposal is not None  # noqa: S101  (asked for readable rows only)
        key = namesakes.key_of(row.name, row.proposal.region)
        has_number, has_account = marks = (bool(row.proposal.employee_number), bool(row.username))
        rows = self.rows.setdefault(key, {})
        like = [rows[other] for other in ALL_MARKS if other in rows and not _differ(marks, other)]
        rows.setdefault(marks, row.number)
        account = None
        if not is_there and not has_account:
            account = self.there.like(row.name, row.proposal.region, has_number=has_number)
        if account is not None:
            row.refuse("name", _account_words(account))
        elif like:
            row.refuse(
                "name",
                f"Nama yang sama sudah ada di baris {min(like)} untuk desk yang sama. Bila orangnya sama, hapus baris "
                "ini. Bila dua orang, isi NIP atau Nama akun pada kedua baris.",
            )


def _differ(one: Marks, other: Marks) -> bool:
    """Whether two rows tell their people apart: both by a NIP, or both by an account name."""
    return any(mine and its for mine, its in zip(one, other, strict=True))


def _account_words(account: Served) -> str:
    same = "isi NIP-nya" if account.has_number else f"isi Nama akun {account.username} dan kosongkan NIP"
    other = "isi NIP orang ini" if account.has_number else "isi Nama akun yang baru"
    return (
        f"{account.name} sudah mempunyai akun {account.username} di desk yang sama. Bila orangnya sama, {same}. "
        f"Bila orang lain, {other}."
    )
