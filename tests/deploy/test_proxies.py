"""The real nginx and the real Caddy, with the files of deploy/, in front of a real desk."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.have import server
from scripts.native import may_install
from tests.office import HOST, ROOT, Browser, Processes, clean_environment, free_port

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="an office server is a Linux")]
PASSWORD = "jembatan-kayan-2029"
LIMIT_MB = 20
"""What the proxies let through here; in deploy/ it is more, and a test must not send that much."""


@dataclass
class Front:
    """A proxy that runs: where it listens, the authority that its certificate is from, and the desk's data."""

    name: str
    tls_port: int
    plain_port: int
    authority: Path
    data: Path

    def browser(self, **about: str) -> Browser:
        """Somebody at the office's address, through TLS, who knows the office's authority."""
        return Browser(self.tls_port, tls=ssl.create_default_context(cafile=str(self.authority)), **about)


def program(name: str) -> str:
    """The proxy's path; a missing one is a failure only where it could have been installed."""
    found = server(name)
    if found is None and os.environ.get("CI") == "true" and may_install():
        pytest.fail(f"{name} is missing and could have been installed: sh scripts/test.sh does it")
    if found is None:
        pytest.skip(f"{name} is not on this machine (Debian: apt-get install {name})")
    return found


def start_proxy(processes: Processes, name: str, home: Path, desk_port: int, data: Path) -> Front:
    """Start that proxy before the desk at `desk_port`, with the file of deploy/ but for its ports and places."""
    path = program(name)
    tls_port, plain_port = free_port(), free_port()
    home.mkdir()
    if name == "nginx":
        authority = start_nginx(processes, path, home, desk_port, (plain_port, tls_port))
    else:
        authority = start_caddy(processes, path, home, desk_port, (plain_port, tls_port))
    front = Front(name, tls_port, plain_port, authority, data)
    processes.wait_for(tls_port)
    wait_for_certificate(front)
    return front


