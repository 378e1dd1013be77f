"""The trail in words: what was done and what it changed, as a person would say it; told nowhere else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain import clock
from app.domain.audit import AuditEntry
from app.domain.checklists import AREAS, LABELS, Standing
from app.domain.neutrality import STATE_WORDS, CaseState, Kind
from app.domain.regions import zone_of
from app.web import words

NOTHING = "kosong"
CAPITAL_ZONE = "31"
"""A link without a region is told in the capital's time."""

DEEDS = {
    "checklist:entry:start": "mulai mengerjakan",
    "checklist:entry:tick": "menandai selesai",
    "checklist:entry:block": "menandai terkendala",
    "checklist:entry:waive": "menandai tidak berlaku",
    "checklist:entry:undo": "membatalkan tanda selesai",
    "checklist:entry:note": "menyimpan isian",
    "checklist:entry:attach": "mengubah bukti",
    "checklist:entry:verify": "memverifikasi",
    "checklist:entry:accept": "menerima bahwa butir tidak berlaku",
    "checklist:entry:return": "mengembalikan untuk diperbaiki",
    "checklist:entry:reopen": "membuka kembali",
    "checklist:entry:reschedule": "memindahkan tenggat",
    "checklist:entry:remark": "menulis di diskusi",
    "checklist:entry:open_event": "mencatat kejadian baru",
    "evidence:file:attach": "melampirkan bukti",
    "evidence:file:reuse": "memakai lagi bukti yang sudah ada",
    "evidence:file:replace": "mengganti bukti",
    "evidence:file:remove": "menarik bukti",
    "evidence:file:judge": "menilai bukti",
    "evidence:file:download": "mengunduh bukti",
    "account:session:open": "masuk",
    "account:session:close": "keluar",
    "account:session:refuse": "gagal masuk: nama akun atau kata sandi tidak cocok",
    "account:session:end": "mengakhiri sesi masuk",
    "account:session:end_others": "mengakhiri sesi masuk yang lain",
    "account:session:end_all": "mengakhiri semua sesi masuk",
    "account:password:change": "mengganti kata sandi sendiri",
    "account:password:reset": "memasang kata sandi baru",
    "account:second_factor:begin": "mulai menyiapkan masuk dua langkah",
    "account:second_factor:cancel": "membatalkan penyiapan masuk dua langkah",
    "account:second_factor:confirm": "menyalakan masuk dua langkah",
    "account:second_factor:renew": "membuat kode cadangan baru",
    "account:second_factor:recover": "memakai satu kode cadangan",
    "account:second_factor:refuse": "gagal membuktikan diri: kode atau kata sandi tidak cocok",
    "account:second_factor:turn_off": "mematikan masuk dua langkah",
    "account:second_factor:reset": "mengatur ulang masuk dua langkah orang lain",
    "account:account:create": "membuat akun",
    "account:account:rename": "membetulkan nama",
    "account:account:limit": "mengatur masa berlaku akun",
    "account:account:disable": "menutup akun",
    "account:account:enable": "membuka kembali akun",
    "account:appointment:create": "memberi penugasan",
    "account:appointment:extend": "memperpanjang penugasan",
    "account:appointment:end": "mengakhiri penugasan",
    "account:appointment:withdraw": "membatalkan penugasan yang belum mulai",
    "calendar:election:create": "menyiapkan pemilihan",
    "calendar:stage:override": "membuat jadwal khusus tahapan",
    "calendar:stage:withdraw": "mencabut jadwal khusus tahapan",
    "calendar:stage:change": "mengubah tahapan",
    "calendar:election:rename": "mengganti nama pemilihan",
    "calendar:election:move": "memindahkan hari pemungutan suara",
    "calendar:election:clone": "menyiapkan pemilihan baru dari yang lama",
    "calendar:election:switch": "mengganti pemilihan yang berlaku",
    "calendar:holiday:add": "menambah hari libur",
    "calendar:holiday:change": "mengubah hari libur",
    "calendar:holiday:remove": "menghapus hari libur dari daftar",
    "job:election:ask": "meminta penyiapan isian pemilihan",
    "library:item:publish": "menerbitkan butir daftar periksa",
    "library:item:retire": "memensiunkan butir daftar periksa",
    "library:item:bring_back": "memakai lagi butir daftar periksa",
    "library:item:export": "mengunduh pustaka butir",
    "library:item:move": "mengubah urutan butir daftar periksa",
    "library:draft:save": "menyimpan rancangan butir daftar periksa",
    "library:draft:discard": "membuang rancangan butir daftar periksa",
    "region:figure:record": "mencatat angka acuan",
    "region:figure:choose": "memilih sumber angka acuan",
    "region:station:record": "mencatat TPS lokasi khusus",
    "region:station:remove": "mengeluarkan TPS lokasi khusus",
    "region:tree:load": "memuat daftar wilayah",
    "unit:unit:add": "menambah perangkat daerah",
    "unit:unit:change": "mengubah perangkat daerah",
    "unit:unit:retire": "mengakhiri pemakaian perangkat daerah",
    "unit:unit:restore": "memakai lagi perangkat daerah",
    "job:paper:ask": "meminta berkas laporan",
    "job:letterhead:ask": "meminta pratinjau kop surat",
    "letterhead:draft:save": "menyimpan draf kop surat",
    "letterhead:draft:discard": "membuang draf kop surat",
    "letterhead:head:publish": "menerapkan kop surat",
    "letterhead:head:withdraw": "melepas kop surat sendiri",
    "paper:number:take": "mengambil nomor dokumen",
    "paper:number:set": "mengatur nomor dokumen terakhir",
    "job:import-check:ask": "meminta pemeriksaan berkas impor",
    "job:import-apply:ask": "meminta penerapan berkas impor",
    "import:sheet:upload": "mengunggah berkas impor",
    "import:sheet:apply": "menerapkan berkas impor",
    "import:sheet:hand_out": "menampilkan kata sandi sementara dari impor",
    "job:result:download": "mengunduh berkas laporan",
    "neutrality:case:record": "mencatat kasus netralitas",
    "neutrality:case:study": "mencatat bahwa Bawaslu mengkaji",
    "neutrality:case:forward": "mencatat penerusan kasus",
    "neutrality:case:recommend": "mencatat rekomendasi",
    "neutrality:case:examine": "mencatat pemeriksaan",
    "neutrality:case:sanction": "mencatat sanksi",
    "neutrality:case:report_back": "mencatat laporan balik",
    "neutrality:case:clear": "mencatat bahwa bukan pelanggaran",
    "neutrality:case:note": "menambah catatan pada kasus",
    "neutrality:case:take_back": "membatalkan langkah terakhir kasus",
    "neutrality:case:change": "membetulkan data kasus",
    "neutrality:case:close": "menyelesaikan kasus",
    "neutrality:case:stop": "menghentikan kasus",
    "neutrality:case:reopen": "membuka kembali kasus",
    "neutrality:case:reveal": "memperlihatkan nama pada kasus",
    "neutrality:list:export": "mengunduh daftar kasus netralitas",
    "neutrality:clock:set": "mengatur batas waktu langkah netralitas",
    "audit:trail:export": "mengunduh catatan jejak",
    "desk:backup:make": "membuat cadangan desk",
    "desk:backup:restore": "memulihkan desk dari cadangan",
}
"""Action -> what the person did, to be read after their name."""

