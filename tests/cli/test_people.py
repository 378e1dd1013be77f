"""`flask people`."""

from __future__ import annotations

import re

import pytest

from app.domain import accounts, audit
from app.domain.accounts import Permission
from app.extensions import db


@pytest.fixture
def someone(app):
    """`someone("budi.berau")`: that person now."""

    def find(username: str) -> accounts.Person | None:
        with app.app_context():
            person = accounts.person_of(username)
            db.session.remove()
        return person

    return find


def test_a_person_is_added_appointed_and_may_work(flask, someone):
    said = flask("people", "add", "budi.berau", "Budi Santoso")
    assert "Akun budi.berau dibuat." in said.output
    assert re.search(r"Kata sandi sementara: \S{16}", said.output)
    assert someone("budi.berau").must_change_password
    assert not someone("budi.berau").may(Permission.CHECKLIST_FILL)
    said = flask(
        "people",
        "appoint",
        "budi.berau",
        "operator",
        "64.03",
        "--area",
        "LOG",
        "--unit",
        "dishub",
        "--standing",
        "Plt.",
        "--from",
        "2024-11-20",
        "--until",
        "2024-12-31",
    )
    assert said.exit_code == 0, said.output
    held = someone("budi.berau").appointments[0]
    assert (held.areas, held.unit_name, held.standing) == (
        frozenset({"LOG"}),
        "Dinas Perhubungan",
        accounts.Standing.PLT,
    )
    assert "Plt. Operator, Kabupaten Berau (Dinas Perhubungan)" in flask("people", "list").output


def test_an_appointment_is_ended_and_its_rights_are_gone(flask, someone):
    number = someone("operator.berau").appointments[0].id
    assert "berakhir sesudah 2024-11-24" in flask("people", "end", str(number)).output
    assert someone("operator.berau").appointments == ()
    assert "(tidak berlaku)" in flask("people", "list", "--region", "64.03").output


def test_an_account_is_shut_and_a_password_reset(flask, someone):
    flask("people", "disable", "operator.berau")
    assert "(ditutup)" in flask("people", "list").output
    said = flask("people", "reset", "operator.paser", "--password", "sementara-2024")
    assert said.output == "Kata sandi operator.paser diganti.\n", "a password that was given is not echoed"
    assert someone("operator.paser").must_change_password


def test_the_list_of_a_region_leaves_others_out(flask):
    said = flask("people", "list", "--region", "64.03").output
    assert "operator.sambaliung" in said
    assert "operator.paser" not in said


def test_units_are_listed_with_what_they_are(flask):
    said = flask("people", "units").output
    assert re.search(r"kesbangpol +Badan Kesatuan Bangsa dan Politik\n", said)
    assert re.search(r"kpu +Komisi Pemilihan Umum  \(sumber data\)", said)


@pytest.mark.parametrize(
    "words, sentence",
    [
        (("add", "operator.berau", "X"), "sudah dipakai"),
        (("add", "budi.berau", "Budi", "--password", "pendek"), "terlalu pendek"),
        (("appoint", "tidak.ada", "operator", "64.03"), "Akun tidak.ada tidak ada"),
        (("appoint", "operator.berau", "operator", "99"), "kode 99 tidak ada"),
        (("appoint", "operator.berau", "operator", "64.03", "--area", "XXX"), "XXX"),
        (("appoint", "operator.berau", "operator", "64.03", "--unit", "xxx"), "xxx"),
        (("appoint", "operator.berau", "operator", "64.03", "--nip", "12"), "18 angka"),
        (("end", "99999"), "Penugasan itu tidak ada"),
        (("disable", "tidak.ada"), "tidak ada"),
        (("reset", "operator.berau", "--password", "x"), "terlalu pendek"),
    ],
)
def test_what_cannot_be_is_explained_and_changes_nothing(flask, app, words: tuple[str, ...], sentence: str):
    with app.app_context():
        before = audit.head()
        db.session.remove()
    said = flask("people", *words)
    assert said.exit_code == 1
    assert said.output.startswith("Tidak dikerjakan: ")
    assert sentence in said.output
    with app.app_context():
        assert audit.head() == before
        db.session.remove()


def test_a_namesake_is_refused_until_it_is_said_that_it_is_another(flask, someone):
    flask("people", "add", "budi.berau", "Budi Santoso")
    flask("people", "appoint", "budi.berau", "operator", "64.03")
    said = flask("people", "add", "budi.dua", " budi  santoso")
    assert said.exit_code == 1
    assert "akun budi.berau" in said.output
    assert "--beda-orang" in said.output
    assert someone("budi.dua") is None
    assert flask("people", "add", "budi.dua", "Budi Santoso", "--beda-orang").exit_code == 0
    appoint = ("people", "appoint", "budi.dua", "penyelia", "64.03.03")
    said = flask(*appoint)
    assert said.exit_code == 1
    assert "akun budi.berau" in said.output
    assert someone("budi.dua").appointments == ()
    assert flask(*appoint, "--beda-orang").exit_code == 0


def test_a_number_of_another_account_is_refused_at_the_terminal_too(flask, someone):
    number = ("--nip", "198001012005011001")
    assert flask("people", "appoint", "operator.berau", "penyelia", "64.03.03", *number).exit_code == 0
    said = flask("people", "appoint", "operator.paser", "penyelia", "64.01", *number, "--beda-orang")
    assert said.exit_code == 1
    assert "NIP ini sudah tercatat pada akun operator.berau." in said.output
    assert len(someone("operator.paser").appointments) == 1


def test_a_date_that_is_none_is_explained(flask):
    said = flask("people", "appoint", "operator.berau", "operator", "64.03", "--from", "besok")
    assert said.exit_code == 1
    assert "Tidak dikerjakan: --from: 'besok' bukan tanggal; tulis seperti 2024-11-27" in said.output


def test_what_the_command_line_does_is_the_systems_deed_from_the_command_line(flask, app):
    flask("people", "add", "budi.berau", "Budi Santoso")
    with app.app_context():
        link = db.session.get(audit.AuditEntry, audit.head()[0])
        assert (link.action, link.actor_name, link.address) == (
            "account:account:create",
            "Sistem",
            "baris perintah",
        )
        db.session.remove()
