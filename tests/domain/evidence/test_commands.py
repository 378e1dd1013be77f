"""What people do with evidence: attach, reuse, replace, remove; nothing is lost, all is on record."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain import audit, clock, evidence
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from app.domain.evidence import steps
from app.extensions import db
from tests.domain.evidence import samples
from tests.domain.evidence.conftest import BERAU, ENTRY, KALTIM, OTHER_ENTRY, PASER, SEGAH

pytestmark = pytest.mark.template("empty")

Attach = Callable[..., evidence.EvidenceUse]
MORNING = dt.datetime(2024, 11, 25, 0, 12, tzinfo=dt.UTC)
TEXT = b"Catatan rapat 25 November\n"


def note(number: int = 0) -> evidence.Inspected:
    """A small file that is quick to look at, another one for each number."""
    return evidence.inspect(TEXT + str(number).encode(), f"catatan-{number}.txt")


def last_deed() -> audit.AuditEntry:
    return audit.history_of(*ENTRY)[0]


# --- Attach -------------------------------------------------------------------------------------------------


def test_attaching_keeps_the_bytes_whose_hash_is_shown(attached: Attach):
    data = samples.photo()
    attached(data)
    (row,) = evidence.uses_of(*ENTRY)
    with evidence.open_file(row.file) as content:
        kept = content.read()
    assert hashlib.sha256(kept).hexdigest() == row.file.sha256
    assert hashlib.sha256(data).hexdigest() == row.file.original_sha256
    assert (len(kept), row.file.was_redrawn) == (row.file.size, True)


def test_attaching_says_who_under_which_office_and_when(attached: Attach, cast: SimpleNamespace):
    attached()
    (row,) = evidence.uses_of(*ENTRY)
    assert (row.file.uploaded_by_name, row.added_by_name) == (cast.operator.name,) * 2
    assert row.file.office == "Operator, Wilayah 64.03"
    assert row.file.uploaded_at == row.added_at == clock.now()
    assert (row.subject, row.region_code, row.file.region_code) == (ENTRY, BERAU, BERAU)


def test_attaching_is_on_record_with_hash_subject_and_region(attached: Attach, cast: SimpleNamespace):
    use = attached()
    (row,) = evidence.uses_of(*ENTRY)
    deed = last_deed()
    assert (deed.action, deed.actor_id, deed.region_code) == ("evidence:file:attach", cast.operator.id, BERAU)
    assert deed.office == "Operator, Wilayah 64.03"
    assert deed.changed["sha256"] == [None, row.file.sha256]
    assert deed.changed["use"] == [None, use.id]


def test_attaching_vanishes_with_its_transaction_and_the_orphan_is_named(cast: SimpleNamespace):
    db.session.commit()
    inspected = note()
    evidence.attach(inspected, to=ENTRY, region=BERAU, by=cast.operator)
    db.session.rollback()
    assert evidence.uses_of(*ENTRY) == []
    assert audit.history_of(*ENTRY) == []
    found = evidence.check()
    assert found.orphans == (f"{inspected.sha256[:2]}/{inspected.sha256[2:4]}/{inspected.sha256}",)
    assert found.is_whole


def test_several_files_stand_on_one_subject_newest_first(cast: SimpleNamespace):
    for number in range(3):
        evidence.attach(note(number), to=ENTRY, region=BERAU, by=cast.operator)
    assert [row.file.name for row in evidence.uses_of(*ENTRY)] == [f"catatan-{n}.txt" for n in (2, 1, 0)]
    assert evidence.uses_of(*OTHER_ENTRY) == []


def test_it_refuses_the_same_file_twice_on_one_subject(attached: Attach, cast: SimpleNamespace):
    data = samples.photo()
    attached(data, "pertama.jpg")
    with pytest.raises(Invalid, match=r"sudah terlampir di sini sebagai «pertama\.jpg»"):
        evidence.attach(evidence.inspect(data, "b.jpg"), to=ENTRY, region=BERAU, by=cast.colleague)


def test_it_refuses_a_heap(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(steps, "MAX_ON_SUBJECT", 2)
    uses = [evidence.attach(note(n), to=ENTRY, region=BERAU, by=cast.operator) for n in range(2)]
    with pytest.raises(Invalid, match="Sudah ada 2 berkas"):
        evidence.attach(note(2), to=ENTRY, region=BERAU, by=cast.operator)
    evidence.replace(uses[0].id, note(3), by=cast.operator)
    assert evidence.count_many(ENTRY[0], [ENTRY[1], OTHER_ENTRY[1]]) == {ENTRY[1]: 2}


@pytest.mark.parametrize("who", ["stranger", "supervisor", "inspector", "observer"])
def test_it_refuses_whoever_may_not_attach_there(cast: SimpleNamespace, who: str):
    use = evidence.attach(note(), to=ENTRY, region=BERAU, by=cast.operator)
    by = getattr(cast, who)
    for deed in (
        lambda: evidence.attach(note(1), to=ENTRY, region=BERAU, by=by),
        lambda: evidence.attach(note(1), to=ENTRY, region=BERAU, by=by, office="Operator palsu"),
        lambda: evidence.reuse(use.file_id, to=OTHER_ENTRY, region=BERAU, by=by, seen_on=ENTRY),
        lambda: evidence.replace(use.id, note(1), by=by),
        lambda: evidence.remove(use.id, "salah", by=by),
        lambda: evidence.confirm_place(use.id, None, None, None, "Gudang", by=by),
        lambda: evidence.decline_place(use.id, by=by),
    ):
        with pytest.raises(NotAllowed):
            deed()
    (row,) = evidence.uses_of(*ENTRY)
    assert (row.id, row.file.place, row.earlier) == (use.id, "", ())
    assert len(audit.history_of(*ENTRY)) == 1


def test_a_desk_reaches_its_districts_but_not_the_province(cast: SimpleNamespace):
    evidence.attach(note(), to=ENTRY, region=SEGAH, by=cast.operator)
    with pytest.raises(NotAllowed):
        evidence.attach(note(), to=OTHER_ENTRY, region=KALTIM, by=cast.operator)


def test_a_subject_without_a_proper_name_is_a_mistake_of_the_caller(cast: SimpleNamespace):
    with pytest.raises(ValueError, match="subject kind"):
        evidence.attach(note(), to=("Butir!", 1), region=BERAU, by=cast.operator)


# --- When and where -----------------------------------------------------------------------------------------


def test_what_a_photo_says_is_offered_and_not_kept(attached: Attach):
    attached()
    (row,) = evidence.uses_of(*ENTRY)
    assert (row.file.taken_at, row.file.latitude, row.file.place) == (None, None, "")
    assert row.file.proposal is not None
    assert row.file.proposal.taken_at == MORNING
    assert (row.file.proposal.latitude, row.file.proposal.longitude) == (Decimal("-1.2"), Decimal("117.3"))


def test_what_the_person_gave_is_kept_and_not_asked_again(attached: Attach):
    attached(taken_at=MORNING, latitude="-1.5", longitude="117.0", place="  Gudang KPU\u202e ")
    (row,) = evidence.uses_of(*ENTRY)
    assert (row.file.taken_at, row.file.latitude, row.file.longitude) == (
        MORNING,
        Decimal("-1.5"),
        Decimal(117),
    )
    assert row.file.place == "Gudang KPU"
    assert row.file.proposal is None


def test_a_given_time_still_leaves_the_place_to_be_asked(attached: Attach):
    attached(taken_at=MORNING)
    (row,) = evidence.uses_of(*ENTRY)
    assert row.file.proposal == evidence.Proposal(None, Decimal("-1.2"), Decimal("117.3"))


def test_confirming_keeps_time_and_place_and_empties_the_proposal(attached: Attach, cast: SimpleNamespace):
    use = attached()
    evidence.confirm_place(use.id, MORNING, "-1.2", "117.3", "Dermaga Teluk Bayur", by=cast.colleague)
    db.session.commit()
    (row,) = evidence.uses_of(*ENTRY)
    assert (row.file.taken_at, row.file.latitude, row.file.place) == (
        MORNING,
        Decimal("-1.2"),
        "Dermaga Teluk Bayur",
    )
    assert row.file.proposal is None
    deed = last_deed()
    assert deed.action == "evidence:file:confirm"
    assert deed.changed["place"] == ["", "Dermaga Teluk Bayur"]


def test_declining_throws_the_proposal_away_without_writing_it_down(attached: Attach, cast: SimpleNamespace):
    use = attached()
    evidence.decline_place(use.id, by=cast.operator)
    (row,) = evidence.uses_of(*ENTRY)
    assert (row.file.proposal, row.file.taken_at, row.file.latitude) == (None, None, None)
    assert last_deed().action == "evidence:file:decline"
    assert set(last_deed().changed) == {"use", "sha256"}


@pytest.mark.parametrize(
    "about",
    [
        {"latitude": "95", "longitude": "1"},
        {"latitude": "1"},
        {"taken_at": dt.datetime(1990, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_it_refuses_times_and_places_that_cannot_be_and_changes_nothing(
    cast: SimpleNamespace, about: dict[str, Any]
):
    with pytest.raises(Invalid):
        evidence.attach(note(), to=ENTRY, region=BERAU, by=cast.operator, **about)
    assert evidence.uses_of(*ENTRY) == []
    assert evidence.check().orphans == ()


# --- Reuse --------------------------------------------------------------------------------------------------


def test_a_file_proves_a_second_subject_without_a_second_copy(attached: Attach, cast: SimpleNamespace):
    use = attached()
    again = evidence.reuse(use.file_id, to=OTHER_ENTRY, region=SEGAH, by=cast.operator)
    (row,) = evidence.uses_of(*OTHER_ENTRY)
    assert (row.file.id, row.region_code) == (use.file_id, SEGAH)
    assert again.id != use.id
    assert evidence.check().files == 1
    assert audit.history_of(*OTHER_ENTRY)[0].action == "evidence:file:reuse"


def test_a_colleagues_file_may_be_reused_from_where_it_was_shown(attached: Attach, cast: SimpleNamespace):
    use = attached()
    with pytest.raises(NotFound):
        evidence.reuse(use.file_id, to=OTHER_ENTRY, region=BERAU, by=cast.colleague)
    with pytest.raises(NotFound):
        evidence.reuse(use.file_id, to=("other", 1), region=BERAU, by=cast.colleague, seen_on=OTHER_ENTRY)
    evidence.reuse(use.file_id, to=OTHER_ENTRY, region=BERAU, by=cast.colleague, seen_on=ENTRY)


def test_a_strangers_number_opens_nothing(attached: Attach, cast: SimpleNamespace):
    use = attached()
    for number in (use.file_id, 999_999):
        with pytest.raises(NotFound):
            evidence.reuse(number, to=OTHER_ENTRY, region=PASER, by=cast.stranger)


def test_it_refuses_to_reuse_what_was_taken_away_everywhere(attached: Attach, cast: SimpleNamespace):
    use = attached()
    evidence.remove(use.id, "Foto warga tanpa izin", by=cast.operator)
    with pytest.raises(NotFound):
        evidence.reuse(use.file_id, to=OTHER_ENTRY, region=BERAU, by=cast.operator)


def test_it_refuses_to_reuse_a_file_where_it_stands_already(attached: Attach, cast: SimpleNamespace):
    use = attached()
    with pytest.raises(Invalid, match="sudah terlampir"):
        evidence.reuse(use.file_id, to=ENTRY, region=BERAU, by=cast.operator)


# --- Replace ------------------------------------------------------------------------------------------------


def test_a_replaced_file_stays_readable_under_the_new_one(cast: SimpleNamespace):
    first = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    second = evidence.replace(first.id, note(2), by=cast.colleague)
    third = evidence.replace(second.id, note(3), by=cast.operator)
    db.session.commit()
    (row,) = evidence.uses_of(*ENTRY)
    assert row.id == third.id
    assert [earlier.file.name for earlier in row.earlier] == ["catatan-2.txt", "catatan-1.txt"]
    assert [earlier.added_by_name for earlier in row.earlier] == [cast.colleague.name, cast.operator.name]
    old = evidence.one_use(*ENTRY, first.id)
    with evidence.open_file(old.file) as content:
        assert content.read() == TEXT + b"1"
    assert db.session.get_one(evidence.EvidenceFile, third.file_id).replaces_id == second.file_id
    assert evidence.count_many(ENTRY[0], [ENTRY[1]]) == {ENTRY[1]: 1}


def test_replacing_is_on_record_with_both_files(cast: SimpleNamespace):
    first = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    second = evidence.replace(first.id, note(2), by=cast.operator)
    assert last_deed().action == "evidence:file:replace"
    assert last_deed().changed["file"] == [first.file_id, second.file_id]
    assert last_deed().changed["use"] == [first.id, second.id]


def test_replacing_on_one_subject_leaves_the_other_as_it_was(cast: SimpleNamespace):
    first = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    evidence.reuse(first.file_id, to=OTHER_ENTRY, region=BERAU, by=cast.operator)
    evidence.replace(first.id, note(2), by=cast.operator)
    (other,) = evidence.uses_of(*OTHER_ENTRY)
    assert (other.file.id, other.earlier) == (first.file_id, ())


def test_a_reused_revision_does_not_show_where_it_comes_from(cast: SimpleNamespace):
    first = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    second = evidence.replace(first.id, note(2), by=cast.operator)
    evidence.reuse(second.file_id, to=OTHER_ENTRY, region=BERAU, by=cast.operator)
    (other,) = evidence.uses_of(*OTHER_ENTRY)
    assert other.earlier == ()
    with pytest.raises(NotFound):
        evidence.one_use(*OTHER_ENTRY, first.id)


@pytest.mark.parametrize("late", ["replace", "remove", "confirm"])
def test_the_second_one_is_told_that_somebody_was_faster(cast: SimpleNamespace, late: str):
    use = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    evidence.replace(use.id, note(2), by=cast.operator)
    deeds: dict[str, Callable[[], object]] = {
        "replace": lambda: evidence.replace(use.id, note(3), by=cast.colleague),
        "remove": lambda: evidence.remove(use.id, "salah", by=cast.colleague),
        "confirm": lambda: evidence.confirm_place(use.id, None, None, None, "x", by=cast.colleague),
    }
    with pytest.raises(NotNow, match="Muat ulang"):
        deeds[late]()
    assert len(evidence.uses_of(*ENTRY)) == 1


def test_two_at_the_same_moment_are_told_apart_by_the_database(cast: SimpleNamespace):
    """Both have read the use as free; the mark is set under a condition, so one of them finds it taken."""
    use = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    steps.claim(use, superseded_at=clock.now())
    with pytest.raises(NotNow):
        steps.claim(use, removed_at=clock.now(), removed_reason="salah")
    assert use.removed_at is None


# --- Remove -------------------------------------------------------------------------------------------------


def test_what_is_removed_is_hidden_and_kept(cast: SimpleNamespace):
    first = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    use = evidence.replace(first.id, note(2), by=cast.operator)
    evidence.remove(use.id, "Salah kecamatan", by=cast.colleague)
    db.session.commit()
    assert evidence.uses_of(*ENTRY) == []
    assert evidence.count_many(ENTRY[0], [ENTRY[1]]) == {}
    for number in (use.id, first.id):
        with pytest.raises(NotFound):
            evidence.one_use(*ENTRY, number)
    (row,) = evidence.uses_of(*ENTRY, with_removed=True)
    assert (row.removed_by_name, row.removed_reason) == (cast.colleague.name, "Salah kecamatan")
    assert row.removed_at == clock.now()
    for number in (use.id, first.id):
        with evidence.open_file(evidence.one_use(*ENTRY, number, with_removed=True).file) as content:
            assert content.read().startswith(TEXT)
    assert evidence.check().is_whole


def test_removing_is_on_record_with_its_reason(cast: SimpleNamespace):
    use = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    evidence.remove(use.id, "Salah kecamatan", by=cast.operator)
    assert last_deed().action == "evidence:file:remove"
    assert last_deed().changed["reason"] == [None, "Salah kecamatan"]
    assert last_deed().changed["file"] == [use.file_id, None]


@pytest.mark.parametrize("reason", ["", "  \n ", "\u200b\u202e"])
def test_it_refuses_to_remove_without_a_reason(cast: SimpleNamespace, reason: str):
    use = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    with pytest.raises(Invalid) as caught:
        evidence.remove(use.id, reason, by=cast.operator)
    assert "reason" in caught.value.fields
    assert len(evidence.uses_of(*ENTRY)) == 1


def test_what_was_removed_may_be_attached_again(cast: SimpleNamespace):
    use = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    evidence.remove(use.id, "keliru", by=cast.operator)
    evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    assert len(evidence.uses_of(*ENTRY)) == 1
    assert len(evidence.uses_of(*ENTRY, with_removed=True)) == 2


def test_it_refuses_a_use_that_is_not_there(cast: SimpleNamespace):
    for deed in (
        lambda: evidence.remove(999, "x", by=cast.operator),
        lambda: evidence.replace(999, note(), by=cast.operator),
        lambda: evidence.decline_place(999, by=cast.operator),
    ):
        with pytest.raises(NotFound):
            deed()
