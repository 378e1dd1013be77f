"""The trail's vocabulary of registers: made from what each register says of itself."""

from __future__ import annotations

from functools import lru_cache

from app.domain.all_registers import REGISTERS
from app.domain.registers import Register

_BY_ACTION = {register.action: register for register in REGISTERS}
_BY_SUBJECT = {register.subject: register for register in REGISTERS}
PREFIXES = tuple(f"{action}:" for action in _BY_ACTION)
_VERBS = {
    "record": "mencatat {one}",
    "change": "membetulkan {one}",
    "withdraw": "membatalkan {one}",
    "restore": "memulihkan {one}",
    "export": "mengunduh {title}",
}


def deed(action: str) -> str:
    """A deed on a record in words; empty for an action that is no register's."""
    thing, _, verb = action.rpartition(":")
    register = _BY_ACTION.get(thing)
    if register is None:
        return ""
    if verb in _VERBS:
        return _VERBS[verb].format(one=register.one, title=register.title)
    return f"{_step(register, verb)} ({register.one})"


def _step(register: Register, verb: str) -> str:
    steps = {key.value: step.label for key, step in register.flow.table.items()} if register.flow else {}
    return f"mengambil langkah «{steps.get(verb, verb)}»"


def subject(kind: str) -> str:
    """What a deed was done to."""
    register = _BY_SUBJECT.get(kind)
    return register.one if register else kind.replace("_", " ")


def field(name: str) -> str:
    """A column's label; the name itself where no register has it."""
    return _labels().get(name, name)


@lru_cache(maxsize=1)
def _labels() -> dict[str, str]:
    return {column.name: column.label for register in REGISTERS for column in register.columns}
