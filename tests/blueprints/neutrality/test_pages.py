"""/netralitas: the list, a case, its steps; who sees what, and what is refused with which sentence."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from app.blueprints.neutrality import out
from app.domain import audit, neutrality, stages
from app.domain.neutrality import CaseState, Kind, NeutralityCase, NeutralityMove, Verb
from app.extensions import db
from tests import cast
from tests.counting import statements
from tests.domain.neutrality.cases import MONDAY, NAME, brought_to, do, many, recorded
from tests.pages import words

TYPED = {
    "di": cast.BERAU,
    "jenis": "pns",
    "sumber": "temuan_bawaslu",
    "pelanggaran": "DS2",
    "instansi": "Dinas di lingkungan Pemerintah Kabupaten",
    "terjadi": "2024-11-20",
    "diketahui": "2024-11-22",
    "tempat": "Media sosial",
    "uraian": "Membagikan unggahan calon.",
    "nama": NAME,
    "nip": "1001",
    "langkah": "dicatat",
}
STEP = {
    "tanggal": "2024-11-25",
    "nomor_surat": "12/PM/XI/2024",
    "tanggal_surat": "2024-11-25",
    "catatan": "Cukup.",
}


@pytest.fixture
def handler(client: Any, session: Any) -> Any:
    """Who handles Berau's cases, at a browser."""
    return cast.signed_in(client, "operator.berau")


def count() -> int:
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.count()).select_from(NeutralityCase)) or 0)


def newest() -> int:
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.max(NeutralityCase.id))) or 0)


def path(case: Any, deed: str = "") -> str:
    return f"/netralitas/{case.id}" + (f"/{deed}" if deed else "")


class TestRecording:
    def test_a_case_gets_a_number_and_a_pseudonym_and_its_name_stays_hidden(self, handler: Any):
        assert handler.get("/netralitas/baru").status_code == 200
        answer = handler.post("/netralitas/baru", data=TYPED)
        assert (answer.status_code, answer.location) == (303, f"/netralitas/{newest()}")
        page = handler.get(answer.location)
        assert "PNS-1 · Dicatat" in words(page)
        assert "kasus 1/2024" in words(page)
        assert "Dugaan: Sosialisasi/kampanye media sosial" in words(page)
        assert NAME not in page.text
        assert "tercatat, terkunci" in words(page)
        assert NAME not in handler.get("/netralitas").text

    def test_the_same_sending_again_records_once(self, handler: Any):
        for _ in range(2):
            assert handler.post("/netralitas/baru", data=TYPED | {"kunci": "satu"}).status_code == 303
        assert count() == 1

    @pytest.mark.parametrize(
        "wrong, sentence",
        [
            ({"jenis": ""}, "Pilih jenisnya."),
            ({"pelanggaran": ""}, "Pilih pelanggarannya."),
            ({"sumber": ""}, "Pilih"),
            ({"pelanggaran": "lain"}, "Tuliskan pelanggarannya."),
            ({"terjadi": ""}, "tuliskan mengapa belum diketahui"),
            ({"terjadi": "2024-11-23"}, "mendahului tanggal kejadian"),
            ({"diketahui": "2024-11-26"}, "belum tiba"),
            ({"uraian": ""}, "Tuliskan uraian singkatnya."),
            ({"uraian": "NIP 198501012010011001"}, "sudah kami samarkan"),
            ({"instansi": "NIP 19850101 201001 1 001"}, "sudah kami samarkan"),
            ({"nama": "Budi 6403010101010001"}, "sudah kami samarkan"),
            ({"tempat": "6403 0101 0101 0001"}, "sudah kami samarkan"),
            ({"nip": "12345"}, "Paling banyak 4 angka"),
            ({"di": "64.01"}, "Pilih salah satu dari daftar."),
            ({"langkah": "selesai"}, "Pilih salah satu dari daftar."),
            ({"langkah": "rekomendasi"}, "Bila belum diketahui, jelaskan di catatan."),
        ],
    )
    def test_what_is_badly_said_is_explained_at_its_field_and_kept(
        self, handler: Any, wrong: dict[str, str], sentence: str
    ):
        answer = handler.post("/netralitas/baru", data=TYPED | wrong)
        assert answer.status_code == 422
        assert words(answer).count(sentence) >= 2, "on top and at its field"
        assert "2024-11-2" in answer.text
        assert count() == 0

    @pytest.mark.parametrize("who", ["penyelia.berau", "pimpinan.berau", "inspektorat.berau", "admin.berau"])
    def test_only_an_operator_records(self, client: Any, session: Any, who: str):
        cast.signed_in(client, who)
        assert client.get("/netralitas/baru").status_code == 403
        assert client.post("/netralitas/baru", data=TYPED).status_code == 403

    @pytest.mark.parametrize("who", ["operator.sambaliung", "logistik.berau"])
    def test_who_has_no_region_of_this_work_is_told_so(self, client: Any, session: Any, who: str):
        cast.signed_in(client, who)
        answer = client.get("/netralitas/baru")
        assert answer.status_code == 403
        assert "membidangi netralitas" in answer.text

    def test_a_case_that_went_some_way_begins_there(self, handler: Any):
        more = {"langkah": "rekomendasi", "catatan": "Nomor dan tanggal surat belum diketahui."}
        assert handler.post("/netralitas/baru", data=TYPED | more).status_code == 303
        page = words(handler.get(f"/netralitas/{newest()}"))
        assert "PNS-1 · Rekomendasi BKN" in page
        assert "tanggal tidak diketahui" in page

    def test_hostile_words_stay_words(self, handler: Any):
        handler.post("/netralitas/baru", data=TYPED | {"uraian": "<script>alert(1)</script>"})
        assert "<script>alert" not in handler.get(f"/netralitas/{newest()}").text


