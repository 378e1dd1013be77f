"""What is refused before any room hears of it."""

from __future__ import annotations

import errno
import io
from typing import Any

import pytest
from gunicorn.http.errors import ChunkMissingTerminator, InvalidChunkSize

from app.web import errors
from tests import cast

FORM = "multipart/form-data; boundary=x"


class Sent(io.BytesIO):
    """What a browser sends, which a server must take off the wire before its answer can be read."""


def test_what_is_too_large_is_heard_to_its_end_before_it_is_refused(app: Any, client: Any):
    cast.signed_in(client, "operator.berau")
    size = app.config["MAX_CONTENT_LENGTH"] + 2**20
    sent = Sent(b"x" * size)
    answer = client.post("/akun/sandi", input_stream=sent, content_type=FORM)
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text
    assert sent.tell() == size


def test_what_is_larger_than_any_proxy_lets_through_is_not(client: Any):
    cast.signed_in(client, "operator.berau")
    sent = Sent(b"x" * (errors.MOST_HEARD + 1))
    answer = client.post("/akun/sandi", input_stream=sent, content_type=FORM)
    assert answer.status_code == 413
    assert sent.tell() < 2**20


@pytest.mark.parametrize(
    "fault",
    [InvalidChunkSize("zz"), ChunkMissingTerminator("x"), ConnectionResetError(errno.ECONNRESET, "gone")],
    ids=lambda fault: type(fault).__name__,
)
@pytest.mark.parametrize("kind", [FORM, "application/x-www-form-urlencoded"], ids=["parts", "fields"])
def test_a_body_that_breaks_off_is_no_fault_of_the_desk(client: Any, fault: Exception, kind: str):
    class Broken(Sent):
        def readinto(self, _: Any, /) -> int:
            raise fault

    cast.signed_in(client, "operator.berau")
    terminated = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = client.post(
        "/akun/sandi", input_stream=Broken(), content_type=kind, environ_overrides=terminated
    )
    assert answer.status_code == 400
