"""/jejak: the trail for those who check it, within their regions, in words, with its head and each link whole."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import text

from app.domain import audit, checklists
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast
from tests.counting import statements


def plain(page: str) -> str:
    """What is read of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def rows_of(page: str) -> list[str]:
    """The table's rows as they are read."""
    body = page[page.index("<tbody>") : page.index("</tbody>")] if "<tbody>" in page else ""
    return [plain(row) for row in body.split("<tr>")[1:]]


@pytest.fixture
def deeds(session: Any, operator: Any, stranger: Any) -> dict[str, int]:
    """A tick in Berau and one in Paser; the numbers of their links."""
    made = {}
    for name, who, region in (("berau", operator, cast.BERAU), ("paser", stranger, cast.PASER)):
        entry = cast.entry_of("KTP-11", region, "2024-11-25")
        checklists.tick(
            entry,
            by=who,
            version=entry.version,
            filling=checklists.Filling(note=f"Catatan {name}", measure_value=5),
        )
        made[name] = audit.head()[0]
    db.session.commit()
    return made


def inspector_of_berau() -> str:
    """An inspector whose region is one kabupaten."""
    cast.add_person(
        "inspektur.satu", (cast.Role.INSPECTOR, cast.BERAU, {"starts_on": cast.dt.date(2024, 11, 1)})
    )
    db.session.commit()
    return "inspektur.satu"


def test_a_deed_is_told_in_words_with_what_it_changed(client: Any, deeds: dict[str, int]):
    page = cast.signed_in(client, "inspektorat.kaltim").get("/jejak?wilayah=64.03").text
    row = rows_of(page)[0]
    assert "25 Nov 2024 09.00.00 WITA" in row
    assert "Operator Berau" in row
    assert "menandai selesai : KTP-11" in row
    assert "Keadaan: Belum → Selesai" in row
    assert "Catatan: Catatan berau" in row
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    assert f'href="/daftar-periksa/{entry.id}"' in page


def test_the_head_of_the_chain_stands_on_top(client: Any, deeds: dict[str, int]):
    page = cast.signed_in(client, "inspektorat.kaltim").get("/jejak").text
    seq, digest = audit.head()
    assert f"Kepala rantai: nomor {seq}" in page
    assert digest in page


def test_it_is_the_newest_link_that_the_reader_may_see(
    client: Any, deeds: dict[str, int], operator: Any, stranger: Any
):
    def stands() -> str:
        found = re.search(r'id="kepala-rantai">(.*?)</section>', client.get("/jejak").text, re.DOTALL)
        assert found
        return found[1]

    def noted(by: Any, region: str) -> str:
        entry = cast.entry_of("KTP-11", region, "2024-11-24")
        checklists.note(entry, by=by, version=entry.version, filling=checklists.Filling(note="Diperiksa"))
        db.session.commit()
        return audit.head()[1]

    cast.signed_in(client, inspector_of_berau())
    before = stands()
    assert noted(stranger, cast.PASER) not in stands()
    assert stands() == before
    assert noted(operator, cast.BERAU) in stands()


def test_reading_the_trail_is_not_recorded(client: Any, deeds: dict[str, int]):
    cast.signed_in(client, "inspektorat.kaltim")
    client.get("/jejak")
    client.get(f"/jejak/{deeds['berau']}")
    assert audit.head()[0] == deeds["paser"]


@pytest.mark.parametrize("path", ["/jejak", "/jejak/1"])
def test_the_trail_is_only_read(client: Any, session: Any, path: str):
    cast.signed_in(client, "inspektorat.kaltim")
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize(
    "who", ["operator.berau", "penyelia.kaltim", "pimpinan.kaltim", "pengamat.kpu-berau"]
)
def test_who_does_not_check_is_refused(client: Any, deeds: dict[str, int], who: str):
    cast.signed_in(client, who)
    assert client.get("/jejak").status_code == 403
    assert client.get(f"/jejak/{deeds['berau']}").status_code == 403


def test_other_regions_are_hidden(client: Any, deeds: dict[str, int]):
    cast.signed_in(client, inspector_of_berau())
    page = client.get("/jejak").text
    assert f'href="/jejak/{deeds["berau"]}"' in page
    assert f'href="/jejak/{deeds["paser"]}"' not in page
    assert client.get(f"/jejak/{deeds['berau']}").status_code == 200
    assert client.get(f"/jejak/{deeds['paser']}").status_code == 404
    assert client.get("/jejak?wilayah=64.01").status_code == 404
    assert client.get("/jejak?wilayah=64").status_code == 404


def test_sign_ins_belong_to_the_regions_of_the_person(client: Any, session: Any):
    inspector = inspector_of_berau()
    for name in ("operator.berau", "operator.paser"):
        client.post("/masuk", data={"akun": name, "sandi": cast.PASSWORD})
        client.post("/keluar")
        client.post("/masuk", data={"akun": name, "sandi": "salah-sekali"})
    page = plain(cast.signed_in(client, inspector).get("/jejak?tindakan=masuk").text)
    assert "akun operator.berau" in page
    assert page.count("Operator Berau") == 2
    assert "aser" not in page.split("Perbuatan")[1]


