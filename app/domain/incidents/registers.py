"""The three registers of this room: incidents, obstacles, and the situation as each desk says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.accounts import Person
from app.domain.errors import Invalid
from app.domain.incidents import duplicates
from app.domain.incidents.models import Incident, Obstacle, Situation
from app.domain.incidents.rules import INCIDENT_FLOW, OBSTACLE_FLOW
from app.domain.regions import Level
from app.domain.registers import Column, Form, Note, Place, Register, Values

AREA = "KAM"
EVERYWHERE = frozenset({Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE})
CATEGORIES = {
    "politik_uang": "Politik uang",
    "kampanye": "Pelanggaran kampanye",
    "alat_peraga": "Alat peraga kampanye",
    "masa_tenang": "Pelanggaran masa tenang",
    "fasilitas_negara": "Penyalahgunaan fasilitas negara",
    "penyelenggara": "Pelanggaran penyelenggara",
    "hoaks_sara": "Hoaks, ujaran kebencian, SARA",
    "intimidasi": "Intimidasi",
    "kekerasan": "Kekerasan",
    "perusakan": "Perusakan",
    "unjuk_rasa": "Unjuk rasa",
    "pungut_hitung": "Gangguan pemungutan atau penghitungan",
    "bencana": "Bencana atau cuaca",
    "lainnya": "Lainnya",
}
SEVERITIES = {"berat": "Berat", "sedang": "Sedang", "ringan": "Ringan"}
TEAM = "tim_paslon"
ACTORS = {
    TEAM: "Tim pasangan calon",
    "paslon": "Pasangan calon",
    "asn": "ASN",
    "kepala_desa": "Kepala desa/kampung atau perangkatnya",
    "tni_polri": "TNI atau Polri",
    "penyelenggara": "Penyelenggara Pemilihan",
    "organisasi": "Organisasi kemasyarakatan",
    "warga": "Warga",
    "alam": "Bukan orang (alam, teknis)",
    "tidak_diketahui": "Belum diketahui",
}
WITH_PAIR = frozenset({TEAM, "paslon"})
SOURCES = {
    "bawaslu": "Bawaslu",
    "kpu": "KPU",
    "polri": "Polri",
    "tni": "TNI",
    "desk": "Pemantauan desk",
    "perangkat_daerah": "Perangkat daerah",
    "kecamatan_desa": "Kecamatan, kelurahan, atau desa",
    "masyarakat": "Laporan masyarakat",
    "media": "Media",
}
AREAS_OF_WORK = {
    "LOG": "Logistik",
    "ASN": "Netralitas ASN",
    "KTP": "KTP-el",
    "SOS": "Sosialisasi dan partisipasi",
    "KAM": "Keamanan dan kerawanan",
    "DUK": "Dukungan pemda",
    "PTH": "Pemantauan tahapan",
}
CALM = "kondusif"
STATUSES = {CALM: "Aman dan kondusif", "waspada": "Waspada", "tidak_kondusif": "Tidak kondusif"}
NIL, SOME = "nihil", "ada"
HIGHEST_PAIR = 20


def _incident(values: dict[str, Any], place: Place) -> Values:
    pair = values["pair_number"]
    if pair is None:
        return values
    if values["actor"] not in WITH_PAIR:
        sentence = "Nomor urut hanya untuk pasangan calon atau timnya. Ubah pelakunya, atau kosongkan."
        raise Invalid(sentence, pair_number=sentence)
    if not 1 <= pair <= HIGHEST_PAIR:
        sentence = f"Nomor urut antara 1 dan {HIGHEST_PAIR}."
        raise Invalid(sentence, pair_number=sentence)
    return values


def _notes(record_id: int, person: Person) -> Sequence[Note]:
    return duplicates.notes_of(INCIDENTS, record_id, person)


INCIDENTS = Register(
    key="insiden",
    subject="incident",
    action="incident:incident",
    model=Incident,
    title="Kejadian dan pelanggaran",
    one="kejadian",
    about="Kejadian menonjol dan dugaan pelanggaran: di mana, kapan, siapa pelakunya menurut jenisnya, dan sampai "
    "di mana penanganannya.",
    area=AREA,
    levels=EVERYWHERE,
    day="happened_on",
    name="what",
    check=_incident,
    notes=_notes,
    flow=INCIDENT_FLOW,
    restricted_by="is_restricted",
    columns=(
        Column(
            "category",
            "Jenis kejadian",
            Form.CHOICE,
            required=True,
            choices=CATEGORIES,
            in_list=True,
            is_filter=True,
        ),
        Column(
            "severity",
            "Tingkat",
            Form.CHOICE,
            required=True,
            choices=SEVERITIES,
            in_list=True,
            is_filter=True,
        ),
        Column("happened_on", "Tanggal kejadian", Form.DAY, required=True, in_list=True),
        Column(
            "happened_at", "Jam kejadian", Form.CLOCK, hint="Kosongkan bila belum diketahui. Contoh: 21.30"
        ),
        Column("place", "Tempat kejadian", most=160, hint="Nama tempatnya, bukan rumah atau nama orang."),
        Column("actor", "Pelaku (dugaan)", Form.CHOICE, required=True, choices=ACTORS, is_filter=True),
        Column(
            "pair_number",
            "Nomor urut pasangan calon",
            Form.COUNT,
            hint="Nomornya saja, dan hanya bila pelakunya pasangan calon atau timnya.",
        ),
        Column("source", "Sumber kabar", Form.CHOICE, required=True, choices=SOURCES, is_filter=True),
        Column(
            "what",
            "Apa yang terjadi",
            Form.LONG,
            required=True,
            most=2_000,
            in_list=True,
            hint="Tanpa nama orang.",
        ),
        Column("handling", "Penanganan segera", Form.LONG, most=1_000, hint="Tanpa nama orang."),
        Column("victims", "Korban", Form.COUNT, unit="orang", hint="Kosongkan bila belum diketahui."),
        Column("legal_basis", "Dasar aturan", hint="Misalnya UU 10/2016 Pasal 187A."),
        Column(
            "is_restricted",
            "Terbatas",
            Form.TICK,
            hint="Isinya hanya untuk penyelia, pimpinan, inspektorat, dan pencatatnya.",
        ),
    ),
)


def _obstacle(values: dict[str, Any], place: Place) -> Values:
    if values["due_on"] is not None and values["due_on"] < values["since"]:
        sentence = "Target selesai mendahului tanggal mulainya. Periksa keduanya."
        raise Invalid(sentence, due_on=sentence)
    return values


OBSTACLES = Register(
    key="kendala",
    subject="obstacle",
    action="incident:obstacle",
    model=Obstacle,
    title="Kendala lapangan",
    one="kendala",
    about="Hambatan di lapangan dengan pemecahannya: siapa menangani bersama siapa, sampai kapan, dan buktinya.",
    area=AREA,
    levels=EVERYWHERE,
    day="since",
    name="what",
    check=_obstacle,
    flow=OBSTACLE_FLOW,
    columns=(
        Column(
            "area",
            "Bidang",
            Form.CHOICE,
            required=True,
            choices=AREAS_OF_WORK,
            in_list=True,
            is_filter=True,
        ),
        Column("what", "Kendalanya", Form.LONG, required=True, most=1_000, in_list=True),
        Column("since", "Sejak tanggal", Form.DAY, required=True, in_list=True),
        Column(
            "owner",
            "Penanggung jawab",
            required=True,
            most=160,
            in_list=True,
            hint="Lembaga yang menangani, bersama penyelenggara bila perlu: KPU dan Dishub.",
        ),
        Column("solution", "Pemecahan", Form.LONG, most=1_000),
        Column("due_on", "Target selesai", Form.DAY, may_be_ahead=True),
        Column("source", "Sumber", hint="Siapa yang melaporkan."),
    ),
)


def _situation(values: dict[str, Any], place: Place) -> Values:
    if not any(values[name] for name in ("status", "incidents", "obstacles", "campaign", "account")):
        sentence = "Isi sedikitnya satu: situasi, kejadian menonjol, kendala, suasana, atau kondisi terkini."
        raise Invalid(sentence, status=sentence)
    if values["status"] not in ("", CALM) and not values["reason"]:
        sentence = "Tuliskan mengapa situasinya tidak dinyatakan kondusif."
        raise Invalid(sentence, reason=sentence)
    return values


SITUATIONS = Register(
    key="situasi-wilayah",
    subject="situation",
    action="incident:situation",
    model=Situation,
    title="Situasi wilayah dan pernyataan nihil",
    one="pernyataan situasi",
    about="Satu pernyataan per wilayah dan tanggal: situasinya, dan apakah nihil kejadian menonjol dan nihil kendala.",
    area=AREA,
    levels=frozenset({Level.PROVINCE, Level.REGENCY, Level.DISTRICT}),
    day="dated_on",
    name="status",
    check=_situation,
    once_per=("dated_on",),
    columns=(
        Column("dated_on", "Tanggal pernyataan", Form.DAY, required=True, in_list=True),
        Column(
            "status",
            "Situasi",
            Form.CHOICE,
            choices=STATUSES,
            in_list=True,
            is_filter=True,
        ),
        Column("reason", "Alasan situasi", Form.LONG, most=400, hint="Wajib bila bukan aman dan kondusif."),
        Column(
            "incidents",
            "Kejadian menonjol",
            Form.CHOICE,
            choices={NIL: "Nihil", SOME: "Ada"},
            in_list=True,
            is_filter=True,
        ),
        Column("obstacles", "Kendala", Form.CHOICE, choices={NIL: "Nihil", SOME: "Ada"}, in_list=True),
        Column("campaign", "Suasana kampanye", Form.CHOICE, choices={"damai": "Damai", "tegang": "Tegang"}),
        Column("account", "Kondisi terkini", Form.LONG, most=1_000, hint="Tanpa nama orang."),
        Column("source", "Sumber", hint="Rapat, paparan, atau laporan asalnya."),
    ),
)

REGISTERS = (INCIDENTS, OBSTACLES, SITUATIONS)
