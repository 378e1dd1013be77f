"""The kinds of breach: 19 shipped ones with their source (SKB of 22 September 2022, UU 10/2016, UU 6/2014)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from app import data
from app.domain.neutrality.rules import OTHER_BREACH

GROUPS = {"kode_etik": "Kode etik", "disiplin": "Disiplin", "pidana": "Pidana", "lainnya": "Lainnya"}


class Breach(NamedTuple):
    """One kind of breach with the sanction that threatens."""

    code: str
    group: str
    title: str
    sanction: str
    legal_basis: str

    @property
    def words(self) -> str:
        """For choosing from a list: "Disiplin, DS2: ..."."""
        return f"{GROUPS[self.group]}, {self.code}: {self.title}"


@lru_cache(maxsize=1)
def breaches() -> dict[str, Breach]:
    """The shipped kinds by their code, in the order of the file."""
    rows = data.rows("asn_jenis_pelanggaran.csv")
    return {
        row["code"]: Breach(row["code"], row["group"], row["title_id"], row["sanction"], row["legal_basis"])
        for row in rows
    }


def breach_title(code: str, words: str = "") -> str:
    """The kind in words; one that is none of the shipped says itself."""
    return words if code == OTHER_BREACH else breaches()[code].title
