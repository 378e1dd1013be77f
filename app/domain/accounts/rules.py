"""Roles, permissions and what an appointment gives.

Rights come from appointments in force, never from the account.

Whoever administers does not thereby verify, and whoever verifies does not thereby fill (product.md, F13,
F14).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain import clock
from app.domain.errors import NotAllowed
from app.domain.regions import contains, zone_of
from app.words import tanggal_pendek


class Permission(StrEnum):
    """One named right, `room:action`."""

    CHECKLIST_READ = "checklist:read"
    CHECKLIST_DISCUSS = "checklist:discuss"
    CHECKLIST_FILL = "checklist:fill"
    CHECKLIST_VERIFY = "checklist:verify"
    EVIDENCE_READ = "evidence:read"
    EVIDENCE_ATTACH = "evidence:attach"
    REPORT_EXPORT = "report:export"
    REGION_READ = "region:read"
    REGION_MANAGE = "region:manage"
    CALENDAR_READ = "calendar:read"
    CALENDAR_MANAGE = "calendar:manage"
    LIBRARY_MANAGE = "library:manage"
    PEOPLE_MANAGE = "people:manage"
    AUDIT_READ = "audit:read"
    NEUTRALITY_READ = "neutrality:read"
    NEUTRALITY_HANDLE = "neutrality:handle"
    NEUTRALITY_REVEAL = "neutrality:reveal"
    NEUTRALITY_JUDGE = "neutrality:judge"
    REGISTER_READ = "register:read"
    REGISTER_RECORD = "register:record"
    REGISTER_JUDGE = "register:judge"
    REGISTER_RESTRICTED = "register:restricted"
    REPORT_READ = "report:read"
    REPORT_WRITE = "report:write"
    REPORT_VERIFY = "report:verify"
    REPORT_ENDORSE = "report:endorse"
    REPORT_ARRANGE = "report:arrange"


class Role(StrEnum):
    """What a person is appointed to be."""

    OPERATOR = "operator"
    SUPERVISOR = "penyelia"
    LEADER = "pimpinan"
    INSPECTOR = "inspektorat"
    ADMIN = "admin"
    OBSERVER = "pengamat"

    @property
    def label(self) -> str:
        """The role in words for people."""
        return {
            "operator": "Operator",
            "penyelia": "Penyelia",
            "pimpinan": "Pimpinan",
            "inspektorat": "Inspektorat",
            "admin": "Admin",
            "pengamat": "Pengamat",
        }[self.value]


_P = Permission
_READING = frozenset({_P.CHECKLIST_READ, _P.REGION_READ, _P.CALENDAR_READ, _P.EVIDENCE_READ})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: _READING
    | {_P.CHECKLIST_DISCUSS, _P.CHECKLIST_FILL, _P.EVIDENCE_ATTACH, _P.REPORT_EXPORT}
    | {_P.NEUTRALITY_READ, _P.NEUTRALITY_HANDLE, _P.NEUTRALITY_REVEAL}
    | {_P.REGISTER_READ, _P.REGISTER_RECORD}
    | {_P.REPORT_READ, _P.REPORT_WRITE},
    Role.SUPERVISOR: _READING
    | {_P.CHECKLIST_DISCUSS, _P.CHECKLIST_VERIFY, _P.REPORT_EXPORT}
    | {_P.NEUTRALITY_READ, _P.NEUTRALITY_REVEAL, _P.NEUTRALITY_JUDGE}
    | {_P.REGISTER_READ, _P.REGISTER_JUDGE, _P.REGISTER_RESTRICTED}
    | {_P.REPORT_READ, _P.REPORT_VERIFY},
    Role.LEADER: _READING
    | {_P.CHECKLIST_DISCUSS, _P.REPORT_EXPORT, _P.NEUTRALITY_READ}
    | {_P.REGISTER_READ, _P.REGISTER_RESTRICTED}
    | {_P.REPORT_READ, _P.REPORT_ENDORSE},
    Role.INSPECTOR: _READING
    | {_P.CHECKLIST_DISCUSS, _P.REPORT_EXPORT, _P.AUDIT_READ, _P.NEUTRALITY_READ}
    | {_P.REGISTER_READ, _P.REGISTER_RESTRICTED}
    | {_P.REPORT_READ},
    Role.ADMIN: frozenset(
        {
            _P.CHECKLIST_READ,
            _P.REGION_READ,
            _P.CALENDAR_READ,
            _P.REGION_MANAGE,
            _P.CALENDAR_MANAGE,
            _P.LIBRARY_MANAGE,
            _P.PEOPLE_MANAGE,
            _P.AUDIT_READ,
            _P.REPORT_ARRANGE,
        }
    ),
    Role.OBSERVER: frozenset({_P.CHECKLIST_READ, _P.REGION_READ, _P.CALENDAR_READ}),
}


def roles_named(text: str) -> frozenset[Role]:
    """The roles of a list divided by commas. Raises ValueError for a word that is none."""
    words = {word.strip() for word in text.split(",")} - {""}
    unknown = words - {role.value for role in Role}
    if unknown:
        raise ValueError(f"Peran {', '.join(sorted(unknown))} tidak ada; pilih dari {', '.join(Role)}.")
    return frozenset(map(Role, words))


class Standing(StrEnum):
    """How the office is held; printed before the position in signature blocks (seed 001: Pj., Pjs.)."""

    DEFINITIVE = "definitif"
    PLT = "Plt."
    PLH = "Plh."
    PJ = "Pj."
    PJS = "Pjs."


class Mandate(NamedTuple):
    """One appointment as the rights see it: role x region x unit x areas, from a day to a day."""

    id: int
    role: Role
    region_code: str
    region_name: str
    unit_id: int | None
    unit_name: str
    areas: frozenset[str]
    """Areas of work; empty means all."""
    standing: Standing
    position: str
    starts_on: dt.date
    ends_on: dt.date | None

    def is_in_force(self, on: dt.date) -> bool:
        """Both days count: who serves until Monday may still act on Monday."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def gives(
        self,
        permission: Permission,
        region: str | None = None,
        area: str | None = None,
        unit: int | None = None,
    ) -> bool:
        """Whether this appointment allows it there; `unit` None means
        that the matter belongs to no one unit.
        """
        return permission in PERMISSIONS[self.role] and self.covers(region, area, unit)

    def covers(self, region: str | None, area: str | None, unit: int | None) -> bool:
        """Whether the matter lies within this appointment, whatever it allows there."""
        return (
            (region is None or contains(self.region_code, region))
            and (area is None or not self.areas or area in self.areas)
            and (self.unit_id is None or unit is None or self.unit_id == unit)
        )

    @property
    def text(self) -> str:
        """For lists and the audit trail: "Plt. Penyelia, Kabupaten Berau (Kesbangpol)"."""
        office = (
            self.role.label if self.standing is Standing.DEFINITIVE else f"{self.standing} {self.role.label}"
        )
        return f"{office}, {self.region_name}" + (f" ({self.unit_name})" if self.unit_name else "")


