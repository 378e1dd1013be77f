"""/orang/baru: somebody new, and the one page that shows the temporary password."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import accounts, audit
from app.domain.accounts import Account, Appointment, Permission, Role
from app.extensions import db
from tests import cast

SAID = {
    "nama": "Dr. Siti Aminah, M.Si.",
    "akun": "",
    "peran": "operator",
    "wilayah": cast.BERAU,
    "bagian": "",
    "perangkat": "kesbangpol",
    "bidang": ["LOG", "KAM"],
    "mulai": "2024-11-25",
    "sampai": "31/12/2024",
    "sk": "821/12/BKD/2024",
    "status": "Plt.",
    "jabatan": "Kepala Bidang Politik",
    "pangkat": "Pembina, IV/a",
    "nip": "19800101 200501 1 001",
    "menandatangani": "y",
    "kunci": "sekali-saja",
}


def password_of(page: str) -> str:
    found = re.search(r"<code[^>]*>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>", page)
    assert found, page
    return found[1]


def people() -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(Account)) or 0


def test_in_whose_name_somebody_signs_is_kept_and_said(client: Any, session: Any):
    said = {**SAID, "status": "definitif", "atas_nama": "Bupati Berau", "untuk_beliau": "Sekretaris Daerah"}
    assert cast.signed_in(client, "admin.berau").post("/orang/baru", data=said).status_code == 200
    made = cast.person("siti.aminah")
    page = " ".join(client.get(f"/orang/{made.id}").text.split())
    assert "menandatangani laporan desk ini, a.n. Bupati Berau, u.b. Sekretaris Daerah" in page


def test_somebody_new_is_made_with_all_that_was_said(client: Any, session: Any):
    answer = cast.signed_in(client, "admin.berau").post("/orang/baru", data=SAID)
    assert answer.status_code == 200
    password = password_of(answer.text)
    assert "siti.aminah" in answer.text
    made = cast.person("siti.aminah")
    held = session.scalar(db.select(Appointment).where(Appointment.account_id == made.id))
    assert (held.role, held.region_code, held.areas, held.standing) == (
        "operator",
        cast.BERAU,
        "KAM LOG",
        "Plt.",
    )
    assert (held.starts_on.isoformat(), held.ends_on.isoformat()) == ("2024-11-25", "2024-12-31")
    assert (held.position, held.rank) == ("Kepala Bidang Politik", "Pembina, IV/a")
    assert (held.employee_number, held.signs, held.document) == (
        "198001012005011001",
        True,
        "821/12/BKD/2024",
    )
    assert made.appointments[0].unit_name == "Badan Kesatuan Bangsa dan Politik"
    client.post("/keluar")
    client.post("/masuk", data={"akun": "siti.aminah", "sandi": password})
    assert client.get("/").location == "/akun", "the password is to be changed first"


def test_the_password_is_shown_once_and_kept_nowhere(client: Any, session: Any):
    answer = cast.signed_in(client, "admin.berau").post("/orang/baru", data=SAID)
    password = password_of(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert password not in "".join(answer.headers.getlist("Set-Cookie"))
    again = client.post("/orang/baru", data=SAID)
    assert again.status_code == 303
    assert password not in client.get(again.location).text
    made = cast.person("siti.aminah")
    assert password not in client.get(f"/orang/{made.id}").text
    assert not any(password in link.changes for link in audit.history_of("account", made.id))


def test_the_same_sending_makes_one_person(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    before = people()
    client.post("/orang/baru", data=SAID)
    client.post("/orang/baru", data=SAID)
    assert people() == before + 1


@pytest.mark.parametrize("said", ["sambaliung", "64.03.03.1013", "Kelurahan Sambaliung"])
def test_a_village_is_named_within_the_chosen_region(client: Any, session: Any, said: str):
    """The kecamatan of the same name can be picked from the list, so the village is meant."""
    cast.signed_in(client, "admin.berau")
    answer = client.post("/orang/baru", data={**SAID, "menandatangani": "", "bagian": said})
    assert answer.status_code == 200
    assert cast.person("siti.aminah").appointments[0].region_code == "64.03.03.1013"


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"nama": " "}, "Tuliskan nama orangnya."),
        ({"nama": "x" * 121}, "Paling banyak 120 tanda."),
        ({"akun": "operator.berau"}, "Yang bebas: operator.berau2."),
        ({"akun": "Operator.BERAU"}, "Yang bebas: operator.berau2."),
        ({"akun": "pakai spasi"}, "Huruf kecil, angka, titik, garis"),
        ({"peran": ""}, "Pilih perannya."),
        ({"peran": "raja"}, "Pilih perannya."),
        ({"wilayah": ""}, "Pilih wilayahnya."),
        ({"wilayah": "64"}, "Pilih salah satu dari daftar."),
        ({"wilayah": cast.PASER}, "Pilih salah satu dari daftar."),
        ({"bagian": "Tidak Ada"}, "Tidak ada «Tidak Ada» di wilayah yang dipilih."),
        ({"bagian": "Tanjung"}, "Tulis kodenya."),
        ({"bagian": cast.PASER}, "di wilayah yang dipilih."),
        ({"perangkat": "entah"}, "Pilih salah satu dari daftar."),
        ({"bidang": "XXX"}, "Pilih salah satu dari daftar."),
        ({"mulai": ""}, "Pilih tanggal mulainya."),
        ({"mulai": "kemarin"}, "Tanggal tidak dikenal."),
        ({"mulai": "0001-01-01"}, "antara tahun 2000 dan 2100"),
        ({"sampai": "2024-11-24"}, "Tanggal akhir harus sama atau sesudah tanggal mulai."),
        ({"nip": "123"}, "Isi 18 angka, atau kosongkan."),
        ({"jabatan": "x" * 161}, "Paling banyak 160 tanda."),
        ({"status": "definitif"}, "Penyelia Berau (demo) sudah menandatangani"),
        ({"untuk_beliau": "Sekretaris Daerah"}, "u.b. selalu di bawah a.n."),
        ({"atas_nama": "Bupati Berau", "menandatangani": ""}, "Hanya untuk yang menandatangani."),
        ({"atas_nama": "Bupati Berau", "jabatan": ""}, "Isi jabatan orang ini"),
    ],
)
def test_what_cannot_be_is_explained_and_stays_typed(
    client: Any, session: Any, wrong: dict[str, str], words: str
):
    cast.signed_in(client, "admin.berau")
    before = people()
    answer = client.post("/orang/baru", data={**SAID, **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Akun belum dibuat." in answer.text
    assert 'value="821/12/BKD/2024"' in answer.text
    assert people() == before


def test_a_refused_form_can_be_mended_and_sent_with_its_key(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    refused = client.post("/orang/baru", data={**SAID, "sampai": "2024-11-24"})
    assert 'value="siti.aminah"' in refused.text, "the suggested name is there to be read"
    assert client.post("/orang/baru", data={**SAID, "sampai": ""}).status_code == 200


def test_the_form_offers_what_the_admin_holds_and_no_more(client: Any, session: Any):
    limited = {"starts_on": cast.dt.date(2024, 11, 1), "unit_code": "dishub", "areas": ("LOG",)}
    cast.add_person("admin.dishub", (Role.ADMIN, "64.03.03", limited))
    session.commit()
    page = cast.signed_in(client, "admin.dishub").get("/orang/baru").text
    assert re.findall(r'<option[^>]* value="(64[^"]*)"', page) == ["64.03.03"]
    assert "Dinas Perhubungan" in page
    assert "Dinas Sosial" not in page
    assert "Logistik" in page
    assert "Netralitas ASN" not in page
    said = {**SAID, "wilayah": "64.03.03", "perangkat": "dishub", "bidang": "LOG", "menandatangani": ""}
    assert client.post("/orang/baru", data={**said, "bidang": []}).status_code == 403
    assert client.post("/orang/baru", data=said).status_code == 200


def test_who_may_not_is_refused(client: Any, session: Any):
    cast.signed_in(client, "penyelia.berau")
    assert client.post("/orang/baru", data=SAID).status_code == 403
    assert accounts.person_of("siti.aminah") is None


def test_a_person_with_a_name_in_another_script_gets_a_name_to_sign_in_with(client: Any, session: Any):
    answer = cast.signed_in(client, "admin.berau").post("/orang/baru", data={**SAID, "nama": "李小龍"})
    assert answer.status_code == 200
    assert cast.person("orang").name == "李小龍"
    assert cast.person("orang").may(Permission.CHECKLIST_FILL, region=cast.BERAU, area="LOG")


def test_a_second_account_for_the_same_number_is_refused_at_its_field(client: Any, session: Any):
    cast.signed_in(client, "admin.berau").post("/orang/baru", data=SAID)
    before = people()
    again = {**SAID, "kunci": "lain", "menandatangani": "", "orang_lain": "y"}
    answer = client.post("/orang/baru", data=again)
    assert answer.status_code == 422
    assert "NIP ini sudah tercatat pada akun siti.aminah." in answer.text
    assert people() == before
    given = {**again, "versi": "0"}
    answer = client.post(f"/orang/{cast.person('operator.berau').id}/penugasan", data=given)
    assert answer.status_code == 422
    assert "NIP ini sudah tercatat pada akun siti.aminah." in answer.text


def test_a_namesake_is_made_once_the_admin_says_that_it_is_another(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    assert 'name="orang_lain"' not in client.get("/orang/baru").text
    client.post("/orang/baru", data=SAID)
    before = people()
    again = {**SAID, "nama": "DR. SITI AMINAH, M.SI.", "nip": "", "kunci": "lain", "menandatangani": ""}
    answer = client.post("/orang/baru", data=again)
    assert answer.status_code == 422
    assert "sudah mempunyai akun siti.aminah di desk yang sama" in answer.text
    assert re.search(r'<input[^>]*type="checkbox"[^>]*name="orang_lain"', answer.text)
    assert people() == before
    answer = client.post("/orang/baru", data={**again, "orang_lain": "y"})
    assert answer.status_code == 200
    assert people() == before + 1
