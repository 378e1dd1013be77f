"""The one place where counts become percents."""

from dataclasses import fields

import pytest

from app.domain.checklists.totals import Totals

BERAU = Totals(
    belum=1, proses=1, selesai=3, terkendala=2, tidak_berlaku=2, dikembalikan=1, selesai_diverifikasi=8
)


def test_it_counts_only_what_must_be_done_as_expected():
    assert BERAU.all == 18
    assert BERAU.not_applicable == 2
    assert BERAU.expected == 16


def test_it_counts_done_whether_or_not_verified():
    assert BERAU.done == 11
    assert BERAU.verified == 8


def test_it_says_what_waits_for_the_supervisor_and_what_for_the_desk():
    totals = Totals(
        selesai=3,
        tidak_berlaku=2,
        tidak_berlaku_diverifikasi=4,
        belum=1,
        proses=1,
        terkendala=1,
        dikembalikan=1,
    )
    assert totals.waiting == 5
    assert totals.open == 4


def test_it_gives_percents_with_one_decimal():
    assert BERAU.percent_done == 68.8
    assert BERAU.percent_verified == 50.0
    assert Totals(selesai=11, proses=2).percent_done == 84.6


def test_it_knows_no_percent_when_nothing_is_expected():
    nothing = Totals(tidak_berlaku=3, tidak_berlaku_diverifikasi=1)
    assert nothing.expected == 0
    assert nothing.percent_done is None
    assert nothing.percent_verified is None


def test_it_never_calls_almost_all_everything_nor_almost_nothing_zero():
    assert Totals(selesai=9_999, belum=1).percent_done == 99.9
    assert Totals(selesai=1, belum=9_999).percent_done == 0.1
    assert Totals(selesai=10_000).percent_done == 100.0
    assert Totals(belum=10_000).percent_done == 0.0


def test_it_puts_any_number_of_areas_together_and_none_is_nothing_counted():
    more = Totals(belum=4, selesai_diverifikasi=2)
    assert Totals.together([BERAU, more, more]) == BERAU + more + more
    assert Totals.together([]) == Totals()


def test_it_adds_the_counts_of_two_areas():
    both = BERAU + Totals(belum=4, selesai_diverifikasi=2)
    assert both.belum == 5
    assert both.verified == 10
    assert both.expected == 22
    assert sum([BERAU, BERAU], Totals()) == BERAU + BERAU


def test_it_counts_every_standing_it_is_given():
    standings = [field.name for field in fields(Totals)]
    totals = Totals.of([*standings, "selesai"])
    assert totals.selesai == 2
    assert totals.all == len(standings) + 1


def test_it_refuses_a_standing_it_does_not_know():
    with pytest.raises(ValueError, match="hilang"):
        Totals.of(["belum", "hilang"])


def test_it_refuses_a_negative_count():
    with pytest.raises(ValueError, match="proses"):
        Totals(proses=-1)
