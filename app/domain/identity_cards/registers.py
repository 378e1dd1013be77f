"""The three registers of this room: how far enrolment stands, the certificates, and where people were served."""

from __future__ import annotations

from app.domain.identity_cards.models import Certificate, Enrolment, Service
from app.domain.identity_cards.rules import (
    GROWING,
    check_certificate,
    check_enrolment,
    check_service,
)
from app.domain.identity_cards.words import HOURS, KINDS, OBSTACLES, PROGRESS
from app.domain.regions import Level
from app.domain.registers import Column, Form, Register

AREA = "KTP"
COUNTS_ONLY = "Hanya jumlah. Jangan menulis nama, NIK, atau tanggal lahir."
PEOPLE = "jiwa"


def _people(name: str, label: str, **more: object) -> Column:
    return Column(name, label, Form.COUNT, unit=PEOPLE, **more)  # type: ignore[arg-type]


ENROLMENTS = Register(
    key="perekaman-ktp-el",
    subject="identity_enrolment",
    action="identity:enrolment",
    model=Enrolment,
    title="Perekaman KTP-el",
    one="angka perekaman",
    about="Keadaan perekaman KTP-el setiap wilayah pada satu hari: wajib, sudah rekam, dicetak, dan sisanya.",
    area=AREA,
    levels=frozenset({Level.REGENCY, Level.DISTRICT}),
    day="counted_on",
    check=check_enrolment,
    fits=GROWING.fits,
    sheet_fits=GROWING.sheet_fits,
    once_per=("counted_on",),
    columns=(
        Column(
            "counted_on",
            "Keadaan pada",
            Form.DAY,
            required=True,
            in_list=True,
            hint="Satu angka untuk satu hari.",
        ),
        _people("obliged", "Wajib KTP-el", in_list=True, parts=("obliged_male", "obliged_female")),
        _people("obliged_male", "Wajib laki-laki"),
        _people("obliged_female", "Wajib perempuan"),
        _people(
            "enrolled",
            "Sudah rekam",
            in_list=True,
            at_most="obliged",
            parts=("enrolled_male", "enrolled_female"),
            hint="Jumlah sejak awal, bukan tambahan hari itu.",
        ),
        _people("enrolled_male", "Sudah rekam laki-laki", at_most="obliged_male"),
        _people("enrolled_female", "Sudah rekam perempuan", at_most="obliged_female"),
        _people(
            "unenrolled",
            "Belum rekam",
            in_list=True,
            at_most="obliged",
            parts=("unenrolled_male", "unenrolled_female"),
            hint="Boleh kosong bila wajib dan sudah rekam diisi.",
        ),
        _people("unenrolled_male", "Belum rekam laki-laki", at_most="obliged_male"),
        _people("unenrolled_female", "Belum rekam perempuan", at_most="obliged_female"),
        _people(
            "printed",
            "Sudah dicetak",
            in_list=True,
            at_most="enrolled",
            parts=("printed_male", "printed_female"),
        ),
        _people("printed_male", "Dicetak laki-laki", at_most="enrolled_male"),
        _people("printed_female", "Dicetak perempuan", at_most="enrolled_female"),
        Column("blank_cards", "Blangko tersedia", Form.COUNT, unit="keping"),
        _people(
            "turning",
            "Pemilih pemula",
            parts=("turning_enrolled", "turning_left"),
            hint="Yang genap 17 tahun sampai dan pada hari pemungutan suara. " + COUNTS_ONLY,
        ),
        _people("turning_enrolled", "Pemula sudah rekam"),
        _people("turning_left", "Pemula belum rekam", in_list=True),
        _people(
            "turning_elsewhere",
            "Pemula di luar daerah",
            at_most="turning_left",
            hint="Bagian dari pemula yang belum rekam.",
        ),
        _people(
            "on_the_day", "Pemula yang genap 17 pada hari pemungutan", at_most="turning", hint=COUNTS_ONLY
        ),
        _people("on_the_day_enrolled", "Pemula hari itu yang sudah rekam", at_most="on_the_day"),
        Column("source", "Sumber", required=True, most=300, hint="Misalnya: Disdukcapil, laporan harian."),
        Column(
            "fall_reason",
            "Alasan angka turun",
            most=300,
            hint="Hanya bila jumlah sejak awal lebih kecil daripada hari sebelumnya.",
        ),
        Column("note", "Catatan", Form.LONG, most=1_000, hint=COUNTS_ONLY),
    ),
)

