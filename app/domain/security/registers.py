"""The five registers of this room."""

from __future__ import annotations

from typing import Any

from app import data
from app.domain.errors import Invalid
from app.domain.incidents import INCIDENTS
from app.domain.regions import FigureKind, Level, current_figures
from app.domain.registers import Column, Form, Place, Register, Values
from app.domain.security.models import Personnel, Risk, StationClass, Vulnerability, VulnerableStations
from app.domain.security.rules import DATASETS, DEGREES, LEVELS, RISK_FLOW
from app.words import angka

AREA = "KAM"
EVERYWHERE = frozenset({Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE})
TOGETHER = "gabungan"
INSTITUTIONS = {
    "polri": "Polri",
    "tni": "TNI",
    "linmas": "Linmas",
    "satpol_pp": "Satpol PP",
    "lainnya": "Lainnya",
    TOGETHER: "Semua lembaga, tidak dirinci",
}
ALL_STATIONS = "semua"
STATION_CLASSES_OF = {"aman": "Aman", "rawan": "Rawan", "sangat_rawan": "Sangat rawan"}
CLASSES = {ALL_STATIONS: "Semua TPS, tidak dirinci", **STATION_CLASSES_OF}
INDICATORS = {row["code"]: row["indicator_id"] for row in data.rows("tps_rawan_indikator.csv")}
DIMENSIONS = {
    "sosial_politik": "Konteks sosial politik",
    "penyelenggaraan": "Penyelenggaraan Pemilihan",
    "kontestasi": "Kontestasi",
    "partisipasi": "Partisipasi",
    "keamanan": "Keamanan dan ketertiban",
    "alam": "Alam dan geografi",
}

PERSONNEL = Register(
    key="personel-pengamanan",
    subject="security_personnel",
    action="security:personnel",
    model=Personnel,
    title="Personel pengamanan",
    one="kekuatan personel",
    about="Banyaknya personel per lembaga, wilayah, dan tanggal; bila diketahui juga per kelas TPS. Yang berlaku "
    "adalah catatan tanggal terakhir.",
    area=AREA,
    day="dated_on",
    once_per=("dated_on", "institution", "station_class"),
    columns=(
        Column("dated_on", "Per tanggal", Form.DAY, required=True, in_list=True),
        Column(
            "institution",
            "Lembaga",
            Form.CHOICE,
            required=True,
            choices=INSTITUTIONS,
            in_list=True,
            is_filter=True,
        ),
        Column(
            "station_class",
            "Untuk TPS",
            Form.CHOICE,
            required=True,
            choices=CLASSES,
            in_list=True,
            is_filter=True,
        ),
        Column("people", "Personel", Form.COUNT, required=True, unit="orang", in_list=True),
        Column("source", "Sumber", hint="Rencana pengamanan, paparan, atau surat asalnya."),
    ),
)


def _classes(values: dict[str, Any], place: Place) -> Values:
    parts = [values[name] for name in ("safe", "vulnerable", "very_vulnerable")]
    known = [part for part in parts if part is not None]
    if values["total"] is None and not known:
        sentence = "Isi sedikitnya satu angka: jumlah TPS atau salah satu kelasnya."
        raise Invalid(sentence, total=sentence)
    figure = current_figures([place.region]).get((place.region, FigureKind.POLLING_STATIONS))
    said = values["total"] if values["total"] is not None else sum(known)
    if figure is not None and figure.value is not None and said > figure.value:
        sentence = (
            f"Lebih banyak dari TPS di wilayah ini, {angka(figure.value)} menurut {figure.source[:80]}."
        )
        raise Invalid(sentence, total=sentence)
    return values


STATION_CLASSES = Register(
    key="kelas-tps",
    subject="station_class",
    action="security:stations",
    model=StationClass,
    title="Kelas TPS",
    one="kelas TPS",
    about="Banyaknya TPS aman, rawan, dan sangat rawan per wilayah menurut pemetaan pengamanan. Yang berlaku adalah "
    "catatan tanggal terakhir.",
    area=AREA,
    day="dated_on",
    check=_classes,
    once_per=("dated_on",),
    columns=(
        Column("dated_on", "Per tanggal", Form.DAY, required=True, in_list=True),
        Column(
            "total",
            "TPS seluruhnya",
            Form.COUNT,
            unit="TPS",
            in_list=True,
            parts=("safe", "vulnerable", "very_vulnerable"),
        ),
        Column("safe", "TPS aman", Form.COUNT, unit="TPS", in_list=True),
        Column("vulnerable", "TPS rawan", Form.COUNT, unit="TPS", in_list=True),
        Column("very_vulnerable", "TPS sangat rawan", Form.COUNT, unit="TPS", in_list=True),
        Column("source", "Sumber"),
    ),
)


