"""The harness itself: a window is a real one, and a page that misbehaves fails its test."""

from __future__ import annotations

import pytest


def test_the_sign_in_page_opens_without_a_complaint(page, accessible, fits):
    page.goto("/masuk")
    assert page.locator("h1").count() == 1
    accessible(page)
    fits(page)


def test_the_sign_in_page_fits_the_smallest_phone(phone, accessible, fits):
    phone.goto("/masuk")
    accessible(phone)
    fits(phone)


def test_two_windows_are_two_people(open_window, live):
    first, second = open_window(), open_window()
    first.goto("/masuk")
    first.context.add_cookies([{"name": "mine", "value": "1", "url": live}])
    assert [cookie["name"] for cookie in second.context.cookies()] == []


def test_a_page_that_asks_another_host_fails(open_window, request: pytest.FixtureRequest):
    page = open_window()
    page.goto("/masuk")
    page.evaluate("() => fetch('http://elsewhere.invalid/').catch(() => null)")
    heard = request.getfixturevalue("complaints")
    assert heard
    heard.clear()
