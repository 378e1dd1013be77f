"""A report as Berau could have made it on Monday 25 November 2024, in the size a test wants.

Places and figures of the day are those of the sources; people and files are invented and marked as examples.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import random
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from app.documents.snapshot import (
    AreaSection,
    AuditHead,
    BlankArea,
    BlankChecklist,
    BlankItem,
    ChecklistReport,
    EvidenceRow,
    FigureRow,
    HeadLine,
    ItemRow,
    Letterhead,
    ObstacleRow,
    Photo,
    Signature,
)
from app.domain.checklists.totals import Totals

WITA = dt.timezone(dt.timedelta(hours=8), "WITA")
AS_OF = dt.datetime(2024, 11, 25, 9, 0, tzinfo=WITA)

LETTERHEAD = Letterhead(
    lines=(
        HeadLine("PEMERINTAH KABUPATEN BERAU"),
        HeadLine("BADAN KESATUAN BANGSA DAN POLITIK", "besar", bold=True),
    ),
    address_lines=("Jalan Contoh Nomor 1, Tanjung Redeb, Kalimantan Timur 77311",),
)
SEKDA = Signature(
    mode="a.n.",
    superior_position="BUPATI BERAU",
    position="Sekretaris Daerah selaku Ketua Desk Pilkada",
    name="Nama Contoh, S.Sos., M.Si.",
    rank="Pembina Utama Muda (IV/c)",
    nip="19700101 199001 1 001",
)

AREA_NAMES = {
    "LOG": "Logistik",
    "ASN": "Netralitas ASN",
    "KTP": "KTP-el",
    "SOS": "Sosialisasi & partisipasi",
    "KAM": "Keamanan & kerawanan",
    "DUK": "Dukungan pemda",
    "PTH": "Pemantauan tahapan",
    "LAP": "Pelaporan",
}
TITLES = (
    "Terima logistik di kecamatan (gudang PPK kecamatan) dan catat berita acara serah terima",
    "Distribusikan logistik ke TPS lokasi khusus (lapas/rutan, perusahaan, kampus)",
    "Terbitkan surat edaran netralitas ASN, PPPK, dan tenaga kontrak",
    "Bersihkan alat peraga kampanye",
    "Kirim laporan harian situasi, logistik, dan isu",
)
UNITS = ("Kesbangpol", "Dishub; BPBD", "Camat", "Satpol PP", "BKPSDM", "Disdukcapil")
DISTRICTS = ("Kec. Sambaliung", "Kec. Teluk Bayur", "Kec. Segah", "Kec. Pulau Derawan", "Kec. Maratua")
STANDINGS = (
    ["selesai_diverifikasi"] * 9
    + ["selesai"] * 3
    + ["proses"] * 3
    + ["belum"] * 2
    + ["terkendala", "dikembalikan", "tidak_berlaku", "tidak_berlaku_diverifikasi"]
)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def library(path: Path | None = None) -> list[tuple[str, str]]:
    """Code and title of the real items where their file is given, else a handful in the same manner."""
    if path is not None:
        with path.open(encoding="utf-8", newline="") as lines:
            return [(row["code"], row["title_id"]) for row in csv.DictReader(lines)]
    return [
        (f"{area}-{n:02d}", TITLES[(n + k) % 5]) for k, area in enumerate(AREA_NAMES) for n in range(1, 16)
    ]


def item(code: str, title: str, chance: random.Random) -> ItemRow:
    """One line with whatever its standing brings along."""
    standing = chance.choice(STANDINGS)
    is_done = standing in ("selesai", "selesai_diverifikasi", "dikembalikan")
    is_measured = chance.random() < 0.5
    total = chance.choice((13, 110, 475, None))
    moment = AS_OF - dt.timedelta(minutes=chance.randrange(60, 40_000))
    return ItemRow(
        code=code,
        title=title,
        standing=standing,
        region_name=chance.choice((None, None, *DISTRICTS)),
        unit_name=chance.choice(UNITS),
        due_text=f"tenggat {chance.randrange(1, 27)} Nov 2024",
        measure_value=(total or 42) if is_done and is_measured else None,
        measure_total=total if is_measured else None,
        measure_unit="TPS" if is_measured else None,
        done_by="Operator Berau (contoh)" if is_done else None,
        done_at=moment if is_done else None,
        verified_by="Penyelia Berau (contoh)"
        if standing in ("selesai_diverifikasi", "dikembalikan", "tidak_berlaku_diverifikasi")
        else None,
        verified_at=moment + dt.timedelta(hours=2),
        note="Berita acara ditandatangani kedua pihak." if chance.random() < 0.2 else None,
        reason="Tidak ada wilayah terpencil dalam lingkup ini." if standing.startswith("tidak") else None,
        obstacle="Gelombang tinggi, kapal belum dapat berangkat." if standing == "terkendala" else None,
        evidence_count=chance.randrange(1, 4) if is_done else 0,
        periods_done=12 if chance.random() < 0.15 else None,
        periods_total=None,
    )


def berau(
    *, items: int = 120, evidence: int = 30, photos: int = 0, source: Path | None = None, seed: int = 4
) -> ChecklistReport:
    """The report of Kabupaten Berau with that many lines, spread over the eight areas of work."""
    chance = random.Random(seed)  # noqa: S311 - the same chance every time
    codes = library(source)
    rows = [item(*codes[number % len(codes)], chance) for number in range(items)]
    areas = []
    for code, name in AREA_NAMES.items():
        own = tuple(row for row in rows if row.code.startswith(code))
        if own:
            areas.append(AreaSection(code, name, Totals.of(row.standing for row in own), own))
    return ChecklistReport(
        title="Pertanggungjawaban Daftar Periksa",
        kind="rinci",
        region_name="Kabupaten Berau",
        region_code="64.03",
        region_level="kabkota",
        election_name="Pemilihan Serentak Tahun 2024",
        period_text="18 s.d. 25 November 2024",
        as_of=AS_OF,
        zone="WITA",
        letterhead=LETTERHEAD,
        desk_name="Desk Pilkada Kabupaten Berau",
        place="Tanjung Redeb",
        date_text="25 November 2024",
        totals=sum((area.totals for area in areas), Totals()),
        areas=tuple(areas),
        audit_head=AuditHead(1_284, sha("jejak")),
        made_by="Operator Berau (contoh)",
        made_at=AS_OF,
        number="200.2.1/118/DESK-PILKADA/2024",
        stage_name="Masa Tenang",
        obstacles=tuple(
            ObstacleRow(
                row.code,
                row.title,
                row.obstacle,
                row.region_name,
                row.unit_name,
                "Dukungan kapal Dishub Provinsi",
                AS_OF.date(),
            )
            for row in rows
            if row.obstacle
        ),
        evidence=tuple(
            EvidenceRow(
                codes[number % len(codes)][0],
                f"berita-acara-serah-terima-{number:03d}.pdf",
                sha(str(number)),
                20_000 + 31_337 * number,
                "Operator Berau (contoh)",
                AS_OF - dt.timedelta(hours=number),
                (True, False, None)[number % 3],
            )
            for number in range(evidence)
        ),
        photos=tuple(photo(number) for number in range(photos)),
        figures=(
            FigureRow("TPS", 475, "KPU, rekapitulasi DPT", dt.date(2024, 9, 20)),
            FigureRow("Pemilih (DPT)", 198_347, "KPU, rekapitulasi DPT", dt.date(2024, 9, 20)),
            FigureRow("Pemilih perempuan", None, None, None),
            FigureRow(
                "Personel pengamanan", 1_588, "Sekda Berau, rapat 25 November 2024", dt.date(2024, 11, 25)
            ),
        ),
        signature=SEKDA,
        copies=("Gubernur Kalimantan Timur", "Bupati Berau (sebagai laporan)", "Inspektur Kabupaten Berau"),
        simulated=True,
    )


def untouched() -> ChecklistReport:
    """Nothing done yet, nothing known, nobody to sign."""
    rows = tuple(
        ItemRow(f"LOG-{n:02d}", TITLES[n % 5], "belum", measure_unit="TPS", measure_total=475)
        for n in range(1, 6)
    )
    area = AreaSection("LOG", "Logistik", Totals.of(row.standing for row in rows), rows)
    return replace(
        berau(items=0, evidence=0),
        areas=(area,),
        totals=area.totals,
        obstacles=(),
        figures=(FigureRow("TPS", None, None),),
        signature=None,
        number=None,
        copies=(),
        simulated=False,
    )


def photo(number: int, size: tuple[int, int] = (1200, 900)) -> Photo:
    """A drawn picture: crates on a jetty, upright every third time."""
    chance = random.Random(number)  # noqa: S311 - the same chance every time
    width, height = size if number % 3 else size[::-1]
    image = Image.new("RGB", (width, height), (196, 208, 222))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(120, 108, 92))
    for _ in range(9):
        x, y = chance.randrange(width), chance.randrange(height // 2, height)
        draw.rectangle(
            (x, y, x + width // 6, y + height // 7), fill=(208, 208, 204), outline=(70, 70, 70), width=5
        )
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=85)
    return Photo(
        f"Serah terima kotak suara di {DISTRICTS[number % 5]} (contoh {number + 1})",
        stream.getvalue(),
        sha(f"foto {number}"),
        AS_OF - dt.timedelta(hours=number) if number % 4 else None,
        DISTRICTS[number % 5],
    )


def emblem() -> bytes:
    """A plain shield as PNG, with a see-through ground."""
    image = Image.new("RGBA", (240, 290), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.polygon([(10, 10), (230, 10), (230, 170), (120, 280), (10, 170)], fill=(47, 55, 97, 255))
    draw.ellipse((70, 60, 170, 160), fill=(255, 255, 255, 255))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def blank(items: int = 24, source: Path | None = None) -> BlankChecklist:
    """The paper twin for a kecamatan of Berau."""
    areas = []
    for code, name in AREA_NAMES.items():
        own = tuple(
            BlankItem(
                key,
                title,
                UNITS[n % 6],
                "tenggat 24 Nov 2024",
                "TPS" if n % 2 else None,
                475 if n % 4 == 1 else None,
                "foto, berita acara" if n % 3 else None,
            )
            for n, (key, title) in enumerate(library(source)[:items])
            if key.startswith(code)
        )
        if own:
            areas.append(BlankArea(code, name, own))
    return BlankChecklist(
        region_name="Kecamatan Sambaliung",
        region_code="64.03.06",
        election_name="Pemilihan Serentak Tahun 2024",
        desk_name="Desk Pilkada Kabupaten Berau",
        period_text="Senin, 25 November 2024",
        letterhead=LETTERHEAD,
        areas=tuple(areas),
        made_at=AS_OF,
        zone="WITA",
        stage_name="Masa Tenang",
        simulated=True,
    )