VERBS = {
    "create": "membuat",
    "add": "menambah",
    "load": "memuat",
    "change": "mengubah",
    "update": "mengubah",
    "set": "mengatur",
    "end": "mengakhiri",
    "remove": "menghapus",
    "record": "mencatat",
    "publish": "menerbitkan",
    "ask": "meminta",
    "make": "membuat",
    "export": "mengekspor",
    "download": "mengunduh",
    "print": "mencetak",
    "read": "membaca",
    "reset": "mengatur ulang",
}
THINGS = {
    "account": "akun",
    "session": "sesi masuk",
    "password": "kata sandi",
    "appointment": "penugasan",
    "unit": "perangkat daerah",
    "election": "pemilihan",
    "holiday": "hari libur",
    "race": "jenis Pemilihan",
    "stage": "tahapan",
    "item": "butir daftar periksa",
    "entry": "isian daftar periksa",
    "figure": "angka acuan",
    "region": "wilayah",
    "tree": "daftar wilayah",
    "polling_station": "TPS",
    "file": "berkas",
    "report": "laporan",
    "paper": "laporan",
    "job": "pekerjaan latar",
    "demo": "data latihan",
}

FIELDS = {
    "links": "Jumlah catatan",
    "station": "TPS",
    "host_kind": "Jenis lokasi",
    "host_name": "Penyelenggara lokasi",
    "voters": "Pemilih",
    "filters": "Saringan",
    "standing": "Keadaan",
    "state": "Langkah",
    "facts": "Data yang dibetulkan",
    "working_days": "Hari kerja",
    "cases": "Banyak kasus",
    "measure_value": "Angka",
    "measure_total": "Jumlah seluruhnya",
    "measure_reason": "Alasan angka",
    "note": "Catatan",
    "reason": "Alasan",
    "help_wanted": "Bantuan yang diminta",
    "no_evidence_reason": "Alasan belum ada bukti",
    "review_reason": "Alasan penyelia",
    "review_fix": "Yang perlu diperbaiki",
    "due_on": "Tenggat",
    "due_reason": "Alasan pindah tenggat",
    "evidence_count": "Banyak bukti",
    "verdict": "Penilaian bukti",
    "remark": "Pesan nomor",
    "event_title": "Kejadian",
    "file": "Nomor berkas",
    "use": "Nomor lampiran",
    "sha256": "Sidik berkas (SHA-256)",
    "name": "Nama",
    "voting_day": "Hari pemungutan suara",
    "in_use_from": "Pencatatan dimulai",
    "from": "Disalin dari",
    "day": "Hari",
    "order": "Urutan",
    "window": "Jadwal",
    "params": "Yang diminta",
    "area": "Bidang",
    "stage": "Tahapan",
    "levels": "Tingkat",
    "unit_id": "Nomor perangkat daerah",
    "roles": "Pelaksana",
    "title": "Judul",
    "recurrence": "Pengulangan",
    "start_offset": "Mulai (hari dari Hari-H)",
    "end_offset": "Sampai (hari dari Hari-H)",
    "due_offset": "Tenggat (hari dari Hari-H)",
    "times": "Jam",
    "evidence": "Bukti yang diminta",
    "measure_unit": "Satuan",
    "legal_basis": "Dasar",
    "condition": "Syarat",
    "place": "Tempat",
    "sla": "Batas waktu tindak lanjut",
    "username": "Nama akun",
    "role": "Peran",
    "region": "Wilayah",
    "region_code": "Wilayah",
    "unit": "Perangkat daerah",
    "areas": "Bidang",
    "office": "Status jabatan",
    "position": "Jabatan",
    "starts_on": "Mulai",
    "ends_on": "Sampai",
    "appointment": "Nomor penugasan",
    "signs": "Menandatangani laporan",
    "is_disabled": "Akun ditutup",
    "expires_on": "Akun berlaku sampai",
    "sessions": "Banyak sesi",
    "codes_left": "Kode cadangan yang tersisa",
    "session": "Nomor sesi",
    "value": "Nilai",
    "source": "Sumber",
    "document": "Dokumen",
    "dated_on": "Tanggal dokumen",
    "kind": "Jenis",
    "code": "Kode",
    "is_source_only": "Hanya sumber data",
    "number": "Nomor dokumen",
    "lines": "Baris kop",
    "styles": "Ukuran baris",
    "address": "Alamat",
    "logo": "Sidik logo (SHA-256)",
    "number_pattern": "Pola nomor",
    "classification": "Sifat",
    "attachment": "Lampiran",
    "subject": "Hal",
    "copies": "Tembusan",
    "paper": "Kertas",
    "count": "Banyak",
    "keys": "Dengan kunci",
    "made_at": "Cadangan dari",
}
CASE_FACTS = {
    "agency": "instansi",
    "breach": "jenis pelanggaran",
    "breach_words": "rincian pelanggaran",
    "occurred_on": "tanggal kejadian",
    "occurred_note": "keterangan tanggal",
    "known_on": "tanggal diketahui",
    "place": "tempat",
    "account": "uraian",
    "nip_tail": "angka terakhir NIP",
    "source": "sumber",
    "name": "nama (isinya tidak dicatat di jejak)",
}
"""Facts of a neutrality case that a correction names; what they say is not on the trail."""
SUBJECTS = {
    "checklist_entry": "isian daftar periksa",
    "checklist_item": "butir",
    "account": "akun",
    "appointment": "penugasan",
    "session": "sesi masuk",
    "election": "pemilihan",
    "holiday": "hari libur",
    "stage": "tahapan",
    "job": "berkas laporan",
    "import": "impor",
    "region": "wilayah",
    "figure": "angka acuan",
    "unit": "perangkat daerah",
    "letterhead": "kop surat",
    "paper_number": "nomor dokumen",
    "evidence": "bukti",
    "audit_entry": "jejak",
    "polling_station": "TPS",
    "neutrality_case": "kasus netralitas",
    "neutrality_clock": "batas waktu langkah",
    "backup": "cadangan",
}