def start_nginx(processes: Processes, path: str, home: Path, desk_port: int, ports: tuple[int, int]) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not on this machine (Debian: apt-get install openssl)")
    subprocess.run([ROOT / "deploy" / "internal-ca", HOST, home / "tls"], check=True, capture_output=True)
    site = (ROOT / "deploy" / "nginx" / "desk.conf").read_text(encoding="utf-8")
    site = re.sub(r"(?m)^ *listen \[::\].*\n", "", site)  # a machine may have no IPv6
    site = changed(site, "listen 80;", f"listen 127.0.0.1:{ports[0]};")
    site = changed(site, "listen 443 ssl http2;", f"listen 127.0.0.1:{ports[1]} ssl;")
    site = changed(site, "127.0.0.1:8000", f"127.0.0.1:{desk_port}")
    site = changed(site, "/etc/desk-pilkada/tls", str(home / "tls"))
    site = changed(site, "/opt/desk-pilkada", str(ROOT))
    site = changed(site, "64m", f"{LIMIT_MB}m")
    (home / "site.conf").write_text(site, encoding="utf-8")
    places = "".join(
        f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"""
        {"user root;" if os.geteuid() == 0 else ""}
        daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log;
        events {{ worker_connections 64; }}
        http {{ access_log off; {places} include {home}/site.conf; }}
    """
    (home / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [path, "-p", str(home), "-e", str(home / "error.log"), "-c", str(home / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    processes.start(command, clean_environment())
    return home / "tls" / "ca.crt"


def start_caddy(processes: Processes, path: str, home: Path, desk_port: int, ports: tuple[int, int]) -> Path:
    site = (ROOT / "deploy" / "caddy" / "Caddyfile").read_text(encoding="utf-8")
    site = changed(site, "127.0.0.1:8000", f"127.0.0.1:{desk_port}")
    site = changed(site, "/opt/desk-pilkada", str(ROOT))
    own = f"admin off\nskip_install_trust\nhttp_port {ports[0]}\nhttps_port {ports[1]}\nstorage file_system {home}\n"
    (home / "Caddyfile").write_text(f"{{\n{own}}}\n{site}", encoding="utf-8")
    environment = clean_environment() | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
    }
    command = [path, "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
    with (home / "log").open("wb") as log:
        processes.start(command, environment, output=log)
    return home / "pki" / "authorities" / "local" / "root.crt"


def changed(text: str, old: str, new: str) -> str:
    """`text` with a part replaced that must be there: the file in deploy/ may not drift from its test."""
    assert old in text, old
    return text.replace(old, new)


def wait_for_certificate(front: Front) -> None:
    """Caddy listens before it has made its authority."""
    pause = threading.Event()
    for _ in range(200):
        try:
            front.browser().ask("GET", "/sehat")
        except (OSError, http.client.HTTPException):
            pause.wait(0.05)
        else:
            return
    raise AssertionError(f"{front.name} serves no certificate of its authority")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Processes, int, Path]]:
    """A desk in production, founded by its own command: the processes, its port, its data."""
    home = tmp_path_factory.mktemp("kantor")
    settings = {
        "DESK_MODE": "production",
        "DESK_DATA": str(home / "data"),
        "DESK_HOSTS": HOST,
        "DESK_COOKIE_SECURE": "1",
        "DESK_PROXY": "1",
    }
    given = {"province": "65", "races": "65.04", "voting-day": "2029-11-28", "password": PASSWORD}
    given |= {"admin": "admin.kaltara", "admin-name": "Siti Aminah"}
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "desk", "init", "--yes", *options]
    environment = clean_environment() | settings
    made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    with Processes() as processes:
        yield processes, processes.start_desk(settings), home / "data"


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def front(
    request: pytest.FixtureRequest,
    office: tuple[Processes, int, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Front:
    """Each proxy in turn, before that desk."""
    processes, port, data = office
    home = tmp_path_factory.mktemp("proksi") / str(request.param)
    return start_proxy(processes, str(request.param), home, port, data)


def test_people_sign_in_over_tls_with_a_cookie_for_nothing_else(front: Front):
    browser = front.browser()
    reply = browser.sign_in("admin.kaltara", PASSWORD)
    cookie = reply.header("Set-Cookie")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert reply.header("Location") == "/"
    assert "Siti" in browser.get("/akun")


def test_the_trail_has_the_address_of_the_person_whatever_they_claim(front: Front):
    claims = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http", "X-Real-IP": "6.6.6.6"}
    browser = front.browser(source="127.0.0.9")
    browser.headers = claims
    browser.sign_in("admin.kaltara", PASSWORD)
    with closing(sqlite3.connect(front.data / "desk.db")) as database:
        query = (
            "SELECT address FROM audit_entry WHERE action = 'account:session:open' ORDER BY seq DESC LIMIT 1"
        )
        assert database.execute(query).fetchone() == ("127.0.0.9",)


def test_another_host_is_not_served(front: Front):
    browser = front.browser()
    browser.headers = {"X-Forwarded-Host": "jahat.example"}
    assert "jahat.example" not in browser.ask("GET", "/daftar-periksa").header("Location")
    with socket.create_connection(("127.0.0.1", front.tls_port), 20) as plain:
        context = ssl.create_default_context(cafile=str(front.authority))
        with context.wrap_socket(plain, server_hostname=HOST) as secure:
            secure.sendall(b"GET /masuk HTTP/1.1\r\nHost: jahat.example\r\nConnection: close\r\n\r\n")
            answer = secure.recv(65536).decode()
    assert "Kata sandi" not in answer


def test_whoever_comes_without_tls_is_led_to_it(front: Front):
    reply = Browser(front.plain_port).ask("GET", "/daftar-periksa?wilayah=65.04")
    assert reply.status in (301, 308)
    assert re.fullmatch(rf"https://{HOST}(:\d+)?/daftar-periksa\?wilayah=65\.04", reply.header("Location"))


@pytest.mark.parametrize("megabytes", [13, LIMIT_MB + 2])
def test_what_is_too_large_is_explained(front: Front, megabytes: int):
    browser = front.browser()
    browser.sign_in("admin.kaltara", PASSWORD)
    status, page = upload(browser, megabytes)
    assert status == 413
    assert "terlalu besar" in page
    assert '<html lang="id">' in page


def upload(browser: Browser, megabytes: int) -> tuple[int, str]:
    """Send a form of that size as a browser does, and read what comes back even when it comes early."""
    assert browser.tls is not None
    plain = socket.create_connection(("127.0.0.1", browser.port), 60)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = (
        f"POST /akun/sandi HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookies}\r\nReferer: https://{HOST}/akun\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {megabytes * 2**20}\r\n\r\n"
    )
    with browser.tls.wrap_socket(plain, server_hostname=HOST) as secure:
        secure.sendall(head.encode())
        try:
            for _ in range(megabytes):
                secure.sendall(b"x" * 2**20)
        except OSError:
            pass  # it has heard enough; its answer is waiting
        answer = http.client.HTTPResponse(secure)
        answer.begin()
        return answer.status, answer.read().decode()


def test_assets_may_be_kept_for_ever_and_arrive_small(front: Front):
    browser = front.browser()
    style = re.search(r'href="(/static/desk\.css\?v=\w+)"', browser.get("/masuk"))
    assert style
    reply = browser.ask("GET", style[1], headers={"Accept-Encoding": "gzip"})
    assert reply.status == 200
    assert "immutable" in reply.header("Cache-Control")
    assert reply.header("Content-Encoding") == "gzip"
    assert reply.header("X-Content-Type-Options") == "nosniff"
    assert browser.ask("GET", "/masuk").header("Cache-Control") == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/static/..%2f..%2fconfig.py",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/deploy/pages/413.html",
        "/413.html",
        "/.git/config",
    ],
)
def test_nothing_but_the_desk_can_be_read(front: Front, path: str):
    browser = front.browser()
    reply = browser.ask("GET", path)
    assert reply.status in (301, 302, 303, 308, 400, 404), reply.text[:200]
    for secret in ("Settings", "root:", "terlalu besar", "repositoryformatversion"):
        assert secret not in reply.text


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_a_desk_that_is_away_is_told_in_plain_words(name: str, tmp_path: Path):
    with Processes() as processes:
        front = start_proxy(processes, name, tmp_path / name, free_port(), tmp_path)
        reply = front.browser().ask("GET", "/")
    assert reply.status == 502
    assert "Desk sedang dimulai" in reply.text
