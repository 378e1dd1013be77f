"""What a report's paper wears, as it is in force on the report's date: letterhead, number, copies, signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.documents import office
from app.documents.wording import lines_of
from app.domain.regions import RegionRow
from app.domain.reports import Dress
from app.words import tanggal_panjang

"""Signed for somebody else: the superior stands in the first line."""


def dress_of(path: Sequence[RegionRow], day: dt.date, *, number: str = "") -> Dress:
    """The dress of a report of the last region of `path` (province first) on that day. Three statements.

    `number` is what `letterheads.take_number` gave in the transaction that sends the report, or what was typed; empty
    is left to be written by hand. Where nobody is appointed to sign, the mode is empty and the paper says so.
    """
    region = path[-1]
    worn = office.stationery_of(path)
    head, said = worn.letterhead, worn.reference
    dress = Dress(
        lines=tuple((line.text, line.size, line.bold) for line in head.lines),
        address=tuple(head.address_lines),
        logo_sha256=head.logo_sha256,
        number=number,
        classification=said.classification if said else "",
        attachment=said.attachment if said else "",
        subject=said.subject if said else "",
        copies=worn.copies,
        paper=worn.paper,
        place=office.usual_place(region),
        date_text=tanggal_panjang(day),
    )
    signs = office.signature_of(region.code, day)
    if signs is None:
        return dress
    return dress._replace(
        signature_mode=signs.mode,
        signature_position=signs.position,
        signature_superior=signs.superior_position or "",
        signature_name=signs.name,
        signature_rank=signs.rank or "",
        signature_nip=signs.nip or "",
    )


def position_lines(dress: Dress) -> tuple[str, ...]:
    """The lines above the space for the signature: "a.n. GUBERNUR ... / Sekretaris Daerah,", "Plh. Bupati,"."""
    return lines_of(dress.signature_mode, dress.signature_superior, dress.signature_position)
