"""Names that are safe everywhere, and times and places that can be."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain import clock
from app.domain.errors import Invalid
from app.domain.evidence import rules
from app.domain.evidence.rules import Kind, checked_moment, checked_position, clean_name, clean_text


@pytest.mark.parametrize(
    "given_name, kind, kept",
    [
        ("foto.jpg", Kind.JPEG, "foto.jpg"),
        ("FOTO.JPEG", Kind.JPEG, "FOTO.jpeg"),
        ("../../etc/passwd", Kind.TEXT, "passwd.txt"),
        ("C:\\Users\\Andi\\Surat.docx", Kind.DOCX, "Surat.docx"),
        ("foto\u202egpj.exe", Kind.JPEG, "fotogpj_exe.jpg"),
        ("\u2066tak\u200bterlihat\u2069.pdf", Kind.PDF, "takterlihat.pdf"),
        ("baris\r\nSet-Cookie: x.pdf", Kind.PDF, "baris Set-Cookie_ x.pdf"),
        ('kutip".pdf', Kind.PDF, "kutip_.pdf"),
        ("BA No. 12.2024", Kind.PDF, "BA No_ 12_2024.pdf"),
        ("BA Penerimaan No. 12.pdf", Kind.PDF, "BA Penerimaan No. 12.pdf"),
        ("laporan.pdf.exe", Kind.PDF, "laporan_pdf_exe.pdf"),
        ("foto.png", Kind.JPEG, "foto.jpg"),
        ("CON.txt", Kind.TEXT, "_CON.txt"),
        ("...", Kind.PDF, "berkas.pdf"),
        ("", Kind.CSV, "berkas.csv"),
        (".htaccess", Kind.TEXT, "htaccess.txt"),
        ("Kampung Bénéké 📷.jpg", Kind.JPEG, "Kampung Bénéké 📷.jpg"),
        ("e\u0301.pdf", Kind.PDF, "é.pdf"),
    ],
)
def test_a_name_is_made_safe(given_name: str, kind: Kind, kept: str):
    assert clean_name(given_name, kind) == kept


@given(some.text(max_size=400), some.sampled_from(list(Kind)))
def test_any_name_ends_as_its_kind_and_holds_nothing_that_hides_or_leads_elsewhere(text: str, kind: Kind):
    name = clean_name(text, kind)
    assert 5 <= len(name) <= 120
    assert not set('/\\<>:"|?*%;\r\n\0') & set(name)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for sign in name)
    assert not name.startswith((".", " "))
    assert "." + name.rpartition(".")[2] in rules._EXTENSIONS[kind]


def test_text_becomes_one_visible_line_of_limited_length():
    assert clean_text(" Gudang\tKPU \r\n Berau\u202e ", 100) == "Gudang KPU Berau"
    assert clean_text("x" * 300, 200) == "x" * 200


@pytest.mark.parametrize(
    "north, east",
    [(1, None), (None, 1), ("utara", 1), (91, 0), (0, -181), (math.nan, 0), (math.inf, 0), ("", "")],
)
def test_it_refuses_a_place_that_cannot_be(north: Any, east: Any):
    with pytest.raises(Invalid) as caught:
        checked_position(north, east)
    assert "latitude" in caught.value.fields


def test_a_place_is_kept_to_six_decimals():
    assert checked_position(-1.26543210, "117.3") == (Decimal("-1.265432"), Decimal("117.300000"))
    assert checked_position(None, None) == (None, None)


def test_it_refuses_a_time_before_cameras_or_after_tomorrow():
    for moment in (dt.datetime(1999, 12, 31, tzinfo=dt.UTC), clock.real_now() + dt.timedelta(days=2)):
        with pytest.raises(Invalid):
            checked_moment(moment)
    with pytest.raises(ValueError, match="zone"):
        checked_moment(dt.datetime(2024, 11, 25))  # noqa: DTZ001
    assert checked_moment(None) is None


def test_on_a_training_day_a_photo_of_the_real_day_is_not_from_the_future():
    clock.set_frozen(dt.datetime(2024, 11, 25, 1, tzinfo=dt.UTC))
    try:
        real = clock.real_now()
        assert checked_moment(real) == real
    finally:
        clock.set_real()
