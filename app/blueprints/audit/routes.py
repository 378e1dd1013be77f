"""/jejak: the audit trail for those who check it. Reading it is not itself recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.audit.forms import Asked, asked
from app.documents.commas import Cell, csv_of
from app.domain import accounts, audit, checklists, clock, regions
from app.domain.accounts import Permission
from app.domain.audit import AuditEntry
from app.domain.checklists import SUBJECT
from app.extensions import db
from app.web import deed_words, deeds, sending
from app.web.access import current_user, requires
from app.web.paging import Page, asked_page
from app.words import angka

bp = Blueprint("audit", __name__)

PER_PAGE = 50
MOST = 20_000
"""Links in one file."""


class LinkRow(NamedTuple):
    """One link of the trail in words."""

    entry: AuditEntry
    time: str
    deed: str
    subject: str
    subject_href: str
    place: str
    changes: list[tuple[str, str, str]]

    @property
    def day(self) -> str:
        """25 Nov 2024."""
        return self.time.partition(" pukul ")[0]

    @property
    def clock(self) -> str:
        """09.00.12 WITA."""
        return self.time.partition(" pukul ")[2]

    @property
    def short_hash(self) -> str:
        """Enough of the hash to compare by eye."""
        return self.entry.hash[:10]


def _rows(entries: Sequence[AuditEntry], zone: str) -> list[LinkRow]:
    """The links in words; names of regions and checklist items are read in one statement each."""
    places = regions.names_of(entry.region_code for entry in entries if entry.region_code)
    items = checklists.names_of(
        int(entry.subject_id)
        for entry in entries
        if entry.subject_kind == SUBJECT and entry.subject_id.isdecimal() and entry.region_code
    )
    return [_row(entry, zone, places, items) for entry in entries]


def _row(entry: AuditEntry, zone: str, places: dict[str, str], items: dict[int, tuple[str, str]]) -> LinkRow:
    subject, href = deeds.subject_words(entry), ""
    if entry.subject_kind == SUBJECT and entry.subject_id.isdecimal():
        named = items.get(int(entry.subject_id))
        subject = f"{named[0]} {named[1]}" if named else subject
        if named and current_user.may(Permission.CHECKLIST_READ, region=entry.region_code):
            href = url_for("checklists.show", entry_id=int(entry.subject_id))
    return LinkRow(
        entry,
        deeds.time_words(entry, deeds.zone_for(entry) if entry.region_code else zone),
        deeds.deed_words(entry),
        subject,
        href,
        places.get(entry.region_code or "", ""),
        deeds.change_words(entry),
    )


def _scope() -> tuple[tuple[str, ...], audit.People, str]:
    """The subtrees whose trail the person may read, whose deeds go with them, and the zone to tell in."""
    roots = current_user.reach(Permission.AUDIT_READ)
    return roots, accounts.known_under(roots), regions.zone_of(roots[0])


@bp.get("/jejak")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    """The trail, newest first, narrowed by the address; the newest link that the person may read stands on top."""
    roots, people, zone = _scope()
    said = asked(request.args, roots, zone)
    number = asked_page()
    entries, total = audit.search(roots, said.filters, page=number, per_page=PER_PAGE, people=people)
    page = Page(number, max(1, -(-total // PER_PAGE)), total)
    return _page(_rows(entries, zone), page, said, roots, people)


def _page(rows: list[LinkRow], page: Page, said: Asked, roots: tuple[str, ...], people: audit.People) -> str:
    seq, digest = audit.last_readable(roots, people)
    return render_template(
        "audit/index.html",
        rows=rows,
        page=page,
        typed=said.typed,
        problems=said.problems,
        head_seq=seq,
        head_hash=digest,
        region_choices=_region_choices(roots, said.typed["wilayah"]),
        groups=deeds.GROUPS,
        kinds=deed_words.SUBJECTS,
    )


@bp.post("/jejak/unduh")
@requires(Permission.AUDIT_READ)
def download() -> ResponseReturnValue:
    """The links that the filters show as CSV; that they went out is itself on the trail (F125).

    Refuses more than MOST links (422): whoever wants the whole trail asks for it month by month.
    """
    roots, people, zone = _scope()
    said = asked(request.form, roots, zone)
    entries, total = audit.search(roots, said.filters, page=1, per_page=MOST, people=people)
    if said.problems or total > MOST:
        if total > MOST:
            sentence = (
                f"{angka(total)} catatan terlalu banyak untuk satu berkas, paling banyak {angka(MOST)}."
            )
            said.problems.append(("dari", f"{sentence} Persempit tanggalnya."))
        rows = _rows(entries[:PER_PAGE], zone)
        return _page(rows, Page(1, max(1, -(-total // PER_PAGE)), total), said, roots, people), 422
    content = csv_of(_lines(_rows(entries, zone)))
    audit.record_export(total, said.in_words, by=current_user, region=said.filters.region or roots[0])
    db.session.commit()
    day = clock.today(zone)
    return sending.download(content, f"jejak-{day}.csv", "text/csv")


HEAD = (
    "Nomor",
    "Waktu",
    "Orang",
    "Penugasan",
    "Perbuatan",
    "Tentang",
    "Wilayah",
    "Perubahan",
    "Alamat",
    "Sidik sebelumnya",
    "Sidik",
)


def _lines(rows: Sequence[LinkRow]) -> Iterator[Sequence[Cell]]:
    """The links as a spreadsheet has them, newest first; hashes whole, so that they can be compared."""
    yield HEAD
    for row in rows:
        entry = row.entry
        changes = "; ".join(f"{name}: {old} → {new}" for name, old, new in row.changes)
        yield (
            str(entry.seq),
            row.time,
            entry.actor_name,
            entry.office,
            row.deed,
            row.subject,
            row.place,
            changes,
            entry.address,
            entry.previous_hash,
            entry.hash,
        )


def _region_choices(roots: tuple[str, ...], chosen: str) -> list[tuple[str, str]]:
    """The roots with what lies right below, or below the chosen region: enough to walk down."""
    path = [
        row
        for row in regions.path_of(chosen or roots[0])
        if any(regions.contains(r, row.code) for r in roots)
    ]
    rows = [*path, *regions.children_of(path[-1].code)] if path else []
    seen = {row.code for row in rows}
    return [(row.code, row.title) for row in rows] + [
        (code, name) for code, name in regions.names_of(code for code in roots if code not in seen).items()
    ]


@bp.get("/jejak/<int:seq>")
@requires(Permission.AUDIT_READ)
def show(seq: int) -> ResponseReturnValue:
    """One link whole, with its full hashes and whether they still fit."""
    roots, people, zone = _scope()
    entry = audit.find(seq, roots, people=people)
    return render_template("audit/show.html", row=_rows([entry], zone)[0], holds=audit.holds(entry))
