"""What a text claims not to be there: "tidak ada kendala", "nihil kejadian", "tanpa hambatan", "berjalan lancar".

Words, not grammar: a claim counts unless its own sentence takes it back ("kecuali", "namun", "selain"), wishes or
supposes it ("agar", "jika", "semoga"), or denies it ("bukan berarti"). What is missed is only not asked about; what is
asked about wrongly costs one sentence of reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ANY = ""
NOUNS: dict[str, str] = {
    "kendala": ANY,
    "hambatan": ANY,
    "masalah": ANY,
    "permasalahan": ANY,
    "persoalan": ANY,
    "kekurangan": "LOG",
    "keterlambatan": ANY,
    "kejadian": "KAM",
    "insiden": "KAM",
    "gangguan": "KAM",
    "kerusuhan": "KAM",
    "konflik": "KAM",
    "pelanggaran": "ASN KAM",
    "kasus": "ASN KAM",
}
"""What may be said not to be there, with the areas of work that would know."""
TOPICS: dict[str, str] = {
    "logistik": "LOG",
    "surat suara": "LOG",
    "kotak suara": "LOG",
    "netral": "ASN",
    "asn": "ASN",
    "keamanan": "KAM",
    "kamtibmas": "KAM",
    "ktp": "KTP",
    "perekaman": "KTP",
    "sosialisasi": "SOS",
    "cuaca": "CUACA",
    "jaringan": "CUACA",
    "hibah": "DUK",
    "nphd": "DUK",
}
"""Words that narrow a claim to one area of work, where they stand in its clause."""
_NOUN = "|".join(NOUNS)
_BETWEEN = (
    r"(?:\s+(?:ada|adanya|lagi|lah|satu\s?pun|terdapat|ditemukan|ditemui|dijumpai|terjadi|mengalami|menemui|mendapat|laporan|"
    r"suatu|sesuatu|apa\s?pun|hal|menjadi|dengan|potensi|mengenai|tentang))*"
)
_ABSENT = re.compile(
    rf"\b(?:tidak(?:lah)?|tak|tiada|tanpa|nihil|nol|bebas(?:\s+dari)?|zero|belum)\b{_BETWEEN}\s+(?P<noun>{_NOUN})\b"
    rf"|\b(?P<before>{_NOUN})(?:\s+\w+){{0,3}}?\s*[:=,]?\s*"
    r"(?:\b(?:adalah|masih|dinyatakan|sampai saat ini|hingga saat ini)\s+)*"
    r"\b(?:nihil|nol|(?:tidak|tak|belum)\s+(?:ada|terdapat|ditemukan|terjadi))\b"
)
_CALM = re.compile(r"\b(?:aman|kondusif|lancar|terkendali)\b")
_NOT_CALM = re.compile(
    r"\b(?:(?:tidak|belum|kurang|tak)(?:\s+\w+)?|(?:menjadi|menjaga|jaga|mewujudkan|menciptakan)(?:\s+\w+){0,3})"
    r"\s+(?:aman|kondusif|lancar|terkendali)$"
)
_TAKEN_BACK = re.compile(
    r"\b(?:kecuali|terkecuali|selain|namun|tetapi|tapi|akan tetapi|hanya saja|di luar|walaupun|meskipun|meski)\b"
)
_UNREAL = re.compile(
    r"\b(?:jika|bila|bilamana|apabila|kalau|seandainya|andai|asal|asalkan|agar|supaya|semoga|diharapkan|berharap|harapan\w*|"
    r"(?:untuk|guna|demi|terus|akan|dalam rangka) memastikan|sekiranya|sekirannya|"
    r"tidak berarti|belum tentu|tidak benar|bukannya|bukan|sebelumnya|semula|awalnya|kemarin)\b"
)
_ENDS = re.compile(r"[.!?;]+(?=\s|$)|\n")
_BROKEN = re.compile(r"\b(tidak|tak|ada|nihil|tanpa|belum|terdapat)[ \t]*\n\s*")
"""A phrase that goes on in the next line."""


class Claim(NamedTuple):
    """Something said not to be there; `areas` are those that would know, none for all of them."""

    words: str
    areas: frozenset[str]
    is_calm: bool = False
    """It says that all is quiet, and not that something is missing."""


def claims_in(text: str) -> list[Claim]:
    """The claims of a text, in their order; none twice."""
    found: dict[Claim, None] = {}
    for sentence in _sentences(text):
        for claim in _claims_of(sentence):
            found.setdefault(claim)
    return list(found)


def _sentences(text: str) -> list[str]:
    plain = _BROKEN.sub(r"\1 ", text.lower())
    return [" ".join(part.split()) for part in _ENDS.split(plain) if part.strip()]


def _claims_of(sentence: str) -> list[Claim]:
    claims = []
    for found in _ABSENT.finditer(sentence):
        if _is_unsaid(sentence, found.start(), found.end()):
            continue
        noun = found["noun"] or found["before"]
        topics = _topics(sentence, found.start(), found.end())
        claims.append(Claim(found.group(), topics or frozenset(NOUNS[noun].split())))
    for found in _CALM.finditer(sentence):
        start, end = found.span()
        if not _NOT_CALM.search(sentence[:end]) and not _is_unsaid(sentence, start, end):
            topics = _topics(sentence, start, end)
            claims.append(Claim(found.group(), topics or frozenset({"KAM"}), is_calm=True))
    return claims


def _is_unsaid(sentence: str, start: int, end: int) -> bool:
    """Whether the sentence supposes, wishes or denies it before, or takes it back afterwards."""
    before = sentence[max(sentence.rfind(",", 0, start), 0) : start]
    opening = sentence[:start]
    return bool(
        _UNREAL.search(before)
        or _TAKEN_BACK.search(sentence[end:])
        or re.match(r"\W*(?:selain|kecuali|di luar|jika|bila|apabila|kalau|agar|supaya|semoga)\b", opening)
    )


def _topics(sentence: str, start: int, end: int) -> frozenset[str]:
    """The areas of work that the claim's clause names: from the comma before it to the one after it."""
    after = sentence.find(",", end)
    clause = sentence[max(sentence.rfind(",", 0, start), 0) : after if after >= 0 else len(sentence)]
    return frozenset(area for word, area in TOPICS.items() if re.search(rf"\b{word}", clause))
