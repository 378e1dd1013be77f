"""What a record of this room may not say."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NoReturn

from app.domain import stages
from app.domain.errors import Invalid
from app.domain.outreach.words import AUDIENCES, FIGURES, HELD, LAST, RESULT
from app.domain.registers import Place, Values
from app.words import angka

LEAST = Decimal(1)
"""A turnout below 1 % is a cell formatted as percent, 0,79 for 79."""
CENT = Decimal("0.01")


def check_event(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) who was reached by what was not held, a day that has not come, and nobody it was for."""
    day = values["held_on"]
    if values["progress"] == HELD:
        if day is not None and day > place.today:
            _refuse("progress", "Tanggalnya belum tiba. Pilih direncanakan, atau betulkan tanggalnya.")
    else:
        for name in ("reached", "reached_male", "reached_female"):
            if values[name]:
                _refuse(
                    name,
                    "Jumlah yang dijangkau diisi sesudah terlaksana. Kosongkan, atau ubah pelaksanaannya.",
                )
    if not any(values[name] for name in (*AUDIENCES, *FIGURES)):
        _refuse("for_everyone", "Pilih paling sedikit satu kelompok sasaran atau tokoh yang diundang.")
    return values


def check_turnout(values: dict[str, Any], place: Place) -> Values:
    """The statement with its percentage, reckoned from the counts where it was left empty.

    Refuses (Invalid) neither percentage nor counts, a percentage that is not that of the counts, a result before
    voting day, and an earlier election that is not named.
    """
    voting_day = stages.current_election().voting_day
    if values["kind"] == RESULT and (
        place.today < voting_day or (values["stated_on"] is not None and values["stated_on"] < voting_day)
    ):
        _refuse("kind", "Hasil baru ada sejak hari pemungutan suara. Pilih proyeksi, atau tunggu.")
    if values["kind"] == LAST and not values["of_election"]:
        _refuse("of_election", "Sebutkan Pemilihan yang mana, misalnya Pilgub 2018.")
    reckoned = _reckoned(values["voters"], values["entitled"])
    said: Decimal | None = values["percent"]
    percent = reckoned if said is None else said
    if percent is None:
        _refuse("percent", "Isi persentasenya, atau pengguna hak pilih dan pemilih terdaftarnya.")
    if said is not None and reckoned is not None and abs(said - reckoned) > CENT:
        _refuse(
            "percent",
            f"{angka(values['voters'])} dari {angka(values['entitled'])} adalah {angka(reckoned)} %, "
            f"bukan {angka(said)} %. Periksa ketiganya.",
        )
    if percent > 100:
        _refuse("percent", "Persentase paling besar 100.")
    if 0 < percent < LEAST:
        _refuse("percent", "Di bawah 1 persen. Tulis 79,5 untuk 79,5 persen, bukan 0,795.")
    return {**values, "percent": percent}


def _reckoned(voters: int | None, entitled: int | None) -> Decimal | None:
    if voters is None or not entitled:
        return None
    return (Decimal(voters) * 100 / entitled).quantize(CENT, rounding=ROUND_HALF_UP)


def _refuse(name: str, sentence: str) -> NoReturn:
    raise Invalid(sentence, **{name: sentence})
