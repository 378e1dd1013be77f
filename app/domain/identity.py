"""Numbers that name one person: NIK and NIP stand in no text of a desk (domain.md 5)."""

from __future__ import annotations

import re

# The digits as they stand in files, and as they are printed on cards: NIP 8-6-1-3, NIK 6-6-4, both also by fours.
_NUMBER = re.compile(
    r"\d{16,}"
    r"|(?<!\d)\d{8}[ .-]\d{6}[ .-]\d[ .-]\d{3}(?!\d)"
    r"|(?<!\d)\d{6}[ .-]\d{6}[ .-]\d{4}(?!\d)"
    r"|(?<!\d)\d{4}(?:[ .-]\d{4}){3}(?!\d)"
)
NUMBER_SENTENCE = (
    "Teks ini memuat nomor yang tampak seperti NIK (16 angka) atau NIP (18 angka). Hapus nomornya; "
    "nomor identitas orang tidak disimpan di sini."
)
MASKED_SENTENCE = (
    "Nomor yang tampak seperti NIK (16 angka) atau NIP (18 angka) sudah kami samarkan. Periksa teksnya, lalu "
    "simpan lagi."
)


def holds_identity_number(text: str) -> bool:
    """Whether the text holds what looks like a NIK or a NIP."""
    return _NUMBER.search(text) is not None


def masked(text: str) -> str:
    """The text with every such number made unreadable: its digits become "x", its length stays."""
    return _NUMBER.sub(lambda found: re.sub(r"\d", "x", found.group()), text)
