"""What a person asks for survives the way to the worker, and nonsense is refused where it was said."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from app.documents.asking import FORMATS, KINDS, Ask, slug
from app.documents.snapshot import PAPERS
from app.domain.errors import Invalid

pytestmark = pytest.mark.one_database
DAY = dt.date(2024, 11, 25)


def test_it_comes_back_from_the_jobs_row_as_it_was_asked():
    ask = Ask(
        "64.03", "LOG", "MASA_TENANG", dt.date(2024, 11, 18), DAY, "rinci", "A4", "xlsx", "1/2", "Berau"
    )
    assert Ask.from_params(ask.to_params()) == ask
    assert Ask.from_params(Ask("64").to_params()) == Ask("64")


def test_its_row_names_only_what_was_said():
    assert Ask("64.03").to_params() == {"region": "64.03", "kind": "ringkas", "paper": "F4", "format": "pdf"}


@pytest.mark.parametrize(
    "wrong,field",
    [
        ({"since": DAY, "until": dt.date(2024, 11, 24)}, "until"),
        ({"kind": "kosong", "format": "csv"}, "format"),
        ({"kind": "lain"}, "kind"),
        ({"paper": "A3"}, "paper"),
        ({"format": "exe"}, "format"),
    ],
)
def test_it_refuses_what_no_paper_can_be_at_its_field(wrong: dict[str, object], field: str):
    with pytest.raises(Invalid) as refusal:
        Ask("64.03", **wrong)
    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize(
    "since,until,words",
    [
        (dt.date(2024, 11, 18), DAY, "18 s.d. 25 November 2024"),
        (dt.date(2024, 10, 28), DAY, "28 Oktober s.d. 25 November 2024"),
        (dt.date(2023, 12, 31), DAY, "31 Desember 2023 s.d. 25 November 2024"),
        (DAY, DAY, "25 November 2024"),
        (DAY, None, "Sejak 25 November 2024"),
        (None, DAY, "Sampai dengan 25 November 2024"),
        (None, None, "Keadaan sampai dengan 25 November 2024"),
    ],
)
def test_a_period_is_told_as_people_write_it(since: dt.date | None, until: dt.date | None, words: str):
    assert Ask("64", since=since, until=until).period_text(DAY) == words


def test_a_file_name_is_safe_everywhere():
    name = Ask("64.03", area="LOG").file_name('Kabupaten "Berau"/../é', DAY)
    assert name == "laporan-daftar-periksa-kabupaten-berau-e-log-2024-11-25.pdf"
    assert slug("\u202eX\x00/..") == "x"


def test_the_form_offers_all_that_paper_knows():
    assert set(KINDS) == {"ringkas", "rinci", "kosong"}
    assert set(FORMATS) == {"pdf", "xlsx", "csv"}
    assert all(dataclasses.replace(Ask("64"), paper=paper) for paper in PAPERS)
