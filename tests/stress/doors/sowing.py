"""What lies in Berau: at least one of everything, with words that stand nowhere else, so that a leak is seen."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from app.cli.demo.papers import paper, photo
from app.documents.dress import dress_of
from app.domain import checklists, clock, evidence, neutrality, regions, registers, reports, stages
from app.domain.accounts import Permission, Person
from app.domain.all_registers import REGISTERS
from app.domain.checklists import Filling
from app.domain.errors import Refusal
from app.domain.neutrality import CaseSaid, Kind, Source
from app.domain.registers import Column, Form, Register
from app.extensions import db
from tests.stress.doors.guests import OWN

TODAY = dt.date(2024, 11, 25)
CODE = re.compile(r"kode([a-z]+)ke\d+berau")
NEEDED = {
    "kasus": Permission.NEUTRALITY_READ,
    "catatan": Permission.REGISTER_READ,
    "isian": Permission.CHECKLIST_READ,
    "berkas": Permission.EVIDENCE_READ,
    "laporan": Permission.REPORT_READ,
}
"""What a word of each kind may be read with, in Berau."""
ON_THE_TRAIL = frozenset({"isian", "berkas", "laporan"})
"""What the trail repeats to those who may read it; of cases and records it tells no words."""
PLAIN: dict[Form, Any] = {
    Form.COUNT: 1,
    Form.MONEY: 1_000_000,
    Form.DECIMAL: Decimal("1.5"),
    Form.DAY: TODAY,
    Form.CLOCK: "09.00",
    Form.TICK: False,
}


def word(kind: str, turn: int) -> str:
    """A text of Berau that is of this kind. `Kenari` is in all of them, for searching."""
    return f"Kenari kode{kind}ke{turn}berau"


def found_in(text: str) -> set[str]:
    """The kinds of Berau's words that stand in a text."""
    return set(CODE.findall(text))


def leaked(text: str, reader: Person | None) -> set[str]:
    """The kinds that stand in a text and that its reader may not read in Berau."""
    if reader is None:
        return found_in(text)
    trail = ON_THE_TRAIL if reader.may(Permission.AUDIT_READ, region=OWN) else frozenset()
    return {kind for kind in found_in(text) - trail if not reader.may(NEEDED[kind], region=OWN)}


def sow(writer: Person, turn: int) -> list[str]:
    """One of everything more in Berau, written by its operator; the keys of the registers that took a record."""
    neutrality.record(
        OWN,
        Kind.PNS,
        CaseSaid(
            agency=word("kasus", turn),
            breach="lain",
            breach_words=word("kasus", turn),
            source=Source.UNKNOWN,
            known_on=TODAY,
            account=word("kasus", turn),
            occurred_note=word("kasus", turn),
        ),
        by=writer,
    )
    _entry(writer, turn)
    _report(writer, turn)
    took: dict[str, int] = {}
    for register in REGISTERS:
        _record(register, writer, turn, took)
    db.session.commit()
    return list(took)


def _entry(writer: Person, turn: int) -> None:
    election = stages.current_election()
    entry = checklists.expected(election, "LOG-14", OWN, "")
    for content, name in ((photo([f"Kenari {turn}"]), "foto.jpg"), (paper([f"Kenari {turn}"]), "surat.pdf")):
        file = evidence.inspect(content, f"{word('berkas', turn)} {name}")
        checklists.attach(entry, file, by=writer, place=word("berkas", turn))
        entry = checklists.fresh(entry.id)
    entry = checklists.note(
        entry, by=writer, version=entry.version, filling=Filling(note=word("isian", turn))
    )
    checklists.remark(entry, by=writer, text=word("isian", turn))


def _report(writer: Person, turn: int) -> None:
    """Berau's report of the week, sent and passed on; at later turns the draft of another one of the day."""
    rows = reports.of_region(writer, stages.current_election().id, OWN, TODAY, TODAY)
    weekly = sorted(rows, key=lambda row: row.kind is not reports.Kind.WEEKLY)
    row = weekly[min(turn, len(weekly)) - 1]
    draft, reading, version = reports.open_draft(row, by=writer)
    kept = {section.key for section in draft.sections}
    draft = reports.written(draft, {"umum": word("laporan", turn)}, kept, {})._replace(
        grade=reports.Grade.SAFE.value
    )
    if turn > 1:
        reports.save_draft(row, draft, by=writer, version=version)
        return
    found = reports.findings_of(row, draft, reading)
    draft = draft._replace(
        reasons=tuple((one.rule, word("laporan", turn)) for one in found if not one.blocks)
    )
    version = reports.save_draft(row, draft, by=writer, version=version)
    dress = dress_of(regions.path_of(OWN), TODAY)
    reports.send(_fresh(row, writer), draft, reading, dress, by=writer, version=version)
    note = word("laporan", turn)
    sent = reports.Sent(_fresh(row, writer).number, "Provinsi", "srikandi", clock.now(), note=note)
    reports.transmit(_fresh(row, writer), sent, by=writer)


def _fresh(row: reports.ReportRow, reader: Person) -> reports.ReportRow:
    rows = reports.of_region(reader, stages.current_election().id, OWN, TODAY, TODAY)
    return next(one for one in rows if one.id == row.id)


def _record(register: Register, writer: Person, turn: int, took: dict[str, int]) -> None:
    """A record with everything said, or with its words and what it must have; none where the room asks for more."""
    parents = {column: took.get(parent.key) for column, parent in register.parents.items()}
    for columns in (
        register.columns,
        [column for column in register.columns if column.required or column.form in (Form.TEXT, Form.LONG)],
    ):
        values = {column.name: _value(column, turn) for column in columns}
        try:
            with db.session.begin_nested():
                took[register.key] = registers.record(register, OWN, values, by=writer, parents=parents)
            return
        except (Refusal, ValueError, KeyError):
            continue


def _value(column: Column, turn: int) -> Any:
    if column.form is Form.CHOICE:
        return next(iter(column.choices))
    if column.form in PLAIN:
        return PLAIN[column.form]
    return word("catatan", turn)[: column.most]
