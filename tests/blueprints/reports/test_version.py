"""A version's page is a function of its snapshot and marks: read again later, it is the same, and asks for nothing."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from flask import render_template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.report_totals import totals_of
from app.domain import clock, reports
from app.domain.accounts import Permission
from app.domain.registers import Fact
from app.domain.reports import (
    AreaProgress,
    Change,
    Chart,
    ChartValue,
    Dress,
    Explained,
    Form,
    Frozen,
    Grade,
    Hindrance,
    Mark,
    Marks,
    Reading,
    ReferenceFigure,
    SectionText,
    State,
)
from app.domain.reports.freezing import Content, freeze
from app.domain.reports.moving import hold
from tests import cast
from tests.counting import statements
from tests.domain.reports.sent import CUT_OFF, fresh, owed

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
values = st.none() | st.integers(0, 10**9) | st.decimals(0, 10**6, places=1)
facts = st.builds(
    Fact,
    st.sampled_from(["a.satu", "a.dua", "b.satu"]),
    words,
    words,
    values,
    words,
    values,
    words,
    words,
    st.none() | st.just(CUT_OFF),
)
sections = st.builds(
    SectionText, st.sampled_from(["umum", "logistik"]), words, words, figures=st.just(("a.satu", "a.dua"))
)
contents = st.builds(
    Content,
    sections=st.lists(sections, max_size=2).map(tuple),
    grade=st.sampled_from(Grade),
    grade_reason=words,
    changes=st.lists(st.builds(Change, words), max_size=2).map(tuple),
    explained=st.lists(st.builds(Explained, words, words, words), max_size=2).map(tuple),
    is_nil=st.booleans(),
    nil_checked=st.lists(words, max_size=2).map(tuple),
    photos=st.just(()),
    parts=st.just(()),
    tables=st.just(()),
)
counts = st.none() | st.integers(0, 10**9)
charts = st.builds(
    Chart,
    words,
    st.sampled_from(Form).map(str),
    words,
    words,
    words,
    st.lists(st.builds(ChartValue, words, words, counts, counts), max_size=2).map(tuple),
    words,
)
readings = st.builds(
    Reading,
    st.just(CUT_OFF),
    st.lists(facts, max_size=3).map(tuple),
    st.lists(st.builds(ReferenceFigure, words, values, words), max_size=2).map(tuple),
    st.lists(
        st.builds(
            AreaProgress, words, words, st.lists(st.integers(0, 99), min_size=9, max_size=9).map(tuple)
        ),
        max_size=2,
    ).map(tuple),
    st.lists(st.builds(Hindrance, words, words, words), max_size=2).map(tuple),
    charts=st.lists(charts, max_size=2).map(tuple),
)


SLOTS = itertools.count()


def drawn(shown: Frozen) -> str:
    """The version as its page shows it."""
    return render_template(
        "reports/_version.html",
        shown=shown,
        totals=totals_of(shown.snapshot),
        marks_of_board={mark.value: mark for mark in Mark},
        state_words={state.value: state.label for state in State},
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents, reading=readings, later=st.integers(1, 10**6))
def test_it_is_drawn_the_same_today_and_after_everything_else_changed(
    app: Any, session: Any, content: Content, reading: Reading, later: int
):
    by = cast.person("operator.berau")
    row = owed(slot=next(SLOTS))
    mandate = reports.mandate_in(by, Permission.REPORT_WRITE, row.region_code)
    version = freeze(hold(row, row.version), content, reading, Dress(), by=by, mandate=mandate)
    made = reports.snapshot_of(version.snapshot)
    with app.test_request_context():
        sent = drawn(Frozen(row, made, Marks("dikirim"), version.sha256, 1, version.id, True))
        session.expire_all()
        kept = clock.setting()
        clock.set_frozen(clock.now() + dt.timedelta(seconds=later))
        try:
            again = reports.frozen(fresh(row.id), 1)
            assert again.is_intact
            with statements() as asked:
                assert drawn(again) == sent
            assert asked == []
        finally:
            clock.put_back(kept)
