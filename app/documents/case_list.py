"""The list of neutrality cases on paper: pseudonyms, never a name."""

from __future__ import annotations

from app.documents.case_asking import TITLE, CaseAsk, filters_in_words
from app.documents.list_frame import frame_of
from app.documents.list_layout import Wanted, placed
from app.documents.list_snapshot import RegisterList
from app.documents.register_asking import MOST_IN_PDF, refuse_too_many
from app.domain import neutrality
from app.domain.accounts import Person
from app.domain.errors import NotAllowed
from app.domain.neutrality import CaseRow
from app.extensions import one_moment
from app.words import tanggal_pendek

KNOWN = (
    Wanted("Nomor", 17.0),
    Wanted("Wilayah", 25.0, 1),
    Wanted("Sebutan", 27.0),
    Wanted("Jenis orang", 27.0),
)
"""What everybody who reads the list knows of a case, with the millimetres that it needs on paper."""
FACTS = (
    Wanted("Pelanggaran", 31.0, 4),
    Wanted("Sumber", 22.0, 1),
    Wanted("Instansi", 25.0, 2),
    Wanted("Terjadi", 21.0),
    Wanted("Diketahui", 21.0),
)
"""What only those read who are appointed where the case is."""
STANDS = Wanted("Langkah", 30.0, 1)


def build_case_list(person: Person, ask: CaseAsk) -> RegisterList:
    """The list as this person may read it now: its order and its counts are the page's.

    Ends the session's transaction. Raises NotAllowed for who no longer reads cases, NotFound for a region out of
    reach, Invalid where it has become too long for paper.
    """
    filters = ask.said.filters
    roots = neutrality.roots(person)
    if not roots:
        raise NotAllowed("Penugasan Anda tidak lagi mencakup kasus netralitas. Hubungi admin desk.")
    with one_moment():
        found = neutrality.listed(person, filters, page=1, per_page=MOST_IN_PDF)
        refuse_too_many(found.total, "kasus")
        covered = [filters.region] if filters.region else roots
        frame = frame_of(ask.region, covered, tuple(filters_in_words(filters)), by=person)
    has_facts = any(row.facts for row in found.rows)
    columns, is_wide = placed((*KNOWN, *(FACTS if has_facts else ()), STANDS), frame.paper)
    return RegisterList(
        **frame._asdict(),
        title=TITLE,
        columns=columns,
        rows=tuple(_cells(row, has_facts) for row in found.rows),
        sums=tuple((words, str(number)) for words, number in found.counts),
        is_wide=is_wide,
    )


def _cells(row: CaseRow, has_facts: bool) -> tuple[str, ...]:
    known = (row.number, row.region_name, row.pseudonym, row.kind_words)
    facts = row.facts
    if facts is None:
        return (*known, *([""] * len(FACTS) if has_facts else ()), _standing(row))
    occurred = tanggal_pendek(facts.occurred_on) if facts.occurred_on else ""
    told = (row.breach_words, facts.source.label, facts.agency, occurred, tanggal_pendek(facts.known_on))
    return (*known, *told, _standing(row))


def _standing(row: CaseRow) -> str:
    unknown = "" if row.is_since_known else " (tanggal pasti tidak diketahui)"
    said = f"{row.state_words}\nsejak {tanggal_pendek(row.state_since)}{unknown}"
    limit = f", batas {row.silence.limit}" if row.silence.limit else ""
    return f"{said}\n{row.silence.days} hari kerja{limit}" if row.silence.days else said
