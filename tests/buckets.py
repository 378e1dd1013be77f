"""What the object store is tested with: a real S3 server in a process of its own, and one that answers as told."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest

from app.domain.evidence import Bucket, ObjectStore
from tests.office import free_port

PATIENCE_SECONDS = 60
PAGE = 5
"""Names that the server tells at a time, so that a dozen files already are several pages."""
SECRET = "rahasia-yang-tidak-pernah-tertulis"


class Server:
    """moto's S3 on a port of its own; empty at each start. After `free_requests` it checks signatures and rights."""

    def __init__(self, *options: str, free_requests: int | None = None) -> None:
        self.port = free_port()
        self.scheme = "https" if options else "http"
        self._options = options
        self._more = {} if free_requests is None else {"INITIAL_NO_AUTH_ACTION_COUNT": str(free_requests)}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "moto.server",
            "-H",
            "127.0.0.1",
            "-p",
            str(self.port),
            *self._options,
        ]
        environment = {**os.environ, "MOTO_S3_DEFAULT_MAX_KEYS": str(PAGE), **self._more}
        self._process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError("the S3 server did not start")
            time.sleep(0.05)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def made_key(server: Server, *rights: str) -> tuple[str, str]:
    """A key (its name, its secret) with these rights in S3; three requests to a server that does not check yet."""
    policy = json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": rights, "Resource": "*"}]}
    )
    said = b""
    for action in (
        {"Action": "CreateUser"},
        {"Action": "PutUserPolicy", "PolicyName": "desk", "PolicyDocument": policy},
        {"Action": "CreateAccessKey"},
    ):
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        scope = "Credential=siapa/20241125/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0"
        line.request(
            "POST",
            "/",
            urlencode({"Version": "2010-05-08", "UserName": "desk", **action}),
            {
                "Authorization": f"AWS4-HMAC-SHA256 {scope}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        answer = line.getresponse()
        said = answer.read()
        line.close()
        assert answer.status == 200, said
    found = [re.search(f"<{tag}>(.+?)</{tag}>", said.decode()) for tag in ("AccessKeyId", "SecretAccessKey")]
    name, secret = (one[1] if one else "" for one in found)
    assert name, said
    return name, secret


class Place(NamedTuple):
    """A bucket on a running server, spoken to without the library that is tested."""

    port: int
    name: str
    secret_file: Path

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def store(self, **other: str) -> ObjectStore:
        """The object store as a desk makes it from its settings."""
        said = {
            "name": self.name,
            "prefix": "desk/evidence",
            "endpoint": self.endpoint,
            "region": "us-east-1",
        }
        return ObjectStore(Bucket(**{**said, "key_id": "KUNCI", "secret": SECRET, **other}))

    def settings(self) -> dict[str, str]:
        """What `make_app` is told for a desk whose evidence lies here."""
        return {
            "evidence_store": f"s3://{self.name}/desk",
            "store_endpoint": self.endpoint,
            "store_key_id": "KUNCI",
            "store_secret_file": str(self.secret_file),
        }

    def ask(self, method: str, path: str = "", body: bytes | None = None) -> tuple[int, bytes]:
        """One plain request about something in the bucket."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request(method, f"/{self.name}{path}", body, {"Authorization": "AWS KUNCI:siapa-pun"})
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def overwrite(self, key: str, content: bytes) -> None:
        """Put other bytes under the key of a file of evidence, as no desk does."""
        assert self.ask("PUT", f"/desk/evidence/{key}", content)[0] == 200

    def lose(self, key: str) -> None:
        """Delete a file of evidence."""
        assert self.ask("DELETE", f"/desk/evidence/{key}")[0] == 204


@pytest.fixture(scope="session")
def s3_server() -> Iterator[Server]:
    """The server of this test process."""
    server = Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def bucket(s3_server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """An empty bucket of this test's own."""
    secret = tmp_path / "rahasia"
    secret.write_text(f"{SECRET}\n")
    secret.chmod(0o600)
    place = Place(s3_server.port, f"uji-{abs(hash(request.node.nodeid)):x}-{os.getpid()}", secret)
    assert place.ask("PUT")[0] == 200
    return place


Answer = tuple[int, Mapping[str, str], bytes]


class Said(NamedTuple):
    """A request that a pretender got."""

    method: str
    path: str
    body: bytes


@contextmanager
def pretender(answer: Callable[[Said], Answer]) -> Iterator[tuple[Place, list[Said]]]:
    """A server that says whatever the test wants, and what it was asked."""
    asked: list[Said] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            said = Said(self.command, urlsplit(self.path).path, self.rfile.read(length))
            asked.append(said)
            status, headers, body = answer(said)
            with suppress(ConnectionError):  # who asked may have given up
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)
            self.close_connection = True

        do_GET = do_PUT = do_HEAD = _answer

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Place(server.server_port, "pura-pura", Path()), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def silent() -> Iterator[Place]:
    """A server that takes a line and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Place(listening.getsockname()[1], "bisu", Path())
