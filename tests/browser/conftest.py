"""A real Chromium on a real server: `page` opens the application of this test (same rows as `session`).

A test fails by itself when a page logs an error, breaks the content security policy or asks another host.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Route,
    sync_playwright,
)
from werkzeug.serving import make_server

from scripts.have import chromium
from tests import cast

ARGUMENTS = (
    "--no-sandbox",  # a container's root has no user namespaces
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
)
DESKTOP = (1280, 800)
PHONE = (360, 740)
PATIENCE_MS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this directory is a browser test."""
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def live(app: Flask, csrf: None) -> Iterator[str]:
    """The address of this test's application (forms checked) on a server of its own, threaded."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for this test process; tests get windows of their own."""
    path = chromium()
    if path is None:
        pytest.fail("no Chromium on this machine (Debian: apt-get install chromium), or set DESK_CHROMIUM")
    started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    yield started
    started.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of so far in this test; the test fails when any is left at its end."""
    return []


@pytest.fixture
def open_window(browser: Browser, live: str, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """`open_window(size=PHONE, javascript=False)`: one more person's window, with cookies of its own."""
    contexts: list[BrowserContext] = []

    def hear(message: ConsoleMessage) -> None:
        expected = "the server responded with a status of" in message.text  # 4xx answers are tests' subjects
        if message.type == "error" and not expected:
            complaints.append(message.text)

    def refuse_strangers(route: Route) -> None:
        if route.request.url.startswith((live, "data:", "blob:")):
            route.continue_()
        else:
            complaints.append(f"asked another host: {route.request.url}")
            route.abort()

    def open_one(*, size: tuple[int, int] = DESKTOP, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=live,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            locale="id-ID",
            timezone_id="Asia/Makassar",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", refuse_strangers)
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def page(open_window: Callable[..., Page]) -> Page:
    """A desktop window; paths are relative to the application: `page.goto("/masuk")`."""
    return open_window()


@pytest.fixture
def phone(open_window: Callable[..., Page]) -> Page:
    """A window as narrow as the smallest phone that is promised."""
    return open_window(size=PHONE)


@pytest.fixture(scope="session")
def accessible() -> Callable[..., None]:
    """`accessible(page)`: axe finds nothing on the page as it stands now.

    `colours=False` leaves contrast out, which is four fifths of the time: for a page whose colours were looked
    at in another width.
    """
    axe = Axe()

    def look(page: Page, colours: bool = True) -> None:
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if not colours:
            options["rules"] = {"color-contrast": {"enabled": False}}
        found = axe.run(page, options=options)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return look


@pytest.fixture(scope="session")
def fits() -> Callable[[Page], None]:
    """`fits(page)`: nothing makes the page wider than its window."""

    def look(page: Page) -> None:
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{page.url} is {width} px wider than its window"

    return look


@pytest.fixture
def enter(open_window: Callable[..., Page], app: Flask, live: str) -> Callable[..., Page]:
    """`enter("operator.berau", size=PHONE, javascript=False)`: that person's window, signed in without the form."""

    def open_as(username: str, **about: Any) -> Page:
        client = cast.signed_in(app.test_client(), username)
        page = open_window(**about)
        cookie = client.get_cookie("desk")
        assert cookie is not None
        page.context.add_cookies([{"name": "desk", "value": cookie.value, "url": live}])
        return page

    return open_as
