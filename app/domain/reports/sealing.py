"""The seal of a version in one state: the code on its paper, its marks frozen, and the hash of the one document.

The desk signs documents with a key pair (Ed25519) that is derived from the field key, which lies outside the database
and goes into every backup of the keys; what it signs can be checked anywhere with the public half.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.domain import audit, clock, evidence, secrecy
from app.domain.accounts import Person
from app.domain.errors import NotFound, NotNow
from app.domain.regions import Region
from app.domain.reports.canonical import digest, from_text, to_text
from app.domain.reports.models import Report, ReportSeal, ReportVersion
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import STANDING, Kind, State
from app.domain.reports.snapshot import Marks, Snapshot, snapshot_of
from app.domain.reports.versions import Frozen
from app.extensions import db

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, 1, I and L, U and V beside each other: a code is read from paper and typed."""
CODE_LENGTH = 10
COPY = "report_version"
"""The subject of scans of a signed copy: a version's id."""
_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}")
UNKNOWN_CODE = (
    "Kode itu tidak dikenal di sini. Periksa hurufnya; kode desk lain hanya dapat dicek di aplikasi desk itu."
)
COLUMNS: tuple[Any, ...] = (
    ReportSeal.code,
    ReportSeal.state,
    ReportSeal.marks,
    ReportSeal.made_at,
    ReportSeal.document_sha256,
    ReportSeal.signed_sha256,
    ReportSeal.certificate,
    ReportVersion.report_id,
    ReportVersion.number,
    ReportVersion.snapshot,
    ReportVersion.sha256,
    Report.kind,
    Report.region_code,
    Region.name,
    Report.day,
    Report.slot,
    Report.is_nil,
    Report.number,
)


class Certificate(NamedTuple):
    """A certificate as people read it; `sha256` is of its DER bytes, 64 hex digits."""

    name: str
    issuer: str
    sha256: str
    since: dt.datetime
    until: dt.datetime

    def holds_at(self, moment: dt.datetime) -> bool:
        """Whether it is valid at that moment."""
        return self.since <= moment <= self.until

    @property
    def fingerprint(self) -> str:
        """The beginning of its hash, as people compare it: "3f2a 90c1 77de 0b42"."""
        return " ".join(self.sha256[start : start + 4] for start in range(0, 16, 4))


class Sealed(NamedTuple):
    """A seal with the version that it is of."""

    code: str
    state: State
    marks: Marks
    made_at: dt.datetime
    document_sha256: str
    signed_sha256: str
    certificate_text: str
    report_id: int
    number: int
    snapshot_text: str
    sha256: str
    kind: Kind
    region_code: str
    region_name: str
    day: dt.date
    slot: int
    is_nil: bool
    newest_number: int

    @property
    def spelled(self) -> str:
        """The code as paper and pages show it."""
        return spelled(self.code)

    @property
    def is_newest(self) -> bool:
        """Whether no later version of the report was sent."""
        return self.number == self.newest_number

    @property
    def certificate(self) -> Certificate | None:
        """Whose certificate signed the document; None where it bears no digital signature."""
        return from_text(Certificate, self.certificate_text) if self.certificate_text else None

    @property
    def is_sound(self) -> bool:
        """Whether the kept snapshot still has the hash under which it was frozen."""
        return digest(self.snapshot_text) == self.sha256

    @property
    def snapshot(self) -> Snapshot:
        """The version as plain values. Raises NotNow when it is not what was sent any more."""
        if not self.is_sound:
            raise NotNow(
                "Isi laporan ini di basis data tidak cocok lagi dengan sidiknya, jadi tidak dicetak. "
                "Minta admin desk memulihkannya dari cadangan."
            )
        return snapshot_of(self.snapshot_text)


def seal(row: ReportRow, number: int, marks: Marks, *, by: Person, address: str = "") -> str:
    """The code of a version in the state that the marks say, made at the first asking; marks are frozen with it.

    `address` is where the code can be checked, as the square code of the paper says it. Writes a row and the trail
    at the first asking. Raises NotFound for a version that was never sent.
    """
    version_id = db.session.scalar(
        select(ReportVersion.id).where(ReportVersion.report_id == row.id, ReportVersion.number == number)
    )
    if version_id is None:
        raise NotFound("Versi laporan itu belum pernah dikirim, jadi belum ada berkasnya.")
    known = _code_of(version_id, marks.state)
    if known is not None:
        return known
    code = new_code()
    frozen = marks._replace(code=code, address=f"{address}{code}" if address else "")
    try:
        with db.session.begin_nested():
            db.session.add(
                ReportSeal(
                    code=code,
                    version_id=version_id,
                    state=marks.state,
                    marks=to_text(frozen),
                    made_at=clock.now(),
                    document_sha256="",
                    signed_sha256="",
                    certificate="",
                )
            )
    except IntegrityError:  # somebody asked for the same document a moment ago
        known = _code_of(version_id, marks.state)
        if known is None:
            raise
        return known
    audit.record(
        "report:document:seal",
        by=by,
        subject=("report", row.id),
        region=row.region_code,
        changes={"code": [None, code], "version": [None, number], "state": [None, marks.state]},
    )
    return code


