"""What is filled in with a deed: evidence, figures that can be right, and one person after the other."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain import checklists, evidence
from app.domain.checklists import Filling, Overtaken, Standing
from app.domain.checklists.deeds import LIMITS
from app.domain.checklists.rules import check_measure, total_rule
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from tests.cast import BERAU, MARATUA, SAMBALIUNG, entry_of, person

TABLE = b"kecamatan,kotak\nMaratua,24\n"


class TestEvidence:
    def test_an_item_that_needs_a_file_is_not_done_without_one(self, operator):
        entry = entry_of("LOG-12", MARATUA)
        with pytest.raises(Invalid, match="berita acara, foto") as refused:
            checklists.tick(entry, by=operator, version=entry.version)
        assert "no_evidence_reason" in refused.value.fields
        assert checklists.fresh(entry.id) == entry

    def test_it_is_done_with_a_stated_reason_that_the_supervisor_sees(self, operator):
        entry = entry_of("LOG-12", MARATUA)
        checklists.tick(
            entry, by=operator, version=entry.version, filling=Filling(no_evidence_reason="Menyusul besok")
        )
        now = checklists.fresh(entry.id)
        assert (now.standing, now.no_evidence_reason) == (Standing.DONE, "Menyusul besok")

    def test_it_is_done_with_a_file(self, operator):
        entry = entry_of("LOG-12", MARATUA)
        checklists.attach(entry, evidence.inspect(TABLE, "serah-terima.csv"), by=operator)
        entry = checklists.fresh(entry.id)
        assert entry.evidence_count == 1
        checklists.tick(entry, by=operator, version=entry.version)
        assert checklists.fresh(entry.id).standing is Standing.DONE

    def test_an_item_of_figures_only_needs_no_file(self, operator):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.tick(entry, by=operator, version=entry.version)
        assert checklists.fresh(entry.id).standing is Standing.DONE

    def test_the_last_file_of_a_done_item_stays_until_the_tick_is_taken_back(self, operator):
        entry = entry_of("LOG-12", MARATUA)
        use = checklists.attach(entry, evidence.inspect(TABLE, "serah-terima.csv"), by=operator)
        entry = checklists.fresh(entry.id)
        checklists.tick(entry, by=operator, version=entry.version)
        with pytest.raises(NotNow, match="batalkan dahulu"):
            checklists.detach(checklists.fresh(entry.id), use.id, by=operator, reason="salah berkas")
        entry = checklists.fresh(entry.id)
        checklists.undo(entry, by=operator, version=entry.version)
        checklists.detach(checklists.fresh(entry.id), use.id, by=operator, reason="salah berkas")
        assert checklists.fresh(entry.id).evidence_count == 0

    def test_a_verified_entry_takes_no_file_and_loses_none(self, operator, supervisor):
        entry = entry_of("LOG-12", MARATUA)
        use = checklists.attach(entry, evidence.inspect(TABLE, "serah-terima.csv"), by=operator)
        entry = checklists.fresh(entry.id)
        checklists.tick(entry, by=operator, version=entry.version)
        checklists.verify(checklists.fresh(entry.id), by=supervisor, version=entry.version + 1)
        locked = checklists.fresh(entry.id)
        with pytest.raises(NotNow):
            checklists.attach(locked, evidence.inspect(TABLE, "lagi.csv"), by=operator)
        with pytest.raises(NotNow):
            checklists.detach(locked, use.id, by=operator, reason="salah")
        assert checklists.fresh(entry.id) == locked


class TestFigures:
    def kept(self, operator, value=None, total=None, reason=None, day="2024-11-25", code="LOG-10"):
        entry = entry_of(code, BERAU, day)
        filling = Filling(measure_value=value, measure_total=total, measure_reason=reason)
        checklists.note(entry, by=operator, version=entry.version, filling=filling)
        now = checklists.fresh(entry.id)
        return now.measure_value, now.measure_total

    def test_the_total_comes_from_the_reference_figure(self, operator):
        assert self.kept(operator, 470, day="2024-11-20") == (470, 475)

    def test_an_unknown_total_stays_unknown(self, operator):
        assert self.kept(operator, 1588, code="KAM-05") == (1588, None)

    def test_a_negative_figure_is_refused(self, operator):
        for wrong in ({"value": -1}, {"value": 1, "total": -1}):
            with pytest.raises(Invalid, match="negatif"):
                self.kept(operator, day="2024-11-20", **wrong)

    def test_more_than_all_wants_a_reason(self, operator):
        with pytest.raises(Invalid, match="melebihi"):
            self.kept(operator, 476, day="2024-11-20")
        assert self.kept(operator, 476, reason="TPS tambahan", day="2024-11-20") == (476, 475)

    def test_a_figure_that_counts_up_does_not_fall_without_a_reason(self, operator):
        self.kept(operator, 300, day="2024-11-18")
        with pytest.raises(Invalid, match="turun"):
            self.kept(operator, 299, day="2024-11-20")
        assert self.kept(operator, 299, reason="hitung ulang", day="2024-11-20") == (299, 475)
        assert self.kept(operator, 250, day="2024-11-17") == (250, 475), "the day before is not bound by it"

    def test_yesterdays_figure_is_offered_and_no_other_regions(self, operator, stranger):
        self.kept(operator, 300, day="2024-11-18")
        assert checklists.previous_measure(entry_of("LOG-10", BERAU, "2024-11-20")) == ("2024-11-18", 300)
        assert checklists.previous_measure(entry_of("LOG-10", BERAU, "2024-11-18")) is None
        assert checklists.previous_measure(entry_of("LOG-10", "64.01", "2024-11-20")) is None
        assert entry_of("LOG-10", BERAU, "2024-11-20").measure_value is None, "offered, not taken over"

    @pytest.mark.parametrize(
        "code, region, period, total",
        [
            ("LOG-09", "64", "", 10),
            ("LOG-12", MARATUA, "", 1),
            ("LOG-14", BERAU, "", 3),
            ("LOG-10", BERAU, "2024-11-20", 475),
            ("LOG-15", "64.03.11.2001", "2024-11-24", None),
            ("LAP-04", BERAU, "2024-11-25", 1),
            ("KTP-11", BERAU, "2024-11-25", None),
        ],
    )
    def test_the_total_that_is_offered(self, session, code: str, region: str, period: str, total: int | None):
        assert checklists.suggested_total(entry_of(code, region, period)) == total

    @pytest.mark.parametrize(
        "text, figure, total",
        [
            ("tps_total*2", 475, 950),
            ("tps_total*2", None, None),
            ("n_kabkota + 1", 10, 11),
            ("27 indikator", None, 27),
            ("17 jenis (logistik_jenis.csv)", None, 17),
            ("1", None, 1),
        ],
    )
    def test_a_rule_of_the_library_is_read(self, text: str, figure: int | None, total: int | None):
        assert total_rule(text).value(figure) == total

    @pytest.mark.parametrize(
        "text", ["", "nilai NPHD", "7/TPS; 3/keldes", "KPPS + PPK + PPS", "sasaran pemula"]
    )
    def test_what_no_rule_can_tell_a_desk_must_say(self, text: str):
        assert total_rule(text) is None

    def test_a_figure_too_large_for_any_database_is_refused(self):
        with pytest.raises(Invalid, match="terlalu besar"):
            check_measure(10**18, None, None, "")


class TestTwoPeople:
    def test_the_later_one_is_told_and_nothing_is_overwritten(self, operator):
        colleague = person("rekan.berau")
        seen_by_both = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.note(
            seen_by_both, by=operator, version=seen_by_both.version, filling=Filling(note="dari saya")
        )
        with pytest.raises(Overtaken):
            checklists.note(
                seen_by_both, by=colleague, version=seen_by_both.version, filling=Filling(note="dari rekan")
            )
        assert checklists.fresh(seen_by_both.id).note == "dari saya"

    def test_a_supervisor_does_not_verify_what_has_changed_meanwhile(self, operator, supervisor):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.tick(entry, by=operator, version=entry.version)
        seen = checklists.fresh(entry.id)
        checklists.note(seen, by=operator, version=seen.version, filling=Filling(note="angka baru"))
        with pytest.raises(Overtaken):
            checklists.verify(seen, by=supervisor, version=seen.version)
        assert checklists.fresh(entry.id).standing is Standing.DONE

    def test_a_file_that_comes_meanwhile_counts_as_a_change(self, operator, supervisor):
        entry = entry_of("KTP-11", BERAU, "2024-11-25")
        checklists.tick(entry, by=operator, version=entry.version)
        seen = checklists.fresh(entry.id)
        checklists.attach(seen, evidence.inspect(TABLE, "tabel.csv"), by=operator)
        with pytest.raises(Overtaken):
            checklists.verify(seen, by=supervisor, version=seen.version)


def test_what_changed_since_verification_is_told(operator, supervisor):
    entry = entry_of("KTP-11", BERAU, "2024-11-25")
    checklists.tick(entry, by=operator, version=entry.version, filling=Filling(measure_value=4))
    entry = checklists.fresh(entry.id)
    assert checklists.changed_since_verification(checklists.history(entry.id)) == {}
    checklists.verify(entry, by=supervisor, version=entry.version)
    entry = checklists.fresh(entry.id)
    checklists.reopen(entry, by=supervisor, version=entry.version, reason="angka baru")
    entry = checklists.fresh(entry.id)
    checklists.tick(entry, by=operator, version=entry.version, filling=Filling(measure_value=5))
    changed = checklists.changed_since_verification(checklists.history(entry.id))
    assert changed["measure_value"] == [4, 5]
    assert changed["standing"] == ["selesai_diverifikasi", "selesai"]


@pytest.mark.parametrize("field", ["note", "reason", "help_wanted", "measure_reason", "no_evidence_reason"])
def test_an_overlong_text_is_refused_at_its_field(operator, field: str):
    entry = entry_of("KTP-11", BERAU, "2024-11-25")
    filling = Filling(**{"reason": "sebab", field: "x" * (LIMITS[field] + 1)})
    with pytest.raises(Invalid) as refused:
        checklists.block(entry, by=operator, version=entry.version, filling=filling)
    assert field in refused.value.fields
    assert checklists.fresh(entry.id) == entry


def test_a_deadline_moves_with_its_reason_but_not_before_the_first_day(supervisor, operator):
    entry = entry_of("LOG-12", SAMBALIUNG)
    with pytest.raises(Invalid, match="mendahului"):
        checklists.reschedule(
            entry, by=supervisor, version=entry.version, due_on=dt.date(2024, 11, 1), reason="uji"
        )
    with pytest.raises(NotAllowed):
        checklists.reschedule(
            entry, by=operator, version=entry.version, due_on=dt.date(2024, 11, 25), reason="uji"
        )
    checklists.reschedule(
        entry, by=supervisor, version=entry.version, due_on=dt.date(2024, 11, 25), reason="kapal terlambat"
    )
    now = checklists.fresh(entry.id)
    assert (now.due_on, now.due_reason) == (dt.date(2024, 11, 25), "kapal terlambat")


def test_an_entry_is_late_when_its_day_or_hour_is_over_where_it_is(session):
    def moment(text: str) -> dt.datetime:
        return dt.datetime.fromisoformat(text)

    day = entry_of("LOG-14", BERAU)
    assert not day.is_overdue(moment("2024-11-25T23:59:00+08:00"))
    assert day.is_overdue(moment("2024-11-26T00:00:00+08:00"))
    assert not day.is_overdue(moment("2024-11-25T22:30:00+07:00")), "still the 25th in Kaltim"
    hour = entry_of("SOS-13", MARATUA, "2024-11-27 10:00")
    assert not hour.is_overdue(moment("2024-11-27T10:00:00+08:00"))
    assert hour.is_overdue(moment("2024-11-27T10:01:00+08:00"))


class TestEvents:
    def test_each_gets_its_number_and_its_place_in_the_counters(self, operator, election):
        ids = [
            checklists.open_event(election, "ASN-09", BERAU, by=operator, title=f"dugaan {number}")
            for number in (1, 2, 3)
        ]
        assert [checklists.fresh(number).period for number in ids] == ["k-001", "k-002", "k-003"]
        assert checklists.fresh(ids[0]).name.endswith(": dugaan 1")
        assert checklists.progress.check(election) == []

    @pytest.mark.parametrize(
        "code, region, title, error",
        [
            ("LOG-12", BERAU, "x", Invalid),
            ("ASN-09", BERAU, " ", Invalid),
            ("ASN-09", BERAU, "x" * 161, Invalid),
            ("ASN-09", MARATUA, "x", Invalid),
            ("ASN-09", "64.01", "x", NotAllowed),
            ("XXX-99", BERAU, "x", NotFound),
        ],
    )
    def test_what_cannot_be_is_refused(self, operator, election, code, region, title, error):
        with pytest.raises(error):
            checklists.open_event(election, code, region, by=operator, title=title)


class TestDiscussion:
    def test_a_word_stays_with_who_said_it_under_which_office(self, supervisor):
        entry = entry_of("LOG-12", MARATUA)
        checklists.remark(entry, by=supervisor, text=" Mohon foto gudang. ")
        said = checklists.remarks(entry.id)
        assert [(word.text, word.by_name, word.office) for word in said] == [
            ("Mohon foto gudang.", "Penyelia Berau (demo)", "Penyelia, Kabupaten Berau")
        ]

    def test_it_is_not_empty_not_endless_and_not_a_strangers(self, supervisor, stranger):
        entry = entry_of("LOG-12", MARATUA)
        for text in (" ", "x" * 1001):
            with pytest.raises(Invalid):
                checklists.remark(entry, by=supervisor, text=text)
        with pytest.raises(NotAllowed):
            checklists.remark(entry, by=stranger, text="halo")


def test_a_strangers_entry_is_not_found_as_one_that_does_not_exist(stranger, inspector):
    entry = entry_of("LOG-12", MARATUA)
    for entry_id in (entry.id, 10**9):
        with pytest.raises(NotFound):
            checklists.find(entry_id, stranger)
    assert checklists.find(entry.id, inspector) == entry
