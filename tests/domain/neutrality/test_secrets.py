"""What must not leak, what must stay: the name is nowhere in clear, numbers and pseudonyms are nobody else's."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.domain import audit, neutrality, secrecy
from app.domain.errors import Invalid, NotAllowed, NotNow
from app.domain.neutrality import Kind, NeutralityCase, Verb
from app.extensions import db
from tests.cast import BERAU, PASER, person
from tests.domain.neutrality.cases import NAME, do, recorded, said
from tests.tables import every_table


def everything() -> str:
    """All that any table says, as text."""
    return " ".join(
        str(row)
        for table in every_table()
        for row in db.session.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608
    )


class TestName:
    def test_it_is_in_no_row_of_any_table_whatever_is_done_with_the_case(self, session: Any):
        case = do(recorded(name=NAME), Verb.STUDY)
        by = person("operator.berau")
        assert neutrality.reveal(case, by=by, reason="Klarifikasi") == NAME
        neutrality.change(neutrality.find(case.id, by), said(name=NAME), by=by, version=case.version)
        session.commit()
        for part in (NAME, *NAME.split()):
            assert part not in everything()
        assert NAME not in repr(neutrality.find(case.id, by))

    @pytest.mark.sqlite
    def test_it_is_not_in_the_bytes_of_the_database_file_either(self, app: Flask, session: Any):
        recorded(name=NAME)
        database = db.engine.url.database
        assert database is not None
        for ending in ("", "-wal"):
            with open(database + ending, "rb") as kept:
                assert b"Haryanto" not in kept.read()

    def test_it_is_never_locked_twice_the_same(self, session: Any):
        first, second = recorded(name=NAME), recorded(name=NAME)
        locked = {db.session.get_one(NeutralityCase, case.id).name_locked for case in (first, second)}
        assert len(locked) == 2

    def test_with_another_key_it_is_said_so_and_nothing_is_told(self, session: Any, monkeypatch: Any):
        case = recorded(name=NAME)
        monkeypatch.setattr(secrecy, "_key", "kunci lain yang cukup panjang untuk dipakai")
        secrecy._locksmith.cache_clear()
        with pytest.raises(NotNow, match=r"field\.key"):
            neutrality.reveal(case, by=person("operator.berau"), reason="Klarifikasi")
        secrecy._locksmith.cache_clear()
        assert audit.history_of(neutrality.SUBJECT, case.id)[0].action == "neutrality:case:record"

    @pytest.mark.parametrize(
        "who", ["operator.kaltim", "penyelia.kaltim", "pimpinan.berau", "operator.paser"]
    )
    def test_it_opens_only_for_handlers_and_supervisors_of_that_very_region(self, session: Any, who: str):
        with pytest.raises(NotAllowed):
            neutrality.reveal(recorded(name=NAME), by=person(who), reason="Klarifikasi")


class TestIdentityNumbers:
    @pytest.mark.parametrize(
        "text",
        [
            "NIK 6403010101010001",
            "NIP 198501012010011001",
            "19850101 201001 1 001",
            "19850101-201001-1-001",
            "640301 010101 0001",
            "6403.0101.0101.0001",
            "x6403010101010001y",
        ],
    )
    @pytest.mark.parametrize("field", ["agency", "account", "place", "name", "occurred_note"])
    def test_they_are_refused_in_every_text_at_its_field(self, session: Any, field: str, text: str):
        with pytest.raises(Invalid, match="Hapus nomornya") as refused:
            recorded(**{field: text})
        assert field in refused.value.fields

    @pytest.mark.parametrize("field", ["note", "letter_number"])
    def test_they_are_refused_in_steps_too(self, session: Any, field: str):
        with pytest.raises(Invalid) as refused:
            do(recorded(), Verb.STUDY, **{field: "198501012010011001"})
        assert field in refused.value.fields

    @pytest.mark.parametrize(
        "text",
        [
            "800.1.6.2/1234/BKN/2024",
            "0812-3456-7890",
            "25-11-2024 pukul 09.00",
            "Rp6.000.000",
            "64.03.03.2001",
        ],
    )
    def test_numbers_of_letters_phones_and_days_are_none(self, session: Any, text: str):
        recorded(account=text)


class TestNumbers:
    def test_they_count_by_region_and_pseudonyms_by_kind(self, session: Any):
        rows = [recorded(kind) for kind in (Kind.PNS, Kind.PPPK, Kind.PNS)]
        rows.append(recorded(Kind.PNS, PASER, "operator.paser"))
        assert [(row.number, row.pseudonym) for row in rows] == [
            ("1/2024", "PNS-1"),
            ("2/2024", "PPPK-1"),
            ("3/2024", "PNS-2"),
            ("1/2024", "PNS-1"),
        ]

    def test_a_pseudonym_stays_whatever_happens_to_the_others(self, session: Any):
        first, second = recorded(), recorded()
        do(first, Verb.STOP)
        assert recorded().pseudonym == "PNS-3"
        assert neutrality.find(second.id, person("operator.kaltim")).pseudonym == "PNS-2"

    def test_two_at_once_never_get_the_same(self, app: Flask, session: Any):
        recorded()
        made: list[tuple[str, str]] = []
        gate = threading.Barrier(4)

        def record() -> None:
            with app.app_context():
                by = person("operator.berau")
                gate.wait()
                case_id = neutrality.record(BERAU, Kind.PNS, said(), by=by)
                db.session.commit()
                case = neutrality.find(case_id, by)
                made.append((case.number, case.pseudonym))
                db.session.remove()

        threads = [threading.Thread(target=record) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(made) == [(f"{n}/2024", f"PNS-{n}") for n in range(2, 6)]
