"""Bad words: what is typed, pasted or forged into a field, an address or a header.

A lone surrogate of U+DC80 to U+DCFF stands for one byte, so that words may hold bytes that are no UTF-8. The mark x7z
makes them known again wherever they come out.
"""

from __future__ import annotations

import random
from urllib.parse import quote_from_bytes

NUMBERS = (
    *("9" * 20, "9" * 4_400, str(2**31), str(2**63), str(-(2**63)), "-1", "0", "-0", "00000000001"),
    *(
        "1e309",
        "NaN",
        "Infinity",
        "\u0663",
        "\u00b2",
        "0x10",
        "1_000",
        " 1",
        "1;1",
        "1,5",
        "1.000.000",
        "77,04",
    ),
)
DAYS = (
    *("0001-01-01", "9999-12-31", "2024-02-30", "0202499999", "2024-11-25T25:61", "24.00", "31/12/9999"),
    *("2024-11-25T09:00:00+99:00", "-2024-11-25", "2024-11", "2024-W48"),
)
BYTES = (
    "a\0b",
    "\0",
    "\udcff\udcfe",
    "\udcc0\udcaf",
    "\udced\udca0\udc80",
    "a\udc80",
    "\udcf5\udc80\udc80\udc80",
)
MARKUP = (
    *(
        '<x7z">',
        "'\"><x7z onx7z=1>",
        '"onx7z="1',
        "'onx7z='1",
        "</textarea><x7z>",
        "</script><x7z>",
        "</title><x7z>",
    ),
    *(
        "javascript:x7z()",
        "<!--<x7z>",
        "&lt;x7z&gt;<x7z",
        "%3Cx7z%3E",
        "<X7Z/onx7z=1>",
        "{{7*'x7z'}}",
        "${7*7}x7z",
    ),
    *("<img src=x onerror=x7z>", "<svg/onload=x7z>", "[x7z](javascript:x7z)", "![](file:///etc/passwd)"),
)
FORMULAS = (
    *(
        "=x7z()",
        "+x7z",
        "-x7z|'/c calc'!A1",
        "@x7z",
        "\t=x7z",
        "\r=x7z",
        "\n=x7z",
        " =x7z",
        ";=x7z",
        "\uff1dx7z",
    ),
    *('=HYPERLINK("http://x7z.example")', '"\r\n=x7z', "\u202e=x7z", "\x01=x7z", "\u00a0=x7z", "\ufeff=x7z"),
)
PLACES = (
    *(
        "../../../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
    ),
    *(
        "https://evil.example/",
        "/%09/evil.example",
        "\\\\evil.example\\x",
        "http:evil.example",
        "/..//evil.example",
    ),
)
QUERIES = (
    *(
        "' OR 1=1 --",
        "%",
        "_",
        '"',
        "\\",
        "1);DROP TABLE account--",
        "* NEAR(",
        '"a" AND',
        "a OR",
        "(",
        "^",
        "{col}:x",
    ),
    *(
        "'||(SELECT password_hash FROM account)||'",
        "$(id)",
        "`id`",
        "|id",
        "1:1:1",
        f"1:{'9' * 20}",
        ",,,",
        "[]",
        "{}",
    ),
)
TEXTS = (
    *(
        "\u202eevil",
        "\u2066x7z",
        "e" + "\u0301" * 500,
        "\U0001f9d1\u200d\U0001f680" * 50,
        "\u2028x",
        "\ufeffx",
        "\ufffd",
    ),
    *(
        "x" * 4_000,
        "\n" * 1_000,
        "a" * 20_000 + "!",
        " " * 500,
        "\u00a0",
        "\ue000",
        "\U0010ffff",
        "A\u030a\ufb01\u1e9e",
    ),
    *("a\r\nX-X7z: 1", "a\nX-X7z: 1", "\x1b[31m", "\x7f\x80", "6403010101900001", "198001012005011001"),
)
LONG = "x7z " * 25_000
KINDS = (NUMBERS, DAYS, BYTES, MARKUP, MARKUP, FORMULAS, PLACES, QUERIES, TEXTS)


def bad_word(chance: random.Random) -> str:
    """One of all, now and then of a hundred thousand letters."""
    return LONG if chance.random() < 0.005 else chance.choice(chance.choice(KINDS))


def as_bytes(word: str) -> bytes:
    """The word as it travels."""
    return word.encode("utf-8", "surrogateescape")


def quoted(word: str, safe: str = "") -> str:
    """The word in an address or a form."""
    return quote_from_bytes(as_bytes(word), safe=safe)


def encoded(fields: list[tuple[str, str]]) -> bytes:
    """The body of a form; the same name may come twice."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields).encode("ascii")