CERTIFICATES = Register(
    key="surat-keterangan-ktp",
    subject="identity_certificate",
    action="identity:certificate",
    model=Certificate,
    title="Surat keterangan dan biodata",
    one="angka surat keterangan",
    about="Surat keterangan atau biodata penduduk yang terbit pada satu hari bagi yang belum mempunyai KTP-el.",
    area=AREA,
    levels=frozenset({Level.REGENCY, Level.DISTRICT}),
    day="issued_on",
    check=check_certificate,
    once_per=("issued_on",),
    columns=(
        Column("issued_on", "Tanggal terbit", Form.DAY, required=True, in_list=True),
        _people("applicants", "Pemohon", in_list=True, is_summed=True),
        Column(
            "issued",
            "Surat terbit",
            Form.COUNT,
            unit="surat",
            required=True,
            in_list=True,
            is_summed=True,
            at_most="applicants",
            parts=("issued_male", "issued_female"),
            hint="Pada hari itu saja.",
        ),
        Column("issued_male", "Untuk laki-laki", Form.COUNT, unit="surat"),
        Column("issued_female", "Untuk perempuan", Form.COUNT, unit="surat"),
        Column("source", "Sumber", required=True, most=300),
        Column("note", "Catatan", Form.LONG, most=1_000, hint=COUNTS_ONLY),
    ),
)

SERVICES = Register(
    key="layanan-ktp-el",
    subject="identity_service",
    action="identity:service",
    model=Service,
    title="Layanan dan jemput bola KTP-el",
    one="layanan",
    about="Titik layanan dan jemput bola: di mana, kapan, siapa yang dilayani, hasil, dan kendalanya.",
    area=AREA,
    levels=frozenset({Level.REGENCY, Level.DISTRICT, Level.VILLAGE}),
    day="served_on",
    name="place",
    check=check_service,
    columns=(
        Column(
            "kind", "Jenis layanan", Form.CHOICE, required=True, choices=KINDS, in_list=True, is_filter=True
        ),
        Column(
            "progress",
            "Pelaksanaan",
            Form.CHOICE,
            required=True,
            choices=PROGRESS,
            in_list=True,
            is_filter=True,
        ),
        Column(
            "place", "Tempat", required=True, most=160, in_list=True, hint="Nama sekolah, lapas, kampung."
        ),
        Column("served_on", "Tanggal layanan", Form.DAY, may_be_ahead=True, in_list=True),
        Column("hours", "Waktu layanan", Form.CHOICE, choices=HOURS, is_filter=True),
        Column("begins_at", "Mulai pukul", Form.CLOCK),
        Column("ends_at", "Selesai pukul", Form.CLOCK),
        Column("for_turning", "Untuk yang genap 17 tahun sampai hari pemungutan", Form.TICK),
        _people("aimed_at", "Sasaran"),
        _people("served", "Dilayani", in_list=True, is_summed=True, parts=("served_male", "served_female")),
        _people("served_male", "Dilayani laki-laki"),
        _people("served_female", "Dilayani perempuan"),
        _people("served_enrolled", "Direkam", in_list=True, is_summed=True, at_most="served"),
        _people("served_printed", "Dicetak", is_summed=True),
        Column("result", "Hasil", Form.LONG, most=1_000, hint=COUNTS_ONLY),
        Column("obstacle", "Kendala", Form.CHOICE, choices=OBSTACLES, is_filter=True),
        _people("obstacle_people", "Tidak terlayani karena kendala"),
        Column("obstacle_note", "Uraian kendala", Form.LONG, most=1_000, hint=COUNTS_ONLY),
        Column("source", "Sumber", most=300),
    ),
)

REGISTERS = (ENROLMENTS, CERTIFICATES, SERVICES)
