"""Settings: everything that a desk may choose from the environment, with its default and one line of meaning."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MODES = ("production", "demo", "test")
STORE = re.compile(
    r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*)/?"
)
"""Where evidence lies when not in a directory: a bucket, and what all its keys there begin with."""
ENDPOINT = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?|https?://\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?/?")

HERE = ("localhost", "127.0.0.1")


def setting(name: str, default: str, meaning: str) -> Any:
    """Declare one setting: environment name, default as text, and what it means (printed in the guide).

    An empty value is no value: shells and make hand one on for what nobody set.
    """
    return field(
        default_factory=lambda: os.environ.get(name) or default,
        metadata={"env": name, "default": default, "meaning": meaning},
    )


def _keep_key(path: Path) -> None:
    """Make a key there, whole and synced before it has its name: of two who start at once both read the same one.

    A key that a power cut took back would leave a trail that no key fits.
    """
    unfinished = path.with_name(f".{path.stem}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    if hasattr(os, "O_DIRECTORY"):  # Windows syncs a directory by itself
        handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _text(name: str, path: str) -> str:
    """The text of a file that a setting names. Raises ValueError with what to do, and nothing of its content."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{name}: berkas {path} tidak terbaca oleh akun yang menjalankan desk") from None


def _one_line(name: str, path: str) -> str:
    said = _text(name, path).strip()
    if not said or len(said.split()) > 1:
        raise ValueError(f"{name}: berkas {path} harus berisi satu baris saja, tanpa spasi")
    return said


