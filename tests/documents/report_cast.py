"""Reports as Berau and Kalimantan Timur could have sent them on Monday 25 November 2024.

Figures of the day are those that Berau's Sekda told (seed 004); people, parts and hashes are invented.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random

from app.domain.registers import Fact
from app.domain.reports import (
    AreaProgress,
    Change,
    Dress,
    Explained,
    Hindrance,
    Marks,
    Part,
    Reading,
    ReferenceFigure,
    SectionText,
    Snapshot,
    Table,
)

FOUR = dt.datetime(2024, 11, 25, 8, 0, tzinfo=dt.UTC)
DAY = dt.date(2024, 11, 25)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


DRESS = Dress(
    lines=(
        ("PEMERINTAH KABUPATEN BERAU", "sedang", False),
        ("BADAN KESATUAN BANGSA DAN POLITIK", "sedang", False),
        ("DESK PILKADA", "besar", True),
    ),
    address=("Jalan Contoh Nomor 1, Tanjung Redeb, Kalimantan Timur 77311",),
    number="200.2.1/118/DESK-PILKADA/2024",
    classification="Segera",
    attachment="-",
    subject="Perkembangan situasi menjelang pemungutan suara",
    copies=("Gubernur Kalimantan Timur", "Bupati Berau (sebagai laporan)", "Inspektur Kabupaten Berau"),
    place="Tanjung Redeb",
    date_text="25 November 2024",
    signature_mode="definitif",
    signature_position="Sekretaris Daerah selaku Ketua Desk Pilkada",
    signature_name="Nama Contoh, S.Sos., M.Si.",
    signature_rank="Pembina Utama Muda (IV/c)",
    signature_nip="19700101 199001 1 001",
)
FIGURES = (
    Fact(
        "logistik.kecamatan_lengkap",
        "LOG",
        "Logistik tiba di kecamatan",
        11,
        "kecamatan",
        13,
        "",
        "KPU",
        FOUR,
    ),
    Fact("logistik.tps", "LOG", "TPS", 475, "TPS", None, "3 lokasi khusus", "KPU", FOUR),
    Fact("keamanan.personel", "KAM", "Personel pengamanan", 1_588, "orang", None, "", "Polres Berau", FOUR),
    Fact("insiden.terbuka", "KAM", "Kejadian yang belum selesai", 0, "kejadian", 2, "", "Desk", FOUR),
    Fact(
        "netralitas.kasus",
        "ASN",
        "Dugaan pelanggaran netralitas",
        3,
        "kasus",
        None,
        "2 PNS, 1 kepala kampung",
        "Bawaslu",
        FOUR,
    ),
    Fact("ktp.belum_rekam", "KTP", "Belum rekam KTP-el", 1_204, "jiwa", 198_347, "", "Disdukcapil", FOUR),
    Fact("sosialisasi.kegiatan", "SOS", "Kegiatan sosialisasi", 42, "kegiatan", None, "", "Desk", FOUR),
    Fact("dukungan.nphd", "DUK", "NPHD tersalur", None, "", None, "", "Kesbangpol"),
)
TEXTS = {
    "umum": "Situasi keamanan dan ketertiban di Kabupaten Berau sampai dengan hari ini aman dan kondusif. "
    "Masa tenang memasuki hari kedua; alat peraga kampanye sudah dibersihkan di seluruh kecamatan.",
    "tahapan": "Masa tenang, distribusi logistik ke kecamatan, dan bimbingan teknis KPPS.",
    "logistik": "Logistik sudah tiba di 11 dari 13 kecamatan. Sambaliung dan Teluk Bayur dikirim hari ini karena "
    "jaraknya dekat dari gudang KPU. Pulau Maratua dan Derawan dilayani kapal sejak 23 November.",
    "keamanan": "Personel pengamanan siap dan bergeser ke TPS mulai 26 November. Tidak ada kejadian menonjol.",
    "netralitas": "Tiga dugaan pelanggaran sudah ditangani Bawaslu; rekomendasi BKN ditindaklanjuti PPK kepegawaian.",
    "ktp": "Perekaman KTP-el dibuka sampai malam di kantor Disdukcapil dan jemput bola di empat kampung.",
    "sosialisasi": "Sosialisasi terakhir kepada pemilih pemula dilaksanakan bersama KPU.",
    "cuaca": "BMKG memperingatkan gelombang 1,5 sampai 2,5 meter di perairan Maratua.",
    "kendala": "Jaringan seluler di sembilan kampung belum tersedia; laporan disampaikan lewat radio.",
    "antisipasi": "Kapal cadangan Dishub disiagakan; logistik TPS pulau diberangkatkan sehari lebih awal.",
    "rencana": "Distribusi ke PPS dan KPPS tuntas; apel kesiapan pukul 08.00 WITA.",
}
TITLES = {
    "umum": "Situasi umum",
    "tahapan": "Tahapan hari ini",
    "logistik": "Logistik",
    "keamanan": "Keamanan dan kejadian menonjol",
    "netralitas": "Netralitas",
    "ktp": "KTP-el",
    "sosialisasi": "Sosialisasi dan partisipasi",
    "dukungan": "Dukungan pemerintah daerah",
    "cuaca": "Cuaca dan geografi",
    "kendala": "Kendala dan tindak lanjut",
    "antisipasi": "Langkah antisipasi",
    "rencana": "Rencana besok",
}
AREA_OF = {
    "logistik": "LOG",
    "keamanan": "KAM",
    "netralitas": "ASN",
    "ktp": "KTP",
    "sosialisasi": "SOS",
    "dukungan": "DUK",
}
PROGRESS = (
    AreaProgress("LOG", "Logistik", (2, 1, 3, 1, 0, 0, 0, 9, 0)),
    AreaProgress("ASN", "Netralitas ASN", (0, 1, 2, 0, 0, 0, 0, 11, 1)),
    AreaProgress("KTP", "KTP-el", (1, 2, 1, 0, 0, 1, 0, 8, 0)),
    AreaProgress("SOS", "Sosialisasi & partisipasi", (3, 0, 2, 0, 1, 0, 0, 8, 0)),
    AreaProgress("KAM", "Keamanan & kerawanan", (1, 1, 0, 0, 0, 0, 1, 12, 0)),
)
HINDRANCES = (
    Hindrance(
        "Kecamatan Maratua",
        "Gelombang tinggi, kapal reguler tidak berangkat",
        "Kapal cadangan Dishub disiagakan",
        "ditangani",
        "Dishub",
        DAY,
    ),
    Hindrance(
        "Kecamatan Segah",
        "Jaringan seluler tidak tersedia di sembilan kampung",
        "Laporan lewat radio Linmas",
        "ditangani",
        "Diskominfo",
        dt.date(2024, 11, 20),
    ),
)
REFERENCE = (
    ReferenceFigure("TPS", 475, "KPU, rekapitulasi DPT", dt.date(2024, 9, 20)),
    ReferenceFigure("Pemilih (DPT)", 198_347, "KPU, rekapitulasi DPT", dt.date(2024, 9, 20)),
    ReferenceFigure("Pemilih perempuan", None, ""),
)
MARKS = Marks("dikirim", "7K3MP9WXQ2", address="http://desk.contoh/cek/7K3MP9WXQ2")
ENDORSED = Marks(
    "disahkan",
    "B4HT8N6RYD",
    "Penyelia Berau (contoh)",
    "Penyelia, Kesbangpol Kabupaten Berau",
    FOUR + dt.timedelta(minutes=42),
    "Ketua Desk Berau (contoh)",
    "Sekretaris Daerah",
    FOUR + dt.timedelta(minutes=64),
    "http://desk.contoh/cek/B4HT8N6RYD",
)


def daily(**more: object) -> Snapshot:
    """Berau's daily report of 25 November 2024."""
    sections = tuple(
        SectionText(
            key,
            title,
            TEXTS.get(key, ""),
            "dilanjutkan" if key == "cuaca" else "baru",
            tuple(fact.key for fact in FIGURES if fact.area == AREA_OF.get(key)),
        )
        for key, title in TITLES.items()
    )
    return Snapshot(
        report_id=1,
        kind="harian",
        version=1,
        day=DAY,
        slot=0,
        title="",
        region_code="64.03",
        region_name="Kabupaten Berau",
        region_level="kabkota",
        desk_name="Desk Pilkada Kabupaten Berau",
        above_name="Desk Pilkada Provinsi Kalimantan Timur",
        election_name="Pemilihan Serentak 2024",
        voting_day=dt.date(2024, 11, 27),
        zone="Asia/Makassar",
        cut_off_at=FOUR,
        due_at=FOUR + dt.timedelta(hours=1),
        sent_at=FOUR + dt.timedelta(minutes=24),
        sent_by="Operator Berau (contoh)",
        sent_office="Operator, Kesbangpol Kabupaten Berau",
        reading=Reading(
            FOUR, FIGURES, REFERENCE, PROGRESS, HINDRANCES, ("Masa Tenang",), "H-2", ("Kecamatan Batu Putih",)
        ),
        dress=DRESS,
        grade_reason="masa tenang berjalan tanpa kejadian menonjol",
        sections=sections,
        changes=(
            Change(
                "Logistik tiba di kecamatan naik dari 9 menjadi 11 dari 13.", ("logistik.kecamatan_lengkap",)
            ),
            Change(
                "Dugaan pelanggaran netralitas tetap 3 kasus; rekomendasi BKN sudah diterima.",
                ("netralitas.kasus",),
                True,
            ),
        ),
        explained=(
            Explained(
                "kendala",
                "Kendala disebut nihil, padahal 3 kasus netralitas terbuka",
                "Ketiganya menunggu keputusan PPK kepegawaian, bukan kendala desk.",
            ),
        ),
        audit_seq=1_284,
        audit_hash=sha("jejak"),
        previous_sha256=sha("laporan kemarin"),
    )._replace(**more)