ADDRESSES = {
    Verb.STUDY: "kaji",
    Verb.FORWARD: "teruskan",
    Verb.RECOMMEND: "rekomendasi",
    Verb.EXAMINE: "pemeriksaan",
    Verb.SANCTION: "sanksi",
    Verb.REPORT_BACK: "laporan-balik",
    Verb.CLEAR: "bukan-pelanggaran",
    Verb.NOTE: "catatan",
    Verb.TAKE_BACK: "batalkan",
    Verb.CLOSE: "selesaikan",
    Verb.STOP: "hentikan",
    Verb.REOPEN: "buka-kembali",
}
JUDGED = (Verb.CLOSE, Verb.STOP, Verb.REOPEN)
DEEDS = [pytest.param(verb, address, id=address) for verb, address in ADDRESSES.items()]
BEFORE = {
    Verb.STUDY: CaseState.RECORDED,
    Verb.FORWARD: CaseState.STUDIED,
    Verb.RECOMMEND: CaseState.FORWARDED,
    Verb.EXAMINE: CaseState.RECOMMENDED,
    Verb.SANCTION: CaseState.EXAMINED,
    Verb.REPORT_BACK: CaseState.SANCTIONED,
    Verb.CLEAR: CaseState.STUDIED,
    Verb.NOTE: CaseState.RECORDED,
    Verb.TAKE_BACK: CaseState.STUDIED,
    Verb.CLOSE: CaseState.REPORTED_BACK,
    Verb.STOP: CaseState.RECORDED,
    Verb.REOPEN: CaseState.STOPPED,
}


class TestSteps:
    @pytest.mark.parametrize("verb, address", DEEDS)
    def test_a_step_is_offered_done_once_and_refused_the_second_time(
        self, client: Any, session: Any, verb: Verb, address: str
    ):
        case = brought_to(BEFORE[verb])
        cast.signed_in(client, "penyelia.berau" if verb in JUDGED else "operator.berau")
        assert f'action="{path(case, address)}"' in client.get(path(case)).text
        sending = STEP | {"versi": case.version}
        assert client.get(path(case, address)).status_code == 405
        answer = client.post(path(case, address), data=sending)
        assert (answer.status_code, answer.location) == (303, path(case))
        again = client.post(path(case, address), data=sending)
        assert again.status_code == 409
        assert "diubah orang lain" in again.text

    @pytest.mark.parametrize("verb, address", DEEDS)
    def test_other_regions_have_no_such_case_and_other_roles_no_such_right(
        self, client: Any, session: Any, verb: Verb, address: str
    ):
        case = brought_to(BEFORE[verb])
        wrong = "operator.berau" if verb in JUDGED else "penyelia.berau"
        above = "penyelia.kaltim" if verb in JUDGED else "operator.kaltim"
        stranger = "penyelia.paser" if verb in JUDGED else "operator.paser"
        for who, status in ((stranger, 404), (wrong, 403), ("pimpinan.berau", 403), (above, 403)):
            cast.signed_in(client, who)
            sent = client.post(path(case, address), data=STEP | {"versi": case.version})
            assert sent.status_code == status, who

    def test_a_step_without_its_letter_is_explained_at_its_field_and_kept(self, handler: Any):
        case = brought_to(CaseState.STUDIED)
        answer = handler.post(path(case, "teruskan"), data={"tanggal": "2024-11-25", "versi": case.version})
        assert answer.status_code == 422
        assert words(answer).count("Tuliskan nomor surat.") == 2
        assert 'href="#forward-nomor_surat"' in answer.text
        assert 'value="2024-11-25"' in answer.text

    def test_an_organisers_case_asks_to_whom_it_goes(self, handler: Any):
        case = do(recorded(Kind.ORGANISER), Verb.STUDY)
        page = handler.get(path(case)).text
        assert "DKPP" in page
        assert "BKN" not in page
        sending = STEP | {"versi": case.version}
        assert handler.post(path(case, "teruskan"), data=sending).status_code == 422
        assert handler.post(path(case, "teruskan"), data=sending | {"kepada": "BKN"}).status_code == 422
        assert handler.post(path(case, "teruskan"), data=sending | {"kepada": "DKPP"}).status_code == 303
        assert "Kepada DKPP" in words(handler.get(path(case)))