def find_seal(typed: str) -> Sealed:
    """What a code stands for; blanks, hyphens and small letters are no mistake. Raises NotFound."""
    code = re.sub(r"[\s-]", "", typed).upper()
    found = None
    if _CODE.fullmatch(code):
        found = db.session.execute(_sealed().where(ReportSeal.code == code)).one_or_none()
    if found is None:
        raise NotFound(UNKNOWN_CODE)
    return _row(found)


def seal_of_document(sha256: str) -> Sealed | None:
    """The seal whose document, signed or not, has this hash; None when no document of this desk has it."""
    its = or_(ReportSeal.document_sha256 == sha256, ReportSeal.signed_sha256 == sha256)
    found = db.session.execute(_sealed().where(its).limit(1)).one_or_none()
    return None if found is None else _row(found)


def seals_of(report_id: int) -> list[Sealed]:
    """Every seal of a report, the newest version first."""
    query = _sealed().where(ReportVersion.report_id == report_id)
    found = db.session.execute(query.order_by(ReportVersion.number.desc(), ReportSeal.made_at.desc()))
    return [_row(one) for one in found]


def attach_copy(shown: Frozen, inspected: evidence.Inspected, *, by: Person) -> evidence.EvidenceUse:
    """Keep the scan of the signed copy beside a version, with a hash of its own.

    Raises NotAllowed for who may not attach files for that desk, NotNow for a version that does not stand, and Invalid
    as the evidence room does.
    """
    if State(shown.marks.state) not in STANDING:
        raise NotNow("Versi ini sudah tidak berlaku. Unggah salinan untuk versi yang terakhir dikirim.")
    return evidence.attach(inspected, to=(COPY, shown.version_id), region=shown.row.region_code, by=by)


def copies_of(shown: Frozen) -> list[evidence.UseRow]:
    """The scans beside a version, the newest first."""
    return evidence.uses_of(COPY, shown.version_id)


def one_copy(shown: Frozen, use_id: int) -> evidence.UseRow:
    """One of them. Raises NotFound."""
    return evidence.one_use(COPY, shown.version_id, use_id)


def note_document(code: str, sha256: str) -> None:
    """Keep the hash of a seal's document as it was first made.

    Raises NotNow when another document was made before under the same code: it must never say two things.
    """
    written = db.session.execute(
        update(ReportSeal)
        .where(ReportSeal.code == code, ReportSeal.document_sha256.in_(["", sha256]))
        .values(document_sha256=sha256)
    )
    if not written.rowcount:  # type: ignore[attr-defined]
        raise NotNow(
            "Berkas yang dibuat ulang tidak sama dengan yang dulu disegel, jadi tidak diberikan. "
            "Minta admin desk memulihkan direktori segel dari cadangan."
        )


def new_code() -> str:
    """A code that nobody can guess: 30 to the power of 10 of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def spelled(code: str) -> str:
    """The code as paper and pages show it, in two groups."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}" if len(code) == CODE_LENGTH else code


def sign(message: bytes) -> bytes:
    """64 bytes: the desk's signature of a message, the same for the same message."""
    return _pair(secrecy.key_for("report seal")).sign(message)


def public_key() -> bytes:
    """The 32 bytes with which anybody can check what `sign` made."""
    return _pair(secrecy.key_for("report seal")).public_key().public_bytes_raw()


@lru_cache(maxsize=2)
def _pair(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def _code_of(version_id: int, state: str) -> str | None:
    query = select(ReportSeal.code).where(ReportSeal.version_id == version_id, ReportSeal.state == state)
    return db.session.scalar(query)


def _sealed() -> Select[Any]:
    query: Select[Any] = select(*COLUMNS)
    return (
        query.join(ReportVersion, ReportVersion.id == ReportSeal.version_id)
        .join(Report, Report.id == ReportVersion.report_id)
        .join(Region, Region.code == Report.region_code)
    )


def _row(found: Any) -> Sealed:
    row = Sealed(*found)
    return row._replace(state=State(row.state), marks=from_text(Marks, found[2]), kind=Kind(row.kind))
