"""A report while it is written: opened already filled, saved as often as one likes, by one writer at a time.

Opening reads only. What the report before said is offered and marked; it counts once somebody says that it still
holds, or changes it. The figures are those of the cut-off, live ones before it, newer ones when somebody asks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from app.domain import audit, clock
from app.domain.accounts import Permission, Person
from app.domain.errors import Invalid, NotNow
from app.domain.reports.canonical import from_text, to_text
from app.domain.reports.changes import changes_since, merged
from app.domain.reports.drafts import Before, Draft, Saved, before_of
from app.domain.reports.keeping import (
    SUBJECT,
    claim_writing,
    first_saving,
    next_saving,
    note_writer,
    overtaken_words,
    stored_draft,
)
from app.domain.reports.models import ReportDraft, ReportReading
from app.domain.reports.queries import ReportRow
from app.domain.reports.reach import mandate_in
from app.domain.reports.reading import read
from app.domain.reports.rules import (
    MOST_SENTENCE,
    MOST_TEXT,
    Grade,
    Kind,
    section_for,
    sections_of,
)
from app.domain.reports.snapshot import Change, Reading, SectionText
from app.extensions import db
from app.words import angka

NEW, CONTINUED, CHANGED = "baru", "dilanjutkan", "diubah"
"""Where a section's text comes from."""
CONDITION = "umum"
"""The section that a nil report's sentence stands in."""
OF_THE_DAY = frozenset({"tahapan", "belum_melapor"})
"""Sections whose figures say all of the day: nothing of yesterday is offered there."""


def open_draft(row: ReportRow, *, by: Person) -> tuple[Draft, Reading, int]:
    """The report as it is being written, the figures that stand in it, and the version of what was saved (0: nothing).

    Reads only. Before the cut-off the figures are live; after it those that the worker took then, or newer ones that
    somebody asked for (`reread`), or live ones where the worker was away. Refuses (NotAllowed) who may not read there.
    """
    stored = stored_draft(row.id)
    reading = _kept(row, stored) or read(row, by, clock.now())
    before = before_of(row)
    draft = _begun(row, before) if stored is None else from_text(Draft, stored.content)
    fresh = changes_since(before.snapshot.reading if before and before.snapshot else None, reading)
    draft = draft._replace(
        sections=_placed(row.kind, draft.sections, reading), changes=merged(draft.changes, fresh)
    )
    return draft, reading, 0 if stored is None else stored.version


def kept_draft(row: ReportRow) -> tuple[Draft, int]:
    """What people wrote so far, without figures and computed sentences, and its version: for saving. Reads only."""
    stored = stored_draft(row.id)
    if stored is None:
        return _begun(row, before_of(row)), 0
    draft = from_text(Draft, stored.content)
    return draft._replace(sections=_placed(row.kind, draft.sections, None)), stored.version


def saved_of(row: ReportRow) -> Saved | None:
    """Who saved the draft last; None while nobody has."""
    stored = stored_draft(row.id)
    return None if stored is None else Saved(stored.version, stored.saved_at, stored.saved_by_name)


def written(
    draft: Draft, texts: Mapping[str, str], confirmed: Collection[str], edits: Mapping[str, str]
) -> Draft:
    """The draft with what somebody typed: section -> text, the carried sections said to hold still, and the sentences
    on what changed that were edited, by their first figure; an empty one goes back to what is computed.
    """
    sections, carried = [], []
    for section in draft.sections:
        text = texts.get(section.key, section.text).strip()
        offered = section.key in draft.carried or section.origin == CONTINUED
        if text != section.text:
            origin = CHANGED if offered and text else (NEW if not text else section.origin)
            section = section._replace(text=text, origin=origin)
        elif offered and text and section.key not in confirmed:
            carried.append(section.key)
        sections.append(section)
    stored = {key_of(change): change for change in draft.changes if change.is_edited}
    for key, text in edits.items():
        stored.pop(key, None)
        if text.strip():
            stored[key] = Change(text.strip(), (key,), is_edited=True)
    return draft._replace(sections=tuple(sections), carried=tuple(carried), changes=tuple(stored.values()))


def key_of(change: Change) -> str:
    """What tells a sentence on a change from the others: its first figure."""
    return change.figures[0] if change.figures else ""


def save_draft(row: ReportRow, draft: Draft, *, by: Person, version: int) -> int:
    """Keep what was written; returns the new version. The same draft again changes nothing.

    The first saving after the cut-off keeps the figures it was written on, where the worker took none. Refuses who may
    not write there (NotAllowed), a report that was sent meanwhile or a draft that somebody else saved (NotNow), texts
    that are too long (Invalid, field `teks_<section>`).
    """
    mandate = mandate_in(by, Permission.REPORT_WRITE, row.region_code)
    check_lengths(draft)
    claim_writing(row)
    stored, content = stored_draft(row.id), to_text(_bare(draft))
    if stored is not None and stored.content == content:
        return stored.version
    told = {
        "content": content,
        "saved_at": clock.now(),
        "saved_by_id": by.id,
        "saved_by_name": by.name,
        **_figures_of_first_saving(row, stored, by),
    }
    if not (first_saving(row.id, told) if version == 0 else next_saving(row.id, told, version)):
        raise NotNow(overtaken_words(row, stored_draft(row.id)))
    note_writer(row, mandate, by)
    return version + 1


