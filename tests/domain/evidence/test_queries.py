"""Who finds what, in how many statements, and whether the bytes are still whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from app.domain import audit, evidence
from app.domain.errors import NotAllowed, NotFound
from app.extensions import db
from tests.domain.evidence.conftest import BERAU, ENTRY, KALTIM, OTHER_ENTRY, PASER, SEGAH
from tests.domain.evidence.test_commands import note

pytestmark = pytest.mark.template("empty")

Attach = Callable[..., evidence.EvidenceUse]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked inside the block."""
    asked: list[str] = []

    def note_down(*seen: object) -> None:
        asked.append(str(seen[2]))

    event.listen(db.engine, "before_cursor_execute", note_down)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note_down)


def test_many_subjects_with_many_files_cost_one_statement(cast: SimpleNamespace):
    for number in range(6):
        subject = (ENTRY[0], number % 3)
        use = evidence.attach(note(number), to=subject, region=BERAU, by=cast.operator)
        evidence.replace(use.id, note(number + 100), by=cast.operator)
    with statements() as asked:
        found = evidence.uses_of_many(ENTRY[0], range(5))
        counts = evidence.count_many(ENTRY[0], range(5))
    assert len(asked) == 2
    assert {subject: len(rows) for subject, rows in found.items()} == counts == {0: 2, 1: 2, 2: 2}
    assert all(len(row.earlier) == 1 for rows in found.values() for row in rows)


def test_no_subjects_have_no_evidence(cast: SimpleNamespace):
    assert evidence.uses_of_many(ENTRY[0], []) == evidence.count_many(ENTRY[0], []) == {}


def test_a_use_is_found_only_through_its_own_subject(cast: SimpleNamespace):
    use = evidence.attach(note(), to=ENTRY, region=BERAU, by=cast.operator)
    assert evidence.one_use(*ENTRY, use.id).id == use.id
    for subject in (OTHER_ENTRY, ("incident", ENTRY[1])):
        with pytest.raises(NotFound):
            evidence.one_use(*subject, use.id)


def test_a_person_picks_from_their_own_files_that_are_in_use(cast: SimpleNamespace):
    mine = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    newer = evidence.attach(note(2), to=ENTRY, region=SEGAH, by=cast.operator)
    gone = evidence.attach(note(3), to=ENTRY, region=BERAU, by=cast.operator)
    evidence.remove(gone.id, "keliru", by=cast.operator)
    replaced = evidence.attach(note(4), to=ENTRY, region=BERAU, by=cast.operator)
    better = evidence.replace(replaced.id, note(5), by=cast.operator)
    evidence.attach(note(6), to=ENTRY, region=BERAU, by=cast.colleague)

    def picked(*roots: str, limit: int = 24) -> list[int]:
        return [file.id for file in evidence.recent_files(cast.operator, roots, limit=limit)]

    assert picked(BERAU) == [better.file_id, newer.file_id, mine.file_id]
    assert picked(KALTIM, limit=1) == [better.file_id]
    assert picked(SEGAH) == [newer.file_id]
    assert picked(PASER) == picked() == []


def test_whoever_brought_or_took_away_evidence_had_a_hand_in_it(cast: SimpleNamespace):
    use = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    assert not evidence.contributed(*ENTRY, cast.colleague.id)
    evidence.remove(use.id, "keliru", by=cast.colleague)
    assert evidence.contributed(*ENTRY, cast.operator.id)
    assert evidence.contributed(*ENTRY, cast.colleague.id)
    assert not evidence.contributed(*ENTRY, cast.supervisor.id)
    assert not evidence.contributed(*OTHER_ENTRY, cast.operator.id)


def test_reading_is_on_record(cast: SimpleNamespace):
    use = evidence.attach(note(), to=ENTRY, region=BERAU, by=cast.operator)
    row = evidence.one_use(*ENTRY, use.id)
    evidence.record_reading(row, by=cast.inspector)
    deed = audit.history_of(*ENTRY)[0]
    assert (deed.action, deed.actor_id, deed.region_code) == (
        "evidence:file:download",
        cast.inspector.id,
        BERAU,
    )
    assert deed.office.startswith("Inspektorat")
    assert deed.changed["sha256"] == [None, row.file.sha256]
    assert audit.verify().first_break is None


@pytest.mark.parametrize("who", ["observer", "stranger"])
def test_it_refuses_readers_without_the_right_there(cast: SimpleNamespace, who: str):
    use = evidence.attach(note(), to=ENTRY, region=BERAU, by=cast.operator)
    with pytest.raises(NotAllowed):
        evidence.record_reading(evidence.one_use(*ENTRY, use.id), by=getattr(cast, who))


def test_only_pictures_and_pdf_are_shown_inside_the_browser(cast: SimpleNamespace, attached: Attach):
    attached()
    evidence.attach(note(), to=ENTRY, region=BERAU, by=cast.operator)
    text, photo = (row.file for row in evidence.uses_of(*ENTRY))
    assert (photo.is_image, photo.is_inline, photo.was_redrawn) == (True, True, True)
    assert (text.is_image, text.is_inline, text.was_redrawn) == (False, False, False)


# --- The check ----------------------------------------------------------------------------------------------


def test_the_check_reads_every_file_once(cast: SimpleNamespace):
    first = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    evidence.reuse(first.file_id, to=OTHER_ENTRY, region=BERAU, by=cast.operator)
    evidence.attach(note(1), to=("incident", 1), region=SEGAH, by=cast.operator)
    found = evidence.check()
    assert (found.files, found.bytes, found.is_whole) == (1, note(1).size, True)
    assert found.missing == found.altered == found.orphans == ()


def test_the_check_names_what_is_missing_altered_or_left_over(
    cast: SimpleNamespace, kept: evidence.LocalDirectory, tmp_path: Path
):
    rows = []
    for number in range(3):
        evidence.attach(note(number), to=ENTRY, region=BERAU, by=cast.operator)
        rows.append(evidence.uses_of(*ENTRY)[0].file)
    (tmp_path / "bukti" / rows[0].storage_key).unlink()
    (tmp_path / "bukti" / rows[1].storage_key).write_bytes(b"x" * rows[1].size)
    stray = kept.put(b"bukan milik siapa pun")
    found = evidence.check()
    assert found.missing == ((rows[0].storage_key, "catatan-0.txt"),)
    assert found.altered == ((rows[1].storage_key, "catatan-1.txt"),)
    assert found.orphans == (stray,)
    assert not found.is_whole


def test_the_check_sees_a_row_that_points_to_other_bytes(cast: SimpleNamespace):
    use = evidence.attach(note(1), to=ENTRY, region=BERAU, by=cast.operator)
    other = evidence.attach(note(2), to=ENTRY, region=BERAU, by=cast.operator)
    file = db.session.get_one(evidence.EvidenceFile, use.file_id)
    file.storage_key = db.session.get_one(evidence.EvidenceFile, other.file_id).storage_key
    db.session.flush()
    assert [name for _, name in evidence.check().altered] == ["catatan-1.txt"]
