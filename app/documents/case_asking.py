"""What a person asks of the list of neutrality cases: the filters of an address, and the paper that they may become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from app.documents.asking import slug
from app.domain import neutrality
from app.domain.accounts import Permission, Person
from app.domain.neutrality import CaseFilters, CaseState, Kind
from app.domain.regions import contains

CASES_JOB = "case_list"
"""The kind of job that prints the list of cases."""
TITLE = "Kasus netralitas"


def words_of(kind: Kind) -> str:
    """A kind for choosing from: "Kepala kampung/desa"."""
    text = kind.words()
    return text[:1].upper() + text[1:]


class Asked(NamedTuple):
    """The filters of an address as they were chosen, and what they mean; what is unknown is no filter."""

    typed: dict[str, str]
    filters: CaseFilters

    @property
    def in_words(self) -> str:
        """What was asked for, as the trail keeps it."""
        return ", ".join(f"{name} {text}" for name, text in self.typed.items() if text)


def asked(words: Mapping[str, str]) -> Asked:
    """The filters of an address, of the form that downloads what they show, or of a job."""
    typed = {name: words.get(name, "").strip()[:20] for name in ("wilayah", "jenis", "langkah", "diam")}
    if typed["jenis"] not in set(Kind):
        typed["jenis"] = ""
    if typed["langkah"] not in set(CaseState):
        typed["langkah"] = ""
    if typed["diam"] != "ya":
        typed["diam"] = ""
    filters = CaseFilters(
        typed["wilayah"],
        Kind(typed["jenis"]) if typed["jenis"] else None,
        CaseState(typed["langkah"]) if typed["langkah"] else None,
        typed["diam"] == "ya",
    )
    return Asked(typed, filters)


@dataclass(frozen=True)
class CaseAsk:
    """One printed list of cases. `region` is the desk whose letterhead it carries.

    `reach` are the tops of what the person knew of when they asked, `own` the regions whose facts they read.
    """

    said: Asked
    region: str
    reach: tuple[str, ...]
    own: tuple[str, ...]

    @classmethod
    def of(cls, said: Asked, person: Person, home: str) -> Self:
        """What this person asks for, on the paper of the chosen region's desk, else of the desk they work at."""
        reach = neutrality.roots(person)
        at_home = any(contains(root, home) for root in reach)
        region = said.filters.region or (home if at_home else reach[0])
        return cls(said, region, reach, neutrality.own_regions(person, Permission.NEUTRALITY_READ))

    def to_params(self) -> dict[str, Any]:
        """Plain values for the job's row."""
        return {
            "words": {name: text for name, text in self.said.typed.items() if text},
            "region": self.region,
            "reach": list(self.reach),
            "own": list(self.own),
            "format": "pdf",
        }

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """What `to_params` made, read again."""
        return cls(asked(params["words"]), params["region"], tuple(params["reach"]), tuple(params["own"]))

    def is_still_for(self, person: Person) -> bool:
        """Whether the person knows all that they knew when they asked: else the file is not for them any more."""
        reach = neutrality.roots(person)
        return all(any(contains(root, code) for root in reach) for code in self.reach) and set(
            self.own
        ) <= set(neutrality.own_regions(person, Permission.NEUTRALITY_READ))

    def file_name(self, region_name: str, today: dt.date) -> str:
        """netralitas-kabupaten-berau-2024-11-25.pdf: plain letters that every system can keep."""
        return f"{slug(f'netralitas {region_name}')[:100]}-{today.isoformat()}.pdf"


def filters_in_words(filters: CaseFilters) -> list[str]:
    """The filters as a reader of paper understands them; the region, which stands apart there, left out."""
    said = []
    if filters.kind:
        said.append(f"Jenis orang: {words_of(filters.kind)}")
    if filters.state:
        said.append(f"Langkah: {filters.state.label}")
    if filters.silent_only:
        said.append("Hanya yang melewati batas waktu")
    return said
