"""What the pages of a register show: its list, a record with its steps, forms, files and history."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from flask import render_template, request

from app.blueprints.registers.boards import BOARDS, RECORD_PAGES, Board, RecordPage
from app.blueprints.registers.forms import ProofForm, RecordForm, RestoreForm, StepForm, WithdrawForm
from app.documents.register_asking import Asked, field_name
from app.domain import audit, evidence, registers
from app.domain.accounts import Permission
from app.domain.all_registers import REGISTERS, children_of
from app.domain.checklists import AREAS
from app.domain.errors import NotFound
from app.domain.regions import Level, zone_of
from app.domain.registers import Filters, Form, Listed, RecordRow, Register
from app.web import reach
from app.web.access import me
from app.web.context import today_in
from app.web.forms import small_number
from app.web.paging import Page

CHILDREN = 20
"""Records that a page shows of each register that hangs on it; the rest is one click away."""


class Deed(NamedTuple):
    """A step that may be taken now, as a form in place."""

    verb: StrEnum
    label: str
    form: StepForm
    by_letter: bool
    to_someone: bool
    receivers: tuple[str, ...]


class Children(NamedTuple):
    """The records that hang on one, of one register."""

    register: Register
    column: str
    found: Listed
    may_record: bool


def readable(register: Register) -> Register:
    """The register itself, for who reads it anywhere. Raises NotFound: what one may not know of does not exist."""
    if not registers.roots(me(), register):
        raise NotFound("Register itu tidak ada atau di luar bidang tugas Anda.")
    return register


def shelf() -> list[tuple[str, list[Board], list[Register]]]:
    """The registers that the person reads by the areas of work, with the boards of each."""
    mine = [register for register in REGISTERS if registers.roots(me(), register)]
    return [
        (words, [board for board in BOARDS if board.area == area], own)
        for area, words in AREAS.items()
        if (own := [one for one in mine if one.area == area])
    ]


def may_record(register: Register) -> bool:
    """Whether the person records in this register anywhere."""
    return bool(registers.roots(me(), register, Permission.REGISTER_RECORD))


def region_choices(register: Register, permission: Permission, chosen: str = "") -> list[tuple[str, str]]:
    """Where the person may, down to the levels of the register."""
    roots = registers.roots(me(), register, permission)
    levels = register.levels if permission is Permission.REGISTER_RECORD else register.levels | set(_ABOVE)
    return reach.region_choices(roots, levels, chosen)


_ABOVE = (Level.PROVINCE, Level.REGENCY)


def list_page(register: Register, said: Asked, found: Listed, number: int, per_page: int) -> str:
    """The list of a register as a page."""
    return render_template(
        "registers/index.html",
        register=register,
        found=found,
        page=Page(number, max(1, -(-found.total // per_page)), found.total),
        typed=said.typed,
        selects=_selects(register, said),
        narrowed=any(said.typed.values()),
        may_record=may_record(register),
        cell_of=registers.cell,
        sums=registers.sums(register, found),
    )


def _selects(register: Register, said: Asked) -> list[dict[str, Any]]:
    selects: list[dict[str, Any]] = [
        {
            "name": "wilayah",
            "label": "Wilayah",
            "value": said.typed["wilayah"],
            "choices": region_choices(register, Permission.REGISTER_READ, said.typed["wilayah"]),
        }
    ]
    for column in register.filters:
        name = field_name(column)
        selects.append(
            {
                "name": name,
                "label": column.label,
                "value": said.typed[name],
                "choices": column.choices.items(),
            }
        )
    if register.flow:
        words = [(state.value, text) for state, text in register.flow.words.items()]
        selects.append(
            {"name": "keadaan", "label": "Keadaan", "value": said.typed["keadaan"], "choices": words}
        )
    selects.append(
        {
            "name": "batal",
            "label": "Yang dibatalkan",
            "value": said.typed["batal"],
            "blank": "Tidak tampil",
            "choices": [("ya", "Ikut tampil")],
        }
    )
    return selects


def form_page(
    register: Register,
    form: RecordForm,
    status: int = 200,
    *,
    row: RecordRow | None = None,
    overtaken: str = "",
    parents: Sequence[tuple[str, RecordRow]] = (),
) -> tuple[str, int]:
    """A new record, or one that is corrected."""
    page = render_template(
        "registers/form.html",
        register=register,
        form=form,
        row=row,
        overtaken=overtaken,
        parents=parents,
        groups=[(name, list(own)) for name, own in groupby(register.columns, lambda column: column.group)],
        widths=_WIDTHS,
        Form=Form,
    )
    return page, status


_WIDTHS = dict.fromkeys((Form.COUNT, Form.MONEY, Form.DECIMAL, Form.CLOCK), "w-num")


def parents_of(register: Register) -> list[tuple[str, RecordRow]]:
    """The records that the address or the form says the new one belongs to, each with its column."""
    found = []
    for column, parent in register.parents.items():
        number = small_number(request.values.get(column, ""))
        if number is not None:
            found.append((column, registers.find(parent, number, me())))
    return found


def record_page(
    row: RecordRow,
    status: int = 200,
    *,
    used: StrEnum | None = None,
    form: StepForm | None = None,
    withdrawing: WithdrawForm | None = None,
    restoring: RestoreForm | None = None,
    proving: ProofForm | None = None,
    overtaken: str = "",
) -> tuple[str, int]:
    """The page of one record."""
    register = row.register
    records = registers.may(me(), register, Permission.REGISTER_RECORD, row.region_code)
    page = render_template(
        "registers/show.html",
        register=register,
        row=row,
        facts=[(c, registers.cell(c, row)) for c in register.columns],
        parents=_parents(row),
        children=_children(row),
        moves=registers.moves_of(row),
        own_pages=_own_pages(row),
        notes=register.notes(row.id, me()),
        deeds=_deeds(row, used, form),
        refused=form or restoring,
        withdrawing=withdrawing or WithdrawForm(formdata=None),
        proving=proving or ProofForm(formdata=None),
        may_change=records and not row.has_ended,
        may_withdraw=records,
        may_attach=records and not row.is_withdrawn,
        files=evidence.uses_of(register.subject, row.id),
        history=audit.history_of(register.subject, row.id),
        overtaken=overtaken,
        cell_of=registers.cell,
        zone=zone_of(row.region_code),
    )
    return page, status


def _parents(row: RecordRow) -> list[tuple[str, RecordRow]]:
    """What a record belongs to, as far as the person reads it: a kabupaten's task may come from its province."""
    found = []
    for column, parent in row.register.parents.items():
        number = row.parents[column]
        try:
            found += [(column, registers.find(parent, number, me()))] if number is not None else []
        except NotFound:
            continue
    return found


