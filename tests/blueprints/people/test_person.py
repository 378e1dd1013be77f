"""/orang/<id>: what somebody holds and may do and why, and every deed of an admin on them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from app.domain import accounts, audit, checklists, stages
from app.domain.accounts import Account, Appointment, Permission, Role
from app.extensions import db
from tests import cast
from tests.counting import statements

MONDAY = dt.date(2024, 11, 25)
ADMIN = "admin.berau"


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def account(username: str) -> Account:
    db.session.expire_all()
    found = db.session.scalar(db.select(Account).where(Account.username == username))
    assert found is not None
    return found


def path(username: str, deed: str = "", held: int = 0) -> str:
    found = cast.person(username)
    mandates = accounts.mandates_of(found.id)
    middle = f"/penugasan/{mandates[held].id}" if deed in ("akhiri", "perpanjang", "batalkan") else ""
    return f"/orang/{found.id}{middle}" + (f"/{deed}" if deed else "")


def temporary(session: Any) -> None:
    """An operator of Berau until Friday."""
    cast.add_person("sementara.berau", (Role.OPERATOR, cast.BERAU, {"starts_on": MONDAY, "ends_on": MONDAY}))
    session.commit()


def work_of(username: str, *codes: str) -> None:
    """Let somebody begin entries that wait for them."""
    for code in codes:
        entry = cast.entry_of(code, cast.BERAU, "2024-11-25")
        checklists.start(entry, by=cast.person(username), version=entry.version)
    db.session.commit()


GIVEN = {
    "peran": "pimpinan",
    "wilayah": cast.BERAU,
    "mulai": "2024-11-25",
    "status": "definitif",
    "sk": "7/SK",
}
DEEDS: dict[str, tuple[str, dict[str, str]]] = {
    "penugasan": ("operator.berau", GIVEN),
    "akhiri": ("operator.berau", {"hari": "2024-11-25"}),
    "perpanjang": ("sementara.berau", {"sampai": "2024-12-31"}),
    "batalkan": ("calon.berau", {}),
    "nama": ("operator.berau", {"nama": "Budi Santoso"}),
    "masa": ("operator.berau", {"sampai": "2024-11-30"}),
    "tutup": ("operator.berau", {"alasan": "pindah tugas"}),
    "buka": ("operator.berau", {}),
    "sandi": ("operator.berau", {}),
    "sesi/akhiri": ("operator.berau", {}),
}


# --- The page -------------------------------------------------------------------------------------------------


def test_the_page_says_what_a_person_may_do_where_and_through_what(client: Any, session: Any):
    page = plain(cast.signed_in(client, "admin.kaltim").get(path("rangkap.berau")).text)
    assert (
        "Mengisi dan menandai butir Kabupaten Berau dan semua wilayah di bawahnya Operator, sejak 1 Nov 2024"
        in page
    )
    assert "Memverifikasi dan mengembalikan isian orang lain Kalimantan Timur dan semua wilayah" in page
    assert "memverifikasi isian yang ia kerjakan sendiri, lewat penugasan mana pun" in page
    refused = page.split("Tidak boleh:")[1]
    assert "mengelola akun dan penugasan" in refused
    assert "melampirkan bukti" not in refused


@pytest.mark.parametrize(
    "who, words",
    [
        ("logistik.berau", "hanya bidang Logistik"),
        ("disdukcapil.berau", "Dinas Kependudukan dan Pencatatan Sipil"),
        ("mantan.berau", "Tidak ada penugasan yang berlaku hari ini"),
        ("calon.berau", "Penugasan yang akan datang"),
        ("operator.berau", "Contoh demo, tanpa surat penugasan"),
        ("operator.berau", "akun demo"),
        ("penyelia.berau", "menandatangani laporan desk ini"),
    ],
)
def test_the_limits_of_an_appointment_are_said(client: Any, session: Any, who: str, words: str):
    assert words in plain(cast.signed_in(client, ADMIN).get(path(who)).text)


def test_the_page_tells_sessions_wrong_tries_and_the_history(client: Any, session: Any):
    client.post("/masuk", data={"akun": "operator.berau", "sandi": cast.PASSWORD})
    for _ in range(5):
        accounts.sign_in("operator.berau", "salah", address="", browser="", lifetime=dt.timedelta(hours=1))
    session.commit()
    page = plain(cast.signed_in(client, ADMIN).get(path("operator.berau")).text)
    assert "Sesi terbuka 1 " in page
    assert "5 kali sejak terakhir berhasil" in page
    assert "tertahan 15 menit lagi" in page
    assert "Operator Berau (demo) masuk" in page
    assert "Sistem memberi penugasan" in page


def test_a_deed_says_beforehand_what_it_touches(client: Any, session: Any):
    cast.signed_in(client, "operator.berau")
    work_of("operator.berau", "KTP-10", "KTP-11")
    entry = cast.entry_of("LOG-14", cast.BERAU)
    filling = checklists.Filling(no_evidence_reason="menyusul")
    checklists.tick(entry, by=cast.person("rekan.berau"), version=entry.version, filling=filling)
    session.commit()
    page = plain(cast.signed_in(client, ADMIN).get(path("operator.berau")).text)
    closing = page.split("Akun dapat dibuka kembali; isian")[0].rsplit("Tutup akun", 1)[1]
    assert "1 sesi berakhir sekarang." in closing
    assert page.count("2 isian menunggu orang ini") == 2, (
        "before ending the appointment and shutting the account"
    )
    supervisor = plain(client.get(path("penyelia.berau")).text)
    assert "1 isian di wilayahnya menunggu verifikasi." in supervisor
    assert "Ia menandatangani laporan Kabupaten Berau." in supervisor


def test_other_regions_are_hidden(client: Any, session: Any):
    cast.signed_in(client, ADMIN)
    assert client.get(path("operator.paser")).status_code == 404
    assert client.get("/orang/999999").status_code == 404
    assert client.get("/orang/" + "9" * 30).status_code == 404


def test_a_deed_in_a_region_out_of_reach_is_not_in_the_history(client: Any, session: Any):
    """Paser's admin sees that the person served in Paser, and not what Berau did afterwards."""
    moved = cast.add_person(
        "pindah",
        (Role.OPERATOR, cast.PASER, {"starts_on": MONDAY, "ends_on": MONDAY, "document": "SK-PASER"}),
    )
    accounts.appoint(moved.id, Role.OPERATOR, cast.BERAU, starts_on=MONDAY, document="SK-BERAU")
    session.commit()
    history = cast.signed_in(client, "admin.paser").get(path("pindah")).text.split('id="riwayat"')[1]
    assert "SK-PASER" in history
    assert "SK-BERAU" not in history