class TestCorrecting:
    def test_facts_change_the_name_stays_and_the_trail_tells_no_words(self, handler: Any):
        case = recorded(name=NAME)
        assert NAME not in handler.get(path(case, "ubah")).text
        typed = {name: value for name, value in TYPED.items() if name not in ("di", "jenis", "nama")}
        answer = handler.post(path(case, "ubah"), data=typed | {"uraian": "Kata baru", "versi": 1})
        assert answer.status_code == 303
        now = neutrality.find(case.id, cast.person("operator.berau"))
        assert now.facts is not None
        assert (now.facts.account, now.facts.has_name) == ("Kata baru", True)
        assert "Kata baru" not in audit.history_of(neutrality.SUBJECT, case.id)[0].changes
        assert handler.post(path(case, "ubah"), data=typed | {"versi": 1}).status_code == 409

    def test_the_name_can_be_taken_off(self, handler: Any):
        case = recorded(name=NAME)
        typed = {name: value for name, value in TYPED.items() if name not in ("di", "jenis", "nama")}
        handler.post(path(case, "ubah"), data=typed | {"versi": 1, "hapus_nama": "y"})
        db.session.expire_all()
        assert db.session.get_one(NeutralityCase, case.id).name_locked == ""

    def test_a_case_that_has_ended_is_not_changed(self, handler: Any):
        case = brought_to(CaseState.STOPPED)
        assert handler.get(path(case, "ubah")).status_code == 409

    def test_who_may_not_is_refused(self, client: Any, session: Any):
        case = recorded()
        for who, status in (("operator.paser", 404), ("penyelia.berau", 403), ("operator.kaltim", 403)):
            cast.signed_in(client, who)
            assert client.get(path(case, "ubah")).status_code == status
            assert client.post(path(case, "ubah"), data=TYPED).status_code == status


