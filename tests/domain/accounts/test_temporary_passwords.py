"""Temporary passwords: good enough for anybody, easy to read from paper, never the same twice."""

from __future__ import annotations

import re

import pytest

from app.domain import accounts
from app.domain.accounts import passwords


def test_it_is_three_groups_of_signs_that_nobody_mistakes():
    for _ in range(200):
        password = accounts.temporary_password("operator.berau")
        assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", password)
        assert not set(password) & set("0o1lia")
        accounts.check_password(password, "operator.berau")


def test_no_two_are_the_same():
    assert len({accounts.temporary_password("siti.berau") for _ in range(500)}) == 500


def test_one_that_holds_the_account_name_is_drawn_again(monkeypatch: pytest.MonkeyPatch):
    signs = iter("bcdf" * 3 + "ghjk" * 3)
    monkeypatch.setattr(passwords.secrets, "choice", lambda _: next(signs))
    assert accounts.temporary_password("bcdf") == "ghjk-ghjk-ghjk"
