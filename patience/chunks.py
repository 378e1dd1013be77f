"""The end of a chunked body, found as it comes."""

from __future__ import annotations

import re

CRLF = b"\r\n"
SIZE = re.compile(rb"([0-9a-fA-F]+)(?:[ \t]*;.*)?", re.DOTALL)
LONGEST_LINE = 8_192
"""Bytes of a size with its extensions, or of a trailer; gunicorn refuses more than 8,190."""


class Chunks:
    """Walks from size to size (RFC 9112, 7.1) and keeps nothing of what lies between.

    It is no judge: what it cannot read has `ended`, so that gunicorn sees and refuses it.
    """

    def __init__(self) -> None:
        self.ended = False
        self.line = b""
        """The beginning of a line whose end has not come."""
        self.left = 0
        """Bytes of a chunk, and of the line end after it, that have not come."""
        self.in_trailers = False

    def feed(self, data: bytes | bytearray) -> None:
        """Go on with what has come next."""
        if self.left >= len(data):
            self.left -= len(data)
            return
        if self.line:
            data = self.line + data
        at, self.left, self.line = self.left, 0, b""
        while not self.ended and at < len(data):
            end = data.find(CRLF, at)
            if end < 0:
                self.line = bytes(data[at:])
                self.ended = len(self.line) > LONGEST_LINE
                return
            at = end + len(CRLF) + self._follows(data[at:end])
        self.left = max(0, at - len(data))

    def _follows(self, line: bytes | bytearray) -> int:
        """How many bytes lie between this line and the next."""
        if self.in_trailers:
            self.ended = not line
            return 0
        told = SIZE.fullmatch(line)
        size = int(told[1], 16) if told else 0
        self.ended, self.in_trailers = told is None, not size
        return size + len(CRLF) if size else 0