def test_an_account_that_reaches_beyond_is_shown_with_the_reason_and_without_its_deeds(
    client: Any, session: Any
):
    page = cast.signed_in(client, ADMIN).get(path("rangkap.berau")).text
    assert "di luar wewenang Anda (Kalimantan Timur)" in page
    assert f'action="{path("rangkap.berau", "sandi")}"' not in page
    assert f'action="{path("rangkap.berau", "akhiri", 0)}"' in page
    assert f'action="{path("rangkap.berau", "akhiri", 1)}"' not in page


def test_what_the_whole_election_shares_is_not_promised_to_the_admin_of_a_part(client: Any, session: Any):
    stages.add_race(stages.find_election(stages.current_election().id), "gub", "64")
    session.commit()
    page = plain(cast.signed_in(client, "admin.kaltim").get(path("admin.berau")).text)
    may, refused = page.split("Tidak boleh:")
    assert "Membaca dan mengunduh pustaka butir" in may
    assert "Mengatur jadwal khusus dan libur daerah di wilayah sendiri" in may
    assert "engelola pustaka butir" not in page
    assert "mengubah tahapan, hari pemungutan suara, libur nasional, cuti bersama" in refused
    assert (
        "pustaka butir, dan daftar perangkat daerah: itu berlaku untuk seluruh wilayah Pemilihan" in refused
    )
    page = plain(client.get(path("admin.kaltim")).text)
    assert "Mengelola pustaka butir" in page
    assert "itu berlaku untuk seluruh wilayah" not in page


