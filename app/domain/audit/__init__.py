"""The audit trail (jejak): append-only, chained by keyed hashes, written in the same transaction as the deed."""

from app.domain.audit.chain import Break, Verdict, verify
from app.domain.audit.models import AuditEntry
from app.domain.audit.queries import Filters, head, history_of, search
from app.domain.audit.trail import Actor, Origin, configure, record, set_origin

__all__ = [
    "Actor",
    "AuditEntry",
    "Break",
    "Filters",
    "Origin",
    "Verdict",
    "configure",
    "head",
    "history_of",
    "record",
    "search",
    "set_origin",
    "verify",
]
