"""The audit trail (jejak): append-only, chained by keyed hashes,
written in the same transaction as the deed.
"""

from app.domain.audit.chain import Break, Verdict, verify
from app.domain.audit.models import AuditEntry
from app.domain.audit.queries import (
    Filters,
    Head,
    News,
    People,
    find,
    head,
    history_of,
    holds,
    is_quiet_since,
    last_readable,
    latest_in,
    newest_concerning,
    search,
)
from app.domain.audit.trail import (
    Actor,
    Deed,
    Origin,
    configure,
    record,
    record_export,
    record_many,
    set_origin,
)

__all__ = [
    "Actor",
    "AuditEntry",
    "Break",
    "Deed",
    "Filters",
    "Head",
    "News",
    "Origin",
    "People",
    "Verdict",
    "configure",
    "find",
    "head",
    "history_of",
    "holds",
    "is_quiet_since",
    "last_readable",
    "latest_in",
    "newest_concerning",
    "record",
    "record_export",
    "record_many",
    "search",
    "set_origin",
    "verify",
]
