"""The choices of this room's registers: stored value -> words, and the columns that are ticked."""

from __future__ import annotations

PLANNED, HELD, CALLED_OFF = "direncanakan", "terlaksana", "tidak_jadi"
PROGRESS = {PLANNED: "Direncanakan", HELD: "Terlaksana", CALLED_OFF: "Tidak jadi"}

KINDS = {
    "tatap_muka": "Tatap muka",
    "sekolah": "Di sekolah atau kampus",
    "simulasi": "Simulasi pemungutan suara",
    "media": "Siaran, media sosial, atau luar ruang",
    "keramaian": "Di keramaian: pasar, olahraga, festival",
    "kunjungan": "Kunjungan dari rumah ke rumah",
    "lain": "Lainnya",
}

AUDIENCES = {
    "for_first_voters": "Pemilih pemula",
    "for_youth": "Pemilih muda",
    "for_women": "Perempuan",
    "for_families": "Keluarga",
    "for_disabled": "Penyandang disabilitas",
    "for_special_needs": "Berkebutuhan khusus",
    "for_elderly": "Lanjut usia",
    "for_marginal": "Kaum marginal",
    "for_customary": "Masyarakat adat",
    "for_religious": "Kelompok keagamaan",
    "for_communities": "Komunitas",
    "for_workers": "Pekerja",
    "for_netizens": "Warga internet",
    "for_everyone": "Masyarakat umum",
}
"""Column -> words, after the segments that KPU uses; a gathering may be for several."""

FIGURES = {
    "with_community_figures": "Tokoh masyarakat",
    "with_customary_figures": "Tokoh adat",
    "with_religious_figures": "Tokoh agama",
    "with_youth_figures": "Tokoh pemuda",
    "with_women_figures": "Tokoh perempuan",
}
"""Column -> words of who was invited: kinds, never names."""

LAST, TARGET, EXPECTED, RESULT = "sebelumnya", "target", "proyeksi", "hasil"
TURNOUT_KINDS = {
    LAST: "Pemilihan sebelumnya",
    TARGET: "Target",
    EXPECTED: "Proyeksi",
    RESULT: "Hasil",
}
ALL_RACES = "semua"
RACES = {
    ALL_RACES: "Seluruh Pemilihan",
    "gubernur": "Gubernur dan wakil gubernur",
    "bupati_wali_kota": "Bupati/wali kota dan wakilnya",
}
