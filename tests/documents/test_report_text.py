"""The text for WhatsApp: short whatever the report is, without names, with the totals of the paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.documents.report_text import MOST_SIGNS, whatsapp_text
from app.documents.report_totals import totals_of
from app.domain.reports import SectionText
from tests.documents import report_cast as cast

texts = st.text(st.characters(codec="utf-8"), max_size=600)


def test_it_says_the_day_as_the_desk_would_type_it():
    text = whatsapp_text(cast.daily(), cast.MARKS)
    assert text.startswith(
        "*LAPORAN HARIAN DESK PILKADA KABUPATEN BERAU*\nSenin, 25 November 2024 pukul 16.00 WITA (H-2"
    )
    assert "*Logistik*: Logistik tiba di kecamatan 11 dari 13 kecamatan" in text
    assert "Kode cek: 7K3MP9WXQ2." in text


def test_it_carries_every_total():
    for snapshot in (cast.daily(), cast.nil(), cast.compiled()):
        text = whatsapp_text(snapshot, cast.MARKS)
        assert all(f"*{line.label}*: {line.said}" in text for line in totals_of(snapshot))


def test_a_nil_report_says_so():
    assert "*LAPORAN HARIAN NIHIL DESK" in whatsapp_text(cast.nil(), cast.MARKS)


@given(st.lists(texts, max_size=20), texts, texts)
def test_it_is_never_longer_than_whatsapp_shows(sections: list[str], reason: str, desk: str):
    snapshot = cast.daily(
        sections=tuple(SectionText(f"s{n}", f"Bagian {n}", text) for n, text in enumerate(sections)),
        grade_reason=reason,
        desk_name=desk,
    )
    assert len(whatsapp_text(snapshot, cast.MARKS)) <= MOST_SIGNS


def test_what_does_not_fit_is_said():
    long = tuple(SectionText(f"s{n}", f"Bagian {n} " + "x" * 60, "kata " * 400) for n in range(30))
    assert "bagian lain ada di laporan lengkap" in whatsapp_text(cast.daily(sections=long), cast.MARKS)


def test_it_names_nobody_and_shows_no_long_number():
    told = "Sdr. Budi Santoso melapor, NIK 6403010101010001, *tebal* _miring_."
    text = whatsapp_text(cast.daily(sections=(SectionText("umum", "Situasi umum", told),)), cast.MARKS)
    assert "Budi" not in text
    assert "6403010101010001" not in text
    assert "tebal miring" in text
