"""Compiling into a draft: sums in the place of own figures, what was written stays, nothing is sent that differs."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask

from app.domain import audit
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.reports import (
    AreaProgress,
    Dress,
    Report,
    ReportRow,
    State,
    compile_into,
    compiled_of,
    compiled_parts,
    frozen,
    open_draft,
    overtaken,
    reopen,
    save_draft,
    send,
    unreconciled,
)
from app.domain.reports.moving import WRITING, did
from app.extensions import db
from tests import cast
from tests.domain.reports.below import fact, freeze, owed, province, row, stand

PROGRESS = (AreaProgress("LOG", "Logistik", (1, 0, 2, 0, 0, 0, 0, 3, 0)),)


@pytest.fixture
def writer(session: Any) -> Any:
    return cast.person("operator.kaltim")


@pytest.fixture
def three(session: Any) -> tuple[Report, list[Report]]:
    """The province's report; Paser verified, a second sent, a third returned, seven silent."""
    above, ten = province()
    freeze(ten[0], fact("tps", 3, whole=5), progress=PROGRESS)
    freeze(ten[1], fact("tps", 4, whole=5), state=State.SENT, progress=PROGRESS)
    freeze(ten[2], fact("tps", 9), state=State.RETURNED)
    return above, ten


def test_sums_stand_in_the_draft_with_their_source(three: tuple[Report, list[Report]], writer: Any):
    above, ten = three
    assert compile_into(row(above), {ten[0].id, ten[1].id}, by=writer, version=0) == 1
    _, reading, version = open_draft(row(above), by=writer)
    found = reading.figure("tps")
    assert found is not None
    assert (found.value, found.whole, version) == (7, 10, 2)
    assert found.source.startswith("kompilasi laporan 2 dari 10 wilayah, belum diverifikasi:")
    assert reading.progress == (AreaProgress("LOG", "Logistik", (2, 0, 4, 0, 0, 0, 0, 6, 0)),)
    assert reading.figure("rapat.diadakan") is not None
    assert len(reading.silent) == 8
    assert (row(above).state, compiled_of(row(above)).by_name) == (State.DRAFT, writer.name)
    assert unreconciled(compiled_parts(row(above)), reading) == []


def test_silent_and_returned_ones_stand_as_parts_without_figures(
    three: tuple[Report, list[Report]], writer: Any
):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=writer, version=0)
    parts = compiled_of(row(above)).parts
    assert [(part.version, part.state, bool(part.figures)) for part in parts[:4]] == [
        (1, "diverifikasi", True),
        (0, "dikirim", False),
        (0, "dikembalikan", False),
        (0, "belum", False),
    ]


def test_what_was_written_stays_and_a_second_compilation_takes_the_place_of_the_first(
    three: tuple[Report, list[Report]], writer: Any
):
    above, ten = three
    draft, _, _ = open_draft(row(above), by=writer)
    save_draft(row(above), draft._replace(grade_reason="Aman terkendali."), by=writer, version=0)
    compile_into(row(above), {ten[0].id, ten[1].id}, by=writer, version=0)
    assert compile_into(row(above), {ten[0].id}, by=writer, version=1) == 2
    draft, reading, _ = open_draft(row(above), by=writer)
    found = reading.figure("tps")
    assert found is not None
    assert (draft.grade_reason, found.value) == ("Aman terkendali.", 3)


def test_the_trail_names_the_versions_and_the_compiler_is_a_writer(
    three: tuple[Report, list[Report]], writer: Any
):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=writer, version=0)
    entry = next(one for one in audit.history_of("report", above.id) if one.action == "report:report:compile")
    assert entry.changed["parts"][1] == f"{row(ten[0]).region_name} versi 1"
    assert did(above.id, writer, WRITING)


def test_it_refuses_no_report_at_all(three: tuple[Report, list[Report]], writer: Any):
    with pytest.raises(Invalid) as refusal:
        compile_into(row(three[0]), set(), by=writer, version=0)
    assert list(refusal.value.fields) == ["include"]


def test_it_refuses_one_that_does_not_stand_any_more(three: tuple[Report, list[Report]], writer: Any):
    above, ten = three
    stand(ten[0], State.REOPENED)
    with pytest.raises(NotNow, match="dibuka kembali"):
        compile_into(row(above), {ten[0].id, ten[1].id}, by=writer, version=0)


def test_it_refuses_who_saw_an_older_compilation(three: tuple[Report, list[Report]], writer: Any):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=writer, version=0)
    with pytest.raises(NotNow, match="baru saja disusun"):
        compile_into(row(above), {ten[1].id}, by=writer, version=0)


@pytest.mark.parametrize("state", [State.SENT, State.VERIFIED, State.ENDORSED])
def test_it_refuses_a_report_that_was_sent(three: tuple[Report, list[Report]], writer: Any, state: State):
    above, ten = three
    stand(above, state)
    with pytest.raises(NotNow, match="sudah dikirim"):
        compile_into(row(above), {ten[0].id}, by=writer, version=0)


