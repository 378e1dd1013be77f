"""An admin takes the second factor off somebody who lost phone and recovery codes."""

from __future__ import annotations

from typing import Any

import pyotp
import pytest

from app.domain import accounts, clock
from app.domain.accounts import Account
from app.domain.audit import AuditEntry
from app.extensions import db
from tests import cast


@pytest.fixture
def path(session: Any, client: Any) -> str:
    """The deed on Berau's operator, who uses a second factor and is signed in."""
    person = cast.person("operator.berau")
    accounts.begin_second_factor(person.id, by=person)
    enrolment = accounts.second_factor_of(person.id).enrolment
    assert enrolment is not None
    code = pyotp.TOTP(enrolment.secret).at(clock.real_now())
    accounts.confirm_second_factor(person.id, code, keep_session=0, by=person)
    session.commit()
    cast.signed_in(client, "operator.berau")
    return f"/orang/{person.id}/dua-langkah/reset"


def sending(number: int = 1) -> dict[str, Any]:
    """What the form sends."""
    account = db.session.scalars(db.select(Account).where(Account.username == "operator.berau")).one()
    return {"versi": account.access_version, "kunci": f"a1B2c3D4e5F6-{number}"}


def test_it_is_off_the_sessions_end_and_the_trail_tells_who_did_it(client: Any, path: str):
    person, admin = cast.person("operator.berau"), cast.person("admin.berau")
    assert (
        "Atur ulang masuk dua langkah"
        in cast.signed_in(client, "admin.berau").get(f"/orang/{person.id}").text
    )
    answer = client.post(path, data=sending())
    assert (answer.status_code, answer.location) == (303, f"/orang/{person.id}")
    page = client.get(answer.location).text
    assert "sudah diatur ulang" in page
    assert "tidak menyala" in page
    assert not cast.person("operator.berau").has_second_factor
    assert accounts.sessions_of(person.id) == []
    link = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (link.action, link.actor_id, link.subject_id) == (
        "account:second_factor:reset",
        admin.id,
        str(person.id),
    )


def test_it_refuses_a_get(client: Any, path: str):
    assert cast.signed_in(client, "admin.berau").get(path).status_code == 405


def test_an_admin_of_elsewhere_does_not_find_the_person(client: Any, path: str):
    cast.add_person(
        "admin.paser.baru", (accounts.Role.ADMIN, cast.PASER, {"starts_on": cast.dt.date(2024, 11, 1)})
    )
    db.session.commit()
    assert cast.signed_in(client, "admin.paser.baru").post(path, data=sending()).status_code == 404
    assert cast.person("operator.berau").has_second_factor


@pytest.mark.parametrize("who", ["operator.berau", "penyelia.berau", "inspektorat.kaltim"])
def test_it_refuses_the_wrong_role(client: Any, path: str, who: str):
    assert cast.signed_in(client, who).post(path, data=sending()).status_code == 403
    assert cast.person("operator.berau").has_second_factor


def test_the_second_one_comes_too_late(client: Any, path: str):
    cast.signed_in(client, "admin.berau")
    client.post(path, data=sending())
    answer = client.post(path, data=sending(2))
    assert answer.status_code == 409
    assert "tidak memakai masuk dua langkah" in answer.text


def test_nobody_takes_off_their_own_here(client: Any, session: Any):
    own = cast.person("admin.berau").id
    answer = cast.signed_in(client, "admin.berau").post(
        f"/orang/{own}/dua-langkah/reset", data={"kunci": "a1B2c3D4e5F6-3"}
    )
    assert answer.status_code == 403
