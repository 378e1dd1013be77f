"""A pack that was made stays as it was, and gives its meeting one agenda."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import update

from app.domain import meetings, stages
from app.domain.errors import NotAllowed, NotFound, NotNow
from app.domain.reports import (
    Hindrance,
    Pack,
    find_pack,
    hold_meeting,
    keep_pack,
    note_pack_file,
    pack_of,
    packs_of,
)
from app.domain.reports.kept_packs import MOST_OF_AGENDA, agenda_text
from app.domain.reports.models import MondayPack
from app.domain.reports.pack import PackTask
from app.extensions import db
from tests import cast
from tests.domain.reports.below import DAY, freeze, province

BEFORE = DAY - dt.timedelta(days=7)


def made(**more: Any) -> Pack:
    agenda = (
        "Pembukaan",
        "Tindak lanjut: 2 terbuka",
        "Papan",
        "Kendala utama: 1 hal",
        "Pemaparan",
        "Penutup",
    )
    return Pack(
        "64", "Provinsi Kalimantan Timur", "Desk", "Pilkada", DAY, BEFORE, "H-2", "Asia/Makassar",
        dt.datetime(2024, 11, 25, 1, tzinfo=dt.UTC), "Orang", agenda=agenda, **more,
    )  # fmt: skip


@pytest.fixture
def pack(session: Any) -> Pack:
    _, ten = province(kind="senin")
    freeze(ten[0], hindrances=(Hindrance("Kecamatan Segah", "Jalan putus"),))
    return pack_of(cast.person("operator.kaltim"), stages.current_election().id, "64", DAY)


def keep(pack: Pack) -> int:
    return keep_pack(pack, stages.current_election().id, by=cast.person("operator.kaltim"))


def test_a_pack_that_says_nothing_new_is_the_one_that_is_kept(pack: Pack):
    first = keep(pack)
    assert keep(pack._replace(made_at=pack.made_at + dt.timedelta(hours=1), made_by="Orang Lain")) == first
    second = keep(pack._replace(attendance="Rapat lalu: 3 dari 10 wilayah hadir."))
    assert [one.id for one in packs_of("64", stages.current_election().id, DAY)] == [second, first]
    assert find_pack(first).pack == pack


def test_a_pack_that_was_changed_in_the_database_is_not_used(session: Any, pack: Pack):
    number = keep(pack)
    session.execute(update(MondayPack).values(text=MondayPack.text + " "))
    session.expire_all()
    with pytest.raises(NotNow, match="tidak cocok lagi dengan sidiknya"):
        _ = find_pack(number).pack
    with pytest.raises(NotFound):
        find_pack(number + 1)


def test_a_file_is_noted_once(pack: Pack):
    number = keep(pack)
    for _ in range(2):
        note_pack_file(number, "kertas", "ab" * 32)
    with pytest.raises(NotNow, match="tidak sama dengan yang dulu dibagikan"):
        note_pack_file(number, "kertas", "cd" * 32)
    assert find_pack(number).files == {"kertas": "ab" * 32, "layar": "", "lembar": ""}


def test_the_agenda_has_last_mondays_follow_ups_first_then_obstacles():
    tasks = (
        PackTask("Kirim data lama", "Kota Bontang", "Camat", dt.date(2024, 10, 1), dt.date(2024, 11, 20)),
        PackTask("Perbaiki jalan", "Kabupaten Berau", "Dinas PU", BEFORE),
    )
    text = agenda_text(made(tasks=tasks, obstacles=(Hindrance("Kecamatan Segah", "Jalan putus"),)))
    assert text.splitlines() == [
        "1. Pembukaan",
        "2. Tindak lanjut: 2 terbuka",
        "   - Perbaiki jalan (Kabupaten Berau, Dinas PU)",
        "   - Kirim data lama (Kota Bontang, Camat, tenggat 20 Nov 2024)",
        "3. Kendala utama: 1 hal",
        "   - Kecamatan Segah: Jalan putus",
        "4. Papan",
        "5. Pemaparan",
        "6. Penutup",
    ]


@pytest.mark.parametrize("letters", [10, 90, 400])
def test_however_much_there_is_the_agenda_has_room(letters: int):
    text = agenda_text(
        made(
            tasks=tuple(PackTask("x" * letters, "Kabupaten Berau") for _ in range(12)),
            obstacles=tuple(Hindrance("Kecamatan", "y" * letters) for _ in range(12)),
        )
    )
    assert len(text) <= MOST_OF_AGENDA
    assert text.endswith("6. Penutup")


def test_who_may_not_record_meetings_there_is_refused(pack: Pack):
    kept = find_pack(keep(pack))
    with pytest.raises(NotAllowed):
        hold_meeting(kept, by=cast.person("operator.berau"))


def test_of_two_that_record_it_at_once_one_is_told(session: Any, pack: Pack):
    kept = find_pack(keep(pack))
    first = hold_meeting(kept, by=cast.person("operator.kaltim"))
    db.session.commit()
    with pytest.raises(NotNow, match="sudah dicatat"):
        hold_meeting(kept, by=cast.person("operator.kaltim"))
    db.session.rollback()
    assert [row.id for row in meetings.mondays_on("64", DAY)] == [first]
