"""What texts claim not to be there: found where it is claimed, and not where it is wished, supposed or taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reports.claims import claims_in

BERAU = (
    "Selanjutnya utuk hal lainnya hingga sampai saat ini tidak ada kendala, untuk itu kami terus berupaya melakukan "
    "komunikasi yang baik, sekirannya dalam perjalanan ini terdapat kendala dan hal lainnya akan segera disikapi "
    "dengan cepat."
)
"""As the Sekda of Berau said it on 25 November 2024 (seed 004)."""


@pytest.mark.parametrize(
    "text",
    [
        BERAU,
        "Hingga saat ini tidak ada kendala.",
        "Tidak ada kendala berarti.",
        "tidak ada kendala yang berarti",
        "Distribusi berjalan tanpa hambatan.",
        "Tanpa ada hambatan apa pun.",
        "Nihil kendala.",
        "Kendala: nihil.",
        "Kendala nihil",
        "Kendala sampai saat ini tidak ada.",
        "Kendala: tidak ada",
        "Tidak terdapat permasalahan.",
        "Tidak ditemukan adanya masalah.",
        "Tidak mengalami kendala.",
        "Belum ada laporan kendala.",
        "Tak ada satu pun kendala.",
        "TIDAK  ADA\nKENDALA",
        "Logistik: cukup\nKendala: nihil\nRencana: besok",
        "Sekda menyatakan tidak ada kendala.",
    ],
)
def test_it_finds_what_is_claimed_of_everything(text: str):
    assert [claim.areas for claim in claims_in(text) if not claim.is_calm] == [frozenset()]


@pytest.mark.parametrize(
    "text",
    [
        "Tidak ada kendala berarti, kecuali surat suara rusak di Maratua.",
        "Tidak ada kendala, namun cuaca menghambat.",
        "Tidak ada kendala selain jaringan.",
        "Tidak ada kendala tetapi tiga kasus masih berjalan.",
        "Selain tiga kasus netralitas, tidak ada kendala.",
        "Jika tidak ada kendala, distribusi tuntas besok.",
        "Apabila tidak ada hambatan, rapat dimulai pukul 10.00.",
        "Kami berupaya agar tidak ada kendala.",
        "Semoga tidak ada kendala.",
        "Patroli dilakukan untuk memastikan tidak ada gangguan.",
        "Bukan berarti tidak ada kendala.",
        "Bukan tidak ada kendala di lapangan.",
        "Tidak berarti tidak ada masalah.",
        "Ada kendala yang tidak terduga di Maratua.",
        "Masalah ini tidak dapat diselesaikan hari ini.",
        "Tidak sedikit kendala yang dihadapi.",
        "Tidak kurang dari 3 kasus ditangani.",
        "Kendala di Segah belum selesai.",
        "",
    ],
)
def test_it_leaves_alone_what_is_no_claim(text: str):
    assert [claim for claim in claims_in(text) if not claim.is_calm] == []


@pytest.mark.parametrize(
    "text, areas",
    [
        ("Tidak ada kendala logistik.", {"LOG"}),
        ("Kendala logistik sampai saat ini tidak ada.", {"LOG"}),
        ("Tidak terdapat pelanggaran netralitas ASN.", {"ASN"}),
        ("Nihil kejadian menonjol.", {"KAM"}),
        ("Kejadian menonjol: nihil.", {"KAM"}),
        ("Tidak ada gangguan keamanan.", {"KAM"}),
        ("Tidak ditemukan kekurangan.", {"LOG"}),
        ("Tidak ada kasus.", {"ASN", "KAM"}),
        ("Logistik lengkap, tidak ada kendala.", set()),
    ],
)
def test_a_claim_speaks_of_what_its_clause_names(text: str, areas: set[str]):
    assert [set(claim.areas) for claim in claims_in(text) if not claim.is_calm] == [areas]


@pytest.mark.parametrize("text", ["Situasi aman dan kondusif.", "Kegiatan berjalan lancar.", "Terkendali."])
def test_that_all_is_calm_is_a_claim_on_incidents(text: str):
    found = claims_in(text)
    assert found
    assert all(claim.is_calm and claim.areas == {"KAM"} for claim in found)


@pytest.mark.parametrize(
    "text",
    ["Situasi tidak aman.", "Belum kondusif di Segah.", "Kami menjaga situasi tetap aman.", "Kurang lancar.",
     "Aman, kecuali di Segah."],
)  # fmt: skip
def test_that_something_is_not_calm_is_none(text: str):
    assert claims_in(text) == []


def test_a_claim_counts_whatever_stands_in_other_sentences():
    assert len(claims_in("Jika hujan, kapal menunggu. Tidak ada kendala. Namun kami waspada.")) == 1


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str):
    claims_in(text)


@given(st.sampled_from([" ", "  ", "\t", "\n"]), st.sampled_from(["tidak ada kendala", "TIDAK ADA KENDALA"]))
def test_blanks_and_capitals_hide_no_claim(blank: str, words: str):
    assert len(claims_in(f"Hingga kini{blank}{words.replace(' ', blank)}{blank}di sini.")) == 1
