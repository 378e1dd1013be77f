"""What counts as evidence: kinds of file, limits with their reason, safe names, when and where."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.domain import clock
from app.domain.errors import Invalid

MAX_BYTES = 12 * 1024 * 1024
"""Default size of one upload: a photo of a good phone or a scan of some forty pages, on a weak network."""
MAX_PIXELS = 40_000_000
"""Checked before decoding: a small file can unfold to gigabytes. Ordinary phone cameras stay below it."""
LONGEST_SIDE = 2400
"""Pixels: a photographed A4 form stays readable (about 200 dpi), and a photo stays under about 1 MB."""
JPEG_QUALITY = 85
THUMBNAIL_SIDE = 320
"""Pixels: twice what a list shows, for sharp screens; some 15 kB instead of a megabyte on a weak network."""
THUMBNAIL_QUALITY = 75
FEW_COLOURS = 4096
"""A PNG with at most so many colours is a screenshot: it stays PNG, because JPEG blurs small letters."""
LARGEST_PNG = 2 * 1024 * 1024
"""Bytes: a picture of few colours that is larger as PNG (grey noise, a scan) is no screenshot after all."""
MAX_PAGES = 200
"""Pages of one PDF; a longer bundle is better found when it is divided by subject."""
MAX_PDF_OBJECTS = 100_000
"""Two hundred dense pages have some tens of thousands; more is made to keep a reader busy."""
MAX_MEMBERS = 2_000
"""Parts of one XLSX or DOCX."""
MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes of an unpacked XLSX or DOCX: far above any office document, far below a full disk."""
MAX_RATIO = 150
"""Unpacked to packed. Office XML reaches about 60; a zip bomb starts near 1,000."""
MAX_ON_SUBJECT = 50
"""Files in use on one subject: more is an archive, and nobody looks through it."""


class Kind(StrEnum):
    """The kinds of file that are taken in, by what is inside them."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        """The media type under which it is served."""
        return _MEDIA_TYPES[self]

    @property
    def is_image(self) -> bool:
        """Whether it is re-encoded before it is kept."""
        return self in (Kind.JPEG, Kind.PNG, Kind.WEBP)


class Verdict(StrEnum):
    """What a supervisor found a file on a subject to be (F32); an unjudged one has the empty text instead."""

    VALID = "sah"
    REJECTED = "ditolak"
    EXPIRED = "kedaluwarsa"

    @property
    def needs_reason(self) -> bool:
        """Whether the one who attached the file must be told why."""
        return self is not Verdict.VALID


_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES = {
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.PDF: "application/pdf",
    Kind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Kind.DOCX: f"{_OFFICE}wordprocessingml.document",
    Kind.CSV: "text/csv",
    Kind.TEXT: "text/plain",
}
_EXTENSIONS = {
    Kind.JPEG: (".jpg", ".jpeg"),
    Kind.PNG: (".png",),
    Kind.WEBP: (".webp",),
    Kind.PDF: (".pdf",),
    Kind.XLSX: (".xlsx",),
    Kind.DOCX: (".docx",),
    Kind.CSV: (".csv",),
    Kind.TEXT: (".txt",),
}
_ALL_EXTENSIONS = frozenset(extension for group in _EXTENSIONS.values() for extension in group)

INLINE_TYPES = frozenset({Kind.JPEG.media_type, Kind.PNG.media_type, Kind.PDF.media_type})
"""Media types that may be shown inside the browser; every other one is only ever offered as a download."""
IMAGE_TYPES = frozenset({Kind.JPEG.media_type, Kind.PNG.media_type})
"""Media types that are kept as pictures: WebP comes in, and is kept as JPEG."""
ACCEPT = ".jpg,.jpeg,.png,.webp,.pdf,.xlsx,.docx,.csv,.txt"
"""For the `accept` attribute of a file field; the content decides all the same."""
ACCEPTED_WORDS = "foto (JPEG, PNG, WebP), PDF, Excel (.xlsx), Word (.docx), CSV, atau teks (.txt)"


def refused(sentence: str) -> Invalid:
    """The refusal of an upload, at the file field."""
    return Invalid(sentence, file=sentence)


# --- Names --------------------------------------------------------------------------------------------------

LONGEST_STEM = 100
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)
_UNSAFE = re.compile(r'[<>:"|?*%;]')


def clean_text(text: str, longest: int) -> str:
    """One line without control, bidirectional or invisible signs, at most `longest` characters."""
    normal = unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if sign.isspace() else sign for sign in normal if sign.isspace() or sign.isprintable()
    )
    return " ".join(visible.split())[:longest].rstrip()


def clean_name(given: str, kind: Kind) -> str:
    """A file name that is safe on every computer, with the ending that its content deserves.

    The path is dropped, and with it signs that hide or reverse letters ("foto<RLO>gpj.exe"). Never empty.
    """
    last = re.split(r"[/\\]", given)[-1]
    text = _UNSAFE.sub("_", clean_text(last, 255))
    stem, dot, ending = text.rpartition(".")
    extension = f".{ending.lower()}" if dot else ""
    if extension not in _ALL_EXTENSIONS:
        stem, extension = text.replace(".", "_") if _looks_like_ending(ending, dot) else text, ""
    stem = stem.strip(". ")[:LONGEST_STEM].strip(". ") or "berkas"
    if stem.lower() in _RESERVED:
        stem = f"_{stem}"
    return stem + (extension if extension in _EXTENSIONS[kind] else _EXTENSIONS[kind][0])


def _looks_like_ending(ending: str, dot: str) -> bool:
    return bool(dot) and len(ending) <= 5 and ending.isalnum()


def extension_of(given: str) -> str:
    """The lower-case ending of a given name, with its dot; empty when there is none."""
    stem, dot, ending = clean_text(re.split(r"[/\\]", given)[-1], 255).rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


# --- When and where -----------------------------------------------------------------------------------------

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""A camera without a set clock says 1970 or 1980."""


