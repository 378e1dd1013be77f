"""The seven registers of this room."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.regions import Level
from app.domain.registers import Column, Form, Register
from app.domain.support.grants import agreement_fits, agreements_fit, tranche_fits, tranches_fit
from app.domain.support.models import (
    AdHocStaff,
    GrantAgreement,
    GrantTranche,
    HealthCheck,
    LentRoom,
    LentTransport,
    SecondedStaff,
)
from app.domain.support.rules import (
    BODIES,
    INSTITUTIONS,
    ROOMS,
    SECRETARIATS,
    VEHICLES,
    check_measure,
    check_tranche,
)

AREA = "DUK"
EVERYWHERE = frozenset(Level)
SOURCE = Column("source", "Sumber", most=300, hint="Dokumen atau alamat asal angkanya.")
NOTE = Column("note", "Catatan", Form.LONG, most=400)


def _body(choices: Mapping[str, str], label: str = "Badan") -> Column:
    return Column("body", label, Form.CHOICE, required=True, choices=choices, in_list=True, is_filter=True)


def _measures(unit: str) -> tuple[Column, ...]:
    """Target and real stand without a sum: a figure may cover others of the list."""
    return (
        Column(
            "target", "Target", Form.COUNT, unit=unit, in_list=True, hint="Kosongkan bila belum diketahui."
        ),
        Column("real", "Nyata", Form.COUNT, unit=unit, in_list=True, hint="Kosongkan bila belum diketahui."),
        Column("counted_on", "Dihitung per tanggal", Form.DAY, in_list=True),
    )


AGREEMENTS = Register(
    key="nphd",
    subject="grant_agreement",
    action="support:agreement",
    model=GrantAgreement,
    title="NPHD",
    one="NPHD",
    about="Naskah perjanjian hibah daerah untuk Pemilihan: penerima, nomor, tanggal, dan nilainya.",
    area=AREA,
    day="signed_on",
    name="recipient",
    once_per=("recipient",),
    fits=agreement_fits,
    sheet_fits=agreements_fit,
    columns=(
        Column("institution", "Lembaga", Form.CHOICE, choices=INSTITUTIONS, in_list=True, is_filter=True),
        Column(
            "recipient",
            "Penerima",
            required=True,
            most=160,
            in_list=True,
            hint="Misalnya KPU kabupaten/kota.",
        ),
        Column("letter_number", "Nomor NPHD", most=80),
        Column("signed_on", "Tanggal NPHD", Form.DAY, in_list=True),
        Column(
            "total", "Nilai", Form.MONEY, in_list=True, is_summed=True, hint="Kosongkan bila belum diketahui."
        ),
        SOURCE,
        NOTE,
    ),
)

TRANCHES = Register(
    key="tahap-nphd",
    subject="grant_tranche",
    action="support:tranche",
    model=GrantTranche,
    title="Tahap NPHD",
    one="tahap NPHD",
    about="Tahap pencairan NPHD: jatuh tempo, nilai, dan transfernya. Jumlah semua tahap tidak melebihi nilai NPHD.",
    area=AREA,
    day="due_on",
    parents={"agreement_id": AGREEMENTS},
    belongs_to="agreement_id",
    same_by=("ordinal",),
    check=check_tranche,
    fits=tranche_fits,
    sheet_fits=tranches_fit,
    columns=(
        Column("ordinal", "Tahap ke", Form.COUNT, required=True, in_list=True),
        Column("due_on", "Jatuh tempo", Form.DAY, may_be_ahead=True, in_list=True),
        Column("amount", "Nilai tahap", Form.MONEY, in_list=True, is_summed=True),
        Column(
            "transferred",
            "Ditransfer",
            Form.MONEY,
            in_list=True,
            is_summed=True,
            at_most="amount",
            hint="Kosongkan selama belum ditransfer.",
        ),
        Column("transferred_on", "Tanggal transfer", Form.DAY, in_list=True),
        SOURCE,
        NOTE,
    ),
)

STAFF = Register(
    key="asn-diperbantukan",
    subject="seconded_staff",
    action="support:staff",
    model=SecondedStaff,
    title="ASN yang diperbantukan",
    one="penugasan ASN",
    about="ASN yang ditugaskan pada sekretariat penyelenggara, per badan: target dan yang nyata bertugas.",
    area=AREA,
    levels=EVERYWHERE,
    name="body",
    once_per=("body",),
    check=check_measure,
    columns=(
        _body(SECRETARIATS),
        *_measures("orang"),
        Column("letter_number", "Nomor SK", most=80),
        SOURCE,
        NOTE,
    ),
)

AD_HOC = Register(
    key="badan-adhoc",
    subject="ad_hoc_staff",
    action="support:ad_hoc",
    model=AdHocStaff,
    title="Personel badan ad hoc",
    one="personel badan ad hoc",
    about="Anggota badan ad hoc KPU dan Bawaslu: yang dibutuhkan dan yang sudah terbentuk.",
    area=AREA,
    levels=EVERYWHERE,
    name="body",
    once_per=("body",),
    check=check_measure,
    columns=(_body(BODIES), *_measures("orang"), SOURCE, NOTE),
)

LENT_ROOMS = Register(
    key="ruang-pinjaman",
    subject="lent_room",
    action="support:room",
    model=LentRoom,
    title="Ruang dan kantor pinjaman",
    one="ruang pinjaman",
    about="Ruang sekretariat, kantor, dan gudang yang dipinjamkan kepada penyelenggara.",
    area=AREA,
    levels=EVERYWHERE,
    name="body",
    once_per=("body",),
    check=check_measure,
    columns=(_body(ROOMS, "Untuk"), *_measures("ruang"), Column("place", "Tempat", most=200), SOURCE, NOTE),
)

HEALTH_CHECKS = Register(
    key="pemeriksaan-kesehatan",
    subject="health_check",
    action="support:health_check",
    model=HealthCheck,
    title="Pemeriksaan kesehatan penyelenggara",
    one="pemeriksaan kesehatan",
    about="Pemeriksaan kesehatan calon anggota badan ad hoc yang difasilitasi: target dan yang sudah diperiksa.",
    area=AREA,
    levels=EVERYWHERE,
    name="body",
    once_per=("body",),
    check=check_measure,
    columns=(_body(BODIES), *_measures("orang"), Column("place", "Tempat", most=200), SOURCE, NOTE),
)

TRANSPORT = Register(
    key="angkutan-pinjaman",
    subject="lent_transport",
    action="support:transport",
    model=LentTransport,
    title="Angkutan yang dipinjamkan",
    one="angkutan pinjaman",
    about="Kendaraan dan perahu yang dipinjamkan kepada penyelenggara: jenis, banyaknya, dan untuk apa.",
    area=AREA,
    levels=EVERYWHERE,
    name="purpose",
    check=check_measure,
    columns=(
        Column("kind", "Jenis", Form.CHOICE, choices=VEHICLES, in_list=True, is_filter=True),
        Column("purpose", "Untuk apa", required=True, most=200, in_list=True),
        *_measures("unit"),
        SOURCE,
        NOTE,
    ),
)

REGISTERS = (AGREEMENTS, TRANCHES, STAFF, AD_HOC, LENT_ROOMS, HEALTH_CHECKS, TRANSPORT)
