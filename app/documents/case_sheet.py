"""The list of neutrality cases in a sheet: pseudonyms, never a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.documents.list_sheet import ListCell
from app.domain.neutrality import CaseRow

HEAD = (
    ("Nomor", 10),
    ("Wilayah", 24),
    ("Sebutan", 16),
    ("Jenis orang", 22),
    ("Pelanggaran", 44),
    ("Sumber", 20),
    ("Instansi", 34),
    ("Terjadi", 12),
    ("Diketahui", 12),
    ("Langkah", 26),
    ("Sejak", 12),
    ("Tanggal langkah diketahui", 12),
    ("Hari kerja", 8),
    ("Batas hari kerja", 8),
)
"""The columns of a sheet, with their width in signs."""


def sheet_lines(rows: Sequence[CaseRow]) -> Iterator[Sequence[ListCell]]:
    """The cases as lines below `HEAD`."""
    for row in rows:
        facts = row.facts
        yield (
            row.number,
            row.region_name,
            row.pseudonym,
            row.kind_words,
            row.breach_words,
            facts.source.label if facts else "",
            facts.agency if facts else "",
            facts.occurred_on if facts else None,
            facts.known_on if facts else None,
            row.state_words,
            row.state_since,
            "ya" if row.is_since_known else "tidak",
            row.silence.days,
            row.silence.limit or None,
        )