class TestName:
    def trail(self, case: Any) -> list[Any]:
        return [
            link for link in audit.history_of(neutrality.SUBJECT, case.id) if link.action.endswith("reveal")
        ]

    @pytest.mark.parametrize("who", ["operator.berau", "penyelia.berau"])
    def test_it_is_shown_once_for_a_reason_that_is_on_the_trail_without_the_name(
        self, client: Any, session: Any, who: str
    ):
        case = recorded(name=NAME)
        cast.signed_in(client, who)
        assert client.get(path(case, "nama")).status_code == 405
        answer = client.post(path(case, "nama"), data={"alasan": "Klarifikasi surat BKN"})
        assert answer.status_code == 200
        assert NAME in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert NAME not in client.get(path(case)).text
        assert [link.changed for link in self.trail(case)] == [{"reason": [None, "Klarifikasi surat BKN"]}]
        client.post(path(case, "nama"), data={"alasan": "Sekali lagi"})
        assert len(self.trail(case)) == 2

    @pytest.mark.parametrize("reason", ["", "   ", "abc"])
    def test_without_a_reason_it_stays_hidden(self, handler: Any, reason: str):
        case = recorded(name=NAME)
        answer = handler.post(path(case, "nama"), data={"alasan": reason})
        assert answer.status_code == 422
        assert NAME not in answer.text
        assert self.trail(case) == []

    @pytest.mark.parametrize(
        "who, status",
        [
            ("operator.kaltim", 403),
            ("penyelia.kaltim", 403),
            ("pimpinan.berau", 403),
            ("inspektorat.berau", 403),
            ("admin.berau", 403),
            ("pengamat.kpu-berau", 403),
            ("operator.paser", 404),
            ("operator.sambaliung", 404),
            ("logistik.berau", 404),
        ],
    )
    def test_nobody_else_sees_it_not_even_the_province(
        self, client: Any, session: Any, who: str, status: int
    ):
        case = recorded(name=NAME)
        cast.signed_in(client, who)
        answer = client.post(path(case, "nama"), data={"alasan": "Ingin tahu saja"})
        assert answer.status_code == status
        assert NAME not in answer.text
        assert self.trail(case) == []

    def test_an_inspector_sees_that_it_was_shown_and_why(self, client: Any, session: Any):
        case = recorded(name=NAME)
        cast.signed_in(client, "operator.berau").post(path(case, "nama"), data={"alasan": "Klarifikasi BKN"})
        for who in ("inspektorat.berau", "inspektorat.kaltim"):
            cast.signed_in(client, who)
            page = words(client.get("/jejak?tindakan=netralitas"))
            assert "memperlihatkan nama pada kasus" in page
            assert "Klarifikasi BKN" in page
            assert NAME not in page

    def test_a_case_without_a_name_has_none_to_show(self, handler: Any):
        case = recorded()
        assert "Perlihatkan nama" not in handler.get(path(case)).text
        assert handler.post(path(case, "nama"), data={"alasan": "Ingin tahu"}).status_code == 404


class TestWhoSeesWhat:
    @pytest.mark.parametrize(
        "who", ["operator.kaltim", "penyelia.kaltim", "pimpinan.kaltim", "inspektorat.kaltim"]
    )
    def test_the_province_reads_pseudonym_and_step_and_nothing_else(
        self, client: Any, session: Any, who: str
    ):
        case = do(recorded(place="Lapangan rahasia", name=NAME), Verb.STUDY, note="Catatan rahasia")
        cast.signed_in(client, who)
        page = client.get(path(case))
        assert "PNS-1 · Dikaji Bawaslu" in words(page)
        for secret in (
            NAME,
            "Lapangan rahasia",
            "Catatan rahasia",
            "100/B-1",
            "Membagikan unggahan",
            "Dinas di",
        ):
            assert secret not in page.text, secret
        listed = words(client.get("/netralitas"))
        assert "PNS-1" in listed
        assert "Kabupaten Berau" in listed

    @pytest.mark.parametrize("who", ["pengamat.kpu-berau", "admin.berau"])
    def test_observers_and_admins_read_no_cases(self, client: Any, session: Any, who: str):
        case = recorded()
        cast.signed_in(client, who)
        for address in ("/netralitas", path(case)):
            assert client.get(address).status_code == 403
        assert client.post("/netralitas/unduh").status_code == 403
        assert 'href="/netralitas"' not in client.get("/wilayah").text

    @pytest.mark.parametrize("who", ["operator.paser", "operator.sambaliung", "logistik.berau"])
    def test_a_stranger_finds_nothing(self, client: Any, session: Any, who: str):
        case = recorded()
        cast.signed_in(client, who)
        assert client.get(path(case)).status_code == 404
        assert "Belum ada kasus" in client.get("/netralitas").text

    def test_a_region_out_of_reach_is_not_found(self, handler: Any):
        assert handler.get("/netralitas?wilayah=64.01").status_code == 404


