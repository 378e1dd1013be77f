"""Fixed statements: the same answers as SQLAlchemy's own way, and no surprise on the way."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Date, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain import clock
from app.domain.accounts import Account
from app.domain.checklists import Entry
from app.domain.regions import Figure
from app.domain.stages import Election, Stage
from app.extensions import db
from app.statements import ONE, AsItStands, Fixed, copy_of, one_of, whole
from tests.cast import BERAU, entry_of
from tests.counting import statements

ENTRY = Entry.__table__
NOTED = Fixed(update(ENTRY).where(ENTRY.c.id == bindparam("e")).values(note=bindparam("note")))
BY_ID = select(*ENTRY.c).where(ENTRY.c.id == bindparam("id"))


def test_a_row_is_the_one_that_sqlalchemy_reads(session: Any) -> None:
    entry = entry_of("LOG-14", BERAU)
    moment = dt.datetime(2024, 11, 25, 1, 2, 3, tzinfo=dt.UTC)
    session.execute(update(Entry).where(Entry.id == entry.id).values(filled_at=moment, measure_value=7))
    read = Fixed(BY_ID).first(id=entry.id)
    assert read == tuple(session.execute(BY_ID, {"id": entry.id}).one())
    assert read is not None
    assert read[ENTRY.c.keys().index("filled_at")] == moment
    assert isinstance(read[ENTRY.c.keys().index("due_on")], dt.date)


def test_no_row_is_none_and_no_rows_are_an_empty_list(session: Any) -> None:
    assert Fixed(BY_ID).first(id=-1) is None
    assert Fixed(BY_ID).all(id=-1) == []


def test_a_change_says_how_many_rows_it_touched(session: Any) -> None:
    kampung = update(ENTRY).where(ENTRY.c.region_code == bindparam("region")).values(note=bindparam("text"))
    expected = session.scalar(select(db.func.count()).where(Entry.region_code == BERAU))
    assert Fixed(kampung).change(region=BERAU, text="sama") == expected > 1
    assert Fixed(kampung).change(region="99", text="sama") == 0


def test_a_forgotten_value_is_an_error_not_a_null(session: Any) -> None:
    with pytest.raises(KeyError):
        Fixed(BY_ID).first()


def test_it_sees_what_was_added_and_not_yet_written(session: Any) -> None:
    election = Election(
        code="lain",
        name="Lain",
        voting_day=dt.date(2029, 11, 28),
        is_current=False,
        in_use_from=clock.today("Asia/Makassar"),
    )
    session.add(election)
    found = Fixed(select(Election.id).where(Election.code == bindparam("code"))).first(code="lain")
    assert found == (election.id,)


def test_what_it_wrote_is_undone_with_the_session(session: Any) -> None:
    entry = entry_of("LOG-14", BERAU)
    NOTED.change(e=entry.id, note="jangan")
    session.rollback()
    assert entry_of("LOG-14", BERAU).note == ""


def test_it_works_again_after_a_commit_and_after_a_rollback(session: Any) -> None:
    statement = Fixed(select(Election.code).where(Election.is_current.is_(True)))
    before = statement.first()
    session.commit()
    assert statement.first() == before
    session.rollback()
    assert statement.first() == before


def test_what_it_wrote_alone_is_kept_by_a_commit_and_others_may_write_then(session: Any) -> None:
    entry = entry_of("LOG-14", BERAU)
    session.commit()
    NOTED.change(e=entry.id, note="tetap")
    session.commit()
    with db.engine.begin() as another:
        kept = another.scalar(select(Entry.note).where(Entry.id == entry.id))
        another.execute(update(Entry).where(Entry.id == entry.id).values(note="orang lain"))
    assert kept == "tetap"


@pytest.mark.parametrize("first", ["fixed", "session"])
def test_it_is_kept_and_undone_together_with_what_the_session_writes(session: Any, first: str) -> None:
    entry = entry_of("LOG-14", BERAU)
    other = session.scalar(select(Entry).where(Entry.id != entry.id, Entry.note == "").limit(1))
    session.commit()

    def both(text: str) -> None:
        deeds = [lambda: NOTED.change(e=entry.id, note=text), lambda: setattr(other, "note", text)]
        for deed in deeds if first == "fixed" else reversed(deeds):
            deed()

    both("jangan")
    session.rollback()
    assert notes(entry.id, other.id) == {""}
    both("tetap")
    session.commit()
    session.rollback()
    assert notes(entry.id, other.id) == {"tetap"}


def test_it_is_kept_when_the_session_began_and_asked_nothing(session: Any) -> None:
    entry = entry_of("LOG-14", BERAU)
    session.commit()
    NOTED.change(e=entry.id, note="tetap")
    db.session().in_transaction() or session.begin()
    session.commit()
    session.rollback()
    assert notes(entry.id) == {"tetap"}


@pytest.mark.one_database
def test_a_commit_that_sqlite_refuses_is_sqlalchemys_error_and_leaves_the_line(session: Any) -> None:
    entry = entry_of("LOG-14", BERAU)
    session.commit()
    NOTED.change(e=entry.id, note="jangan")
    own = db.session().own_connection().connection.dbapi_connection
    own.execute("PRAGMA defer_foreign_keys=ON")
    own.execute("UPDATE checklist_entry SET election_id = -1 WHERE id = ?", (entry.id,))
    with pytest.raises(IntegrityError):
        session.commit()
    assert own.has_turn
    session.rollback()
    assert not own.has_turn
    assert notes(entry.id) == {""}


def notes(*ids: int) -> set[str]:
    return set(db.session.scalars(select(Entry.__table__.c.note).where(Entry.id.in_(ids))))


def test_a_refusal_of_the_database_is_sqlalchemys_error(session: Any) -> None:
    account = session.scalar(select(Account).limit(1))
    again = {column.key: getattr(account, column.key) for column in Account.__table__.c}
    with pytest.raises(IntegrityError):
        Fixed(insert(Account.__table__)).change(**again)
    session.rollback()


def test_those_who_count_statements_see_it_too(session: Any) -> None:
    with statements() as asked:
        Fixed(BY_ID).first(id=1)
    assert len(asked) == 1
    assert "checklist_entry" in asked[0]


def test_it_refuses_a_statement_whose_text_changes_with_its_values(session: Any) -> None:
    with pytest.raises(ValueError, match="not a fixed statement"):
        Fixed(select(Entry.id).where(Entry.id.in_(bindparam("ids", expanding=True)))).all(ids=[1])


def test_a_number_with_decimals_comes_out_as_one(session: Any) -> None:
    rows = Fixed(select(Figure.id, Figure.value).where(Figure.value.is_not(None)).order_by(Figure.id)).all()
    assert rows
    assert all(isinstance(value, Decimal) for _, value in rows)


def test_a_limit_stands_in_the_text_where_sqlite_can_plan_it_once(session: Any) -> None:
    with statements() as asked:
        newest = Fixed(select(Entry.id).order_by(Entry.id.desc()).limit(ONE)).all()
    assert newest == [(session.scalar(select(db.func.max(Entry.id))),)]
    assert "LIMIT 1" in asked[0]


def test_a_day_compared_as_it_stands_is_the_same_day(session: Any) -> None:
    days = sorted(session.scalars(select(Entry.due_on).distinct()))
    middle = days[len(days) // 2]
    found = Fixed(select(db.func.count()).where(AsItStands(ENTRY.c.due_on) >= bindparam("day"))).first(
        day=middle
    )
    assert found == (session.scalar(select(db.func.count()).where(Entry.due_on >= middle)),)
    assert 0 < found[0] < session.scalar(select(db.func.count(Entry.id)))


@pytest.mark.one_database
def test_sqlite_reads_no_number_out_of_a_day_that_is_compared_as_it_stands(session: Any) -> None:
    with statements() as asked:
        Fixed(select(AsItStands(ENTRY.c.due_on) >= bindparam("day", type_=Date)).limit(ONE)).first(
            day=dt.date(2024, 11, 25)
        )
    assert "+checklist_entry.due_on" in asked[0]


def test_a_row_becomes_one_object_for_reading_that_no_session_writes(session: Any) -> None:
    stages = Fixed(whole(Stage).order_by(Stage.id))
    first, other = (copy_of(Stage, row) for row in stages.all()[:2])
    read = session.get(Stage, first.id)
    assert [getattr(first, column.key) for column in Stage.__table__.c] == [
        getattr(read, column.key) for column in Stage.__table__.c
    ]
    assert first is copy_of(Stage, stages.all()[0])
    assert first not in session
    read.name = "Lain"
    assert copy_of(Stage, stages.all()[0]).name == "Lain"
    assert first.name != "Lain" != other.name


def test_one_of_is_an_in_whose_text_never_changes(session: Any) -> None:
    codes = sorted(session.scalars(select(Stage.code)))[:2]
    named = Fixed(select(Stage.code).where(one_of(Stage.code, codes)).order_by(Stage.code))
    assert named.all() == [(code,) for code in codes]
    assert Fixed(select(Stage.code).where(one_of(Stage.code, []))).all() == []
