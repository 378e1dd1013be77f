"""Supervisors say what a file is worth; the one who brought it does not, and a new revision starts unjudged."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain import audit, clock, evidence
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.extensions import db
from tests.domain.evidence import samples
from tests.domain.evidence.conftest import BERAU, ENTRY, OTHER_ENTRY

pytestmark = pytest.mark.template("empty")
Attach = Callable[..., evidence.EvidenceUse]


@pytest.fixture
def use(attached: Attach) -> evidence.EvidenceUse:
    return attached(b"Berita acara serah terima", "catatan.txt")


def the_use() -> evidence.UseRow:
    (row,) = evidence.uses_of(*ENTRY)
    return row


def test_a_file_starts_without_a_verdict_and_counts(use: evidence.EvidenceUse):
    assert (the_use().verdict, the_use().is_refused, evidence.count_valid(*ENTRY)) == ("", False, 1)


def test_a_verdict_names_who_gave_it_when_and_why(use: evidence.EvidenceUse, cast: SimpleNamespace):
    evidence.judge(use.id, "ditolak", "  Tanda tangan\n tidak ada. ", cast.supervisor)
    row = the_use()
    assert (row.verdict, row.verdict_reason, row.is_refused) == ("ditolak", "Tanda tangan tidak ada.", True)
    assert (row.verdict_by_name, row.verdict_at) == (cast.supervisor.name, clock.now())


def test_a_verdict_is_on_record(use: evidence.EvidenceUse, cast: SimpleNamespace):
    evidence.judge(use.id, "kedaluwarsa", "Surat tahun lalu.", cast.supervisor)
    deed = audit.history_of(*ENTRY)[0]
    assert (deed.action, deed.actor_id, deed.region_code) == (
        "evidence:file:judge",
        cast.supervisor.id,
        BERAU,
    )
    assert deed.office == "Penyelia, Wilayah 64.03"
    assert deed.changed["verdict"] == ["", "kedaluwarsa"]
    assert deed.changed["reason"] == ["", "Surat tahun lalu."]
    assert deed.changed["use"] == [None, use.id]


@pytest.mark.parametrize("verdict, counted", [("sah", 1), ("ditolak", 0), ("kedaluwarsa", 0)])
def test_only_what_is_not_refused_still_proves(
    use: evidence.EvidenceUse, cast: SimpleNamespace, verdict: str, counted: int
):
    evidence.judge(use.id, verdict, "Sudah diperiksa.", cast.supervisor)
    assert evidence.count_valid(*ENTRY) == counted


def test_found_right_needs_no_reason(use: evidence.EvidenceUse, cast: SimpleNamespace):
    evidence.judge(use.id, "sah", "", cast.supervisor)
    assert the_use().verdict == "sah"


@pytest.mark.parametrize(
    "verdict, reason, field",
    [
        ("ditolak", " ", "reason"),
        ("kedaluwarsa", "", "reason"),
        ("", "Baik.", "verdict"),
        ("x", "", "verdict"),
    ],
)
def test_it_refuses_no_verdict_and_a_bad_one_without_a_reason(
    use: evidence.EvidenceUse, cast: SimpleNamespace, verdict: str, reason: str, field: str
):
    with pytest.raises(Invalid) as refusal:
        evidence.judge(use.id, verdict, reason, cast.supervisor)
    assert field in refusal.value.fields
    assert the_use().verdict == ""


@pytest.mark.parametrize("who", ["operator", "colleague", "stranger", "inspector", "observer"])
def test_it_refuses_whoever_does_not_verify_there(use: evidence.EvidenceUse, cast: SimpleNamespace, who: str):
    with pytest.raises(NotAllowed):
        evidence.judge(use.id, "sah", "", getattr(cast, who))


def test_it_refuses_the_one_who_brought_the_file(cast: SimpleNamespace):
    both = cast.both
    mine = evidence.attach(evidence.inspect(b"Catatan", "a.txt"), to=ENTRY, region=BERAU, by=both)
    with pytest.raises(NotAllowed, match="orang lain"):
        evidence.judge(mine.id, "sah", "", both)


def test_it_refuses_who_uploaded_it_when_a_colleague_uses_it_again(cast: SimpleNamespace):
    both = cast.both
    mine = evidence.attach(evidence.inspect(b"Catatan", "a.txt"), to=ENTRY, region=BERAU, by=both)
    again = evidence.reuse(mine.file_id, to=OTHER_ENTRY, region=BERAU, by=cast.colleague, seen_on=ENTRY)
    with pytest.raises(NotAllowed, match="orang lain"):
        evidence.judge(again.id, "sah", "", both)
    evidence.judge(again.id, "sah", "", cast.supervisor)
    assert the_use().verdict == ""  # of the other use only


def test_a_new_revision_starts_without_a_verdict(use: evidence.EvidenceUse, cast: SimpleNamespace):
    evidence.judge(use.id, "ditolak", "Kabur.", cast.supervisor)
    evidence.replace(use.id, evidence.inspect(b"Lebih jelas", "b.txt"), by=cast.operator)
    row = the_use()
    assert (row.verdict, row.verdict_reason, row.earlier[0].verdict) == ("", "", "ditolak")
    assert evidence.count_valid(*ENTRY) == 1


def test_a_later_verdict_takes_the_place_of_an_earlier_one(use: evidence.EvidenceUse, cast: SimpleNamespace):
    evidence.judge(use.id, "ditolak", "Kabur.", cast.supervisor)
    evidence.judge(use.id, "sah", "", cast.supervisor)
    assert (the_use().verdict, the_use().verdict_reason) == ("sah", "")
    assert audit.history_of(*ENTRY)[0].changed["verdict"] == ["ditolak", "sah"]


def test_it_refuses_what_was_replaced_or_removed_meanwhile(use: evidence.EvidenceUse, cast: SimpleNamespace):
    evidence.remove(use.id, "Salah butir", by=cast.operator)
    db.session.commit()
    with pytest.raises(NotNow):
        evidence.judge(use.id, "sah", "", cast.supervisor)


def test_it_refuses_a_use_that_is_not_there(cast: SimpleNamespace):
    with pytest.raises(NotFound):
        evidence.judge(999_999, "sah", "", cast.supervisor)


def test_the_database_holds_a_refusal_to_its_reason(use: evidence.EvidenceUse):
    with pytest.raises(IntegrityError):
        db.session.execute(db.update(evidence.EvidenceUse).values(verdict="ditolak"))
    db.session.rollback()


def test_a_photo_is_judged_like_any_file(attached: Attach, cast: SimpleNamespace):
    photo = attached(samples.photo())
    evidence.judge(photo.id, "sah", "", cast.supervisor)
    assert the_use().verdict == "sah"
