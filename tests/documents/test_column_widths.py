"""How a table of a final report shares out the page among its columns."""

from __future__ import annotations

import pytest

from app.documents.report_markup import FIGURE_EDGE, LETTERS, widths_of
from app.domain.reports import Table

pytestmark = pytest.mark.one_database

HOURS = Table(
    "jam",
    "rekap",
    "Jam",
    ("Wilayah", "Sampai", "TPS", "Dibuka", "Selesai memungut", "Selesai menghitung", "Pemilih datang"),
    (("Kabupaten Berau (seluruhnya)", "27 Nov 2024 pukul 14.00", 475, 474, 452, None, 121_034),),
)
VOTING = Table(
    "pemungutan",
    "rekap",
    "Pemungutan",
    ("Wilayah", "TPS yang sudah menerima logistik", "TPS yang dibuka", *["TPS yang selesai menghitung"] * 4),
    (("Kecamatan Pulau Derawan", "–", "–", *["0 dari 14 wilayah*"] * 4),),
)


@pytest.mark.parametrize("table", [HOURS, VOTING])
def test_the_whole_page_is_shared_out_and_no_more(table: Table):
    assert sum(widths_of(table)) == 100


def test_a_number_does_not_break_in_two():
    shares = dict(zip(HOURS.heads, widths_of(HOURS), strict=True))
    assert shares["Pemilih datang"] >= 100 * (len("121.034") + FIGURE_EDGE - 1) / LETTERS


def test_a_column_of_dashes_keeps_room_for_the_words_above_it():
    shares = widths_of(VOTING)
    for head, share in zip(VOTING.heads, shares, strict=True):
        assert share * LETTERS / 100 >= max(map(len, head.split())), head
