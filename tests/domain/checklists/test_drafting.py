"""Drafts: every rule of the library has its sentence at its field, and two editors see each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain import accounts, audit, checklists
from app.domain.checklists import Change
from app.domain.errors import Invalid, NotAllowed, NotFound, NotNow
from tests.cast import person
from tests.domain.checklists.library_cast import draft, everywhere, publish, reword, said


@pytest.fixture(autouse=True)
def the_whole_election(session: Any) -> Any:
    return everywhere()


def refused(code: str = "LOG-14", kind: Change = Change.REWORD, **other: Any) -> dict[str, str]:
    """Field -> sentence of what the rules say to a changed wording."""
    with pytest.raises(Invalid) as refusal:
        draft(code, kind, replace(said("LOG-14"), **other))
    return refusal.value.fields


def unit(code: str) -> int:
    return next(one.id for one in accounts.units() if one.code == code)


class TestRules:
    @pytest.mark.parametrize(
        "field, other, words",
        [
            ("title", {"title": "  "}, "Tuliskan"),
            ("title", {"title": "x" * 241}, "Paling banyak 240 tanda; sekarang 241"),
            ("roles", {"roles": ""}, "Sebutkan siapa"),
            ("legal_basis", {"legal_basis": "x" * 301}, "Paling banyak 300"),
            ("levels", {"levels": ""}, "paling sedikit satu"),
            ("levels", {"levels": "kabkota rt"}, "paling sedikit satu"),
            ("stage", {"stage": "ENTAH"}, "Pilih tahapan"),
            ("recurrence", {"recurrence": "kadang"}, "Pilih pengulangan"),
            ("due_offset", {"due_offset": -4}, "H-4 di luar tahapan Masa Tenang (H-3 sampai H-1)"),
            ("due_offset", {"due_offset": 2_000}, "Isi antara"),
            ("start_offset", {"start_offset": -4}, "H-4 di luar tahapan Masa Tenang"),
            ("due_offset", {"start_offset": -1, "due_offset": -2}, "sama atau sesudah"),
            ("times", {"times": "10:00 13:00"}, "Jam hanya untuk"),
            ("evidence", {"evidence": "foto video"}, "Pilih dari dokumen, foto"),
            ("measure_total", {"measure_total": "tps_totl"}, "tps_total"),
            ("measure_total", {"measure_total": "surat_suara_per_jenis"}, "Yang dapat dipakai: dpt_laki"),
            ("measure_total", {"measure_total": "-5"}, "bilangan bulat lebih dari nol"),
            ("measure_total", {"measure_total": "\u2212 5 TPS"}, "bilangan bulat lebih dari nol"),
            ("measure_total", {"measure_total": "0"}, "bilangan bulat lebih dari nol"),
            ("measure_total", {"measure_total": "00 indikator"}, "bilangan bulat lebih dari nol"),
            ("measure_total", {"measure_total": "1.588"}, "tanpa titik"),
            ("measure_total", {"measure_total": "tps_total*0"}, "tidak dapat dikalikan nol"),
            ("measure_total", {"measure_total": "n_keldes * -1"}, "Hitungan itu tidak dapat dipakai"),
            ("measure_total", {"measure_total": "n_keldes -1"}, "Hitungan itu tidak dapat dipakai"),
            ("measure_total", {"measure_total": "n_keldes*2*3"}, "Hitungan itu tidak dapat dipakai"),
            (
                "measure_total",
                {"measure_total": "n_keldes + n_kecamatan"},
                "Hitungan itu tidak dapat dipakai",
            ),
            (
                "measure_total",
                {"measure_total": "logistik.KOTAK_SUARA; -3"},
                "Hitungan itu tidak dapat dipakai",
            ),
            ("measure_total", {"measure_total": "TPS siap 12"}, "Hitungan itu tidak dapat dipakai"),
            ("measure_total", {"measure_total": "27 + 3"}, "Hitungan itu tidak dapat dipakai"),
            ("measure_total", {"measure_total": "n_keldes*99999999999"}, "paling banyak 1.000.000.000"),
            ("measure_total", {"measure_total": "n_keldes + 99999999999"}, "paling banyak 1.000.000.000"),
            ("measure_total", {"measure_total": "9" * 16}, "paling banyak 15 angka"),
            (
                "measure_unit",
                {"measure_unit": "", "measure_total": "tps_total"},
                "Sebutkan apa yang dihitung",
            ),
            ("area", {"area": "ASN"}, "tetap di bidangnya"),
            ("area", {"area": "XYZ"}, "Pilih salah satu"),
            ("unit_id", {"unit_id": None}, "Pilih perangkat daerah"),
            ("due_offset", {"recurrence": "dua_kali_hari_H"}, "hanya untuk hari pemungutan"),
            (
                "due_offset",
                {"recurrence": "mingguan_senin", "start_offset": -1, "due_offset": -1},
                "Tidak ada hari Senin",
            ),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(self, field: str, other: dict[str, Any], words: str):
        assert words in refused(**other)[field]

    @pytest.mark.parametrize("code", ["kpu", "bawaslu", "polri"])
    def test_a_mere_source_is_never_accountable(self, code: str):
        assert "hanya sumber data" in refused(unit_id=unit(code))["unit_id"]

    def test_a_unit_out_of_use_is_refused(self, session: Any):
        one = session.get(accounts.Unit, unit("dishub"))
        one.retired_on = checklists.plans.today()
        session.flush()
        assert "tidak dipakai lagi" in refused(unit_id=one.id)["unit_id"]

    def test_several_faults_are_told_at_once(self):
        assert set(refused(title="", levels="", unit_id=None)) == {"title", "levels", "unit_id"}

    @pytest.mark.parametrize(
        "hours, words",
        [("10:00", "memerlukan 2 jam"), ("10:00 10:00", "memerlukan 2 jam"), ("10:00 25:00", "Tulis jam")],
    )
    def test_hours_of_voting_day_are_as_many_as_its_recurrence(self, hours: str, words: str):
        with pytest.raises(Invalid) as refusal:
            draft("SOS-13", wording=said("SOS-13", times=hours))
        assert words in refusal.value.fields["times"]

    @pytest.mark.parametrize(
        "total",
        [
            "",
            "27",
            "27 indikator",
            "2/3 anggota",
            "wajib KTP-el",
            "tps_total*2",
            "n_kabkota + 1",
            "logistik.KOTAK_SUARA",
        ],
    )
    def test_a_total_may_be_a_number_a_figure_or_words(self, total: str):
        draft(
            "LOG-14", wording=said("LOG-14", measure_total=total, measure_unit="kotak / kotak", title="Lain")
        )

    @pytest.mark.parametrize(
        "code, words",
        [
            ("LOG20", "Tulis bidang, tanda hubung"),
            ("log-20", "Tulis bidang, tanda hubung"),
            ("LOG-1", "Tulis bidang, tanda hubung"),
            ("ASN-20", "berkode LOG-16"),
            ("LOG-14", "sudah dipakai"),
        ],
    )
    def test_a_code_has_its_grammar_and_is_free(self, code: str, words: str):
        assert words in refused(code, Change.ADD, title="Baru")["code"]

    def test_every_shipped_item_keeps_to_the_rules(self, session: Any, election: Any):
        from app.cli.checklists import load_library
        from app.domain.checklists import library_after, surroundings
        from app.domain.checklists.wordings import check_wording

        load_library()
        around = surroundings(election, library_after(checklists.known_items(), []))
        assert len(around.library) == 120
        for code, wording in around.library.items():
            check_wording(code, wording, around)
            assert checklists.tidy(wording, wording) == wording


class TestSaving:
    def test_a_draft_changes_nothing_yet_and_is_on_the_trail(self):
        draft("LOG-14", wording=said("LOG-14", title="Judul baru"))
        assert said("LOG-14").title != "Judul baru"
        link = audit.history_of("checklist_item", "LOG-14")[0]
        assert (link.action, link.changed["title"][1]) == ("library:draft:save", "Judul baru")

    def test_blanks_and_forms_are_made_one_and_are_no_change(self):
        now = said("SOS-13")
        loose = replace(now, title=f"  {now.title} ", times="13.00, 10.00", levels="keldes  kecamatan")
        with pytest.raises(Invalid, match="Belum ada yang berubah"):
            draft("SOS-13", wording=loose)

    def test_the_second_of_two_editors_is_told_who_was_first(self):
        draft("LOG-14", wording=said("LOG-14", title="Pertama"))
        with pytest.raises(NotNow, match=r"Admin Kaltim.* menyimpan rancangan LOG-14 lebih dahulu"):
            draft("LOG-14", wording=said("LOG-14", title="Kedua"), seen=0)
        assert checklists.wording_in(checklists.draft_of("LOG-14")).title == "Pertama"

    def test_on_the_version_that_was_seen_it_is_replaced(self):
        draft("LOG-14", wording=said("LOG-14", title="Pertama"))
        draft("LOG-14", wording=said("LOG-14", title="Kedua"), seen=1)
        found = checklists.draft_of("LOG-14")
        assert (found.version, checklists.wording_in(found).title) == (2, "Kedua")

    def test_a_draft_that_is_gone_cannot_be_saved_again(self, election: Any, admin: Any):
        draft("LOG-14", wording=said("LOG-14", title="Pertama"))
        checklists.discard_draft(election, "LOG-14", seen=1, by=admin)
        with pytest.raises(NotNow, match="sudah diterbitkan atau dibuang"):
            draft("LOG-14", wording=said("LOG-14", title="Kedua"), seen=1)

    def test_a_draft_that_changed_cannot_be_thrown_away_unseen(self, election: Any, admin: Any):
        draft("LOG-14", wording=said("LOG-14", title="Pertama"))
        draft("LOG-14", wording=said("LOG-14", title="Kedua"), seen=1)
        with pytest.raises(NotNow):
            checklists.discard_draft(election, "LOG-14", seen=1, by=admin)

    @pytest.mark.parametrize("who", ["admin.berau", "penyelia.kaltim", "operator.berau"])
    def test_only_who_governs_the_whole_election_may_write(self, election: Any, who: str):
        with pytest.raises(NotAllowed):
            draft("LOG-14", wording=said("LOG-14", title="Lain"), by=person(who))
        with pytest.raises(NotAllowed):
            checklists.move_item(election, "LOG-14", 1, by=person(who))
        draft("LOG-14", wording=said("LOG-14", title="Lain"))
        with pytest.raises(NotAllowed):
            publish(by=who)
        with pytest.raises(NotAllowed):
            checklists.discard_draft(election, "LOG-14", seen=1, by=person(who))

    def test_an_unknown_item_is_not_found(self):
        with pytest.raises(NotFound):
            draft("LOG-99", wording=said("LOG-14"))

    def test_retiring_needs_a_reason(self):
        for reason in ("", " ", "x" * 401):
            with pytest.raises(Invalid) as refusal:
                draft("LOG-14", Change.RETIRE, reason=reason)
            assert "reason" in refusal.value.fields

    def test_what_is_retired_is_not_changed_and_what_is_in_force_not_brought_back(self):
        with pytest.raises(NotNow, match="masih dipakai"):
            draft("LOG-14", Change.BRING_BACK)
        draft("LOG-14", Change.RETIRE, reason="ganda")
        publish()
        with pytest.raises(NotNow, match="sudah dipensiunkan"):
            draft("LOG-14", wording=said("LOG-14", title="Lain"))


class TestConditionRules:
    @pytest.mark.parametrize(
        "code, condition, words",
        [
            ("LOG-14", "LOG-14 selesai", "dirinya sendiri"),
            ("LOG-14", "LOG-77 selesai", "tidak ada"),
            ("LOG-14", "LOG-12 kadang", "Tulis seperti"),
            ("LOG-14", "LOG-12 selesai", "tidak ditanyakan di tingkat kabupaten/kota"),
            ("LOG-14", "LOG-12 > 9999999999999999", "Tulis seperti"),
            ("KTP-11", "KAM-05 selesai", "ditanyakan setiap Senin, butir ini setiap hari"),
            ("ASN-09", "LOG-14 selesai", "per kejadian"),
        ],
    )
    def test_a_condition_that_cannot_be_is_explained(self, code: str, condition: str, words: str):
        with pytest.raises(Invalid) as refusal:
            draft(code, wording=said(code, condition=condition))
        assert words in refusal.value.fields["condition"]

    def test_a_figure_that_the_first_item_does_not_record_cannot_be_waited_for(self):
        reword("LOG-14", measure_unit="", measure_total="")
        with pytest.raises(Invalid) as refusal:
            draft("KTP-11", wording=said("KTP-11", condition="LOG-14 > 5"))
        assert "tidak mencatat angka" in refusal.value.fields["condition"]

    def test_a_circle_is_named(self):
        reword("KTP-11", condition="LOG-14 selesai")
        with pytest.raises(Invalid) as refusal:
            draft("LOG-14", wording=said("LOG-14", condition="KTP-11 selesai"))
        assert "LOG-14 → KTP-11 → LOG-14" in refusal.value.fields["condition"]

    def test_a_circle_over_two_drafts_is_named_too(self):
        draft("KTP-11", wording=said("KTP-11", condition="LOG-14 selesai"))
        with pytest.raises(Invalid) as refusal:
            draft("LOG-14", wording=said("LOG-14", condition="KTP-11 selesai"))
        assert "berputar" in refusal.value.fields["condition"]

    def test_an_item_that_others_wait_for_is_not_retired(self):
        reword("KTP-11", condition="LOG-14 selesai")
        with pytest.raises(Invalid, match="KTP-11 hanya ditanyakan setelah LOG-14"):
            draft("LOG-14", Change.RETIRE, reason="ganda")

    def test_an_item_that_others_wait_for_keeps_what_they_need(self):
        reword("KTP-11", condition="LOG-14 selesai")
        with pytest.raises(Invalid, match="KTP-11 menunggu jawaban LOG-14"):
            draft("LOG-14", wording=said("LOG-14", levels="provinsi"))

    def test_both_may_be_retired_together(self):
        reword("KTP-11", condition="LOG-14 selesai")
        draft("KTP-11", Change.RETIRE, reason="ganda")
        draft("LOG-14", Change.RETIRE, reason="ganda")
        publish()
        assert {"KTP-11", "LOG-14"}.isdisjoint(code for code, _ in checklists.codes_and_titles())

    def test_drafts_that_no_longer_fit_together_are_named_before_publishing(self, election: Any, admin: Any):
        reword("KTP-11", condition="LOG-14 selesai")
        draft("KTP-11", Change.RETIRE, reason="ganda")
        draft("LOG-14", Change.RETIRE, reason="ganda")
        checklists.discard_draft(election, "KTP-11", seen=1, by=admin)
        assert "LOG-14" in checklists.trouble_of(election, checklists.drafts())
        with pytest.raises(Invalid, match="LOG-14: KTP-11 hanya"):
            publish()
        assert "LOG-14" in dict(checklists.codes_and_titles())


class TestOrder:
    def order(self, area: str = "LOG") -> list[str]:
        return [code for code in checklists.known_items() if code.startswith(area)]

    @pytest.mark.parametrize(
        "code, place, after",
        [
            ("LOG-14", 1, ["LOG-14", "LOG-09", "LOG-10", "LOG-12", "LOG-15"]),
            ("LOG-09", 2, ["LOG-10", "LOG-09", "LOG-12", "LOG-14", "LOG-15"]),
            ("LOG-09", 99, ["LOG-10", "LOG-12", "LOG-14", "LOG-15", "LOG-09"]),
        ],
    )
    def test_an_item_moves_inside_its_area(
        self, election: Any, admin: Any, code: str, place: int, after: list[str]
    ):
        others = [one for one in checklists.known_items() if not one.startswith("LOG")]
        checklists.move_item(election, code, place, by=admin)
        assert self.order() == after
        assert [one for one in checklists.known_items() if not one.startswith("LOG")] == others

    def test_a_place_below_the_first_is_refused(self, election: Any, admin: Any):
        with pytest.raises(Invalid):
            checklists.move_item(election, "LOG-14", 0, by=admin)

    def test_a_new_item_stands_behind_its_area(self, session: Any):
        draft("LOG-16", Change.ADD, replace(said("LOG-14"), title="Baru"))
        draft("DUK-01", Change.ADD, replace(said("LOG-14"), area="DUK", title="Baru"))
        publish()
        order = list(checklists.known_items())
        assert order.index("LOG-16") == order.index("LOG-15") + 1
        assert order.index("KAM-05") < order.index("DUK-01") < order.index("LAP-04")
