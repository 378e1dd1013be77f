"""What the Kemendagri code itself tells: level, parent, ancestors, time zone.

Source: Permendagri 58/2021, code grammar.

Codes are PP.KK.CC.VVVV, so widths are fixed: 2 province, 5 kabupaten/kota, 8 kecamatan, 13 kelurahan/desa.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, or_

WIDTHS = {2: "provinsi", 5: "kabkota", 8: "kecamatan", 13: "keldes"}


class Level(StrEnum):
    """The four levels that have a desk or report to one."""

    PROVINCE = "provinsi"
    REGENCY = "kabkota"
    DISTRICT = "kecamatan"
    VILLAGE = "keldes"

    @property
    def label(self) -> str:
        """The level in words for people."""
        return {
            "provinsi": "Provinsi",
            "kabkota": "Kabupaten/kota",
            "kecamatan": "Kecamatan",
            "keldes": "Kelurahan/desa",
        }[self.value]


# Keputusan Presiden 41/1987 as the provinces stand today; everything not named here is WIB.
CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def level_of(code: str) -> Level:
    """The level that a code's length means; raises ValueError for a length no code has."""
    try:
        return Level(WIDTHS[len(code)])
    except KeyError:
        raise ValueError(f"bukan kode wilayah: {code!r}") from None


def parent_of(code: str) -> str | None:
    """The code one level up, None for a province."""
    return code.rsplit(".", 1)[0] if "." in code else None


def ancestors(code: str) -> tuple[str, ...]:
    """From the province down to the code itself."""
    return tuple(code[:width] for width in WIDTHS if width <= len(code))


def province_of(code: str) -> str:
    """The province's code."""
    return code[:2]


def kabkota_of(code: str) -> str:
    """The kabupaten/kota that counts this region; a province counts itself."""
    return code[:5]


def district_of(code: str) -> str | None:
    """The kecamatan that a code lies in or is; None above that level."""
    path = ancestors(code)
    return path[2] if len(path) > 2 else None


def zone_of(code: str) -> str:
    """The IANA zone of a region, by its province."""
    province = province_of(code)
    if province in CENTRAL:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province in EASTERN else "Asia/Jakarta"


def contains(root: str, code: str) -> bool:
    """Whether `code` is `root` or lies below it."""
    return code == root or code.startswith(root + ".")


def subtree(column: Any, *roots: str) -> ColumnElement[bool]:
    """SQL condition: the column's code is one of the roots or below one; nothing for no roots.

    Each root is one index range ('.' sorts right before '/'), so a subtree costs what it holds, not what
    exists. Of several roots SQLite takes no range, only all there is: from the first to the last of them is one.
    """
    below = or_(False, *(and_(column >= root, column < f"{root}/") for root in roots))
    if len(roots) < 2:
        return below
    return and_(column >= min(roots), column < max(f"{root}/" for root in roots), below)


def below_given(column: Any, number: int) -> ColumnElement[bool]:
    """`subtree` of so many roots that `given` names later, for a statement that is translated once."""
    below = or_(
        False, *(and_(column >= bindparam(f"low{n}"), column < bindparam(f"high{n}")) for n in range(number))
    )
    return below if number < 2 else and_(column >= bindparam("lowest"), column < bindparam("highest"), below)


def one_given(column: Any, number: int) -> ColumnElement[bool]:
    """SQL condition of such a statement: the column is one of so many codes that `given` names later; none of none."""
    there: ColumnElement[bool] = column.in_([bindparam(f"low{n}") for n in range(number)])
    return there if number else false()


def given(codes: Sequence[str]) -> dict[str, str]:
    """The codes as `below_given` and `one_given` ask for them."""
    lows = {f"low{n}": code for n, code in enumerate(codes)}
    highs = {f"high{n}": f"{code}/" for n, code in enumerate(codes)}
    return (
        lows | highs | {"lowest": min(lows.values(), default=""), "highest": max(highs.values(), default="")}
    )
