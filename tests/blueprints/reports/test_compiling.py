"""/pelaporan/<id>/kompilasi: one click makes the report of the desk above, and every sum opens the rows behind it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app.domain.reports import (
    Report,
    ReportDraft,
    State,
    compile_into,
    compiled_of,
    parts_for,
    summed,
)
from app.domain.reports.canonical import to_text
from tests import cast
from tests.counting import statements
from tests.domain.reports.below import fact, freeze, owed, province, row, stand

Three = tuple[Report, list[Report]]


@pytest.fixture
def three(session: Any) -> Three:
    """The province's report; one verified, one sent, one returned, seven silent."""
    above, ten = province()
    freeze(ten[0], fact("tps", 1203, whole=1500), fact("nol", 0))
    freeze(ten[1], fact("tps", 4, whole=5), state=State.SENT)
    freeze(ten[2], fact("tps", 9), state=State.RETURNED)
    session.commit()
    return above, ten


def path(report: Report) -> str:
    return f"/pelaporan/{report.id}/kompilasi"


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def ticked(page: str) -> list[int]:
    return [
        int(re.search(r'value="(\d+)"', box)[1])  # type: ignore[index]
        for box in re.findall(r'<input[^>]*name="sertakan"[^>]*>', page)
        if " checked" in box
    ]


def test_the_verified_ones_are_ticked_and_one_click_compiles_them(client: Any, session: Any, three: Three):
    above, ten = three
    visitor = cast.signed_in(client, "operator.kaltim")
    page = visitor.get(path(above)).text
    assert ticked(page) == [ten[0].id]
    assert plain(page).count("Belum melapor") == 7
    answer = visitor.post(path(above), data={"versi": "0", "sertakan": str(ten[0].id)})
    assert (answer.status_code, answer.location) == (303, path(above))
    page = visitor.get(path(above)).text
    assert "Semua jumlah cocok dengan versi yang dibekukan." in page
    assert "1.203" in page
    assert "1 angka yang nol atau belum diketahui" in page
    assert "Lanjut menulis" in page
    assert "Susun ulang" in page


def test_an_unverified_one_may_be_included_and_is_marked_everywhere(client: Any, three: Three):
    above, ten = three
    visitor = cast.signed_in(client, "operator.kaltim")
    said = {"versi": "0", "sertakan": [str(ten[0].id), str(ten[1].id)]}
    assert visitor.post(path(above), data=said).status_code == 303
    page = plain(visitor.get(path(above)).text)
    assert "1.207 dari 1.505 TPS" in page
    assert page.count("belum diverifikasi") >= 2
    behind = plain(visitor.get(path(above) + "/angka?kode=a").text)
    assert "Belum diverifikasi" in behind


def test_a_code_opens_the_exact_rows(client: Any, session: Any, three: Three):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=cast.person("operator.kaltim"), version=0)
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")
    page = visitor.get(path(above) + "/angka?kode=a").text
    part = compiled_of(row(above)).parts[0]
    assert part.sha256 in page
    assert f'href="/pelaporan/{ten[0].id}?versi=1"' in page
    assert "1.203 dari 1.500 TPS" in page
    assert visitor.get(path(above) + "/angka?kode=zz").status_code == 404
    assert visitor.get(path(above) + "/angka").status_code == 404


def test_every_code_is_reached_without_javascript_and_only_the_first_section_is_open(
    client: Any, session: Any, three: Three
):
    above, ten = three
    more = [fact(f"n{number}", 0) for number in range(30)]
    cards = fact("ktp", 7)._replace(area="KTP")
    freeze(ten[0], fact("tps", 3, whole=5), *more)
    freeze(ten[3], fact("tps", 1, whole=2), cards, *more)
    session.commit()
    person = cast.person("operator.kaltim")
    compile_into(row(above), {ten[0].id, ten[3].id}, by=person, version=0)
    session.commit()
    page = cast.signed_in(client, "operator.kaltim").get(path(above)).text
    linked = re.findall(r'/kompilasi/angka\?kode=([a-z]+)"', page)
    assert sorted(linked) == sorted(one.code for one in summed(compiled_of(row(above)).parts))
    assert page.count('<details class="more" open>') == 1
    assert "30 angka yang nol atau belum diketahui" in page
    assert "KTP-el 1 angka, 1 belum disebut semua wilayah" in plain(page)
    assert 'name="kode"' in page


def test_a_code_from_paper_leads_to_its_rows_and_an_unknown_one_is_said(
    client: Any, session: Any, three: Three
):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=cast.person("operator.kaltim"), version=0)
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")
    answer = visitor.get(path(above) + "?kode=A ")
    assert (answer.status_code, answer.location) == (303, path(above) + "/angka?kode=a")
    answer = visitor.get(path(above) + "?kode=zz")
    assert answer.status_code == 404
    assert "Tidak ada angka berkode zz dalam kompilasi ini." in answer.text
    assert 'value="zz"' in answer.text


def test_a_frozen_compilation_tells_how_its_desks_had_reported_in_one_line(
    client: Any, session: Any, three: Three
):
    above, _ = three
    parts = parts_for(row(above), cast.person("operator.kaltim"))
    freeze(above, parts=parts)
    session.commit()
    page = plain(cast.signed_in(client, "operator.kaltim").get(path(above) + "?versi=1").text)
    assert "10 laporan desk di bawah: 7 belum melapor, 1 dikembalikan, 2 tepat waktu" in page


def test_it_explains_that_nothing_was_picked_and_keeps_what_was(client: Any, session: Any, three: Three):
    above, _ = three
    answer = cast.signed_in(client, "operator.kaltim").post(path(above), data={"versi": "0"})
    assert answer.status_code == 422
    assert "Belum ada laporan yang dipilih." in answer.text
    assert ticked(answer.text) == []
    assert compiled_of(row(above)).version == 0


