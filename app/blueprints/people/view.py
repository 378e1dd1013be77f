"""One person's page: what they hold, may do and have open, and what each deed on them would touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.blueprints.account.words import browser_words, in_a_row, term
from app.blueprints.people import choices, forms
from app.blueprints.people.listing import state_words
from app.blueprints.people.rights import area_words, never, office, rights_of
from app.blueprints.people.words import ROLE_CHOICES
from app.domain import accounts, audit, checklists, clock, regions
from app.domain.accounts import Account, Held, Permission, Person, PersonRow
from app.domain.audit import AuditEntry
from app.domain.errors import NotFound
from app.web import deeds
from app.web.access import me
from app.web.context import election

HISTORY = 30


class Office(NamedTuple):
    """One appointment of the person in words, with the forms of what may be done to it here."""

    id: int
    title: str
    place: str
    facts: list[tuple[str, str]]
    is_coming: bool
    may_change: bool
    end: forms.EndForm
    extend: forms.ExtendForm | None
    """None where it has no last day, and to oneself."""
    withdraw: forms.PlainForm


class Past(NamedTuple):
    """A link of the person's history in words."""

    time: str
    who: str
    deed: str
    changes: list[tuple[str, str, str]]


@dataclass
class Failed:
    """The deed that was refused, with what was typed: its form is drawn instead of an empty one."""

    deed: str = ""
    form: forms.PlacedForm | None = None
    appointment_id: int = 0
    message: str = ""

    def form_for(self, deed: str, appointment_id: int = 0) -> Any:
        """The refused form where it was this deed's, else None."""
        return self.form if (deed, appointment_id) == (self.deed, self.appointment_id) else None


@dataclass(frozen=True)
class Touches:
    """What hangs on the person now, so that nobody is surprised by a deed."""

    sessions: int
    begun: int
    waiting: int
    signs_for: list[str] = field(default_factory=list)

    @property
    def of_sessions(self) -> str:
        """What happens to open sessions."""
        return f"{self.sessions} sesi berakhir sekarang." if self.sessions else "Tidak ada sesi yang terbuka."

    @property
    def of_work(self) -> list[str]:
        """What stays behind in the checklists and on paper; nothing where nothing does."""
        told = []
        if self.begun:
            told.append(f"{self.begun} isian menunggu orang ini; rekan di wilayahnya dapat meneruskannya.")
        if self.waiting:
            told.append(f"{self.waiting} isian di wilayahnya menunggu verifikasi.")
        if self.signs_for:
            told.append(f"Ia menandatangani laporan {in_a_row(self.signs_for)}.")
        return told


def page_of(account_id: int, failed: Failed | None = None) -> dict[str, Any]:
    """Everything that the page draws. Raises NotFound for whoever is out of this admin's reach."""
    by, failed = me(), failed or Failed()
    account = accounts.known_account(account_id, by)
    held = accounts.held_by([account_id]).get(account_id, [])
    person = accounts.as_person(account, held)
    zone = regions.zone_of(accounts.own_regions(by)[0])
    sessions = accounts.sessions_of(account_id)
    row = PersonRow(
        account.id,
        account.username,
        account.name,
        account.is_demo,
        account.is_disabled,
        account.expires_on,
        account.last_signed_in_at,
        tuple(held),
    )
    is_own = account_id == by.id
    return {
        "account": account,
        "is_own": is_own,
        "state": state_words(row, clock.today(zone)),
        "zone": zone,
        "why_not": accounts.why_not_whole(account_id, by),
        "now": [_office(each, by, is_own, failed) for each in held if each.is_in_force],
        "coming": [_office(each, by, is_own, failed) for each in held if each.is_coming],
        "past": [_office(each, by, is_own, failed) for each in reversed(held) if each.is_over],
        "rights": rights_of(person.appointments),
        "never": never(person.appointments),
        "sessions": [(session, browser_words(session.browser)) for session in sessions],
        "tries": accounts.wrong_tries(account.username),
        "touches": _touches(person, held, len(sessions)),
        "history": _history(account, by, zone),
        "roles": ROLE_CHOICES,
        "forms": _forms(account, held, by, failed),
        "failed": failed,
    }


def _signing(held: Held) -> str:
    if not held.signs:
        return ""
    manner = f", a.n. {held.on_behalf_of}" if held.on_behalf_of else ""
    between = f", u.b. {held.through}" if held.through else ""
    return f"menandatangani laporan desk ini{manner}{between}"


