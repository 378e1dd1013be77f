"""What a report's paper wears is what was in force on its date."""

from __future__ import annotations

import datetime as dt

import pytest

from app.documents import office
from app.documents.dress import dress_of, position_lines
from app.documents.wording import signature_lines
from app.domain import accounts, letterheads, regions
from app.domain.accounts import Role
from app.domain.reports import Dress
from tests import cast

DAY = dt.date(2024, 11, 25)
pytestmark = pytest.mark.usefixtures("session")


def test_a_desk_without_a_letterhead_wears_the_built_in_one():
    dress = dress_of(regions.path_of(cast.BERAU), DAY)
    assert dress.lines[0][0] == "PEMERINTAH KABUPATEN BERAU"
    assert (dress.place, dress.date_text, dress.number) == ("Tanjung Redeb", "25 November 2024", "")


def test_it_wears_the_letterhead_in_force_and_the_given_number():
    admin = cast.person("admin.berau")
    content = letterheads.Content(
        (
            letterheads.Line("PEMERINTAH BERAU", "sedang", False),
            letterheads.Line("DESK BERAU", "besar", True),
        ),
        number_pattern="200/{nomor}/{tahun}",
        classification="Segera",
        copies=("Gubernur",),
        paper="A4",
    )
    letterheads.save_draft(cast.BERAU, content, by=admin, version=0)
    letterheads.publish(cast.BERAU, by=admin, version=1)
    number = letterheads.take_number(cast.BERAU, DAY, by=admin)
    dress = dress_of(regions.path_of(cast.BERAU), DAY, number=number)
    assert dress.lines[1] == ("DESK BERAU", "besar", True)
    assert (dress.number, dress.classification, dress.copies, dress.paper) == (
        number,
        "Segera",
        ("Gubernur",),
        "A4",
    )


@pytest.mark.template("empty")
def test_it_says_when_nobody_is_appointed_to_sign(session):
    from app.cli.regions import KALTIM, SOURCE_VERSION, shipped

    regions.load_regions(shipped(KALTIM), source_version=SOURCE_VERSION, today=DAY)
    assert dress_of(regions.path_of(cast.BERAU), DAY).signature_mode == ""


def test_who_signs_is_whoever_was_appointed_on_that_day():
    account = accounts.person_of(cast.add_person("plh.berau").username)
    assert account is not None
    accounts.appoint(
        account.id,
        Role.LEADER,
        cast.BERAU,
        starts_on=dt.date(2024, 11, 26),
        standing=accounts.Standing.PLH,
        position="Bupati",
        signs=True,
    )
    before, after = (dress_of(regions.path_of(cast.BERAU), day) for day in (DAY, dt.date(2024, 11, 26)))
    assert before.signature_name != "Plh Berau"
    assert (after.signature_mode, after.signature_name) == ("Plh.", "Plh Berau")


@pytest.mark.parametrize(
    "mode, lines",
    [
        ("definitif", ("Sekretaris Daerah,",)),
        ("Plh.", ("Plh. Sekretaris Daerah,",)),
        ("a.n.", ("a.n. BUPATI BERAU", "Sekretaris Daerah,")),
        ("u.b.", ("u.b. BUPATI BERAU", "Sekretaris Daerah,")),
    ],
)
def test_the_position_is_written_as_the_office_is_held(mode: str, lines: tuple[str, ...]):
    dress = Dress(
        signature_mode=mode, signature_position="Sekretaris Daerah", signature_superior="BUPATI BERAU"
    )
    assert position_lines(dress) == lines


def test_who_signs_for_the_office_between_names_both_above():
    dress = Dress(
        signature_mode="u.b.",
        signature_position="Kepala Badan Kesbangpol",
        signature_superior="BUPATI BERAU\nSekretaris Daerah",
    )
    assert position_lines(dress) == (
        "a.n. BUPATI BERAU",
        "Sekretaris Daerah",
        "u.b.",
        "Kepala Badan Kesbangpol,",
    )


@pytest.mark.parametrize(
    "through, standing, mode, lines",
    [
        ("", "definitif", "a.n.", ("a.n. Bupati Berau", "Asisten,")),
        ("", "Plh.", "a.n.", ("a.n. Bupati Berau", "Plh. Asisten,")),
        (
            "Sekretaris Daerah",
            "definitif",
            "u.b.",
            ("a.n. Bupati Berau", "Sekretaris Daerah", "u.b.", "Asisten,"),
        ),
    ],
)
def test_the_manner_of_signing_is_that_of_the_appointment_on_the_day(
    through: str, standing: str, mode: str, lines: tuple[str, ...]
):
    accounts.appoint(
        cast.add_person("asisten.berau").id,
        Role.LEADER,
        cast.BERAU,
        starts_on=DAY,
        ends_on=DAY,
        standing=accounts.Standing(standing),
        position="Asisten",
        signs=True,
        on_behalf_of="Bupati Berau",
        through=through,
    )
    days = (DAY - dt.timedelta(days=1), DAY, DAY + dt.timedelta(days=1))
    before, on, after = (dress_of(regions.path_of(cast.BERAU), day) for day in days)
    assert (on.signature_mode, position_lines(on)) == (mode, lines)
    assert before.signature_name == after.signature_name != on.signature_name
    signature = office.signature_of(cast.BERAU, DAY)
    assert signature is not None
    assert signature_lines(signature) == lines