@pytest.mark.parametrize("who", ["penyelia.kaltim", "operator.berau"])
def test_it_refuses_who_does_not_write_there(three: tuple[Report, list[Report]], who: str):
    above, ten = three
    with pytest.raises(NotAllowed):
        compile_into(row(above), {ten[0].id}, by=cast.person(who), version=0)


def test_a_kabupaten_is_compiled_from_its_kecamatan(session: Any):
    above, below = owed(cast.BERAU), owed(cast.SAMBALIUNG)
    freeze(below, fact("tps", 3))
    writer = cast.person("operator.berau")
    compile_into(row(above), {below.id}, by=writer, version=0)
    _, reading, _ = open_draft(row(above), by=writer)
    found = reading.figure("tps")
    assert found is not None
    assert (found.value, found.source) == (3, "kompilasi laporan 1 dari 1 wilayah")


def sent(above: Report, writer: Any) -> ReportRow:
    """The compilation on its way upward."""
    draft, reading, version = open_draft(row(above), by=writer)
    sections = tuple(
        one._replace(text=one.text or "Tidak ada hal menonjol pada hari ini.") for one in draft.sections
    )
    draft = draft._replace(
        grade_reason="Aman dan terkendali di semua wilayah.", sections=sections, carried=()
    )
    version = save_draft(row(above), draft, by=writer, version=version)
    draft, reading, version = open_draft(row(above), by=writer)
    draft = _explained(above, draft, reading)
    version = save_draft(row(above), draft, by=writer, version=version)
    send(row(above), draft, reading, Dress(), by=writer, version=version)
    return row(above)


def _explained(above: Report, draft: Any, reading: Any) -> Any:
    from app.domain.reports import findings_of

    reasons = tuple(
        (one.rule, "Sudah diperiksa dengan desk di bawah.") for one in findings_of(row(above), draft, reading)
    )
    return draft._replace(reasons=reasons)


def test_what_is_sent_carries_its_parts_and_says_when_one_was_reopened(
    three: tuple[Report, list[Report]], writer: Any
):
    above, ten = three
    compile_into(row(above), {ten[0].id}, by=writer, version=0)
    found = frozen(sent(above, writer))
    assert [part.version for part in found.snapshot.parts] == [1, *[0] * 9]
    reopen(row(ten[0]), by=cast.person("penyelia.kaltim"), version=ten[0].version, reason="Angka keliru")
    assert overtaken(found.snapshot.parts) == [
        f"{row(ten[0]).region_name}: disusun dari versi 1, yang kini dibuka kembali."
    ]


def test_figures_that_were_read_anew_after_compiling_are_not_sent(
    three: tuple[Report, list[Report]], writer: Any
):
    from app.domain.reports import reread

    above, ten = three
    compile_into(row(above), {ten[0].id}, by=writer, version=0)
    _, _, version = open_draft(row(above), by=writer)
    reread(row(above), by=writer, version=version)
    with pytest.raises(Invalid, match="susun ulang"):
        sent(above, writer)
    assert row(above).number == 0


def test_a_report_reopened_while_it_is_compiled_is_refused_or_told(
    app: Flask, session: Any, three: tuple[Report, list[Report]], writer: Any
):
    """Whoever is first: the compilation holds the version that stood, and says that it does not any more."""
    above, ten = three
    mine, child, version = row(above), row(ten[0], "penyelia.kaltim"), ten[0].version
    judge = cast.person("penyelia.kaltim")
    session.commit()
    start, outcome = threading.Barrier(2), {}

    def compiling() -> None:
        with app.app_context():
            start.wait()
            try:
                compile_into(mine, {child.id}, by=writer, version=0)
                db.session.commit()
                outcome["compiled"] = True
            except NotNow:
                db.session.rollback()
                outcome["compiled"] = False

    def reopening() -> None:
        with app.app_context():
            start.wait()
            reopen(child, by=judge, version=version, reason="Angka keliru")
            db.session.commit()

    threads = [threading.Thread(target=one) for one in (compiling, reopening)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    session.expire_all()
    parts = compiled_of(mine).parts
    assert row(ten[0]).state is State.REOPENED
    if outcome["compiled"]:
        assert overtaken(parts) == [f"{child.region_name}: disusun dari versi 1, yang kini dibuka kembali."]
    else:
        assert parts == ()


def test_two_who_compile_at_once_leave_one_compilation(
    app: Flask, session: Any, three: tuple[Report, list[Report]], writer: Any
):
    above, ten = three
    mine, chosen = row(above), [{ten[0].id}, {ten[0].id, ten[1].id}]
    session.commit()
    start, done = threading.Barrier(2), []

    def compiling(include: set[int]) -> None:
        with app.app_context():
            start.wait()
            try:
                compile_into(mine, include, by=writer, version=0)
                db.session.commit()
                done.append(True)
            except NotNow:
                db.session.rollback()
                done.append(False)

    threads = [threading.Thread(target=compiling, args=(include,)) for include in chosen]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(done) == [False, True]
    session.expire_all()
    assert compiled_of(mine).version == 1