@dataclass(frozen=True)
class Person:
    """Who is signed in: the account with its appointments in force today.

    Flask-Login's user and every `by=`.
    """

    id: int
    username: str
    name: str
    session_id: int
    must_change_password: bool
    appointments: tuple[Mandate, ...]
    has_second_factor: bool = False

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Always: a disabled account or an ended session is never loaded."""
        return True

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the login session, so that revoking it signs out."""
        return str(self.session_id)

    def may(
        self,
        permission: Permission,
        *,
        region: str | None = None,
        area: str | None = None,
        unit: int | None = None,
    ) -> bool:
        """Whether some appointment in force gives the permission for that region, area of work and unit."""
        return any(mandate.gives(permission, region, area, unit) for mandate in self.appointments)

    def require(
        self,
        permission: Permission,
        *,
        region: str | None = None,
        area: str | None = None,
        unit: int | None = None,
    ) -> None:
        """Raise NotAllowed unless `may()`."""
        if not self.may(permission, region=region, area=area, unit=unit):
            raise NotAllowed(
                "Penugasan Anda tidak mencakup tindakan ini di sini. "
                "Hubungi admin desk bila seharusnya mencakup."
            )

    def permissions(
        self, *, region: str | None = None, area: str | None = None, unit: int | None = None
    ) -> frozenset[Permission]:
        """All permissions held there, for drawing the open verbs."""
        held = [PERMISSIONS[m.role] for m in self.appointments if m.covers(region, area, unit)]
        return held[0] if len(held) == 1 else frozenset().union(*held)

    def reach(self, permission: Permission) -> tuple[str, ...]:
        """The roots of the subtrees where the permission holds for at least some matter, widest first."""
        roots: list[str] = []
        for code in sorted(
            {m.region_code for m in self.appointments if permission in PERMISSIONS[m.role]}, key=len
        ):
            if not any(contains(root, code) for root in roots):
                roots.append(code)
        return tuple(roots)

    def mandate_for(
        self, permission: Permission, *, region: str, area: str | None = None, unit: int | None = None
    ) -> Mandate:
        """The appointment under which a deed is done, the nearest one first. Raises NotAllowed."""
        self.require(permission, region=region, area=area, unit=unit)
        fitting = [m for m in self.appointments if m.gives(permission, region, area, unit)]
        return max(fitting, key=lambda mandate: len(mandate.region_code))

    @property
    def home(self) -> Mandate | None:
        """The appointment whose desk the person sees first: the widest region, then the oldest."""
        return min(self.appointments, key=lambda m: (len(m.region_code), m.id), default=None)


class AccountOver(NotAllowed):
    """The account's last day has passed: whoever knows its password is told so, and comes no further."""


def require_open(expires_on: dt.date | None, region_codes: Iterable[str]) -> None:
    """Raise AccountOver after the account's last day, as the calendar of its widest region tells the day.

    An account that was never appointed anywhere goes by the capital's.
    """
    if expires_on is None:
        return
    home = min(region_codes, key=lambda code: (len(code), code), default="31")
    if clock.today(zone_of(home)) > expires_on:
        day = tanggal_pendek(expires_on)
        raise AccountOver(
            f"Masa berlaku akun Anda habis pada {day}. Hubungi admin desk bila masih diperlukan."
        )