class TestList:
    def test_more_cases_than_a_file_holds_are_refused_and_none_is_left_out_unsaid(
        self, handler: Any, monkeypatch: pytest.MonkeyPatch
    ):
        recorded()
        recorded(Kind.PNS)
        monkeypatch.setattr(out, "MOST", 1)
        before = audit.head()
        answer = handler.post("/netralitas/unduh")
        assert answer.status_code == 422
        assert "Persempit saringannya" in answer.text
        assert audit.head() == before

    def test_it_counts_by_kind_as_people_say_it(self, handler: Any):
        for kind in (Kind.PNS, Kind.VILLAGE_HEAD, Kind.PPPK):
            recorded(kind)
        assert "3 kasus: 1 kepala kampung, 1 PNS, 1 PPPK" in words(handler.get("/netralitas"))
        assert "1 kasus: 1 PPPK" in words(handler.get("/netralitas?jenis=pppk"))
        assert "Tidak ada kasus dengan saringan ini" in handler.get("/netralitas?langkah=selesai").text
        assert "3 kasus" in words(handler.get("/netralitas?jenis=aneh&langkah=aneh&diam=aneh&halaman=x"))

    def test_the_province_counts_what_each_region_calls_its_villages(self, client: Any, session: Any):
        recorded(Kind.VILLAGE_HEAD)
        recorded(Kind.VILLAGE_HEAD, cast.PASER, "operator.paser")
        cast.signed_in(client, "operator.kaltim")
        assert "2 kasus: 1 kepala desa, 1 kepala kampung" in words(client.get("/netralitas"))

    def test_what_goes_out_is_what_the_filter_shows_without_names_and_on_the_trail(self, handler: Any):
        recorded(name=NAME)
        recorded(Kind.PPPK, agency="=2+5")
        answer = handler.post("/netralitas/unduh", data={"jenis": "pppk"})
        assert answer.mimetype == "text/csv"
        text = answer.data.decode("utf-8-sig")
        assert len(text.splitlines()) == 2
        assert "PPPK-1" in text
        assert "'=2+5" in text
        assert NAME not in handler.post("/netralitas/unduh").data.decode()
        link = next(link for link in audit.history_of(neutrality.SUBJECT, "") if "pppk" in link.changes)
        assert link.action == "neutrality:list:export"
        assert link.changed["cases"] == [None, 1]

    def test_the_province_takes_no_facts_out(self, client: Any, session: Any):
        recorded(place="Lapangan rahasia")
        cast.signed_in(client, "pimpinan.kaltim")
        text = client.post("/netralitas/unduh").data.decode()
        assert "PNS-1" in text
        assert "Dinas di" not in text
        assert "Sosialisasi" not in text

    @pytest.mark.parametrize("who", ["operator.berau", "pimpinan.kaltim"])
    def test_five_hundred_cases_cost_few_statements(self, client: Any, session: Any, who: str):
        many(500)
        cast.signed_in(client, who)
        client.get("/netralitas")
        with statements() as asked:
            page = client.get("/netralitas")
        assert "500 kasus" in words(page)
        assert len(asked) <= 15, "\n".join(asked)


class TestFiles:
    def test_a_file_loses_its_telling_name_and_opens_for_the_region_only(self, client: Any, session: Any):
        import io

        case = recorded()
        cast.signed_in(client, "operator.berau")
        assert client.post(path(case, "bukti")).status_code == 422
        sent = {"berkas": (io.BytesIO(b"a,b\n1,2\n"), f"surat {NAME}.csv")}
        assert client.post(path(case, "bukti"), data=sent).status_code == 303
        page = client.get(path(case)).text
        assert "lampiran-1-2024-1.csv" in page
        assert NAME not in page
        found = re.search(r'href="(/netralitas/\d+/bukti/\d+)"', page)
        assert found is not None
        assert client.get(found[1]).data == b"a,b\n1,2\n"
        for who, status in (("penyelia.berau", 200), ("operator.kaltim", 404), ("operator.paser", 404)):
            assert cast.signed_in(client, who).get(found[1]).status_code == status, who
        assert NAME not in " ".join(link.changes for link in audit.history_of(neutrality.SUBJECT, case.id))

    def test_nobody_else_attaches(self, client: Any, session: Any):
        case = recorded()
        for who, status in (("penyelia.berau", 403), ("operator.kaltim", 403), ("operator.paser", 404)):
            assert cast.signed_in(client, who).post(path(case, "bukti")).status_code == status, who


class TestLimits:
    def test_everybody_reads_them_and_who_governs_the_calendar_sets_them(self, client: Any, session: Any):
        stages.load_races(stages.current_election(), [("64", "provinsi")])
        session.commit()
        cast.signed_in(client, "operator.berau")
        assert "tanpa batas" in client.get("/netralitas/tenggat").text
        address = "/netralitas/tenggat/rekomendasi"
        assert client.post(address, data={"hari": "10"}).status_code == 403
        cast.signed_in(client, "admin.berau")
        assert client.post(address, data={"hari": "10"}).status_code == 403
        cast.signed_in(client, "admin.kaltim")
        assert client.get(address).status_code == 405
        assert client.post(address, data={"hari": "10"}).status_code == 303
        assert 'value="10"' in client.get("/netralitas/tenggat").text
        assert client.post(address, data={"hari": "12"}).status_code == 409
        assert client.post(address, data={"hari": "251", "versi": "1"}).status_code == 422
        assert client.post(address, data={"hari": "banyak", "versi": "1"}).status_code == 422
        assert client.post("/netralitas/tenggat/selesai", data={"hari": "3"}).status_code == 404
        assert neutrality.limits()[CaseState.RECOMMENDED].working_days == 10


