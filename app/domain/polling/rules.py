"""What a record of voting day may not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from app.domain import clock, regions, stages
from app.domain.errors import Invalid
from app.domain.polling.models import PollingCount
from app.domain.regions import FigureKind
from app.domain.registers import Growing, Place, Values
from app.words import angka, tanggal_panjang, tanggal_pendek

MEASURES = ("opened", "late", "halted", "closed", "counted", "voters")
GROWING = Growing(
    PollingCount,
    moment=("counted_on", "counted_at"),
    labels={
        "opened": "TPS yang sudah dibuka",
        "late": "TPS yang terlambat dibuka",
        "closed": "TPS yang selesai memungut",
        "counted": "TPS yang selesai menghitung",
        "voters": "Pemilih yang sudah datang",
    },
    when=lambda said: f"{tanggal_pendek(said['counted_on'])} pukul {said['counted_at']}",
)
"""A halted station may go on, and is halted no more; everything else only grows."""


def check_count(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) an hour before voting day or still to come, a record without any figure, more stations than
    there are, and late or halted ones without a cause (checklist item PTH-09 asks for it).
    """
    _check_hour(values, place)
    if all(values[name] is None for name in MEASURES):
        _refuse("opened", "Isi paling sedikit satu angka. Yang belum diketahui dibiarkan kosong.")
    _check_stations(values, place)
    if (values["late"] or values["halted"]) and not values["cause"]:
        _refuse("cause", "Tuliskan sebab TPS terlambat, tertunda, atau terhenti.")
    return values


def _check_hour(values: Mapping[str, Any], place: Place) -> None:
    voting_day = stages.current_election().voting_day
    if values["counted_on"] < voting_day:
        _refuse(
            "counted_on",
            f"Pemungutan suara baru {tanggal_panjang(voting_day)}. Keadaan TPS dicatat mulai hari itu.",
        )
    now = clock.local(clock.now(), regions.zone_of(place.region))
    if (values["counted_on"], values["counted_at"]) > (now.date(), f"{now:%H.%M}"):
        _refuse("counted_at", f"Jam ini belum tiba. Sekarang pukul {now:%H.%M}.")


def _check_stations(values: Mapping[str, Any], place: Place) -> None:
    """What a record says of the whole was compared with its parts already; else the reference figure is the whole."""
    if values["stations"] is not None:
        return
    figure = regions.current_figure(place.region, FigureKind.POLLING_STATIONS)
    if figure is None or figure.value is None:
        return
    for name in ("opened", "halted", "closed", "counted"):
        if (values[name] or 0) > figure.value:
            _refuse(
                name,
                f"Lebih banyak daripada TPS menurut angka acuan, {angka(figure.value)}. Periksa, atau isi jumlah TPS.",
            )


def _refuse(name: str, sentence: str) -> NoReturn:
    raise Invalid(sentence, **{name: sentence})
