"""How Indonesian paper writes numbers, dates and sizes; pure functions that know no locale but this one."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

UNKNOWN = "belum diketahui"
NONE = "–"

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]

Number = int | float | Decimal

# C0 and C1 controls but tab and newline, surrogates, and the marks that reverse the reading order: a name
# that prints backwards, or a file that Excel cannot open, is nobody's wish.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """The text without what cannot be printed; line ends become newlines."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def angka(value: Number | None) -> str:
    """2.821.202 or 1.234,5; None is "belum diketahui", never zero. At most two decimals."""
    if value is None:
        return UNKNOWN
    exact = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    text = f"{exact:,.2f}".translate(str.maketrans(",.", ".,"))
    return text.rstrip("0").rstrip(",")


def point_number(text: str) -> Decimal:
    """The number that people mean by 77,04 or 1.588,5 or, as a sheet hands it over, 77.04.

    Raises ValueError with the sentence for whoever wrote something else.
    """
    bare = re.sub(r"\s", "", text)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d{1,6})?|-?\d{1,15}(,\d{1,6})?", bare, re.ASCII):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?\d{1,15}\.\d{1,6}", bare, re.ASCII):
        return Decimal(bare)
    raise ValueError("Tulis angka, misalnya 77,04.")


def persen(value: float | None) -> str:
    """79,5 % with one decimal always, so that a column lines up; None is a dash: there was nothing to do."""
    if value is None:
        return NONE
    return f"{value:.1f}".replace(".", ",") + " %"


def kapital(text: str) -> str:
    """The text with a capital at its beginning; TPS and KPU stay as they are."""
    return text[:1].upper() + text[1:]


def tanggal(day: dt.date) -> str:
    """Senin, 25 November 2024."""
    return f"{DAYS[day.weekday()]}, {tanggal_panjang(day)}"


def tanggal_panjang(day: dt.date) -> str:
    """25 November 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def tanggal_pendek(day: dt.date) -> str:
    """25 Nov 2024."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def waktu(moment: dt.datetime | None, zone: str = "") -> str:
    """25 Nov 2024 09.00, with the zone's abbreviation where it is given. The moment is local already."""
    if moment is None:
        return UNKNOWN
    return f"{tanggal_pendek(moment)} {moment:%H.%M} {zone}".rstrip()


def waktu_panjang(moment: dt.datetime, zone: str) -> str:
    """Senin, 25 November 2024 pukul 09.00 WITA."""
    return f"{tanggal(moment)} pukul {moment:%H.%M} {zone}".rstrip()


def lama(passed: dt.timedelta) -> str:
    """How long something has waited: 40 menit, 5 jam, 3 hari; less than nothing is 0 menit."""
    minutes = max(0, int(passed.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} menit"
    return f"{minutes // 60} jam" if minutes < 48 * 60 else f"{minutes // 1440} hari"


def ukuran(size: int) -> str:
    """A file's size in bytes as people say it: 980 B, 12,4 KB, 3,1 MB."""
    if size < 1000:
        return f"{size} B"
    for unit, factor in (("KB", 1000), ("MB", 1000**2), ("GB", 1000**3)):
        if size < factor * 1000 or unit == "GB":
            return f"{angka(round(size / factor, 1))} {unit}"
    raise AssertionError("unreachable")