class TestExcel:
    def test_it_holds_what_the_filter_shows_with_days_as_days_and_no_name(self, handler: Any):
        recorded(name=NAME, nip_tail="1001", agency="=1+1")
        recorded(Kind.PPPK)
        answer = handler.post("/netralitas/unduh", data={"format": "xlsx", "jenis": "pns"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
        assert "netralitas-2024-11-25.xlsx" in answer.headers["Content-Disposition"]
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        head, *lines = list(sheet.iter_rows(values_only=True))
        assert head[:4] == ("Nomor", "Wilayah", "Sebutan", "Jenis orang")
        (line,) = [dict(zip(head, line, strict=True)) for line in lines]
        assert (line["Sebutan"], line["Instansi"]) == ("PNS-1", "=1+1")
        assert sheet.cell(2, head.index("Instansi") + 1).data_type == "s"
        assert (line["Diketahui"].date(), line["Hari kerja"], line["Terjadi"]) == (MONDAY, 0, None)
        assert NAME not in str(lines)
        assert "1001" not in str(lines)

    def test_too_many_are_refused_and_pointed_to_the_csv(self, handler: Any, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(out, "MOST_IN_XLSX", 1)
        recorded()
        recorded()
        answer = handler.post("/netralitas/unduh", data={"format": "xlsx"})
        assert answer.status_code == 422
        assert "unduh CSV" in words(answer)
        assert handler.post("/netralitas/unduh", data={"format": "csv"}).status_code == 200

    def test_a_province_gets_pseudonyms_and_steps_only(self, client: Any, session: Any):
        recorded(agency="Dinas Rahasia")
        cast.signed_in(client, "operator.kaltim")
        data = client.post("/netralitas/unduh", data={"format": "xlsx"}).data
        lines = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
        assert "PNS-1" in lines[1]
        assert "Dinas Rahasia" not in str(lines)


class TestSearch:
    """/register?cari= finds cases of the own region; it says their pseudonym and step, nothing more."""

    @pytest.mark.parametrize(
        "text", ["PNS-1", "pns-1", "unggahan", "mengunggah", "dinas kabupaten", "Lapangan", "sosialisasi"]
    )
    def test_it_finds_by_pseudonym_and_by_word_forms_of_the_facts(self, handler: Any, text: str):
        case = recorded(place="Lapangan Pemuda")
        recorded(Kind.PPPK, account="Hal lain.", agency="Kantor", breach="lain", breach_words="Lain")
        page = handler.get("/register", query_string={"cari": text})
        assert "Kasus netralitas" in words(page)
        assert f"/netralitas/{case.id}" in page.text
        assert "PPPK-1" not in page.text
        assert "Membagikan unggahan" not in page.text

    @pytest.mark.parametrize("text", [NAME, "Rahasiawan", "1001", "tidakada", "%", ""])
    def test_it_never_finds_by_name_or_tail(self, handler: Any, text: str):
        recorded(name=NAME, nip_tail="1001")
        assert "PNS-1" not in handler.get("/register", query_string={"cari": text}).text

    @pytest.mark.parametrize(
        "who",
        ["operator.kaltim", "operator.paser", "logistik.berau", "pimpinan.kaltim", "inspektorat.kaltim"],
    )
    def test_who_does_not_read_the_facts_finds_nothing(self, client: Any, session: Any, who: str):
        case = recorded()
        cast.signed_in(client, who)
        for text in ("PNS-1", "unggahan"):
            page = client.get("/register", query_string={"cari": text})
            assert page.status_code == 200
            assert f"/netralitas/{case.id}" not in page.text

    def test_many_cases_ask_no_more_statements(self, app: Any, handler: Any):
        recorded()
        handler.get("/register?cari=unggahan")
        with app.app_context(), statements() as asked_few:
            handler.get("/register?cari=unggahan")
        db.session.execute(db.delete(NeutralityMove))
        db.session.execute(db.delete(NeutralityCase))
        many(300)
        with app.app_context(), statements() as asked_many:
            page = handler.get("/register?cari=unggahan")
        assert len(asked_many) == len(asked_few)
        assert "Hanya 50 yang terbaru" in words(page)
