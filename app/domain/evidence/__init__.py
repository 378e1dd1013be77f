"""Evidence: files that prove something, kept by their hash, with revisions; never deleted by an edit.

A route loads the subject first (`visible_to` of its room), then asks here by subject: a file's number alone
opens nothing.
"""

from app.domain.evidence.commands import (
    attach,
    confirm_place,
    decline_place,
    record_reading,
    remove,
    replace,
    reuse,
)
from app.domain.evidence.emblem import Emblem, inspect_emblem
from app.domain.evidence.intake import inspect
from app.domain.evidence.integrity import Findings, Moved, absent, check, digest_of, kept_bytes, move
from app.domain.evidence.models import EvidenceFile, EvidenceUse
from app.domain.evidence.object_store import Bucket, ObjectStore
from app.domain.evidence.queries import (
    FileRow,
    Proposal,
    UseRow,
    content_of,
    contributed,
    count_many,
    count_valid,
    one_use,
    open_file,
    open_thumbnail,
    recent_files,
    uses_of,
    uses_of_many,
)
from app.domain.evidence.rules import (
    ACCEPT,
    ACCEPTED_WORDS,
    IMAGE_TYPES,
    INLINE_TYPES,
    Inspected,
    Proposals,
    Verdict,
    clean_text,
)
from app.domain.evidence.steps import Subject, kept_ahead
from app.domain.evidence.storage import LocalDirectory, Storage, StoreAway, configure, in_use
from app.domain.evidence.verdicts import judge

__all__ = [
    "ACCEPT",
    "ACCEPTED_WORDS",
    "IMAGE_TYPES",
    "INLINE_TYPES",
    "Bucket",
    "Emblem",
    "EvidenceFile",
    "EvidenceUse",
    "FileRow",
    "Findings",
    "Inspected",
    "LocalDirectory",
    "Moved",
    "ObjectStore",
    "Proposal",
    "Proposals",
    "Storage",
    "StoreAway",
    "Subject",
    "UseRow",
    "Verdict",
    "absent",
    "attach",
    "check",
    "clean_text",
    "configure",
    "confirm_place",
    "content_of",
    "contributed",
    "count_many",
    "count_valid",
    "decline_place",
    "digest_of",
    "in_use",
    "inspect",
    "inspect_emblem",
    "judge",
    "kept_ahead",
    "kept_bytes",
    "move",
    "one_use",
    "open_file",
    "open_thumbnail",
    "recent_files",
    "record_reading",
    "remove",
    "replace",
    "reuse",
    "uses_of",
    "uses_of_many",
]
