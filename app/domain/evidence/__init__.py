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
from app.domain.evidence.integrity import Findings, absent, check
from app.domain.evidence.models import EvidenceFile, EvidenceUse
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
from app.domain.evidence.steps import Subject
from app.domain.evidence.storage import LocalDirectory, Storage, configure
from app.domain.evidence.verdicts import judge

__all__ = [
    "ACCEPT",
    "ACCEPTED_WORDS",
    "IMAGE_TYPES",
    "INLINE_TYPES",
    "Emblem",
    "EvidenceFile",
    "EvidenceUse",
    "FileRow",
    "Findings",
    "Inspected",
    "LocalDirectory",
    "Proposal",
    "Proposals",
    "Storage",
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
    "inspect",
    "inspect_emblem",
    "judge",
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
