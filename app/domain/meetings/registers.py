"""The four registers of this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.errors import Invalid
from app.domain.incidents import INCIDENTS
from app.domain.meetings.models import Attendance, FollowUp, Meeting, Visit
from app.domain.meetings.rules import (
    FLOW,
    INSTITUTIONS,
    KINDS,
    PRESENCES,
    STANDINGS,
    TEAMS,
    TRANSPORTS,
    check_attendance,
    check_follow_up,
    check_meeting,
    check_visit,
)
from app.domain.regions import Level, contains
from app.domain.registers import Column, Form, Kin, Place, Register, SheetLine, Values, counting
from app.domain.security import RISKS
from app.extensions import db

AREA = "PTH"
SOURCE = Column("source", "Sumber", most=300, hint="Notulen, surat, atau alamat asalnya.")

MEETINGS = Register(
    key="rapat",
    subject="meeting",
    action="meetings:meeting",
    model=Meeting,
    title="Rapat",
    one="rapat",
    about="Rapat Senin, rapat koordinasi, dan rapat khusus: kapan, di mana, siapa memimpin, apa hasilnya.",
    area=AREA,
    day="held_on",
    name="name",
    check=check_meeting,
    columns=(
        Column("kind", "Jenis", Form.CHOICE, required=True, choices=KINDS, in_list=True, is_filter=True),
        Column("name", "Nama rapat", required=True, most=200, in_list=True),
        Column("held_on", "Tanggal", Form.DAY, required=True, may_be_ahead=True, in_list=True),
        Column("starts_at", "Pukul", Form.CLOCK),
        Column("place", "Tempat", most=200, in_list=True),
        Column("link", "Tautan", most=300, hint="Untuk rapat daring, mulai dari https://."),
        Column("chair", "Pimpinan rapat", most=160, hint="Jabatannya, misalnya Sekretaris Daerah."),
        Column("agenda", "Agenda", Form.LONG, most=2_000),
        Column(
            "summary", "Ringkasan", Form.LONG, most=4_000, hint="Keputusan dicatat sebagai tindak lanjut."
        ),
        SOURCE,
    ),
)


OUTSIDE = "Pilih wilayah yang diundang ke rapat ini."


def _attends_once(values: Values, place: Place, kin: Kin) -> None:
    """Refuse (Invalid) a region outside the meeting's, and the same institution of a region twice."""
    meeting = db.session.get_one(Meeting, kin.parents["meeting_id"])
    if not contains(meeting.region_code, place.region):
        raise Invalid("Wilayah di luar rapat ini.", region=OUTSIDE)
    same = db.select(Attendance.number, Attendance.year).where(
        counting(Attendance),
        Attendance.id != kin.id,
        Attendance.meeting_id == meeting.id,
        Attendance.region_code == place.region,
        Attendance.institution == values["institution"],
        Attendance.unit == values["unit"],
    )
    found = db.session.execute(same.limit(1)).one_or_none()
    if found is not None:
        sentence = f"Kehadirannya sudah dicatat ({found.number}/{found.year}). Betulkan yang itu."
        raise Invalid(sentence, institution=sentence)


def _are_invited(lines: Sequence[SheetLine]) -> Iterable[tuple[int, str, str]]:
    """The same of the lines of a sheet; who attends twice is one record. One statement for each meeting."""
    places: dict[int | None, str] = {}
    for index, line in enumerate(lines):
        number = line.kin.parents["meeting_id"]
        if number not in places:
            places[number] = db.session.get_one(Meeting, number).region_code
        if not contains(places[number], line.region):
            yield index, "region", OUTSIDE