def _vulnerability(values: dict[str, Any], place: Place) -> Values:
    dataset = DATASETS[values["dataset"]]
    score = values["score"]
    if score is not None and score > dataset.most:
        sentence = f"Skala ukuran ini {dataset.scale}: paling banyak {angka(dataset.most)}."
        raise Invalid(sentence, score=sentence)
    if score is not None and dataset.is_whole and score != score.to_integral_value():
        sentence = f"Skala ukuran ini {dataset.scale}: tulis bilangan bulat."
        raise Invalid(sentence, score=sentence)
    if score is None and not values["level"]:
        sentence = "Isi nilainya atau kelasnya. Yang tidak diterbitkan cukup tidak dicatat."
        raise Invalid(sentence, score=sentence)
    return values


VULNERABILITIES = Register(
    key="kerawanan",
    subject="vulnerability",
    action="security:vulnerability",
    model=Vulnerability,
    title="Kerawanan terbitan Bawaslu",
    one="angka kerawanan",
    about="Hasil ukur kerawanan seperti diterbitkan, masing-masing dengan skalanya sendiri. Potensi, bukan kondisi; "
    "angka dua ukuran tidak dapat dibandingkan.",
    area=AREA,
    day="published_on",
    name="dataset",
    check=_vulnerability,
    once_per=("dataset", "published_on"),
    columns=(
        Column(
            "dataset",
            "Ukuran",
            Form.CHOICE,
            required=True,
            choices={key: one.name for key, one in DATASETS.items()},
            in_list=True,
            is_filter=True,
        ),
        Column(
            "score",
            "Nilai",
            Form.DECIMAL,
            in_list=True,
            hint="Menurut skala ukurannya; kosongkan bila tidak diterbitkan.",
        ),
        Column("level", "Kelas kerawanan", Form.CHOICE, choices=LEVELS, in_list=True, is_filter=True),
        Column("place", "Peringkat", most=120, hint="Seperti ditulis terbitannya: ke-5 nasional."),
        Column("published_on", "Tanggal terbit", Form.DAY, required=True, in_list=True),
        Column("source", "Sumber terbitan", required=True, most=300),
    ),
)


def _stations(values: dict[str, Any], place: Place) -> Values:
    figure = current_figures([place.region]).get((place.region, FigureKind.POLLING_STATIONS))
    count = values["stations"]
    if count is not None and figure is not None and figure.value is not None and count > figure.value:
        sentence = (
            f"Lebih banyak dari TPS di wilayah ini, {angka(figure.value)} menurut {figure.source[:80]}."
        )
        raise Invalid(sentence, stations=sentence)
    return values


VULNERABLE_STATIONS = Register(
    key="tps-rawan",
    subject="vulnerable_stations",
    action="security:vulnerable_stations",
    model=VulnerableStations,
    title="TPS rawan per indikator",
    one="indikator TPS rawan",
    about="Pemetaan TPS rawan Bawaslu: banyaknya TPS untuk tiap indikator. Satu TPS dapat masuk beberapa indikator, "
    "jadi angkanya tidak dijumlahkan. Potensi, bukan kondisi.",
    area=AREA,
    day="published_on",
    name="indicator",
    check=_stations,
    once_per=("indicator", "published_on"),
    columns=(
        Column(
            "indicator",
            "Indikator",
            Form.CHOICE,
            required=True,
            choices=INDICATORS,
            in_list=True,
            is_filter=True,
        ),
        Column("stations", "Banyaknya TPS", Form.COUNT, unit="TPS", in_list=True),
        Column("published_on", "Data per tanggal", Form.DAY, required=True, in_list=True),
        Column("source", "Sumber terbitan", required=True, most=300),
    ),
)

RISKS = Register(
    key="risiko",
    subject="risk",
    action="security:risk",
    model=Risk,
    title="Risiko dan mitigasi",
    one="risiko",
    about="Yang mungkin terjadi, dengan pencegahannya, penanggung jawab, dan tanggal tinjauan. Potensi, bukan kondisi: "
    "yang sudah terjadi dicatat sebagai kejadian dan dihubungkan.",
    area=AREA,
    levels=EVERYWHERE,
    day="review_on",
    name="what",
    flow=RISK_FLOW,
    parents={"incident_id": INCIDENTS},
    columns=(
        Column("what", "Risikonya", Form.LONG, required=True, most=1_000, in_list=True),
        Column("dimension", "Dimensi", Form.CHOICE, required=True, choices=DIMENSIONS, is_filter=True),
        Column(
            "likelihood",
            "Kemungkinan",
            Form.CHOICE,
            required=True,
            choices=DEGREES,
            in_list=True,
            is_filter=True,
        ),
        Column(
            "impact",
            "Dampak",
            Form.CHOICE,
            required=True,
            choices=DEGREES,
            in_list=True,
            is_filter=True,
        ),
        Column("mitigation", "Mitigasi", Form.LONG, most=1_000),
        Column(
            "owner", "Penanggung jawab", required=True, most=160, in_list=True, hint="Lembaga, bukan orang."
        ),
        Column("review_on", "Ditinjau lagi", Form.DAY, required=True, may_be_ahead=True, in_list=True),
        Column("source", "Sumber"),
    ),
)

REGISTERS = (PERSONNEL, STATION_CLASSES, VULNERABILITIES, VULNERABLE_STATIONS, RISKS)
