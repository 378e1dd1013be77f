"""Abbreviations of elections and of regional government, for the glossary of a report in which they occur.

PPK is not among them: it stands for two things, so texts spell it out.
"""

from __future__ import annotations

MEANINGS = {
    "APD": "alat pelindung diri",
    "APK": "alat peraga kampanye",
    "ASN": "aparatur sipil negara",
    "Bawaslu": "Badan Pengawas Pemilihan Umum",
    "BKN": "Badan Kepegawaian Negara",
    "BKPSDM": "badan kepegawaian dan pengembangan sumber daya manusia",
    "BMKG": "Badan Meteorologi, Klimatologi, dan Geofisika",
    "BPBD": "badan penanggulangan bencana daerah",
    "BPD": "badan permusyawaratan desa",
    "BUMD": "badan usaha milik daerah",
    "BUMN": "badan usaha milik negara",
    "Dishub": "dinas perhubungan",
    "Diskominfo": "dinas komunikasi dan informatika",
    "Disdukcapil": "dinas kependudukan dan pencatatan sipil",
    "DPT": "daftar pemilih tetap",
    "IKD": "identitas kependudukan digital",
    "IKP": "indeks kerawanan pemilu",
    "Kesbangpol": "kesatuan bangsa dan politik",
    "KPPS": "kelompok penyelenggara pemungutan suara",
    "KPU": "Komisi Pemilihan Umum",
    "KTP-el": "kartu tanda penduduk elektronik",
    "Linmas": "pelindungan masyarakat",
    "NPHD": "naskah perjanjian hibah daerah",
    "Panwascam": "panitia pengawas pemilihan kecamatan",
    "PKPU": "peraturan Komisi Pemilihan Umum",
    "PNS": "pegawai negeri sipil",
    "Polres": "kepolisian resor",
    "Polri": "Kepolisian Negara Republik Indonesia",
    "PPPK": "pegawai pemerintah dengan perjanjian kerja",
    "PPS": "panitia pemungutan suara",
    "Satpol PP": "satuan polisi pamong praja",
    "SKB": "surat keputusan bersama",
    "TNI": "Tentara Nasional Indonesia",
    "TPS": "tempat pemungutan suara",
    "WIB": "Waktu Indonesia Barat",
    "WIT": "Waktu Indonesia Timur",
    "WITA": "Waktu Indonesia Tengah",
}