@pytest.mark.parametrize(
    "query, berau, paser",
    [
        ("orang=operator+berau", True, False),
        ("tindakan=pengisian", True, True),
        ("tindakan=penilaian", False, False),
        ("dari=2024-11-25&sampai=2024-11-25", True, True),
        ("dari=25/11/2024", True, True),
        ("dari=2024-11-26", False, False),
        ("sampai=24-11-2024", False, False),
        ("jenis=checklist_entry", True, True),
        ("jenis=job", False, False),
        ("wilayah=64.01", False, True),
    ],
)
def test_filters_narrow_the_trail(client: Any, deeds: dict[str, int], query: str, berau: bool, paser: bool):
    page = cast.signed_in(client, "inspektorat.kaltim").get(f"/jejak?{query}").text
    assert (f'href="/jejak/{deeds["berau"]}"' in page, f'href="/jejak/{deeds["paser"]}"' in page) == (
        berau,
        paser,
    )


def test_the_history_of_one_thing_is_one_address(client: Any, deeds: dict[str, int]):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    cast.signed_in(client, "inspektorat.kaltim")
    link = f"/jejak?jenis=checklist_entry&amp;nomor={entry.id}"
    assert link in client.get(f"/jejak/{deeds['berau']}").text
    assert len(rows_of(client.get(link.replace("&amp;", "&")).text)) == 1


@pytest.mark.parametrize(
    "day", ["besok", "31/02/2024", "2024-13-01", "1/1/1", "99999-01-01", "0001-01-01", "²/1/2024", "''"]
)
def test_a_bad_date_is_explained_and_breaks_nothing(client: Any, deeds: dict[str, int], day: str):
    cast.signed_in(client, "inspektorat.kaltim")
    answer = client.get("/jejak", query_string={"dari": day, "sampai": day})
    assert answer.status_code == 200
    assert "bukan tanggal" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'href="/jejak/{deeds["berau"]}"' in answer.text


def test_an_end_before_the_start_is_explained(client: Any, deeds: dict[str, int]):
    page = cast.signed_in(client, "inspektorat.kaltim").get("/jejak?dari=2024-11-25&sampai=2024-11-01").text
    assert "Tanggal akhir mendahului tanggal awal" in page
    assert "Tidak ada catatan yang cocok" in page


@pytest.mark.parametrize(
    "query",
    [
        "tindakan=entah",
        "halaman=9999",
        "halaman=-1",
        "halaman=%C2%B2",
        "orang=%25",
        "jenis=%27",
        "nomor=" + "9" * 300,
    ],
)
def test_odd_filters_break_nothing(client: Any, deeds: dict[str, int], query: str):
    assert cast.signed_in(client, "inspektorat.kaltim").get(f"/jejak?{query}").status_code == 200


def test_a_long_trail_is_paged(client: Any, deeds: dict[str, int], operator: Any):
    for number in range(60):
        audit.record(
            "library:item:publish", by=operator, subject=("checklist_item", f"X-{number}"), region=cast.BERAU
        )
    db.session.commit()
    cast.signed_in(client, "inspektorat.kaltim")
    first = client.get("/jejak?wilayah=64.03")
    second = client.get("/jejak?wilayah=64.03&halaman=2")
    assert len(rows_of(first.text)) == 50
    assert "Halaman 1 dari" in plain(first.text)
    assert not set(re.findall(r"/jejak/(\d+)", first.text)) & set(re.findall(r"/jejak/(\d+)", second.text))
    assert "wilayah=64.03" in second.text


def test_one_link_is_shown_whole(client: Any, deeds: dict[str, int]):
    page = cast.signed_in(client, "inspektorat.kaltim").get(f"/jejak/{deeds['berau']}").text
    link = db.session.get(AuditEntry, deeds["berau"])
    assert link.hash in page
    assert link.previous_hash in page
    assert link.request_id in page
    assert "Mata rantai utuh" in page
    assert "Operator, Kabupaten Berau" in page


def test_a_changed_link_is_said_to_be_broken(client: Any, deeds: dict[str, int]):
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
    if db.engine.dialect.name == "sqlite":
        for name in db.session.scalars(text(triggers)).all():
            db.session.execute(text(f"DROP TRIGGER {name}"))
    else:
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    db.session.execute(
        text("UPDATE audit_entry SET actor_name = 'Orang lain' WHERE seq = :seq"), {"seq": deeds["berau"]}
    )
    db.session.commit()
    page = cast.signed_in(client, "inspektorat.kaltim").get(f"/jejak/{deeds['berau']}").text
    assert "Mata rantai putus" in page


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30, "x"])
def test_a_link_that_is_not_there_is_not_found(client: Any, deeds: dict[str, int], number: str):
    assert cast.signed_in(client, "inspektorat.kaltim").get(f"/jejak/{number}").status_code == 404


def test_what_people_typed_stays_text(client: Any, session: Any, operator: Any):
    entry = cast.entry_of("KTP-11", cast.BERAU, "2024-11-25")
    checklists.note(
        entry, by=operator, version=entry.version, filling=checklists.Filling(note="<img src=x onerror=a>")
    )
    db.session.commit()
    page = cast.signed_in(client, "inspektorat.kaltim").get("/jejak?wilayah=64.03").text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


@pytest.mark.template("demo")
def test_a_page_asks_little_of_the_database(client: Any, session: Any):
    cast.signed_in(client, "inspektorat.kaltim").get("/jejak")
    with statements() as asked:
        page = client.get("/jejak")
    assert len(rows_of(page.text)) == 50
    assert len(asked) <= 12, "\n".join(asked)
    with statements() as asked:
        client.get("/jejak/300")
    assert len(asked) <= 8, "\n".join(asked)
