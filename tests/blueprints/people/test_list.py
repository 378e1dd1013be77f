"""/orang: the list of people, its filters and its cost."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain import accounts, clock
from app.domain.accounts import Account, Appointment
from app.extensions import db
from tests import cast
from tests.counting import statements


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def rows_of(page: str) -> list[str]:
    return [plain(row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if 'scope="row"' in row]


def test_a_person_is_told_with_appointment_last_sign_in_and_state(client: Any, session: Any):
    account = session.get(Account, cast.person("logistik.berau").id)
    account.last_signed_in_at = clock.real_now()
    session.commit()
    page = cast.signed_in(client, "admin.berau").get("/orang?cari=logistik").text
    (row,) = rows_of(page)
    assert "Logistik Berau" in row
    assert "logistik.berau" in row
    assert "Operator, Kabupaten Berau Logistik" in row
    assert "Aktif" in row
    assert f'href="/orang/{account.id}"' in page


@pytest.mark.parametrize(
    "who, words",
    [
        ("mantan.berau", "berakhir 24 Nov 2024"),
        ("calon.berau", "sejak 26 Nov 2024"),
        ("operator.berau", "akun demo"),
        ("disdukcapil.berau", "(Dinas Kependudukan dan Pencatatan Sipil)"),
        ("rekan.berau", "belum pernah"),
    ],
)
def test_what_is_not_simply_in_force_is_said(client: Any, session: Any, who: str, words: str):
    page = cast.signed_in(client, "admin.berau").get(f"/orang?cari={who}").text
    (row,) = rows_of(page)
    assert words in row


def test_other_regions_are_hidden(client: Any, session: Any):
    cast.signed_in(client, "admin.berau")
    page = client.get("/orang").text
    assert "operator.paser" not in page
    assert "operator.sambaliung" in page
    assert client.get("/orang?wilayah=64.01").status_code == 404
    assert client.get("/orang?wilayah=64").status_code == 404
    assert "Tidak ada orang yang cocok" in client.get("/orang?cari=operator.paser").text


@pytest.mark.parametrize(
    "who", ["operator.berau", "penyelia.kaltim", "inspektorat.kaltim", "pimpinan.kaltim"]
)
@pytest.mark.parametrize("path", ["/orang", "/orang/baru", "/orang/1"])
def test_only_admins_come_here(client: Any, session: Any, who: str, path: str):
    assert cast.signed_in(client, who).get(path).status_code == 403


@pytest.mark.parametrize(
    "query, shown, hidden",
    [
        ("peran=penyelia", "penyelia.berau", "operator.berau"),
        ("wilayah=64.03.03", "operator.sambaliung", "operator.berau"),
        ("perangkat=disdukcapil", "disdukcapil.berau", "operator.berau"),
        ("keadaan=tanpa-penugasan", "mantan.berau", "operator.berau"),
        ("keadaan=belum-masuk&peran=operator", "operator.berau", "penyelia.berau"),
    ],
)
def test_filters_narrow_the_list(client: Any, session: Any, query: str, shown: str, hidden: str):
    rows = " ".join(rows_of(cast.signed_in(client, "admin.berau").get(f"/orang?{query}").text))
    assert shown in rows
    assert hidden not in rows


@pytest.mark.parametrize(
    "query",
    ["peran=raja", "keadaan=entah", "perangkat=%27", "halaman=9999", "halaman=-1", "cari=%01", "cari=%25"],
)
def test_odd_filters_break_nothing(client: Any, session: Any, query: str):
    assert cast.signed_in(client, "admin.berau").get(f"/orang?{query}").status_code == 200


def test_an_admin_alone_is_told_how_people_come_here(client: Any, session: Any):
    cast.add_person("admin.segah", (cast.Role.ADMIN, "64.03.04", {"starts_on": cast.dt.date(2024, 11, 1)}))
    session.commit()
    page = cast.signed_in(client, "admin.segah").get("/orang?peran=operator").text
    assert "Tidak ada orang yang cocok" in page
    assert 'href="/orang/baru"' in page


def test_the_settings_page_leads_here(client: Any, session: Any):
    page = cast.signed_in(client, "admin.berau").get("/pengaturan").text
    assert 'href="/orang"' in page


def test_the_first_page_of_five_thousand_asks_little(client: Any, session: Any):
    many = [
        {
            "id": 10_000 + number,
            "username": f"orang.{number}",
            "name": f"Orang {number:05}",
            "password_hash": "-",
            "created_at": clock.now(),
        }
        for number in range(5_000)
    ]
    session.execute(db.insert(Account), many)
    session.execute(
        db.insert(Appointment),
        [
            {
                "account_id": row["id"],
                "role": "operator",
                "region_code": cast.BERAU,
                "starts_on": cast.dt.date(2024, 11, 1),
                "created_at": row["created_at"],
            }
            for row in many
        ],
    )
    session.commit()
    cast.signed_in(client, "admin.kaltim").get("/orang")
    with statements() as asked:
        page = client.get("/orang?peran=operator&keadaan=aktif&cari=orang&wilayah=64.03")
    assert len(rows_of(page.text)) == 50
    assert "5.000 orang" in page.text
    assert len(asked) < 12, "\n".join(asked)
    assert len(page.data) < 100_000


def test_what_people_are_called_stays_text(client: Any, session: Any):
    accounts.rename_account(cast.person("rekan.berau").id, "<img src=x onerror=a>")
    session.commit()
    page = cast.signed_in(client, "admin.berau").get("/orang?cari=rekan").text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
