"""What the registers of logistics let people choose from, value and words."""

from __future__ import annotations

from enum import StrEnum

from app.domain.logistics.kinds import goods

AREA = "LOG"
ALL_GOODS = "SEMUA"


def goods_choices(*, with_all: bool = False) -> dict[str, str]:
    """Code -> label of every kind; `with_all` offers "all of it" first."""
    named = {code: one.label for code, one in goods().items()}
    return {ALL_GOODS: "Seluruh logistik", **named} if with_all else named


class Stand(StrEnum):
    """How far logistics have come to a place."""

    WAITING = "belum"
    TODAY = "hari_ini"
    ARRIVED = "sampai"
    RETURNED = "kembali"


STANDS = {
    Stand.WAITING.value: "Belum sampai",
    Stand.TODAY.value: "Dikirim hari ini",
    Stand.ARRIVED.value: "Sudah sampai",
    Stand.RETURNED.value: "Kotak sudah kembali",
}
THERE = frozenset({Stand.ARRIVED.value, Stand.RETURNED.value})
"""Where logistics have been: what came back had arrived."""

COMPLETE, IN_PROCESS, NOT_YET = "lengkap", "proses", "belum"
READINESS = {COMPLETE: "Lengkap", IN_PROCESS: "Dalam proses", NOT_YET: "Belum"}
ENOUGH, TOO_LITTLE = "cukup", "kurang"
ADEQUACY = {ENOUGH: "Tercukupi", TOO_LITTLE: "Kurang"}

LEGS = {
    "pabrik_gudang": "Percetakan ke gudang",
    "gudang_kecamatan": "Gudang ke kecamatan",
    "kecamatan_keldes": "Kecamatan ke kelurahan/desa",
    "keldes_tps": "Kelurahan/desa ke TPS",
    "gudang_tps": "Gudang langsung ke TPS",
    "tps_kecamatan": "TPS kembali ke kecamatan",
    "kecamatan_gudang": "Kecamatan kembali ke gudang",
}
TRANSPORTS = {
    "truk": "Truk",
    "mobil": "Mobil",
    "motor": "Sepeda motor",
    "speedboat": "Speedboat",
    "longboat": "Longboat",
    "kapal": "Kapal atau feri",
    "pesawat": "Pesawat atau helikopter",
    "jalan_kaki": "Jalan kaki",
    "campuran": "Lebih dari satu",
}
ACTIVITIES = {
    "produksi": "Produksi",
    "sortir": "Sortir",
    "lipat": "Pelipatan",
    "pengepakan": "Pengesetan dan pengepakan",
    "pemusnahan": "Pemusnahan",
    "gudang": "Pemeriksaan gudang",
}
PROBLEMS = {
    "kurang": "Kurang",
    "rusak": "Rusak",
    "terlambat": "Belum terdistribusi atau terlambat",
    "salah_kirim": "Salah kirim",
    "jalur_putus": "Jalur terputus",
    "lainnya": "Lainnya",
}
REACHES = {
    "kabkota": "Sampai di kabupaten/kota",
    "kecamatan": "Sampai di kecamatan",
    "keldes": "Sampai di kelurahan/desa",
    "tps": "Sampai di TPS",
}
SUPPORTS = {
    "teknis": "Dukungan teknis",
    "kendaraan": "Kendaraan darat",
    "perahu": "Speedboat, longboat, atau kapal",
    "pesawat": "Pesawat atau helikopter",
    "personel": "Personel",
    "gudang": "Gudang atau tempat singgah",
    "komunikasi": "Alat komunikasi",
    "lainnya": "Lainnya",
}
