"""The rapid report as text: what happened, in WhatsApp's length, and nobody's name."""

from __future__ import annotations

import pytest

from app.domain import incidents
from app.domain.accounts import Person
from app.domain.incidents import IncidentVerb
from app.domain.incidents.message import without_names
from tests import cast
from tests.domain.incidents.cases import incident, taken

pytestmark = pytest.mark.one_database


def test_it_tells_the_incident_in_short_lines(operator: Person):
    row = incident(operator, cast.SAMBALIUNG)
    assert incidents.rapid_message(row).splitlines() == [
        "*KABAR CEPAT DESK PILKADA KABUPATEN BERAU*",
        "Senin, 25 November 2024 pukul 09.00 WITA (H-2)",
        "",
        f"*Kejadian {row.number}* (dugaan): Politik uang, tingkat sedang",
        "*Waktu*: Minggu, 24 November 2024 pukul 21.30 WITA",
        "*Tempat*: Pasar Sanggam, Kecamatan Sambaliung, Kabupaten Berau",
        "*Pelaku (dugaan)*: Tim pasangan calon nomor urut 2",
        "*Korban*: nihil",
        "*Uraian*: Pembagian paket sembako kepada warga.",
        "*Penanganan*: Panwaslu kecamatan mendatangi tempat kejadian.",
        "*Keadaan*: dicatat",
        "",
        "Sumber: Bawaslu.",
        "Belum diverifikasi.",
    ]


def test_what_is_not_known_is_said_to_be_unknown(operator: Person):
    text = incidents.rapid_message(
        incident(
            operator, happened_at="", victims=None, handling="", actor="tidak_diketahui", pair_number=None
        )
    )
    assert "jam belum diketahui" in text
    assert "*Korban*: belum diketahui" in text
    assert "*Penanganan*: belum ada" in text
    assert "nomor urut" not in text


def test_it_stays_short_whatever_was_written(operator: Person):
    long = "Sekelompok orang " * 117
    row = incident(operator, what=long, handling=long[:1_000], place="x" * 160)
    text = incidents.rapid_message(row)
    assert len(text) < incidents.MOST_SIGNS
    assert "orang ..." in text


def test_it_names_the_receiver_and_the_letter(operator: Person, supervisor: Person):
    row = taken(incident(operator), IncidentVerb.VERIFY, supervisor)
    row = taken(
        row, IncidentVerb.FORWARD, operator, receiver="Sentra Gakkumdu", letter_number="300/12/Kesbangpol"
    )
    text = incidents.rapid_message(row)
    assert "*Keadaan*: diteruskan kepada Sentra Gakkumdu, surat nomor 300/12/Kesbangpol" in text
    assert "Belum diverifikasi" not in text


def test_a_restricted_one_tells_neither_place_nor_course(operator: Person):
    text = incidents.rapid_message(incident(operator, is_restricted=True))
    assert "terbatas" in text
    for secret in ("Sanggam", "sembako", "nomor urut", "Panwaslu"):
        assert secret not in text


def test_nobody_of_the_desk_is_named(operator: Person):
    assert operator.name not in incidents.rapid_message(incident(operator))


@pytest.mark.parametrize(
    "said, told",
    [
        ("Dilakukan Sdr. Budi Santoso di pasar.", "Dilakukan Sdr (nama tidak disebut) di pasar."),
        ("Saksi bernama Siti Aminah binti Rahmat melapor.", "Saksi bernama (nama tidak disebut) melapor."),
        ("Warga Bapak Joko mengadu.", "Warga Bapak (nama tidak disebut) mengadu."),
        ("Panwaslu Kecamatan Segah menghentikannya.", "Panwaslu Kecamatan Segah menghentikannya."),
        ("Ibu hamil didahulukan.", "Ibu hamil didahulukan."),
    ],
)
def test_a_name_after_a_form_of_address_is_left_out(said: str, told: str):
    assert without_names(said) == told
