"""The choices of this room's registers: stored value -> words."""

from __future__ import annotations

PLANNED, HELD, CALLED_OFF = "direncanakan", "terlaksana", "tidak_jadi"
PROGRESS = {PLANNED: "Direncanakan", HELD: "Terlaksana", CALLED_OFF: "Tidak jadi"}

KINDS = {
    "titik_layanan": "Titik layanan tetap",
    "keliling": "Jemput bola keliling",
    "sekolah": "Jemput bola di sekolah",
    "lapas": "Jemput bola di lapas/rutan",
    "desa": "Jemput bola di kelurahan/desa/kampung",
    "perusahaan": "Jemput bola di perusahaan",
    "rumah_sakit": "Jemput bola di rumah sakit/panti",
    "rumah": "Jemput bola ke rumah (disabilitas, lansia, sakit)",
}

AT_NIGHT, ON_DAYS_OFF = "malam", "akhir_pekan"
HOURS = {"jam_kerja": "Jam kerja", AT_NIGHT: "Malam", ON_DAYS_OFF: "Akhir pekan atau hari libur"}

OBSTACLES = {
    "di_luar_daerah": "Berada di luar daerah",
    "menolak": "Menolak direkam",
    "tidak_hadir": "Tidak hadir",
    "peralatan": "Jaringan atau alat",
    "blangko": "Blangko habis",
    "akses": "Cuaca atau akses",
    "lain": "Lainnya",
}
