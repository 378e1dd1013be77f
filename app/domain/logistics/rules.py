"""What cannot be in logistics: arriving before leaving, replacing more than was missing, a TPS where none can be."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from app.domain.errors import Invalid
from app.domain.logistics.words import COMPLETE, THERE, Stand
from app.domain.regions import Level, level_of
from app.domain.registers import JUDGE, RECORD, Flow, Place, Values
from app.domain.workflow import Step


def check_stock(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) more replacements than were damaged and short together, where all of them are known."""
    damaged, short, replaced = values["damaged"], values["short"], values["replaced"]
    if replaced and damaged is not None and short is not None and replaced > damaged + short:
        sentence = "Pengganti lebih banyak daripada yang rusak dan kurang. Periksa ketiganya."
        raise Invalid(sentence, replaced=sentence)
    return values


def check_movement(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) an arrival before it left, and an hour without its day."""
    for day, hour in (("left_on", "left_at"), ("arrived_on", "arrived_at")):
        if values[hour] and values[day] is None:
            raise Invalid("Jam tanpa tanggal.", **{day: "Isi juga tanggalnya."})
    left, arrived = values["left_on"], values["arrived_on"]
    if left is None and arrived is None:
        sentence = "Isi tanggal berangkat atau tanggal tiba."
        raise Invalid(sentence, left_on=sentence)
    if left is None or arrived is None:
        return values
    if arrived < left:
        sentence = "Tiba sebelum berangkat. Periksa kedua tanggalnya."
        raise Invalid(sentence, arrived_on=sentence)
    if (
        arrived == left
        and values["left_at"]
        and values["arrived_at"]
        and values["arrived_at"] < values["left_at"]
    ):
        sentence = "Tiba sebelum berangkat. Periksa kedua jamnya."
        raise Invalid(sentence, arrived_at=sentence)
    return values


def check_readiness(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) complete logistics without their day, and that day beside anything less."""
    is_complete = values["readiness"] == COMPLETE
    if is_complete and values["complete_on"] is None:
        raise Invalid(
            "Sejak kapan lengkap?", complete_on="Isi tanggal lengkapnya, atau tanggal hal itu dinyatakan."
        )
    if not is_complete and values["complete_on"] is not None:
        raise Invalid(
            "Tanggal lengkap tanpa lengkap.",
            complete_on="Kosongkan tanggal ini, atau ubah keadaannya menjadi lengkap.",
        )
    return values


def check_arrival(values: dict[str, Any], place: Place) -> Values:
    """Refuse (Invalid) a TPS or a day that cannot be.

    What was said before of a day that no longer holds is let go: a place that waits has no day of arrival. A day that
    nobody states stays unknown, so that the same sheet says the same tomorrow.
    """
    level, station = level_of(place.region), _number(values["station"])
    values["station"] = station
    if level is Level.REGENCY and not station:
        raise Invalid(
            "Pilih kecamatan atau isi TPS.", station="Isi TPS-nya, atau pilih kecamatan atau kelurahan/desa."
        )
    if station and level is not Level.VILLAGE and not values["special"]:
        raise Invalid(
            "TPS berada di kelurahan/desa.",
            station="Pilih kelurahan/desanya, atau tandai sebagai TPS lokasi khusus.",
        )
    if values["special"] and not station:
        raise Invalid("TPS khusus yang mana?", station="Isi nomor atau sebutan TPS khusus itu.")
    if values["voters"] is not None and not station:
        raise Invalid("Pemilih dicatat per TPS.", voters="Kosongkan, atau isi TPS-nya.")
    if values["stand"] not in THERE:
        values["arrived_on"], values["arrived_at"] = None, ""
    if values["stand"] != Stand.RETURNED.value:
        values["returned_on"] = None
    if values["arrived_on"] and values["returned_on"] and values["returned_on"] < values["arrived_on"]:
        sentence = "Kembali sebelum sampai. Periksa kedua tanggalnya."
        raise Invalid(sentence, returned_on=sentence)
    return values


def _number(station: str) -> str:
    """The number of a TPS as it is kept: 001 and 1 are one TPS."""
    return str(int(station)) if station.isascii() and station.isdecimal() else station


class Problem(StrEnum):
    """Where a problem stands."""

    OPEN = "terbuka"
    HANDLED = "ditangani"
    SOLVED = "teratasi"
    CLOSED = "selesai"


class ProblemVerb(StrEnum):
    """What is done about a problem; the value stands in its address."""

    HANDLE = "tangani"
    FORWARD = "teruskan"
    SOLVE = "atasi"
    CLOSE = "tutup"
    RETURN = "kembalikan"
    REOPEN = "buka-kembali"


RECEIVERS = ("KPU", "Bawaslu", "Polri", "TNI", "BPBD", "Dinas Perhubungan", "Pemerintah provinsi")

PROBLEM_FLOW = Flow(
    table={
        ProblemVerb.HANDLE: Step("Tangani", frozenset({Problem.OPEN}), Problem.HANDLED, RECORD),
        ProblemVerb.FORWARD: Step(
            "Minta bantuan", frozenset({Problem.OPEN, Problem.HANDLED}), Problem.HANDLED, RECORD
        ),
        ProblemVerb.SOLVE: Step(
            "Nyatakan teratasi",
            frozenset({Problem.OPEN, Problem.HANDLED}),
            Problem.SOLVED,
            RECORD,
            needs_reason=True,
        ),
        ProblemVerb.CLOSE: Step("Tutup", frozenset({Problem.SOLVED}), Problem.CLOSED, JUDGE, four_eyes=True),
        ProblemVerb.RETURN: Step(
            "Kembalikan", frozenset({Problem.SOLVED}), Problem.HANDLED, JUDGE, needs_reason=True
        ),
        ProblemVerb.REOPEN: Step(
            "Buka kembali", frozenset({Problem.CLOSED}), Problem.HANDLED, JUDGE, needs_reason=True
        ),
    },
    start=Problem.OPEN,
    words={
        Problem.OPEN: "Terbuka",
        Problem.HANDLED: "Sedang ditangani",
        Problem.SOLVED: "Teratasi, menunggu diperiksa",
        Problem.CLOSED: "Selesai",
    },
    ended=frozenset({Problem.CLOSED}),
    # Ours: near voting day nothing may lie for long. A region's holidays and weekends do not count.
    limits={Problem.OPEN: 1, Problem.HANDLED: 2, Problem.SOLVED: 1},
    to_someone=frozenset({ProblemVerb.FORWARD}),
    receivers=RECEIVERS,
)
"""The steps of a shortage or another problem (F81), with a limit in working days for each."""