def test_the_page_needs_no_election(client: Any, session: Any):
    from app.domain import stages

    session.execute(db.update(stages.Election).values(is_current=False))
    session.commit()
    assert cast.signed_in(client, ADMIN).get(path("operator.berau")).status_code == 200


def test_the_page_asks_a_bounded_number_of_statements(client: Any, session: Any):
    cast.signed_in(client, ADMIN).get(path("operator.berau"))
    with statements() as asked:
        client.get(path("operator.berau"))
    assert len(asked) <= 30, "\n".join(asked)


def test_what_was_typed_stays_text(client: Any, session: Any):
    accounts.disable_account(cast.person("rekan.berau").id, reason="<script>alert(1)</script>")
    session.commit()
    page = cast.signed_in(client, ADMIN).get(path("rekan.berau")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# --- Every deed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_works_and_says_so(client: Any, session: Any, deed: str):
    temporary(session)
    who, said = DEEDS[deed]
    if deed == "buka":
        accounts.disable_account(cast.person(who).id, reason="keliru")
        session.commit()
    before = audit.head()[0]
    answer = cast.signed_in(client, ADMIN).post(path(who, deed), data=said)
    if deed == "sandi":
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.location) == (303, path(who))
        assert 'class="msg ok"' in client.get(answer.location).text
    assert audit.head()[0] == before + (deed != "sesi/akhiri")


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_refuses_a_get(client: Any, session: Any, deed: str):
    temporary(session)
    assert cast.signed_in(client, ADMIN).get(path(DEEDS[deed][0], deed)).status_code == 405


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_hides_other_regions(client: Any, session: Any, deed: str):
    temporary(session)
    who, said = DEEDS[deed]
    before = audit.head()[0]
    assert cast.signed_in(client, "admin.paser").post(path(who, deed), data=said).status_code == 404
    assert cast.signed_in(client, "admin.paser").post(path(who, deed)).status_code == 404, "whatever was sent"
    assert audit.head()[0] == before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_refuses_the_wrong_role(client: Any, session: Any, deed: str):
    temporary(session)
    who, said = DEEDS[deed]
    assert cast.signed_in(client, "penyelia.berau").post(path(who, deed), data=said).status_code == 403


@pytest.mark.parametrize(
    "deed", [deed for deed in DEEDS if deed not in ("batalkan", "buka", "sandi", "sesi/akhiri")]
)
def test_a_deed_sent_twice_counts_once(client: Any, session: Any, deed: str):
    temporary(session)
    who, said = DEEDS[deed]
    cast.signed_in(client, ADMIN)
    target, sent = path(who, deed), {**said, "kunci": "satu-kali", "versi": account(who).access_version}
    assert client.post(target, data=sent).status_code == 303
    before = audit.head()[0]
    assert client.post(target, data=sent).status_code == 303
    assert audit.head()[0] == before


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_that_comes_too_late_is_told_and_changes_nothing(client: Any, session: Any, deed: str):
    temporary(session)
    who, said = DEEDS[deed]
    seen = account(who).access_version
    accounts.rename_account(cast.person(who).id, "Nama Lain")
    session.commit()
    before = audit.head()[0]
    answer = cast.signed_in(client, ADMIN).post(path(who, deed), data={**said, "versi": seen})
    assert answer.status_code == 409
    assert "baru saja diubah" in answer.text
    assert "Nama Lain" in answer.text
    assert audit.head()[0] == before


