"""Roles, ways to hold an office and states of an account in words; rights are worded in the account room."""

from __future__ import annotations

from app.domain.accounts import Role, Standing, State

ROLES = {
    Role.OPERATOR: "mengisi dan menandai butir, melampirkan bukti",
    Role.SUPERVISOR: "memeriksa isian orang lain: memverifikasi atau mengembalikan; tidak mengisi",
    Role.LEADER: "membaca dan mencetak laporan",
    Role.INSPECTOR: "membaca semuanya, juga jejak",
    Role.ADMIN: "mengatur orang dan wilayah; yang mencakup seluruh Pemilihan juga tahapan dan pustaka butir; "
    "tidak mengisi dan tidak memverifikasi",
    Role.OBSERVER: "membaca tanpa bukti, misalnya KPU dan Bawaslu",
}
ROLE_CHOICES = [(role.value, role.label, f"{words[0].upper()}{words[1:]}.") for role, words in ROLES.items()]
"""(value, name, what somebody is appointed for), as a form offers them."""

STANDINGS = {
    Standing.DEFINITIVE: "Definitif",
    Standing.PLT: "Plt. (Pelaksana Tugas)",
    Standing.PLH: "Plh. (Pelaksana Harian)",
    Standing.PJ: "Pj. (Penjabat)",
    Standing.PJS: "Pjs. (Penjabat Sementara)",
}

STATES = {
    State.ACTIVE: ("Aktif", " ok", "check-circle"),
    State.ENDING: ("Akan berakhir", " warn", "clock-history"),
    State.NEVER: ("Belum pernah masuk", "", "info-circle"),
    State.IDLE: ("Tanpa penugasan", " warn", "exclamation-triangle"),
    State.OVER: ("Masa akun habis", " bad", "lock"),
    State.CLOSED: ("Ditutup", " bad", "lock"),
}
"""State -> words, tint and icon of its badge."""

FILTERS = {
    State.ACTIVE: "Aktif",
    State.NEVER: "Belum pernah masuk",
    State.ENDING: "Akan berakhir, 14 hari atau kurang",
    State.IDLE: "Tanpa penugasan yang berlaku",
    State.OVER: "Masa akun habis",
    State.CLOSED: "Ditutup",
}
"""What the list can be narrowed to, in this order."""