@dataclass(frozen=True)
class Proposals:
    """What a photo said of itself. Only a proposal: it is kept when a person has confirmed it."""

    wall_time: dt.datetime | None = None
    """What the camera's clock showed; aware only when the camera also told its offset."""
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    def taken_at(self, zone_name: str) -> dt.datetime | None:
        """The moment (aware UTC); a camera without an offset is taken to show the time of `zone_name`."""
        if self.wall_time is None:
            return None
        aware = self.wall_time
        if aware.tzinfo is None:
            aware = aware.replace(tzinfo=clock.zone(zone_name))
        return aware.astimezone(dt.UTC) if EARLIEST <= aware <= latest_moment() else None

    def __bool__(self) -> bool:
        return self.wall_time is not None or self.latitude is not None


@dataclass(frozen=True)
class Inspected:
    """An upload that has passed: the bytes to keep, and what is known of them."""

    content: bytes
    kind: Kind
    name: str
    sha256: str
    original_sha256: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    proposals: Proposals = Proposals()
    thumbnail: bytes = b""
    """A small JPEG of a picture; empty for every other kind."""
    keys: tuple[str, str | None] | None = None
    """Where the bytes and those of the small picture lie already, when they were written ahead of the deed."""

    @property
    def media_type(self) -> str:
        """The media type of the kept bytes."""
        return self.kind.media_type

    @property
    def size(self) -> int:
        """Bytes to keep."""
        return len(self.content)


def latest_moment() -> dt.datetime:
    """A day after now, by the wall or by the training day: cameras and zones may differ by that."""
    return max(clock.now(), clock.real_now()) + dt.timedelta(days=1)


def checked_moment(taken_at: dt.datetime | None) -> dt.datetime | None:
    """The moment as given. Refuses (Invalid) one before 2000 or after tomorrow; ValueError without a zone."""
    if taken_at is None:
        return None
    if taken_at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be judged")
    if not EARLIEST <= taken_at <= latest_moment():
        raise Invalid(
            "Waktu pengambilan tidak mungkin benar.",
            taken_at="Isi waktu yang sudah lewat, atau kosongkan bila tidak diketahui.",
        )
    return taken_at


def checked_position(
    latitude: Decimal | float | str | None, longitude: Decimal | float | str | None
) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """Degrees with six decimals (0.1 m). Refuses (Invalid) half a position or one that is not on earth."""
    if latitude is None and longitude is None:
        return None, None
    if latitude is None or longitude is None:
        raise Invalid("Koordinat belum lengkap.", latitude="Isi lintang dan bujur, atau kosongkan keduanya.")
    try:
        north, east = Decimal(str(latitude)), Decimal(str(longitude))
    except InvalidOperation:
        raise Invalid(
            "Koordinat tidak terbaca.", latitude="Tulis sebagai derajat desimal, misalnya -1.2654."
        ) from None
    if not (north.is_finite() and east.is_finite() and abs(north) <= 90 and abs(east) <= 180):
        raise Invalid(
            "Koordinat tidak ada di bumi.", latitude="Lintang -90 sampai 90, bujur -180 sampai 180."
        )
    step = Decimal("0.000001")
    return north.quantize(step), east.quantize(step)