@pytest.mark.parametrize(
    "deed, wrong, words",
    [
        ("penugasan", {"peran": ""}, "Pilih perannya."),
        ("penugasan", {"wilayah": "64"}, "Pilih salah satu dari daftar."),
        ("penugasan", {"peran": "operator"}, "Orang ini sudah Operator di wilayah itu"),
        ("penugasan", {"sampai": "2024-11-01"}, "Tanggal akhir harus sama atau sesudah tanggal mulai."),
        ("penugasan", {"bagian": "Entah"}, "Tidak ada «Entah»"),
        ("penugasan", {"menandatangani": "y"}, "sudah menandatangani sebagai pejabat definitif"),
        ("akhiri", {"hari": ""}, "Pilih hari terakhirnya."),
        ("akhiri", {"hari": "besok"}, "Tanggal tidak dikenal."),
        ("akhiri", {"hari": "2024-10-31"}, "Tanggal akhir harus sama atau sesudah tanggal mulai."),
        ("perpanjang", {"sampai": "2024-11-25"}, "Pilih hari sesudah hari terakhir yang sekarang."),
        ("nama", {"nama": ""}, "Tuliskan nama orangnya."),
        ("nama", {"nama": "x" * 121}, "Paling banyak 120 tanda."),
        ("masa", {"sampai": "2024-11-24"}, "Pilih hari ini atau sesudahnya."),
        ("masa", {"sampai": "entah"}, "Tanggal tidak dikenal."),
        ("tutup", {"alasan": "  "}, "Tuliskan mengapa akun ini ditutup."),
        ("tutup", {"alasan": "x" * 301}, "Paling banyak 300 tanda."),
    ],
)
def test_bad_input_is_explained_in_its_place(
    client: Any, session: Any, deed: str, wrong: dict[str, str], words: str
):
    temporary(session)
    who, said = DEEDS[deed]
    before = audit.head()[0]
    answer = cast.signed_in(client, ADMIN).post(path(who, deed), data={**said, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Belum ada yang diubah." in answer.text
    opened = re.findall(r"<details class=\"more[^>]*open>.*?</form>", answer.text, re.DOTALL)
    assert len([part for part in opened if path(who, deed) in part]) == 1, "the form is open in its place"
    assert audit.head()[0] == before


@pytest.mark.parametrize("version", ["9" * 30, "-1", "x", "2147483648"])
def test_an_odd_version_breaks_nothing(client: Any, session: Any, version: str):
    sent = {"nama": "Budi", "versi": version}
    answer = cast.signed_in(client, ADMIN).post(path("operator.berau", "nama"), data=sent)
    assert answer.status_code in (303, 409, 422)


@pytest.mark.parametrize("deed", ["penugasan", "perpanjang", "masa", "tutup", "sandi", "sesi/akhiri"])
def test_nobody_does_it_to_themselves(client: Any, session: Any, deed: str):
    accounts.end_appointment(cast.person(ADMIN).appointments[0].id, on=MONDAY)
    session.commit()
    answer = cast.signed_in(client, ADMIN).post(path(ADMIN, deed), data=DEEDS[deed][1])
    assert answer.status_code == 403
    page = client.get(path(ADMIN)).text
    assert f'action="{path(ADMIN, deed)}"' not in page
    assert "ini akun Anda" in page


def test_the_last_admin_is_told_who_could_be_made_one_first(client: Any, session: Any):
    said = DEEDS["akhiri"][1]
    answer = cast.signed_in(client, "admin.kaltim").post(path("admin.kaltim", "akhiri"), data=said)
    assert answer.status_code == 409
    assert "Ini admin terakhir untuk Kalimantan Timur" in answer.text
    assert "Jadikan orang lain admin dahulu, misalnya" in answer.text
    assert cast.person("admin.kaltim").may(Permission.PEOPLE_MANAGE, region="64")


def test_an_admin_does_not_shut_their_own_account_and_is_told_who_does(client: Any, session: Any):
    answer = cast.signed_in(client, ADMIN).post(path(ADMIN, "tutup"), data={"alasan": "pensiun"})
    assert answer.status_code == 403
    assert "Minta admin lain" in answer.text
    assert "tidak mencakupnya" not in answer.text, "the appointment is not why"
    assert "Tidak ada yang disimpan." in answer.text
    assert not account(ADMIN).is_disabled
    assert client.get("/orang").status_code == 200


def test_a_reset_password_is_shown_once_and_opens_the_account(client: Any, session: Any):
    cast.signed_in(client, ADMIN)
    sent = {"kunci": "sekali"}
    answer = client.post(path("operator.berau", "sandi"), data=sent)
    found = re.search(r"<code[^>]*>([a-z0-9-]{14})</code>", answer.text)
    assert found
    again = client.post(path("operator.berau", "sandi"), data=sent)
    assert (again.status_code, again.location) == (303, path("operator.berau"))
    page = client.get(again.location).text
    assert found[1] not in page
    assert "hanya ditampilkan sekali" in page
    client.post("/keluar")
    client.post("/masuk", data={"akun": "operator.berau", "sandi": found[1]})
    assert client.get("/").location == "/akun"


def test_a_shut_account_shows_its_reason_and_only_the_way_back(client: Any, session: Any):
    cast.signed_in(client, ADMIN).post(path("operator.berau", "tutup"), data={"alasan": "pindah ke Paser"})
    page = client.get(path("operator.berau")).text
    assert "pindah ke Paser" in page
    assert f'action="{path("operator.berau", "buka")}"' in page
    for deed in ("tutup", "sandi"):
        assert f'action="{path("operator.berau", deed)}"' not in page
        assert client.post(path("operator.berau", deed), data=DEEDS[deed][1]).status_code == 409


def test_an_ended_appointment_moves_to_the_past_and_a_new_one_undoes_it(client: Any, session: Any):
    cast.signed_in(client, ADMIN)
    client.post(path("operator.berau", "akhiri"), data={"hari": "2024-11-24"})
    assert cast.person("operator.berau").appointments == ()
    assert "1 Nov 2024 sampai 24 Nov 2024" in client.get(path("operator.berau")).text
    given = {**GIVEN, "peran": "operator"}
    assert client.post(path("operator.berau", "penugasan"), data=given).status_code == 303
    assert cast.person("operator.berau").may(Permission.CHECKLIST_FILL, region=cast.BERAU)


def test_an_extension_keeps_both_documents(client: Any, session: Any):
    temporary(session)
    sent = {"sampai": "", "sk": "8/SK"}
    cast.signed_in(client, ADMIN).post(path("sementara.berau", "perpanjang"), data=sent)
    held = session.scalar(
        db.select(Appointment).where(Appointment.account_id == cast.person("sementara.berau").id)
    )
    assert (held.ends_on, held.document) == (None, "8/SK")


def test_all_of_it_works_with_tokens_checked(client: Any, session: Any, csrf: None):
    cast.signed_in(client, ADMIN)
    page = client.get(path("operator.berau")).text
    form = page.split(f'action="{path("operator.berau", "nama")}"')[1].split("</form>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert set(sent) == {"csrf_token", "kunci", "versi"}
    assert client.post(path("operator.berau", "nama"), data={**sent, "nama": "Budi"}).status_code == 303
    assert account("operator.berau").name == "Budi"
    assert client.post(path("operator.berau", "nama"), data={"nama": "Lain"}).status_code == 400


def test_who_ends_the_own_appointment_is_led_to_the_front_page(client: Any, session: Any):
    cast.add_person("admin.dua", (Role.ADMIN, cast.BERAU, {"starts_on": dt.date(2024, 11, 1)}))
    session.commit()
    cast.signed_in(client, "admin.dua")
    answer = client.post(path("admin.dua", "akhiri"), data={"hari": "2024-11-24"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").status_code == 200
