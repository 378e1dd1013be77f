"""What this room tells reports and the situation room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain import regions
from app.domain.identity_cards import queries
from app.domain.identity_cards.queries import Served, Standing
from app.domain.identity_cards.registers import AREA
from app.domain.identity_cards.words import AT_NIGHT, ON_DAYS_OFF
from app.domain.registers import DESK, Fact, cited, coverage_of, known_sum

PEOPLE = "jiwa"
SATURDAY = 5
FIGURES = (
    ("wajib", "Wajib KTP-el", "obliged", ""),
    ("rekam", "Sudah rekam KTP-el", "enrolled", "obliged"),
    ("cetak", "KTP-el sudah dicetak", "printed", "enrolled"),
    ("belum_rekam", "Belum rekam KTP-el", "unenrolled", ""),
    ("pemula", "Pemilih pemula: genap 17 tahun sampai hari pemungutan", "turning", ""),
    ("pemula_rekam", "Pemilih pemula sudah rekam", "turning_enrolled", "turning"),
    ("pemula_belum", "Pemilih pemula belum rekam", "turning_left", ""),
    (
        "pemula_luar",
        "Pemilih pemula belum rekam yang berada di luar daerah",
        "turning_elsewhere",
        "turning_left",
    ),
    ("hari_h", "Genap 17 tahun tepat pada hari pemungutan", "on_the_day", ""),
    ("hari_h_rekam", "Genap 17 pada hari pemungutan dan sudah rekam", "on_the_day_enrolled", "on_the_day"),
)


def facts(codes: Sequence[str]) -> list[Fact]:
    """The newest figures of these subtrees, the services held and the certificates issued. Four statements.

    A part is told "of whole" over those regions only that know both.
    """
    found = queries.newest(codes)
    services = queries.held(codes)
    issued, issued_at = queries.certificates(codes)
    served_at = max((one.changed_at for one in services), default=None)
    coverage = coverage_of(codes, (one.region for one in services))
    certificates = Fact(
        "ktp.surat_keterangan", AREA, "Surat keterangan terbit", issued, "surat", source=DESK, as_of=issued_at
    )
    covered = Fact(
        "ktp.kecamatan_terlayani",
        AREA,
        "Kecamatan yang sudah didatangi layanan KTP-el",
        coverage.count,
        "kecamatan",
        whole=coverage.whole,
        source=DESK,
        as_of=served_at,
    )
    homes = {regions.kabkota_of(row.code) for row in coverage.districts}
    telling = Fact(
        "ktp.kabkota_berangka",
        AREA,
        "Kabupaten/kota yang ada angka perekamannya",
        len(homes & {regions.kabkota_of(code) for code in found}),
        "kabupaten/kota",
        whole=len(homes),
        source=DESK,
    )
    return [telling, *_figures(found, codes), certificates, *_services(services, served_at), covered]


def _figures(found: Mapping[str, Standing], codes: Sequence[str]) -> list[Fact]:
    parts = [queries.together(found, code) for code in codes]
    changed = max((one.changed_at for one in parts if one.changed_at), default=None)
    sources = tuple(dict.fromkeys(source for one in parts for source in one.sources))
    told = []
    for key, label, measure, of in FIGURES:
        value, whole = known_sum(one[measure] for one in parts), None
        if of:
            shares = [queries.share(found, code, measure, of) for code in codes]
            if any(part is not None for part, _ in shares):
                value, whole = (
                    known_sum(part for part, _ in shares),
                    known_sum(all_of for _, all_of in shares),
                )
        told.append(
            Fact(f"ktp.{key}", AREA, label, value, PEOPLE, whole=whole, source=cited(sources), as_of=changed)
        )
    return told


def _services(services: Sequence[Served], as_of: dt.datetime | None) -> list[Fact]:
    mobile = [one for one in services if one.kind != "titik_layanan"]
    counted = (
        ("layanan", "Layanan KTP-el terlaksana", len(services), "layanan"),
        ("jemput_bola", "Jemput bola KTP-el terlaksana", len(mobile), "kegiatan"),
        (
            "jemput_bola_pemula",
            "Jemput bola bagi yang genap 17 tahun sampai hari pemungutan",
            sum(one.for_turning for one in mobile),
            "kegiatan",
        ),
        ("layanan_malam", "Layanan malam", sum(one.hours == AT_NIGHT for one in services), "layanan"),
        ("layanan_libur", "Layanan akhir pekan atau hari libur", sum(map(_is_off, services)), "layanan"),
        ("dilayani", "Dilayani", known_sum(one.served for one in services), PEOPLE),
        ("direkam_layanan", "Direkam dalam layanan", known_sum(one.enrolled for one in services), PEOPLE),
        (
            "terkendala",
            "Tidak terlayani karena kendala",
            known_sum(one.obstacle_people for one in services),
            PEOPLE,
        ),
    )
    return [
        Fact(f"ktp.{key}", AREA, label, value, unit, source=DESK, as_of=as_of)
        for key, label, value, unit in counted
    ]


def _is_off(one: Served) -> bool:
    return one.hours == ON_DAYS_OFF or (one.day is not None and one.day.weekday() >= SATURDAY)
