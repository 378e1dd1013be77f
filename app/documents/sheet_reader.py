"""Opens a spreadsheet that nobody has vouched for: a program of its own, which `reading.py` starts.

An XLSX of one megabyte can unfold to gigabytes or crash its reader. Here that costs one short-lived process under the
ceiling of `app/ceiling.py`, without the application's keys in its environment. It reads the file from standard
input and writes one JSON object: the template's marks and all rows as text, or the word for why not.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile
from decimal import Decimal
from typing import Any

Job = dict[str, Any]
MOST_DIGITS = 15
"""Excel keeps no more digits of a number; the rest of a longer one is lost before anybody reads it."""


class Refused(Exception):
    """The file is not read; the argument says why, in a word that `reading.py` turns into a sentence."""


# --- The parcel ---------------------------------------------------------------------------------------------


def guard(data: bytes, job: Job) -> None:
    """Look at the ZIP before anything parses it. Raises Refused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Refused("broken") from None
    with archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if len(members) > job["members"]:
            raise Refused("heavy")
        if any("vbaproject" in name.lower() for name in names):
            raise Refused("macro")
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
            raise Refused("other")
        if any(member.flag_bits & 1 for member in members):
            raise Refused("locked")
        total = sum(member.file_size for member in members)
        if total > job["unpacked"] or total > job["ratio"] * len(data):
            raise Refused("heavy")
        for member in members:
            _read_through(archive, member)


def _read_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Unpack a member without keeping it: what is cut off or says a wrong size is found here."""
    try:
        with archive.open(member) as content:
            while content.read(1 << 16):
                continue
    except MemoryError:
        raise
    except Exception:
        raise Refused("broken") from None


# --- The sheet ----------------------------------------------------------------------------------------------


def read(data: bytes, job: Job) -> dict[str, Any]:
    """Marks of the template and the rows of its sheet, empty ones left out. Raises Refused."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise Refused("locked") from None
    if job["marks"] not in book.sheet_names:
        return {"marks": [], "rows": [], "faults": []}
    marks = [row[0] for row in book.get_sheet_by_name(job["marks"]).to_python(nrows=3) if row]
    rows, faults = _rows(book.get_sheet_by_name(_sheet_with_rows(book, job)), job)
    return {"marks": [said(mark)[0] for mark in marks], "rows": rows, "faults": faults}


def _sheet_with_rows(book: Any, job: Job) -> str:
    """The template's sheet by its name; renamed, the first one in sight."""
    if job["sheet"] in book.sheet_names:
        return str(job["sheet"])
    seen = [one.name for one in book.sheets_metadata if str(one.visible).endswith(".Visible")]
    if not seen:
        raise Refused("other")
    return str(seen[0])


def _rows(sheet: Any, job: Job) -> tuple[list[Any], list[Any]]:
    if sheet.start is None:
        return [], []
    if sheet.end[1] >= job["columns"]:
        raise Refused("columns")
    if sheet.end[0] >= 5 * job["rows"]:
        raise Refused("rows")
    rows: list[Any] = []
    faults: list[Any] = []
    size = 0
    for number, line in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [said(value) for value in line]
        texts = [text[: job["text"]] for text, _ in cells]
        if not any(texts):
            continue
        for column, (text, fault) in enumerate(cells):
            fault = "long" if len(text) > job["text"] else fault
            if fault:
                faults.append([number, column, fault])
        rows.append([number, texts])
        size += sum(map(len, texts))
        if len(rows) > job["rows"] + 1:  # and the head
            raise Refused("rows")
        if size > job["total"]:
            raise Refused("heavy")
    return rows, faults


def said(value: Any) -> tuple[str, str]:
    """A cell as text and what is wrong with it: days as 2024-11-25, whole numbers without a decimal part."""
    if isinstance(value, str):
        return value.strip(), ""
    if isinstance(value, bool):
        return ("Ya" if value else "Tidak"), ""
    if isinstance(value, int | float):
        exact = Decimal(f"{value:.{MOST_DIGITS}g}")
        if exact == exact.to_integral_value():
            return f"{exact.to_integral_value():f}", "digits" if abs(exact) >= 10**MOST_DIGITS else ""
        return f"{exact:f}", ""
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return (value.date().isoformat() if midnight else value.isoformat(" ", "seconds")), ""
    return str(value), ""


# --- The program --------------------------------------------------------------------------------------------


def answer(data: bytes, job: Job) -> dict[str, Any]:
    """What the file holds, or {"refused": word}; a library that is not there is an error, not a refusal."""
    import python_calamine  # noqa: F401

    try:
        guard(data, job)
        return read(data, job)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except (
        BaseException
    ):  # the reader's own panics are no Exception; a hostile file fails in every way there is
        return {"refused": "broken"}


def main() -> None:
    """Read the job from the first argument and the file from standard input; write the answer."""
    job = json.loads(sys.argv[1])
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), job)))


if __name__ == "__main__":
    main()