@dataclass(frozen=True)
class DeedGroup:
    """Deeds that an auditor looks for together: a key for addresses, words, and how their actions begin."""

    key: str
    words: str
    prefixes: tuple[str, ...]


def _entry(*verbs: str) -> tuple[str, ...]:
    return tuple(f"checklist:entry:{verb}" for verb in verbs)


GROUPS = (
    DeedGroup(
        "pengisian",
        "Pengisian butir",
        _entry("start", "tick", "block", "waive", "undo", "note", "open_event"),
    ),
    DeedGroup(
        "penilaian",
        "Verifikasi dan pengembalian",
        _entry("verify", "accept", "return", "reopen", "reschedule"),
    ),
    DeedGroup("diskusi", "Diskusi", _entry("remark")),
    DeedGroup("bukti", "Bukti", (*_entry("attach"), "evidence:")),
    DeedGroup(
        "unduhan",
        "Laporan dan unduhan",
        ("job:", "paper:", "report:", "audit:", "desk:", "evidence:file:download"),
    ),
    DeedGroup("masuk", "Masuk dan keluar", ("account:session:",)),
    DeedGroup("akun", "Akun dan penugasan", ("account:",)),
    DeedGroup("netralitas", "Netralitas", ("neutrality:",)),
    DeedGroup("impor", "Impor dari lembar", ("import:", "job:import-")),
    DeedGroup(
        "dasar",
        "Wilayah, tahapan, dan pustaka butir",
        ("region:", "calendar:", "library:", "unit:", "letterhead:"),
    ),
)