@dataclass(frozen=True)
class Settings:
    """What the process was started with. `flask_config()` turns it into Flask's own keys."""

    mode: str = setting("DESK_MODE", "demo", "production, demo atau test")
    data: str = setting("DESK_DATA", "var", "direktori data: basis data, bukti, dokumen, kunci")
    database_url: str = setting(
        "DESK_DATABASE_URL", "", "kosong: SQLite di DESK_DATA; atau postgresql+psycopg://…"
    )
    secret_key: str = setting("DESK_SECRET_KEY", "", "kunci sesi; kosong: dibuat di DESK_DATA/secret.key")
    audit_key: str = setting(
        "DESK_AUDIT_KEY", "", "kunci rantai jejak; kosong: dibuat di DESK_DATA/audit.key"
    )
    field_key: str = setting(
        "DESK_FIELD_KEY", "", "kunci untuk isian rahasia; kosong: dibuat di DESK_DATA/field.key"
    )
    sign_file: str = setting(
        "DESK_SIGN_FILE",
        "",
        "berkas PKCS#12 (.p12) sertifikat desk untuk tanda tangan digital pada PDF laporan; kosong: hanya segel",
    )
    sign_passphrase_file: str = setting(
        "DESK_SIGN_PASSPHRASE_FILE", "", "berkas berisi kata sandi berkas PKCS#12 itu, satu baris"
    )
    two_steps: str = setting(
        "DESK_TWO_STEPS",
        "",
        "peran yang wajib masuk dua langkah, dipisah koma, misalnya admin,inspektorat; kosong: boleh, tidak wajib",
    )
    demo_password: str = setting("DESK_DEMO_PASSWORD", "", "kata sandi akun demo; kosong: dibuat acak sekali")
    clock: str = setting("DESK_CLOCK", "", "saat simulasi yang beku, ISO 8601 dengan zona (untuk pengujian)")
    cookie_secure: str = setting("DESK_COOKIE_SECURE", "0", "1 bila situs disajikan lewat HTTPS")
    plain_http: str = setting(
        "DESK_PLAIN_HTTP",
        "0",
        "1 hanya bila desk sungguhan sengaja disajikan tanpa HTTPS di jaringan tertutup",
    )
    proxy: str = setting("DESK_PROXY", "0", "1 bila di belakang satu proksi balik tepercaya")
    hosts: str = setting("DESK_HOSTS", "", "nama host yang dilayani, dipisah koma; kosong: semua")
    idle_minutes: str = setting("DESK_IDLE_MINUTES", "60", "menit tanpa kegiatan sebelum sesi berakhir")
    session_hours: str = setting("DESK_SESSION_HOURS", "12", "umur terpanjang satu sesi masuk, jam")
    metrics: str = setting(
        "DESK_METRICS",
        "",
        "alamat yang boleh membaca angka mesin di /metrik, dipisah koma, misalnya 127.0.0.1; kosong: mati",
    )
    log_requests: str = setting(
        "DESK_LOG_REQUESTS", "0", "1 bila tiap permintaan dicatat satu baris, tanpa alamat, nama, dan isian"
    )
    backup_key: str = setting(
        "DESK_BACKUP_KEY", "", "kunci penyandi cadangan, sedikitnya 32 tanda acak; kosong: tidak disandi"
    )
    evidence_store: str = setting(
        "DESK_EVIDENCE_STORE",
        "",
        "tempat berkas bukti; kosong: direktori evidence di DESK_DATA; atau penyimpanan S3, s3://bucket/awalan, "
        "untuk desk di beberapa server",
    )
    store_endpoint: str = setting(
        "DESK_STORE_ENDPOINT", "", "alamat penyimpanan S3, misalnya https://s3.kaltara.internal:9000"
    )
    store_region: str = setting("DESK_STORE_REGION", "us-east-1", "region penyimpanan S3")
    store_key_id: str = setting("DESK_STORE_KEY_ID", "", "nama kunci penyimpanan S3 (access key)")
    store_secret_file: str = setting(
        "DESK_STORE_SECRET_FILE", "", "berkas berisi rahasia kunci itu (secret key), satu baris"
    )
    store_ca_file: str = setting(
        "DESK_STORE_CA_FILE",
        "",
        "berkas PEM otoritas sertifikat kantor yang ikut dipercaya untuk DESK_STORE_ENDPOINT",
    )
    upload_mb: str = setting("DESK_UPLOAD_MB", "12", "ukuran terbesar satu unggahan, MB")

    name_days: str = setting(
        "DESK_NAME_DAYS",
        "365",
        "hari nama dan angka terakhir NIP disimpan sesudah kasus netralitas berakhir; dihapus oleh "
        "flask netralitas bersihkan",
    )

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"DESK_MODE harus salah satu dari {', '.join(MODES)}, bukan {self.mode!r}")
        for name in ("idle_minutes", "session_hours", "upload_mb", "name_days"):
            if not getattr(self, name).isdigit() or int(getattr(self, name)) < 1:
                raise ValueError(f"DESK_{name.upper()} harus bilangan bulat mulai dari 1")
        for name in ("field_key", "backup_key"):
            if 0 < len(getattr(self, name)) < 32:
                raise ValueError(f"DESK_{name.upper()} harus acak dan sedikitnya 32 tanda")
        if self.evidence_store:
            self._check_store()

    def _check_store(self) -> None:
        if not STORE.fullmatch(self.evidence_store):
            raise ValueError(
                f"DESK_EVIDENCE_STORE harus seperti s3://bucket/awalan, bukan {self.evidence_store!r}"
            )
        if not ENDPOINT.fullmatch(self.store_endpoint):
            raise ValueError(
                "DESK_EVIDENCE_STORE memerlukan DESK_STORE_ENDPOINT berupa alamat http:// atau https:// tanpa jalur"
            )
        if not self.store_key_id or not self.store_secret_file:
            raise ValueError("DESK_EVIDENCE_STORE memerlukan DESK_STORE_KEY_ID dan DESK_STORE_SECRET_FILE")

    @property
    def data_dir(self) -> Path:
        """The data directory, made private to its owner when it does not exist yet."""
        path = Path(self.data).resolve()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def key(self, given: str, file_name: str) -> str:
        """`given`, or the key kept in the data directory, made there (mode 0600) at the first start."""
        if given:
            return given
        path = self.data_dir / file_name
        if not path.exists():
            _keep_key(path)
        return path.read_text(encoding="ascii").strip()

    @property
    def store(self) -> dict[str, str] | None:
        """Where the object store is and what opens it, by the names of `evidence.Bucket`; None where evidence lies in
        the data directory. Raises ValueError for a file that cannot be read.
        """
        found = STORE.fullmatch(self.evidence_store)
        if found is None:
            return None
        return {
            "name": found["bucket"],
            "prefix": f"{found['prefix']}/evidence".lstrip("/"),
            "endpoint": self.store_endpoint,
            "region": self.store_region,
            "key_id": self.store_key_id,
            "secret": _one_line("DESK_STORE_SECRET_FILE", self.store_secret_file),
            "certificates": _text("DESK_STORE_CA_FILE", self.store_ca_file) if self.store_ca_file else "",
        }

    @property
    def store_is_overheard(self) -> bool:
        """Whether evidence goes over a network to the object store without HTTPS; not where it is on this machine."""
        line = urlsplit(self.store_endpoint)
        return bool(self.evidence_store) and line.scheme == "http" and line.hostname not in HERE

    def flask_config(self) -> dict[str, Any]:
        """Flask's configuration; reads or makes the three keys in the data directory."""
        idle = timedelta(minutes=int(self.idle_minutes))
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.key(self.secret_key, "secret.key"),
            "AUDIT_KEY": self.key(self.audit_key, "audit.key"),
            "FIELD_KEY": self.key(self.field_key, "field.key"),
            "SQLALCHEMY_DATABASE_URI": self.database_url or f"sqlite+desk:///{self.data_dir / 'desk.db'}",
            # Over HTTPS browsers take a cookie of this name from this very host only (__Host-), never from a neighbour.
            "SESSION_COOKIE_NAME": "__Host-desk" if self.cookie_secure == "1" else "desk",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.cookie_secure == "1",
            # The cookie is renewed with its last-seen mark, at most every half minute: signing it costs.
            "SESSION_REFRESH_EACH_REQUEST": False,
            "PERMANENT_SESSION_LIFETIME": idle,
            "SESSION_MAX_AGE": timedelta(hours=int(self.session_hours)),
            "MAX_CONTENT_LENGTH": int(self.upload_mb) * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 500_000,
            "TRUSTED_HOSTS": [host.strip() for host in self.hosts.split(",") if host.strip()] or None,
            "WTF_CSRF_TIME_LIMIT": None,
            "TESTING": self.mode == "test",
        }