ATTENDANCES = Register(
    key="kehadiran-rapat",
    subject="meeting_attendance",
    action="meetings:attendance",
    model=Attendance,
    title="Kehadiran rapat",
    one="kehadiran",
    about="Siapa hadir di rapat, per wilayah dan lembaga: hadir, daring, atau tidak hadir, dan siapa memaparkan.",
    area=AREA,
    levels=frozenset({Level.PROVINCE, Level.REGENCY, Level.DISTRICT}),
    name="institution",
    parents={"meeting_id": MEETINGS},
    belongs_to="meeting_id",
    same_by=("institution", "unit"),
    check=check_attendance,
    fits=_attends_once,
    sheet_fits=_are_invited,
    columns=(
        Column(
            "institution",
            "Lembaga",
            Form.CHOICE,
            required=True,
            choices=INSTITUTIONS,
            in_list=True,
            is_filter=True,
        ),
        Column("unit", "Nama lembaga", most=160, hint="Bila pilihannya belum cukup jelas."),
        Column(
            "presence",
            "Kehadiran",
            Form.CHOICE,
            required=True,
            choices=PRESENCES,
            in_list=True,
            is_filter=True,
        ),
        Column("people", "Banyak orang", Form.COUNT, unit="orang", in_list=True, is_summed=True),
        Column("speaker", "Pemapar", most=160, hint="Jabatannya, misalnya Sekretaris Daerah.", in_list=True),
        Column("companions", "Pendamping", most=300, hint="Jabatan atau lembaganya."),
        Column("note", "Catatan", Form.LONG, most=400),
    ),
)

VISITS = Register(
    key="kunjungan-lapangan",
    subject="field_visit",
    action="meetings:visit",
    model=Visit,
    title="Kunjungan lapangan",
    one="kunjungan",
    about="Kunjungan lapangan, rencana dan pelaksanaannya: tim, angkutan, temuan. Foto disimpan sebagai bukti.",
    area=AREA,
    levels=frozenset({Level.REGENCY, Level.DISTRICT, Level.VILLAGE}),
    day="visited_on",
    name="purpose",
    check=check_visit,
    columns=(
        Column(
            "standing",
            "Pelaksanaan",
            Form.CHOICE,
            required=True,
            choices=STANDINGS,
            in_list=True,
            is_filter=True,
        ),
        Column("team_of", "Tim dari", Form.CHOICE, choices=TEAMS, in_list=True, is_filter=True),
        Column("team", "Tim", most=300, hint="Jabatan dan lembaganya."),
        Column("people", "Banyak orang", Form.COUNT, unit="orang"),
        Column("planned_on", "Direncanakan", Form.DAY, may_be_ahead=True, in_list=True),
        Column("visited_on", "Tanggal kunjungan", Form.DAY, in_list=True),
        Column("purpose", "Tujuan", required=True, most=200, in_list=True),
        Column("place", "Tempat", most=200),
        Column("transport", "Angkutan", Form.CHOICE, choices=TRANSPORTS),
        Column(
            "findings",
            "Temuan",
            Form.LONG,
            most=2_000,
            hint="Temuan yang perlu dikerjakan dicatat sebagai tindak lanjut.",
        ),
        SOURCE,
    ),
)

FOLLOW_UPS = Register(
    key="tindak-lanjut",
    subject="follow_up",
    action="meetings:follow_up",
    model=FollowUp,
    title="Tindak lanjut",
    one="tindak lanjut",
    about="Yang harus dikerjakan sesudah rapat, kunjungan, atau kejadian: oleh siapa, sampai kapan, dan buktinya.",
    area=AREA,
    levels=frozenset(Level),
    day="decided_on",
    name="task",
    parents={"meeting_id": MEETINGS, "visit_id": VISITS, "incident_id": INCIDENTS, "risk_id": RISKS},
    check=check_follow_up,
    flow=FLOW,
    columns=(
        Column("task", "Yang harus dikerjakan", Form.LONG, required=True, most=1_000, in_list=True),
        Column(
            "owner",
            "Penanggung jawab",
            required=True,
            most=160,
            in_list=True,
            hint="Jabatan atau unit, bukan nama orang.",
        ),
        Column("decided_on", "Tanggal keputusan", Form.DAY),
        Column("due_on", "Tenggat", Form.DAY, may_be_ahead=True, in_list=True),
        SOURCE,
    ),
)

REGISTERS = (MEETINGS, ATTENDANCES, VISITS, FOLLOW_UPS)
