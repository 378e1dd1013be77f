"""Pages that a room adds beside its registers, such as a board; the shelf names them with their area of work."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.domain.accounts import Permission
from app.domain.security import RiskVerb


class Board(NamedTuple):
    """One such page: the area of work it belongs to, its words, and its endpoint, built without values."""

    area: str
    title: str
    endpoint: str
    about: str


BOARDS: tuple[Board, ...] = (
    Board(
        "LOG",
        "Papan logistik",
        "logistics.board",
        "Sampai di mana, sejak kapan, secepat apa, dan cukup tidaknya, per kabupaten/kota.",
    ),
    Board(
        "LOG",
        "Kisi logistik",
        "logistics.grid",
        "Kecamatan, kelurahan/desa, dan TPS dalam satu halaman: satu tekan satu baris.",
    ),
    Board(
        "LOG",
        "Kebutuhan logistik",
        "logistics.need",
        "17 jenis dengan kebutuhan yang dihitung, persediaan, dan kecukupannya.",
    ),
    Board(
        "KTP",
        "Keadaan KTP-el",
        "identity_cards.board",
        "Angka terbaru setiap wilayah, sisa dari hari ke hari, kapan selesai, dan kecamatan yang dilayani.",
    ),
    Board(
        "SOS",
        "Keadaan sosialisasi dan partisipasi",
        "outreach.board",
        "Kecamatan yang sudah dijangkau, kelompok sasaran, dan partisipasi dengan sumbernya.",
    ),
    Board(
        "KAM",
        "Kejadian per wilayah",
        "incidents.board",
        "Kejadian terbuka menurut langkah dan tingkatnya, yang diam paling atas, dan pernyataan situasi tiap desk.",
    ),
    Board(
        "KAM",
        "Keamanan per wilayah",
        "security.board",
        "Personel dan banyaknya per TPS, kelas TPS, hasil ukur kerawanan berdampingan, dan risiko terberat.",
    ),
    Board(
        "DUK",
        "Dukungan per wilayah",
        "support.board",
        "NPHD yang sudah ditransfer, tahap yang terlambat, dan target dengan nyata untuk setiap dukungan.",
    ),
    Board(
        "PTH",
        "Rapat Senin",
        "meetings.monday",
        "Pembuka rapat Senin: tindak lanjut yang terbuka, yang terlambat dahulu, dan siapa hadir terakhir kali.",
    ),
    Board(
        "PTH",
        "Hari pemungutan suara",
        "polling.board",
        "TPS yang sudah dibuka, selesai memungut, dan selesai menghitung, dari jam ke jam dan per wilayah.",
    ),
    Board("PTH", "Cakupan kunjungan", "meetings.visits", "Wilayah yang sudah, akan, dan belum dikunjungi."),
)


class RecordPage(NamedTuple):
    """A page that a room adds to its records, linked from each: its endpoint takes `record_id`."""

    book: str
    """Key of the register."""
    title: str
    endpoint: str
    permission: Permission = Permission.REGISTER_READ
    verb: StrEnum | None = None
    """The step that is taken there: the link stands only while that step may be taken."""
    stays: bool = True
    """Whether the link also stands on a record that was withdrawn."""


RECORD_PAGES: tuple[RecordPage, ...] = (
    RecordPage("insiden", "Kabar cepat", "incidents.message"),
    RecordPage(
        "insiden",
        "Tandai sebagai ulangan",
        "incidents.duplicate_form",
        Permission.REGISTER_RECORD,
        stays=False,
    ),
    RecordPage(
        "risiko",
        "Catat bahwa terjadi",
        "security.came_true_form",
        Permission.REGISTER_RECORD,
        verb=RiskVerb.COME_TRUE,
        stays=False,
    ),
    RecordPage("rapat", "Kehadiran wilayah", "meetings.attendance", Permission.REGISTER_RECORD, stays=False),
)