def reread(row: ReportRow, *, by: Person, version: int) -> int:
    """Take the figures as they are now into the draft; returns the new version. Refuses as `save_draft` does, and a
    draft that nobody has saved (NotNow).
    """
    mandate = mandate_in(by, Permission.REPORT_WRITE, row.region_code)
    claim_writing(row)
    now = clock.now()
    before = _kept(row, stored_draft(row.id))
    told = {"reading": to_text(read(row, by, now)), "read_at": now}
    if not next_saving(row.id, told, version):
        raise NotNow(overtaken_words(row, stored_draft(row.id)))
    audit.record(
        "report:draft:reread",
        by=by,
        subject=(SUBJECT, row.id),
        region=row.region_code,
        changes={"read_at": [before.read_at.isoformat() if before else None, now.isoformat()]},
        office=mandate.text,
    )
    return version + 1


def nil_sentence(row: ReportRow) -> str:
    """The sentence on the condition that is offered: what the report said that was returned, else the one before."""
    draft, version = kept_draft(row)
    said = draft if version and draft.is_nil else None
    before = None if said is not None else before_of(row)
    section = (said or (before.draft if before is not None else Draft())).section(CONDITION)
    return section.text if section is not None and len(section.text) <= MOST_SENTENCE else ""


def nil_draft(row: ReportRow, sentence: str, checked: tuple[str, ...]) -> Draft:
    """The nil report with its sentence and what was looked at. Raises NotNow where a full report is being written
    already: a nil one would take the place of what somebody typed.
    """
    draft, _ = kept_draft(row)
    if not draft.is_nil and any(one.text and one.origin != CONTINUED for one in draft.sections):
        raise NotNow(
            "Laporan lengkap untuk periode ini sedang ditulis. Lanjutkan laporan itu, atau kosongkan dahulu."
        )
    sections = tuple(
        one._replace(text=sentence.strip() if one.key == CONDITION else "", origin=NEW)
        for one in draft.sections
    )
    return Draft(sections=sections, is_nil=True, nil_checked=checked)


def check_lengths(draft: Draft) -> None:
    """Refuse (Invalid) texts longer than their section takes, each at its field."""
    wrong = {
        f"teks_{one.key}": f"Paling banyak {angka(MOST_TEXT)} huruf; sekarang {angka(len(one.text))}. Ringkas teksnya."
        for one in draft.sections
        if len(one.text) > MOST_TEXT
    }
    if len(draft.grade_reason) > MOST_SENTENCE:
        wrong["alasan_keadaan"] = f"Paling banyak {angka(MOST_SENTENCE)} huruf. Ringkas alasannya."
    if any(len(one.text) > MOST_SENTENCE for one in draft.changes) or any(
        len(reason) > MOST_SENTENCE for _, reason in draft.reasons
    ):
        wrong[""] = (
            f"Kalimat perubahan dan alasan paling banyak {angka(MOST_SENTENCE)} huruf. Ringkas kalimatnya."
        )
    if wrong:
        raise Invalid("Ada teks yang terlalu panjang.", **wrong)


def _kept(row: ReportRow, stored: ReportDraft | None) -> Reading | None:
    """The reading that the draft stands on: its own, else that of the cut-off; None while the figures are live."""
    if stored is not None and stored.read_at is not None:
        return from_text(Reading, stored.reading)
    taken = db.session.scalar(select(ReportReading.reading).where(ReportReading.report_id == row.id))
    return None if taken is None else from_text(Reading, taken)


def _figures_of_first_saving(row: ReportRow, stored: ReportDraft | None, by: Person) -> dict[str, object]:
    now = clock.now()
    if now < row.cut_off_at or _kept(row, stored) is not None:
        return {} if stored is not None else {"reading": "", "read_at": None}
    return {"reading": to_text(read(row, by, now)), "read_at": now}


def _begun(row: ReportRow, before: Before | None) -> Draft:
    """A report that nobody has written in: what the one before said is offered, to be confirmed or changed."""
    said = {} if before is None else {one.key: one.text for one in before.draft.sections if one.text}
    sections, carried = [], []
    for section in sections_of(row.kind):
        offered = "" if section.key in OF_THE_DAY else said.get(section.key, "")
        origin = CONTINUED if offered else NEW
        sections.append(SectionText(section.key, section.title, offered, origin))
        if offered:
            carried.append(section.key)
    grade = Grade.SAFE.value if before is None else before.draft.grade
    reason = "" if before is None else before.draft.grade_reason
    return Draft(grade, reason, tuple(sections), tuple(carried))


def _placed(
    kind: Kind, sections: tuple[SectionText, ...], reading: Reading | None
) -> tuple[SectionText, ...]:
    """Every section of the kind, each with the figures that stand in it."""
    figures: dict[str, list[str]] = {}
    for fact in reading.figures if reading is not None else ():
        figures.setdefault(section_for(kind, fact.key, fact.area), []).append(fact.key)
    said = {one.key: one for one in sections}
    return tuple(
        said.get(one.key, SectionText(one.key, one.title))._replace(
            title=one.title, figures=tuple(figures.get(one.key, ()))
        )
        for one in sections_of(kind)
    )


def _bare(draft: Draft) -> Draft:
    """What is worth keeping: what people wrote; figures and computed sentences come with the reading."""
    return draft._replace(
        sections=tuple(one._replace(figures=()) for one in draft.sections),
        changes=tuple(one for one in draft.changes if one.is_edited),
        reasons=tuple((rule, reason) for rule, reason in draft.reasons if reason.strip()),
    )