def test_one_that_was_reopened_meanwhile_is_told_and_nothing_is_compiled(
    client: Any, session: Any, three: Three
):
    above, ten = three
    stand(ten[0], State.REOPENED)
    session.commit()
    said = {"versi": "0", "sertakan": [str(ten[0].id), str(ten[1].id)]}
    answer = cast.signed_in(client, "operator.kaltim").post(path(above), data=said)
    assert answer.status_code == 409
    assert "baru saja ditarik, dikembalikan, atau dibuka kembali" in answer.text
    assert ticked(answer.text) == [ten[1].id]
    assert compiled_of(row(above)).version == 0


def test_who_saw_an_older_compilation_is_told(client: Any, session: Any, three: Three):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=cast.person("operator.kaltim"), version=0)
    session.commit()
    said = {"versi": "0", "sertakan": str(ten[0].id)}
    answer = cast.signed_in(client, "operator.kaltim").post(path(above), data=said)
    assert answer.status_code == 409
    assert "baru saja disusun orang lain" in answer.text


def test_the_same_sending_twice_compiles_once(client: Any, session: Any, three: Three):
    above, ten = three
    visitor = cast.signed_in(client, "operator.kaltim")
    said = {"versi": "0", "sertakan": str(ten[0].id), "kunci": "k" * 32}
    for _ in range(2):
        assert visitor.post(path(above), data=said).status_code == 303
    assert compiled_of(row(above)).version == 1


def test_what_came_since_is_told_on_the_page(client: Any, session: Any, three: Three):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=cast.person("operator.kaltim"), version=0)
    freeze(ten[0], fact("tps", 1300))
    session.commit()
    page = cast.signed_in(client, "operator.kaltim").get(path(above)).text
    assert f"{row(ten[0]).region_name}: disusun dari versi 1; kini ada versi 2." in page
    assert "Semua jumlah cocok" in page


def test_a_figure_that_was_changed_in_the_draft_is_named(client: Any, session: Any, three: Three):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=cast.person("operator.kaltim"), version=0)
    from app.domain.reports import draft_reading

    reading = draft_reading(row(above))
    assert reading is not None
    draft = session.get(ReportDraft, above.id)
    forged = tuple(one._replace(value=9) if one.key == "tps" else one for one in reading.figures)
    draft.reading = to_text(reading._replace(figures=forged))
    session.commit()
    page = cast.signed_in(client, "operator.kaltim").get(path(above)).text
    assert "tps: tertulis 9 dari 1.500 TPS, jumlah dari laporan 1.203 dari 1.500 TPS." in page
    assert "Laporan tidak dapat dikirim" in page
    assert "Semua jumlah cocok" not in page


def test_a_version_that_was_sent_shows_its_parts_and_cannot_be_compiled(
    client: Any, session: Any, three: Three
):
    above, ten = three
    writer = cast.person("operator.kaltim")
    compile_into(row(above), {ten[0].id}, by=writer, version=0)
    from app.domain.reports import compiled_parts, draft_reading

    parts, reading = compiled_parts(row(above)), draft_reading(row(above))
    freeze(above, state=State.SENT, parts=parts, reading=reading)
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")
    page = visitor.get(path(above)).text
    assert "versi 1" in page
    assert "Semua jumlah cocok" in page
    assert 'name="sertakan"' not in page
    assert visitor.get(f"{path(above)}/angka?kode=a&versi=1").status_code == 200
    assert visitor.get(f"{path(above)}?versi=7").status_code == 404
    assert visitor.get(f"{path(above)}?versi=x").status_code == 404
    said = {"versi": "1", "sertakan": str(ten[0].id)}
    assert visitor.post(path(above), data=said).status_code == 409


def test_a_version_that_is_no_compilation_says_so(client: Any, session: Any):
    found = owed("64")
    freeze(found, fact("tps", 1))
    session.commit()
    assert "Versi ini bukan kompilasi" in cast.signed_in(client, "operator.kaltim").get(path(found)).text


def test_a_desk_with_nobody_below_that_owes_one_is_told(client: Any, session: Any):
    found = owed(cast.BERAU)
    session.commit()
    page = cast.signed_in(client, "operator.berau").get(path(found)).text
    assert "Tidak ada laporan di bawah desk ini" in page


def test_another_region_does_not_see_it(client: Any, three: Three):
    above, _ = three
    visitor = cast.signed_in(client, "operator.berau")
    assert visitor.get(path(above)).status_code == 404
    assert visitor.get(path(above) + "/angka?kode=a").status_code == 404
    assert visitor.post(path(above), data={"versi": "0"}).status_code == 404


def test_who_does_not_write_there_sees_it_and_cannot_compile(client: Any, three: Three):
    above, ten = three
    visitor = cast.signed_in(client, "penyelia.kaltim")
    page = visitor.get(path(above)).text
    assert "Susun" not in page
    said = {"versi": "0", "sertakan": str(ten[0].id)}
    assert visitor.post(path(above), data=said).status_code == 403


def test_ten_regions_take_no_more_statements_than_one(client: Any, session: Any, three: Three):
    above, ten = three
    writer = cast.person("operator.kaltim")
    compile_into(row(above), {ten[0].id}, by=writer, version=0)
    session.commit()
    visitor = cast.signed_in(client, "operator.kaltim")

    def asked() -> int:
        session.commit()
        with statements() as found:
            assert visitor.get(path(above)).status_code == 200
        return len(found)

    asked()
    one = asked()
    for report in ten[2:]:
        freeze(report, fact("tps", 3, whole=5))
    session.commit()
    compile_into(row(above), {report.id for report in ten}, by=writer, version=1)
    asked()
    assert asked() == one
