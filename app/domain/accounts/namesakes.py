"""One person, one account: whether somebody who is to come is there already, by the NIP or by the name in a desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.domain import regions
from app.domain.accounts import known
from app.domain.accounts.known import KnownAccount, Served
from app.domain.errors import Invalid


class Names:
    """Whose each name is, desk by desk."""

    def __init__(self, served: Iterable[Served]) -> None:
        self._accounts: dict[tuple[str, str], dict[str, Served]] = {}
        for one in served:
            accounts = self._accounts.setdefault(key_of(one.name, one.region_code), {})
            if one.has_number or one.username not in accounts:
                accounts[one.username] = one

    def like(self, name: str, region: str, *, has_number: bool) -> Served | None:
        """An account of this name in the region's desk that may be the same person's: not both have said a NIP.
        Whose NIP is the same is found by the NIP.
        """
        accounts = self._accounts.get(key_of(name, region), {}).values()
        return next((one for one in accounts if not (has_number and one.has_number)), None)


def key_of(name: str, region: str) -> tuple[str, str]:
    """By what namesakes are found: the kabupaten/kota whose desk it is (a province is its own), the name folded."""
    return regions.kabkota_of(region), folded(name)


def folded(name: str) -> str:
    """A name as it is compared: blanks and capitals do not count."""
    return " ".join(name.split()).casefold()


def called(account: KnownAccount, roots: Collection[str] | None) -> str:
    """The account by name, for whoever administers a place where it is known; None: everywhere."""
    if roots is None or account.serves_in(roots):
        return f"akun {account.username}"
    return "akun lain"


def check_number_is_free(
    number: str, *, but: int | None = None, roots: Collection[str] | None = None
) -> None:
    """Refuse (Invalid) a NIP that was said on another account than `but`; it is named where it served in `roots`
    (None: always). One without a NIP passes.
    """
    if not number:
        return
    others = [account for account in known.known_accounts((), {number}) if account.id != but]
    if others:
        raise Invalid(
            "NIP ini milik akun lain.",
            employee_number=f"NIP ini sudah tercatat pada {called(others[0], roots)}. Satu orang satu akun: beri "
            "penugasan pada akun itu, atau periksa NIP-nya.",
        )


def namesake_in_desk(name: str, region: str, *, has_number: bool, but: str = "") -> Served | None:
    """Who of this name is or was appointed in the region's desk and may be the same person, other than the account
    `but`. One statement.
    """
    there = known.served_under(regions.kabkota_of(region))
    return Names(one for one in there if one.username != but).like(name, region, has_number=has_number)


def check_no_namesake(name: str, region: str, *, has_number: bool, roots: Collection[str]) -> None:
    """Refuse (Invalid) a name that somebody in the region's desk has already, unless two NIPs tell them apart."""
    there = namesake_in_desk(name, region, has_number=has_number)
    if there is None:
        return
    account = next(iter(known.known_accounts({there.username}, ())))
    apart = "isi NIP-nya atau centang ini" if there.has_number else "centang ini"
    raise Invalid(
        "Nama yang sama sudah ada di desk ini.",
        is_other=f"{there.name} sudah mempunyai {called(account, roots)} di desk yang sama. Bila orangnya sama, beri "
        f"penugasan pada akun itu. Bila orang lain, {apart}.",
    )


def anybody_called(name: str) -> str:
    """The name of an account whose person is called so, wherever they serve; "" where there is none."""
    wanted = folded(name)
    return next((username for username, other in known.all_names() if folded(other) == wanted), "")