def nil(**more: object) -> Snapshot:
    """A quiet day: three things looked at, one sentence."""
    return daily(
        is_nil=True,
        nil_checked=(
            "Kejadian keamanan dan pelanggaran",
            "Netralitas aparatur",
            "Logistik dan distribusinya",
            "Kendala yang masih terbuka",
        ),
        sections=(
            SectionText("umum", "Situasi umum", "Tidak ada kejadian menonjol; situasi aman dan kondusif."),
        ),
        changes=(),
        explained=(),
        grade_reason="",
        reading=Reading(FOUR, progress=PROGRESS, stages=("Masa Tenang",), h_text="H-2"),
    )._replace(**more)


NAMES = {
    "64.01": "Kabupaten Paser",
    "64.02": "Kabupaten Kutai Kartanegara",
    "64.03": "Kabupaten Berau",
    "64.07": "Kabupaten Kutai Barat",
    "64.08": "Kabupaten Kutai Timur",
    "64.09": "Kabupaten Penajam Paser Utara",
    "64.11": "Kabupaten Mahakam Ulu",
    "64.71": "Kota Balikpapan",
    "64.72": "Kota Samarinda",
    "64.74": "Kota Bontang",
}


def parts(seed: int = 4) -> tuple[Part, ...]:
    """Ten desks: one late, one nil, one silent, one not verified."""
    chance = random.Random(seed)  # noqa: S311 - the same chance every time
    made = []
    for number, (code, name) in enumerate(NAMES.items()):
        mark = {3: "terlambat", 6: "nihil", 9: "belum"}.get(number, "tepat")
        if mark == "belum":
            made.append(Part(0, code, name, mark, "belum"))
            continue
        figures = tuple(
            fact._replace(value=chance.randrange(1, 900), whole=None, words="") for fact in FIGURES[:7]
        )
        made.append(
            Part(
                100 + number,
                code,
                name,
                mark,
                "dikirim" if number == 5 else "diverifikasi",
                1 + (number == 3),
                sha(code),
                mark == "nihil",
                "waspada" if number == 4 else "aman",
                FOUR,
                figures,
            )
        )
    return tuple(made)


