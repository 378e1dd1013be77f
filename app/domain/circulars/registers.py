"""The two registers of this room: the letters, and who acknowledged them."""

from __future__ import annotations

from app.domain.circulars.models import Acknowledgement, Circular
from app.domain.regions import Level
from app.domain.registers import Column, Form, Register

KINDS = {
    "surat_edaran": "Surat edaran",
    "imbauan": "Imbauan",
    "ikrar": "Ikrar netralitas",
    "pakta": "Pakta integritas",
}
AREA = "ASN"

CIRCULARS = Register(
    key="edaran-netralitas",
    subject="circular",
    action="neutrality:circular",
    model=Circular,
    title="Edaran dan ikrar netralitas",
    one="edaran",
    about="Surat edaran, imbauan, dan ikrar netralitas: nomor, tanggal, untuk siapa, dan siapa sudah menerimanya.",
    area=AREA,
    day="dated_on",
    name="about",
    once_per=("letter_number",),
    columns=(
        Column("kind", "Jenis", Form.CHOICE, required=True, choices=KINDS, in_list=True, is_filter=True),
        Column("letter_number", "Nomor surat", required=True, most=80, in_list=True),
        Column("dated_on", "Tanggal surat", Form.DAY, required=True, in_list=True),
        Column("about", "Tentang", Form.LONG, required=True, most=400),
        Column("signed_by", "Ditandatangani oleh", most=120, hint="Jabatannya, bukan nama orang."),
        Column("recipients", "Ditujukan kepada", required=True, most=400),
        Column("recipient_count", "Banyak penerima", Form.COUNT, unit="unit"),
    ),
)

ACKNOWLEDGEMENTS = Register(
    key="tanda-terima-edaran",
    subject="circular_acknowledgement",
    action="neutrality:acknowledgement",
    model=Acknowledgement,
    title="Tanda terima edaran",
    one="tanda terima",
    about="Unit yang sudah menerima edaran atau mengucapkan ikrar netralitas, dengan tanggalnya.",
    area=AREA,
    levels=frozenset({Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE}),
    day="received_on",
    name="unit",
    parents={"circular_id": CIRCULARS},
    columns=(
        Column(
            "unit",
            "Unit",
            required=True,
            most=160,
            in_list=True,
            hint="Perangkat daerah, kecamatan, kampung.",
        ),
        Column("received_on", "Tanggal diterima", Form.DAY, required=True, in_list=True),
        Column("people", "Orang yang menandatangani", Form.COUNT, unit="orang", in_list=True, is_summed=True),
        Column("note", "Catatan", most=200),
    ),
)

REGISTERS = (CIRCULARS, ACKNOWLEDGEMENTS)
