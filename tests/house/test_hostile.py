"""What no form of ours sends: at every address a clear answer, never a stack trace, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.documents.register_asking import field_name
from app.domain.all_registers import REGISTERS
from app.domain.audit import AuditEntry
from tests import cast
from tests.house.test_routes import addresses, filled_in

ROOT = Path(__file__).resolve().parents[2] / "app"


def names_that(pattern: str) -> list[str]:
    """The names that the source itself asks for, so that none is forgotten here."""
    found: set[str] = set()
    for path in (*ROOT.glob("blueprints/**/*.py"), *ROOT.glob("web/*.py")):
        found |= set(re.findall(pattern, path.read_text(encoding="utf-8")))
    return sorted(found)


COLUMNS = {field_name(column) for register in REGISTERS for column in register.columns}
FIELDS = sorted({*names_that(r'\bname="([a-z_]+)"'), *COLUMNS, "pilih", "berkas_lama", "kembali", "wilayah"})
ASKED = sorted(
    {*names_that(r'args\.get\("([a-z_]+)"'), "jenis", "n", "nomor", "orang", "peran", "perangkat", "sejak"}
)
PAYLOADS = {
    "a number of twenty digits": "9" * 20,
    "a number beyond what Python reads": "9" * 4_400,
    "a superscript": "\u00b2",
    "digits of another script": "\u0661\u0662",
    "a negative number": "-1",
    "a pair of long numbers": f"{'9' * 20}:{'9' * 20}",
    "a direction override": "\u202eevil",
    "four thousand letters": "x" * 4_000,
    "the first day of all": "0001-01-01",
    "the last day of all": "9999-12-31",
    "a year with a tail": "0202499999",
}


FORM = "application/x-www-form-urlencoded"
SENDINGS = PAYLOADS | {"a hundred thousand letters in each field": "x" * 100_000}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["operator.berau", "penyelia.berau", "admin.kaltim"])
@pytest.mark.parametrize("what", list(SENDINGS))
def test_no_address_stumbles_over(app: Flask, client: Any, session: Any, who: str, what: str):
    rules = [rule for endpoint, rule in addresses(app, "POST") if endpoint != "auth.leave"]
    paths = [filled_in(rule, session) for rule in rules]
    cast.signed_in(client, who)
    sent = urlencode(dict.fromkeys(FIELDS, SENDINGS[what])).encode()  # once: it takes longer than the answer
    stumbled = [
        (path, answer.status_code)
        for path in paths
        if (answer := client.post(path, data=sent, content_type=FORM)).status_code >= 500
    ]
    assert stumbled == []


@pytest.mark.slow
@pytest.mark.parametrize("who", ["operator.berau", "admin.kaltim", "inspektorat.kaltim"])
@pytest.mark.parametrize("what", list(PAYLOADS))
def test_no_page_stumbles_over(app: Flask, client: Any, session: Any, who: str, what: str):
    paths = [filled_in(rule, session) for _, rule in addresses(app, "GET")]
    cast.signed_in(client, who)
    stumbled = []
    for words in (
        dict.fromkeys(ASKED, PAYLOADS[what]),
        {"sejak": PAYLOADS[what], "n": "5", "tahun": PAYLOADS[what]},
    ):
        asked = urlencode(words)
        stumbled += [
            (path, answer.status_code)
            for path in paths
            if (answer := client.get(path, query_string=asked)).status_code >= 500
        ]
    assert stumbled == []


@pytest.mark.parametrize("path", ["/masuk", "/daftar-periksa/kisi", "/verifikasi"])
def test_a_sign_that_no_database_keeps_is_refused_in_words(client: Any, session: Any, path: str):
    if path != "/masuk":
        cast.signed_in(client, "penyelia.berau")
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    answer = client.post(path, data={"akun": "a\x00b", "sandi": "x"})
    assert answer.status_code == 400
    assert "Ketik ulang" in answer.text
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


@pytest.mark.parametrize(
    "address",
    [
        "/daftar-periksa?cari=%00",
        "/daftar-periksa?cari=%ff",
        "/daftar-periksa?%c0%af=1",
        "/daftar-periksa?cari=%ed%a0%80",
        "/wilayah/%00",
    ],
)
def test_such_a_sign_in_an_address_is_refused_too(client: Any, address: str):
    answer = cast.signed_in(client, "operator.berau").get(address)
    assert answer.status_code == 400
    assert "Ketik ulang" in answer.text


def test_a_path_that_is_no_text_is_refused_too(client: Any):
    cast.signed_in(client, "operator.berau")
    assert client.get("/", environ_overrides={"PATH_INFO": "/wilayah/64.03\xff"}).status_code == 400


PART = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n'
BROKEN = {
    "a value": (FORM, b"akun=%ff&sandi=x"),
    "a value as it is": (FORM, b"akun=\xff\xfe&sandi=x"),
    "a name": (FORM, b"akun=a&sandi=x&%c3=1"),
    "a name with NUL": (FORM, b"akun=a&sandi=x&a%00b=1"),
    "half a pair of UTF-16": (FORM, b"akun=%ed%a0%80&sandi=x"),
    "a part": ("multipart/form-data; boundary=x", PART.format("akun").encode() + b"\xff\r\n--x--\r\n"),
}


@pytest.mark.parametrize("what", list(BROKEN))
def test_bytes_that_are_no_text_are_refused_in_words_and_write_nothing(client: Any, session: Any, what: str):
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    kind, body = BROKEN[what]
    answer = client.post("/masuk", data=body, content_type=kind)
    assert answer.status_code == 400
    assert "Ketik ulang" in answer.text
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


@pytest.mark.usefixtures("csrf")
def test_such_bytes_are_refused_before_anything_else_reads_the_form(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    assert "Ketik ulang" in client.post("/keluar", data=b"csrf_token=%ff", content_type=FORM).text


def test_a_form_of_countless_fields_is_too_large_and_one_of_three_thousand_is_answered(client: Any):
    cast.signed_in(client, "operator.berau")
    answer = client.post("/akun/sandi", data=b"a&" * 300_000, content_type=FORM)
    assert answer.status_code == 413
    assert client.post("/akun/sandi", data=b"sandi=x&" * 3_000, content_type=FORM).status_code == 422


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_what_is_no_form_is_refused(client: Any, session: Any, kind: str):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    cast.signed_in(client, "operator.berau")
    answer = client.post(f"/daftar-periksa/{entry.id}/selesai", data='{"versi": 1}', content_type=kind)
    assert answer.status_code == 400
    assert "bukan formulir" in answer.text
    assert cast.entry_of("KTP-11", cast.BERAU, "2024-11-25").version == entry.version


@pytest.mark.parametrize("deed", ["selesai", "catat", "verifikasi", "kembalikan", "tenggat"])
@pytest.mark.parametrize("version", [None, "", "0", "satu"])
def test_a_deed_that_does_not_say_what_was_seen_changes_nothing(
    client: Any, session: Any, deed: str, version: str | None
):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    cast.signed_in(client, "operator.berau" if deed in ("selesai", "catat") else "penyelia.berau")
    sent = {"alasan": "Sebab.", "tenggat": "2024-11-26", "catatan": "Catatan."}
    answer = client.post(
        f"/daftar-periksa/{entry.id}/{deed}", data=sent if version is None else {**sent, "versi": version}
    )
    assert answer.status_code == 422
    assert "Muat ulang halaman" in answer.text
    assert cast.entry_of("KTP-11", cast.BERAU, "2024-11-25").version == entry.version


@pytest.mark.slow
@pytest.mark.parametrize("what", list(PAYLOADS))
def test_no_register_stumbles_over(app: Flask, client: Any, session: Any, what: str):
    cast.signed_in(client, "operator.berau")
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    stumbled = []
    for register in REGISTERS:
        typed = dict.fromkeys([field_name(column) for column in register.columns], PAYLOADS[what])
        asked = {**typed, **dict.fromkeys(("cari", "sejak", "sampai", *register.parents), PAYLOADS[what])}
        for answer in (
            client.post(f"/register/{register.key}/baru", data={**typed, "di": cast.BERAU}),
            client.get(f"/register/{register.key}", query_string=asked),
        ):
            if answer.status_code >= 500 or answer.status_code == 303:
                stumbled.append((register.key, answer.status_code))
    assert stumbled == []
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before