def compiled(**more: object) -> Snapshot:
    """The province's report of the same day, from ten desks; every figure is the sum over its parts."""
    found = parts()
    added = tuple(
        fact._replace(
            value=sum(
                one.value for part in found for one in part.figures if one.key == fact.key and one.value
            ),
            whole=None,
            words="",
        )
        for fact in FIGURES[:7]
    )
    table = Table(
        "kesiapan",
        "logistik",
        "Rekap (a): kesiapan menurut bidang",
        ("Wilayah", "Logistik", "Netralitas", "KTP-el", "Keamanan"),
        tuple((part.region_name, 90 - n, 80 + n, None, "siap") for n, part in enumerate(found)),
        "Persen isian selesai.",
    )
    base = daily(
        region_code="64",
        region_name="Provinsi Kalimantan Timur",
        region_level="provinsi",
        desk_name="Desk Pilkada Provinsi Kalimantan Timur",
        above_name="Desk Pilkada Kementerian Dalam Negeri",
        parts=found,
        tables=(table,),
        dress=DRESS._replace(
            lines=(
                ("PEMERINTAH PROVINSI KALIMANTAN TIMUR", "sedang", False),
                ("DESK PILKADA", "besar", True),
            ),
            number="",
            signature_mode="a.n.",
            signature_superior="GUBERNUR KALIMANTAN TIMUR",
            signature_position="Sekretaris Daerah",
        ),
    )
    return base._replace(
        reading=base.reading._replace(figures=added, silent=("Kota Bontang",)),
    )._replace(**more)