def deed_words(entry: AuditEntry) -> str:
    """What was done, to be read after the person's name: "menandai selesai". Unknown ones are spelled out."""
    known = DEEDS.get(entry.action)
    if known:
        return known
    if entry.action.startswith("job:"):
        return DEEDS["job:paper:ask"]
    _, _, rest = entry.action.partition(":")
    thing, _, verb = rest.partition(":")
    if verb in VERBS and thing in THINGS:
        return f"{VERBS[verb]} {THINGS[thing]}"
    return f"melakukan tindakan lain ({entry.action})"


def change_words(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Each changed field of a link as (label, old, new) in words; an empty value is said to be empty."""
    return words_of_changes(entry.changed)


def words_of_changes(changes: Mapping[str, Sequence[Any]]) -> list[tuple[str, str, str]]:
    """Field -> [old, new] as (label, old, new) in words, what matters most first."""
    known = list(FIELDS)
    order = sorted(changes, key=lambda name: known.index(name) if name in FIELDS else len(known))
    return [
        (FIELDS.get(name, name), value_words(name, changes[name][0]), value_words(name, changes[name][1]))
        for name in order
    ]


def value_words(name: str, value: Any) -> str:
    """One value of a field in words: standings, areas, dates and numbers as the pages write them."""
    if value is None or value == "" or value == []:
        return NOTHING
    if name == "standing":
        return LABELS[Standing(value)] if value in set(Standing) else str(value)
    if name in ("state", "kind") and isinstance(value, str):
        return _of_a_case(name, value)
    if name == "facts":
        return ", ".join(CASE_FACTS.get(one, one) for one in value)
    if name == "area":
        return AREAS.get(str(value), str(value))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float):
        return words.angka(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {value_words(key, item)}" for key, item in value.items() if item)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value_words("", item) for item in value)
    return _text(str(value))


def _of_a_case(name: str, value: str) -> str:
    """Step and kind of person of a neutrality case; kinds of other things stay as they are."""
    if name == "state":
        return STATE_WORDS[CaseState(value)] if value in set(CaseState) else value
    return Kind(value).words() if value in set(Kind) else value


def _text(text: str) -> str:
    """Dates inside a text value as people write them."""
    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?", text)
    if days is None:
        return text
    try:
        return " sampai ".join(
            words.tanggal_pendek(dt.date.fromisoformat(day)) for day in days.groups() if day
        )
    except ValueError:
        return text


def subject_words(entry: AuditEntry) -> str:
    """What it was done to, in words: "isian daftar periksa 12"; nothing where the deed says it already."""
    if entry.action in ("account:session:open", "account:session:close"):
        return ""
    kind = SUBJECTS.get(entry.subject_kind, entry.subject_kind.replace("_", " "))
    return f"{kind} {entry.subject_id}".strip()


def zone_for(entry: AuditEntry) -> str:
    """The zone in which a link's time is told: its region's, or the capital's where it has none."""
    return zone_of(entry.region_code or CAPITAL_ZONE)


def time_words(entry: AuditEntry, zone: str = "") -> str:
    """25 Nov 2024 pukul 09.00.12 WITA, in `zone` or else the zone of the link's region."""
    zone = zone or zone_for(entry)
    local = clock.local(dt.datetime.fromisoformat(entry.at), zone)
    return f"{words.tanggal_pendek(local)} pukul {local:%H.%M.%S} {clock.abbreviation(zone)}"