def _children(row: RecordRow) -> list[Children]:
    return [
        Children(
            child,
            column,
            registers.listed(child, me(), Filters(parents={column: row.id}), per_page=CHILDREN),
            may_record(child) and not row.is_withdrawn,
        )
        for child, column in children_of(row.register)
        if registers.roots(me(), child)
    ]


def _deeds(row: RecordRow, used: StrEnum | None, form: StepForm | None) -> list[Deed]:
    flow = row.register.flow
    verbs = [verb for verb in registers.open_steps(row, me()) if flow and verb not in flow.apart]
    if used is not None and used not in verbs and form is not None:
        verbs = [used, *verbs]
    return [_deed(row, verb, form if verb is used and form else _fresh(row)) for verb in verbs]


def _own_pages(row: RecordRow) -> list[RecordPage]:
    """What its room adds to the page of this record, as far as the person may go there now."""
    may_take = registers.open_steps(row, me())
    return [
        page
        for page in RECORD_PAGES
        if page.book == row.register.key
        and (page.stays or not row.is_withdrawn)
        and registers.may(me(), row.register, page.permission, row.region_code)
        and (page.verb is None or page.verb in may_take)
    ]


def _fresh(row: RecordRow) -> StepForm:
    form = StepForm(formdata=None)
    form.done_on.data = today_in(row.region_code)
    return form


def _deed(row: RecordRow, verb: StrEnum, form: StepForm) -> Deed:
    flow = row.register.flow
    assert flow is not None  # noqa: S101
    form.about(verb)
    step = flow.table[verb]
    form.note.label.text = "Alasan" if step.needs_reason else "Catatan"
    form.note.flags.required = step.needs_reason
    return Deed(verb, step.label, form, verb in flow.by_letter, verb in flow.to_someone, flow.receivers)
