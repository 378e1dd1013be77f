"""What a letterhead may say, and the grammar of a desk's paper numbers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from app.domain.errors import Invalid

PREVIEW_JOB = "letterhead"
"""The kind of job that draws a preview; its parameters are the letterhead's number and version."""
SIZES = ("kecil", "sedang", "besar")
"""How large a line is set: 11, 13 and 15 points on paper."""
PAPERS = ("F4", "A4")
FEWEST_LINES, MOST_LINES, LONGEST_LINE = 2, 5, 80
MOST_ADDRESS_LINES, LONGEST_ADDRESS = 2, 140
MOST_COPIES, LONGEST_COPY = 20, 120
LONGEST_PATTERN, LONGEST_NUMBER = 100, 60
LONGEST = {"classification": 40, "attachment": 80, "subject": 200}
TOKENS = {
    "nomor": "nomor urut desk dalam tahun itu; {nomor:3} menulisnya 007",
    "tanggal": "tanggal, dua angka",
    "bulan": "bulan, dua angka",
    "bulan_romawi": "bulan dengan angka Romawi",
    "tahun": "tahun, empat angka",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_TOKEN = re.compile(r"\{([^{}]*)\}")
_WIDE = re.compile(r"nomor:([2-6])")
_PLAIN = re.compile(r"[A-Za-z0-9 ./()_-]*")


@dataclass(frozen=True)
class Line:
    """One line of the head."""

    text: str
    size: str = "sedang"
    bold: bool = False


@dataclass(frozen=True)
class Content:
    """Everything that a letterhead says but its logo."""

    lines: tuple[Line, ...]
    address: tuple[str, ...] = ()
    number_pattern: str = ""
    classification: str = ""
    """Sifat."""
    attachment: str = ""
    """Lampiran."""
    subject: str = ""
    """Hal."""
    copies: tuple[str, ...] = ()
    """Tembusan, in their order."""
    paper: str = "F4"


def checked(content: Content) -> Content:
    """The content with single spaces. Refuses (Invalid, each sentence at its field) what no paper should carry."""
    tidy = replace(
        content,
        lines=tuple(replace(line, text=_tidy(line.text)) for line in content.lines if _tidy(line.text)),
        address=tuple(filter(None, map(_tidy, content.address))),
        number_pattern=_tidy(content.number_pattern),
        classification=_tidy(content.classification),
        attachment=_tidy(content.attachment),
        subject=_tidy(content.subject),
        copies=tuple(filter(None, map(_tidy, content.copies))),
    )
    wrong = {name: sentence for name, sentence in _faults(tidy) if sentence}
    if wrong:
        raise Invalid("Kop surat seperti itu tidak dapat dipakai.", **wrong)
    return tidy


def _faults(content: Content) -> list[tuple[str, str]]:
    faults = [
        (name, f"Paling banyak {most} tanda.")
        for name, most in LONGEST.items()
        if len(getattr(content, name)) > most
    ]
    return [
        *faults,
        ("lines", _fault_of_lines(content.lines)),
        ("address", _fault_of_texts(content.address, MOST_ADDRESS_LINES, LONGEST_ADDRESS)),
        ("copies", _fault_of_texts(content.copies, MOST_COPIES, LONGEST_COPY)),
        ("number_pattern", fault_of_pattern(content.number_pattern)),
        ("paper", "" if content.paper in PAPERS else "Pilih F4 atau A4."),
    ]


def _fault_of_lines(lines: tuple[Line, ...]) -> str:
    if not FEWEST_LINES <= len(lines) <= MOST_LINES:
        return f"Isi {FEWEST_LINES} sampai {MOST_LINES} baris, misalnya nama pemerintah daerah dan nama desk."
    if any(len(line.text) > LONGEST_LINE for line in lines):
        return f"Satu baris paling banyak {LONGEST_LINE} tanda."
    return "" if all(line.size in SIZES for line in lines) else "Pilih ukuran dari daftar."


def _fault_of_texts(texts: tuple[str, ...], most: int, longest: int) -> str:
    if len(texts) > most:
        return f"Paling banyak {most} baris."
    return f"Satu baris paling banyak {longest} tanda." if any(len(text) > longest for text in texts) else ""


def _tidy(text: str) -> str:
    return " ".join(text.split())


def fault_of_pattern(pattern: str) -> str:
    """What is wrong with a number pattern, in a sentence; nothing for a good one and for none at all."""
    if not pattern:
        return ""
    if len(pattern) > LONGEST_PATTERN:
        return f"Paling banyak {LONGEST_PATTERN} tanda."
    tokens = _TOKEN.findall(pattern)
    for token in tokens:
        if token not in TOKENS and not _WIDE.fullmatch(token):
            known = ", ".join(f"{{{name}}}" for name in TOKENS)
            return f"{{{token[:20]}}} tidak dikenal. Yang dikenal: {known}."
    if not _PLAIN.fullmatch(_TOKEN.sub("", pattern)):
        return "Di luar kurung kurawal hanya huruf, angka, spasi, dan tanda . / - _ ( )."
    numbers = [token for token in tokens if token.startswith("nomor")]
    if len(numbers) != 1 or "tahun" not in tokens:
        return "Pola harus memuat {nomor} satu kali dan {tahun}, supaya tidak ada dua dokumen bernomor sama."
    if len(numbered(pattern, 999_999, dt.date(2000, 8, 28))) > LONGEST_NUMBER:
        return f"Nomor yang dihasilkan terlalu panjang: paling banyak {LONGEST_NUMBER} tanda."
    return ""


def numbered(pattern: str, number: int, day: dt.date) -> str:
    """The pattern filled in: {nomor:3}/{bulan_romawi}/DESK/{tahun} gives 007/XI/DESK/2024."""

    def word(match: re.Match[str]) -> str:
        token = match[1]
        wide = _WIDE.fullmatch(token)
        if wide:
            return f"{number:0{wide[1]}d}"
        return {
            "nomor": str(number),
            "tanggal": f"{day:%d}",
            "bulan": f"{day:%m}",
            "bulan_romawi": ROMAN[day.month - 1],
            "tahun": str(day.year),
        }[token]

    return _TOKEN.sub(word, pattern)
