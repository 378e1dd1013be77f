"""The register of voting day: one record for a region and an hour."""

from __future__ import annotations

from app.domain.polling.models import PollingCount
from app.domain.polling.rules import GROWING, check_count
from app.domain.regions import Level
from app.domain.registers import Column, Form, Register

AREA = "PTH"
SO_FAR = "Sejak pagi sampai jam itu, bukan tambahannya."

COUNTS = Register(
    key="jalannya-pemungutan",
    subject="polling_count",
    action="polling:count",
    model=PollingCount,
    title="Jalannya pemungutan suara",
    one="keadaan TPS",
    about="Berapa TPS yang sudah dibuka, selesai memungut, dan selesai menghitung, dari jam ke jam. Bukan suara.",
    area=AREA,
    levels=frozenset({Level.REGENCY, Level.DISTRICT, Level.VILLAGE}),
    day="counted_on",
    check=check_count,
    fits=GROWING.fits,
    sheet_fits=GROWING.sheet_fits,
    once_per=("counted_on", "counted_at"),
    columns=(
        Column("counted_on", "Tanggal", Form.DAY, required=True, in_list=True),
        Column(
            "counted_at",
            "Keadaan pukul",
            Form.CLOCK,
            required=True,
            in_list=True,
            hint="Waktu setempat. Laporan cepat (LAP-07): 07.30, 10.00, 13.30, 18.00, 22.00.",
        ),
        Column("stations", "Jumlah TPS", Form.COUNT, hint="Kosong: menurut angka acuan."),
        Column(
            "opened",
            "TPS sudah dibuka",
            Form.COUNT,
            in_list=True,
            at_most="stations",
            hint=SO_FAR,
        ),
        Column(
            "late",
            "Di antaranya terlambat dibuka",
            Form.COUNT,
            in_list=True,
            at_most="opened",
            hint="Dibuka sesudah pukul 07.00.",
        ),
        Column(
            "halted",
            "TPS tertunda atau terhenti",
            Form.COUNT,
            in_list=True,
            at_most="stations",
            hint="Yang perlu pemungutan suara susulan atau lanjutan.",
        ),
        Column("closed", "TPS selesai memungut", Form.COUNT, in_list=True, at_most="opened"),
        Column("counted", "TPS selesai menghitung", Form.COUNT, in_list=True, at_most="closed"),
        Column(
            "voters",
            "Pemilih sudah datang",
            Form.COUNT,
            hint="Banyaknya orang, bukan perolehan suara.",
        ),
        Column(
            "cause",
            "Sebab terlambat, tertunda, atau terhenti",
            most=300,
            hint="Wajib bila ada yang terlambat, tertunda, atau terhenti.",
        ),
        Column("source", "Sumber", required=True, most=300, hint="Misalnya: laporan camat, KPU, Bawaslu."),
        Column(
            "fall_reason",
            "Alasan angka turun",
            most=300,
            hint="Hanya bila jumlahnya lebih kecil daripada jam sebelumnya.",
        ),
        Column("note", "Catatan", Form.LONG, most=1_000),
    ),
)

REGISTERS = (COUNTS,)