def _office(held: Held, by: Person, is_own: bool, failed: Failed) -> Office:
    mandate = held.mandate
    today = clock.today(regions.zone_of(mandate.region_code))
    end = failed.form_for("akhiri", mandate.id) or forms.EndForm(
        formdata=None, place=f"akhiri-{mandate.id}", data={"on": max(today, mandate.starts_on)}
    )
    extend = None
    if mandate.ends_on is not None and not is_own:
        extend = failed.form_for("perpanjang", mandate.id) or forms.ExtendForm(
            formdata=None, place=f"perpanjang-{mandate.id}"
        )
    facts = [
        ("Masa", term(mandate.starts_on, mandate.ends_on)),
        ("Dokumen", held.document or "tanpa nomor dokumen"),
        ("Jabatan", ", ".join(filter(None, [mandate.position, held.rank]))),
        ("NIP", held.employee_number),
        ("Perangkat daerah", mandate.unit_name),
        ("Bidang", area_words(mandate) or "semua bidang"),
        ("Tanda tangan", _signing(held)),
    ]
    return Office(
        id=mandate.id,
        title=office(mandate),
        place=mandate.region_name,
        facts=[(label, words) for label, words in facts if words],
        is_coming=held.is_coming,
        may_change=accounts.holds(by, mandate.region_code, mandate.unit_id, mandate.areas),
        end=end,
        extend=extend,
        withdraw=forms.PlainForm(formdata=None, place=f"batalkan-{mandate.id}"),
    )


def _touches(person: Person, held: list[Held], sessions: int) -> Touches:
    """What hangs on the person; nothing in the checklists while no election is set up."""
    signs_for = [each.mandate.region_name for each in held if each.signs and each.is_in_force]
    try:
        current = election()
    except NotFound:
        return Touches(sessions, 0, 0, signs_for)
    roots = person.reach(Permission.CHECKLIST_FILL)
    begun = checklists.left_with(person.id, current, roots) if roots else 0
    waiting = 0
    if person.may(Permission.CHECKLIST_VERIFY):
        waiting = checklists.waiting_for(person, current, limit=1)[1]
    return Touches(sessions, begun, waiting, signs_for)


def _history(account: Account, by: Person, zone: str) -> list[Past]:
    """What was done to the account and how it signed in, newest first; deeds in regions out of reach are left out."""
    roots = accounts.own_regions(by)
    found: list[AuditEntry] = [
        entry
        for name in (account.id, account.username[:40])
        for entry in audit.history_of("account", name, limit=HISTORY)
        if not entry.region_code or any(regions.contains(root, entry.region_code) for root in roots)
    ]
    newest = sorted(found, key=lambda entry: entry.seq, reverse=True)[:HISTORY]
    return [
        Past(
            deeds.time_words(entry, zone),
            entry.actor_name,
            deeds.deed_words(entry),
            deeds.change_words(entry),
        )
        for entry in newest
    ]


def _forms(account: Account, held: list[Held], by: Person, failed: Failed) -> dict[str, Any]:
    """The forms about the account itself, and the one that gives an appointment; empty but for the refused one."""
    return {
        "beri": failed.form_for("beri") or _proposal_form(by, held),
        "nama": failed.form_for("nama")
        or forms.NameForm(formdata=None, place="nama", data={"name": account.name}),
        "tutup": failed.form_for("tutup") or forms.CloseForm(formdata=None, place="tutup"),
        "masa": failed.form_for("masa")
        or forms.LimitForm(formdata=None, place="masa", data={"last_day": account.expires_on}),
    }


def _proposal_form(by: Person, held: list[Held]) -> forms.ProposalForm:
    """An empty one, from today, in the region of the last appointment, else in the admin's own."""
    given = offered(by)
    known = {code for code, _ in given["regions"]}
    places = [each.mandate.region_code for each in reversed(held)] + list(accounts.own_regions(by))
    home = next((code for code in places if code in known), places[-1])
    said = {"starts_on": clock.today(regions.zone_of(home)), "region": home}
    return forms.ProposalForm(formdata=None, place="beri", data=said, **given)


def offered(by: Person) -> dict[str, list[tuple[str, str]]]:
    """What this admin may choose from."""
    return {
        "regions": choices.regions_of(by),
        "units": choices.units_of(by),
        "areas": choices.areas_of(by),
    }
