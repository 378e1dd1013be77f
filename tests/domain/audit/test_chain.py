"""The trail: appended in the deed's transaction, chained, refused to be changed, and seen through when it was."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.domain import accounts, audit
from app.domain.audit.trail import head_file
from app.domain.errors import NotFound
from app.extensions import db


def link(action: str = "uji:hal:buat", number: int = 1, by: Any = None, **about: Any) -> int:
    """Record one link and commit it."""
    seq = audit.record(action, by=by, subject=("hal", number), **about)
    db.session.commit()
    return seq


def test_many_deeds_at_once_are_links_like_any_other(session: Any):
    link("uji:sebelum:x")
    many = [audit.Deed("uji:banyak:x", ("hal", n), "64.03", {"n": [None, n]}) for n in range(700)]
    audit.record_many(many, by=None)
    session.commit()
    seq = link("uji:sesudah:x")
    assert audit.verify().first_break is None
    last = session.get(audit.AuditEntry, seq - 1)
    assert (last.subject_id, last.region_code, last.changed) == ("699", "64.03", {"n": [None, 699]})
    assert seq == audit.verify().links
    assert f"{seq - 1} {last.hash}" in head_file().read_text()  # type: ignore[union-attr]


def test_what_is_done_elsewhere_is_newest_to_nobody_here(session: Any):
    """What is done in a region and below it counts; above it and in none, what the regions below share."""
    places = ("64", "64.03", "64.03.03")
    last = {place: audit.newest_concerning(place) for place in places}
    elsewhere, below = link(region="64.01"), link(region="64.03.09.2001")
    assert [audit.newest_concerning(place) for place in places] == [below, below, last["64.03.03"]]
    assert audit.newest_concerning("64.01") == elsewhere
    for place in ("64.03", "64", None):
        link(region=place)
    assert audit.newest_concerning("64.03.03") == last["64.03.03"]
    for place in ("64.03", "64", None):
        for shared in ("situation:threshold:set", "neutrality:clock:set", "report:rhythm:set"):
            seq = link(shared, region=place)
            assert audit.newest_concerning("64.03.03") == seq


def without_triggers(session: Any, database: str, statement: str, **values: Any) -> None:
    """Change the trail as somebody with the database in their hands would."""
    if database == "postgresql":
        session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        session.execute(text(statement), values)
        session.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))
    else:
        for deed in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER IF EXISTS audit_entry_no_{deed}"))
        session.execute(text(statement), values)
    session.commit()


def test_an_untouched_trail_is_whole(session):
    first = link()
    link(number=2)
    verdict = audit.verify()
    assert verdict.first_break is None
    assert verdict.links == first + 1
    assert audit.head() == (verdict.links, verdict.head_hash)


@pytest.mark.template("empty")
def test_an_empty_trail_is_whole(session):
    assert audit.verify() == audit.Verdict(0, "0" * 64, None)
    assert audit.head() == (0, "0" * 64)


def test_it_keeps_old_and_new_values_who_under_which_office_and_where(session, operator):
    audit.set_origin(audit.Origin("permintaan-7", "10.1.2.3"))
    try:
        link(
            by=operator,
            region="64.03",
            office="Operator, Kabupaten Berau",
            changes={"due_on": [None, dt.date(2024, 11, 25)], "luas": [Decimal("1.5"), 2]},
        )
    finally:
        audit.set_origin(audit.Origin())
    told = audit.history_of("hal", 1)[0]
    assert told.changed == {"due_on": [None, "2024-11-25"], "luas": ["1.5", 2]}
    assert (told.actor_id, told.actor_name, told.office) == (
        operator.id,
        operator.name,
        "Operator, Kabupaten Berau",
    )
    assert (told.request_id, told.address) == ("permintaan-7", "10.1.2.3")
    assert told.at == "2024-11-25T01:00:00.000000+00:00"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'orang lain'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)",
    ],
)
def test_the_database_refuses_to_change_or_delete(session, statement: str):
    link()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))
    session.rollback()
    assert audit.verify().first_break is None


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_table(session, database):
    link()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text("TRUNCATE audit_entry"))
    session.rollback()


@pytest.mark.parametrize(
    "column, value",
    [
        ("actor_name", "orang lain"),
        ("changes", "{}"),
        ("at", "2024-11-25T02:00:00.000000+00:00"),
        ("action", "uji:hal:lain"),
        ("region_code", "64.01"),
    ],
)
def test_a_changed_link_is_named(session, database, column: str, value: str):
    link(changes={"x": [1, 2]}, region="64.03")
    seq = link(number=2, changes={"x": [2, 3]}, region="64.03")
    link(number=3)
    forgery = f"UPDATE audit_entry SET {column} = :value WHERE seq = :seq"  # noqa: S608
    without_triggers(session, database, forgery, value=value, seq=seq)
    found = audit.verify()
    assert found.first_break == audit.Break(seq, "isinya berubah sesudah dicatat")
    assert found.links == seq - 1


def test_a_missing_link_is_named(session, database):
    seq = link()
    link(number=2)
    without_triggers(session, database, "DELETE FROM audit_entry WHERE seq = :seq", seq=seq)
    assert audit.verify().first_break == audit.Break(seq, "mata rantai ini hilang")


def test_a_tail_that_was_cut_off_is_found_by_the_witness_file(session, database):
    link()
    seq = link(number=2)
    last = link(number=3)
    without_triggers(session, database, "DELETE FROM audit_entry WHERE seq >= :seq", seq=seq)
    found = audit.verify().first_break
    assert found.seq == seq
    assert f"sampai nomor {last}" in found.why


def test_a_tail_that_was_cut_off_and_grown_again_is_found_by_the_witness_file(session, database):
    seq = link()
    without_triggers(session, database, "DELETE FROM audit_entry WHERE seq >= :seq", seq=seq)
    link(number=9)
    found = audit.verify().first_break
    assert found == audit.Break(seq, "berbeda dari berkas saksi di luar basis data")


def test_without_the_key_nobody_makes_a_fitting_link(session, database):
    """A link forged with another key: its hash fits its content for whoever has that key only."""
    seq, head = audit.head()
    file = head_file()
    audit.configure("kunci-orang-lain", None)
    try:
        link()
    finally:
        audit.configure("kunci-jejak-untuk-pengujian", file)
    assert audit.verify().first_break.seq == seq + 1
    assert head != audit.head()[1]


def test_the_witness_file_is_appended_and_private(session):
    before = head_file().read_text().splitlines()
    link()
    after = head_file().read_text().splitlines()
    assert after[: len(before)] == before
    number, digest = audit.head()
    assert after[-1] == f"{number} {digest}"
    assert Path(head_file()).stat().st_mode & 0o077 == 0


def test_a_deed_that_is_undone_leaves_no_link_and_no_witness(session):
    before, witness = audit.head(), head_file().read_text()
    audit.record("uji:hal:buat", by=None, subject=("hal", 1))
    session.rollback()
    session.commit()
    assert audit.head() == before
    assert head_file().read_text() == witness


def test_links_written_at_the_same_moment_form_one_chain(app):
    def write(number: int) -> None:
        with app.app_context():
            for _ in range(5):
                link(number=number)
            db.session.remove()

    with app.app_context():
        start = audit.head()[0]
        db.session.remove()
    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        verdict = audit.verify()
        assert verdict.first_break is None
        assert verdict.links == start + 20
        db.session.remove()


class TestSearch:
    @pytest.fixture(autouse=True)
    def links(self, session: Any, operator: Any) -> None:
        link("uji:isian:isi", 1, by=operator, region="64.03.03")
        link("uji:isian:periksa", 2, region="64.01")
        audit.record("uji:sesi:buka", by=operator, subject=("account", operator.username))
        db.session.commit()

    def found(
        self, roots: tuple[str, ...] = ("64",), people: audit.People | None = None, **about: Any
    ) -> list[str]:
        filters = audit.Filters(**({"action": "uji:"} | about))
        rows, total = audit.search(roots, filters, page=1, people=people)
        assert total == len(rows)
        return [row.action for row in rows]

    def test_newest_first_within_the_roots(self):
        assert self.found() == ["uji:isian:periksa", "uji:isian:isi"]
        assert self.found(("64.03",)) == ["uji:isian:isi"]
        assert self.found(()) == []

    def test_what_belongs_to_a_person_is_shown_to_who_may_know_the_person(self):
        berau, paser = accounts.known_under(("64.03",)), accounts.known_under(("64.01",))
        assert self.found(("64.03",), berau) == ["uji:sesi:buka", "uji:isian:isi"]
        assert self.found(("64.01",), paser) == ["uji:isian:periksa"]

    def test_one_link_is_found_under_the_same_limits(self):
        seq = audit.head()[0] - 2
        assert audit.find(seq, ("64.03",)).action == "uji:isian:isi"
        assert audit.holds(audit.find(seq, ("64.03",)))
        with pytest.raises(NotFound):
            audit.find(seq, ("64.01",))

    @pytest.mark.parametrize(
        "about, actions",
        [
            ({"action": "uji:isian:p"}, ["uji:isian:periksa"]),
            ({"actor": "operator"}, ["uji:isian:isi"]),
            ({"actor": "100%"}, []),
            ({"region": "64.01"}, ["uji:isian:periksa"]),
            ({"subject_kind": "hal", "subject_id": "2"}, ["uji:isian:periksa"]),
            ({"until": dt.datetime(2024, 11, 25, tzinfo=dt.UTC)}, []),
            ({"since": dt.datetime(2024, 11, 26, tzinfo=dt.UTC)}, []),
        ],
    )
    def test_filters_narrow(self, about: dict[str, Any], actions: list[str]):
        assert self.found(**about) == actions

    def test_pages_do_not_overlap(self, session):
        for number in range(5):
            link("uji:banyak:x", number, region="64")
        filters = audit.Filters(action="uji:banyak")
        pages = [
            [row.subject_id for row in audit.search(("64",), filters, page=page, per_page=2)[0]]
            for page in (1, 2, 3)
        ]
        assert pages == [["4", "3"], ["2", "1"], ["0"]]

    def test_the_history_of_one_thing_is_its_own_only(self, session):
        assert [row.action for row in audit.history_of("hal", 2)] == ["uji:isian:periksa"]
        assert session.scalars(select(audit.AuditEntry)).first() is not None


def test_the_newest_links_alone_can_be_checked(session: Any, database: str):
    for number in range(5):
        link(number=number)
    whole = audit.verify().links
    assert (audit.verify(3).links, audit.verify(3).first_break) == (3, None)
    assert audit.verify(whole + 10).links == whole
    without_triggers(session, database, "UPDATE audit_entry SET action = 'x' WHERE seq = :n", n=whole - 3)
    assert audit.verify(3).first_break is None, "it stands before the last three"
    broken = audit.verify(4).first_break
    assert broken is not None
    assert broken.seq == whole - 3
