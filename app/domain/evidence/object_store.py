"""Evidence in an S3-compatible store, which desks on several hosts share: the same five verbs as the directory.

The library is loaded at first use, so that a desk with a directory never pays for it (docs/decisions/0031).
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from app.domain.errors import NotFound
from app.domain.evidence.storage import KEY, StoreAway, checked_key, key_of, missing

if TYPE_CHECKING:
    from obstore.store import S3Store

CONNECT_SECONDS = 3
SILENT_SECONDS = 10
"""Longest wait for the next byte of an answer: a thread of the server stands still meanwhile."""
SENDING_SECONDS = 60
"""For one file to be sent and confirmed, since nothing is heard while it goes out; 12 MB take that at 1.6 Mbit/s. A
store that is silent is found out before: each sending begins with a question.
"""
AGAIN_SECONDS = 5
"""What fails sooner than this (a refused line, a 503) is tried once more; silence is not waited for twice."""
PIECE = 256 * 1024
IN_MEMORY = 1024 * 1024
"""Bytes of an opened object that are held in memory; a larger one lies in a temporary file."""
AT_ONCE = 1_000

_STATUS = re.compile(r"non-2xx status code: (\d{3})")
_FULL = re.compile(r"status code: 507|<Code>(XMinioStorageFull|QuotaExceeded|ServiceQuotaExceeded)</Code>")
_SIGNS = (
    ("kind: Timeout", "penyimpanan bukti tidak menjawab pada waktunya"),
    ("ertificate", "sertifikat penyimpanan bukti tidak dikenal"),
    ("kind: Connect", "penyimpanan bukti tidak dapat dihubungi"),
)
"""Parts of what the library says where no server answered; it hands on no other mark."""
_NO_BUCKET = "bucket penyimpanan bukti tidak ada"
_AWAY = "penyimpanan bukti tidak dapat dipakai"
_used_in: int = 0


class Bucket(NamedTuple):
    """Where the store is and what opens it."""

    name: str
    prefix: str
    """What every key begins with, as a path without a slash at either end."""
    endpoint: str
    region: str
    key_id: str
    secret: str
    certificates: str = ""
    """PEM of authorities that are trusted beside those of the system."""

    def __repr__(self) -> str:
        return f"Bucket({self.name!r}, {self.prefix!r}, {self.endpoint!r})"


class _Unheard(StoreAway):
    """Nobody answered at all."""


class ObjectStore:
    """One bucket. Every verb raises StoreAway when it does not answer in time or refuses; see Storage.

    While nobody answers, one thread at a time asks again and all others are told at once: a page of twenty photos would
    else keep every thread of a server waiting for a store that hangs.
    """

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._made: dict[str, S3Store] = {}
        self._unheard = ""
        """Why nobody answered the last time; empty as long as somebody does."""
        self._turn = threading.Lock()

    def put(self, content: bytes) -> str:
        """See Storage. An object that is there already is trusted only when its size is right.

        The store is sent the content's SHA-256 and must refuse anything else; what it then says it holds, its ETag, is
        compared as well, and where that is no plain hash (encryption by the store) the object is read back.
        """
        key = key_of(hashlib.sha256(content).hexdigest())
        if self._size(key) == len(content):
            return key
        with self._asking():
            try:
                said = self._client("sending").put(key, content, use_multipart=False)
            except FileNotFoundError:
                raise StoreAway(_NO_BUCKET) from None
        if (said["e_tag"] or "").strip('"') != hashlib.md5(content, usedforsecurity=False).hexdigest():
            self._read_back(key, content)
        return key

    def open(self, key: str) -> IO[bytes]:
        """See Storage. The object has come whole when this returns."""
        kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the caller closes it)
        try:
            with self._asking():
                found = self._client().get(checked_key(key))
                for piece in found.stream(min_chunk_size=PIECE):
                    kept.write(piece)
                if kept.tell() != found.meta["size"]:
                    raise StoreAway("jawaban penyimpanan bukti terpotong")
        except BaseException:
            kept.close()
            raise
        kept.seek(0)
        return kept

    def size(self, key: str) -> int:
        """See Storage."""
        size = self._size(checked_key(key))
        if size is None:
            raise missing()
        return size

    def exists(self, key: str) -> bool:
        """See Storage."""
        return self._size(checked_key(key)) is not None

    def keys(self) -> Iterator[str]:
        """See Storage; asked for by the thousand. An object under a name that is no key is passed over."""
        pages: Iterator[Any] | None = None
        while True:
            with self._asking():
                pages = pages or iter(self._client().list(chunk_size=AT_ONCE))
                page = next(pages, None)
            if page is None:
                return
            for one in page:
                if KEY.fullmatch(one["path"]):
                    yield one["path"]

    def _size(self, key: str) -> int | None:
        try:
            with self._asking():
                return int(self._client().head(key)["size"])
        except NotFound:
            return None

    def _read_back(self, key: str, content: bytes) -> None:
        try:
            with self.open(key) as kept:
                same = kept.read(len(content) + 1) == content
        except NotFound:
            same = False
        if not same:
            raise StoreAway("penyimpanan bukti menyimpan isi yang lain daripada yang dikirim")

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Around each request: its errors as `_told` has them, and nobody waits beside one who waits already."""
        in_turn = bool(self._unheard)
        if in_turn and not self._turn.acquire(blocking=False):
            raise StoreAway(self._unheard or _AWAY)
        try:
            with _told():
                yield
            self._unheard = ""
        except _Unheard as away:
            self._unheard = str(away.strerror)
            raise
        except (NotFound, StoreAway):
            self._unheard = ""
            raise
        finally:
            if in_turn:
                self._turn.release()

    def _client(self, limits: str = "asking") -> S3Store:
        """A client with these time limits, made at first use: the server's workers come of a process that never asks.

        Its threads do not survive a fork, and a child would wait for them for ever: RuntimeError instead.
        """
        global _used_in
        if _used_in not in (0, os.getpid()):
            raise RuntimeError("the object store was used before this process was forked")
        if limits not in self._made:
            _used_in = os.getpid()
            self._made[limits] = _client_of(self._bucket, limits)
        return self._made[limits]


def _client_of(bucket: Bucket, limits: str) -> S3Store:
    from obstore.store import S3Store

    options: dict[str, Any] = {
        "allow_http": bucket.endpoint.startswith("http://"),
        "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
        # Without a limit for the whole the library has one of 30 seconds, which a slow line may need.
        "timeout": timedelta(seconds=SENDING_SECONDS),
        "user_agent": "desk-pilkada",
    }
    if limits == "asking":
        options["read_timeout"] = timedelta(seconds=SILENT_SECONDS)
    if bucket.certificates:
        options["root_certificate"] = bucket.certificates
    return S3Store(
        bucket.name,
        prefix=bucket.prefix,
        endpoint=bucket.endpoint.rstrip("/"),
        region=bucket.region,
        access_key_id=bucket.key_id,
        secret_access_key=bucket.secret,
        virtual_hosted_style_request=False,
        checksum_algorithm="SHA256",
        client_options=options,  # type: ignore[arg-type]
        retry_config={
            "max_retries": 1,
            "retry_timeout": timedelta(seconds=AGAIN_SECONDS),
            "backoff": {
                "init_backoff": timedelta(milliseconds=100),
                "max_backoff": timedelta(seconds=1),
                "base": 2,
            },
        },
    )


@contextmanager
def _told() -> Iterator[None]:
    """What the library raises, as what a Storage promises. Its own words stay here: they repeat what was signed."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        raise (StoreAway(_NO_BUCKET) if "NoSuchBucket" in str(error) else missing()) from None
    except BaseError as error:
        raise _away(str(error)) from None


def _away(said: str) -> StoreAway:
    if _FULL.search(said):
        return StoreAway("penyimpanan bukti penuh", errno.ENOSPC)
    if "NoSuchBucket" in said:
        return StoreAway(_NO_BUCKET)
    status = _STATUS.search(said)
    if status:
        refused = status[1] in ("401", "403")
        return StoreAway(
            f"penyimpanan bukti {'menolak kunci desk ini' if refused else f'menjawab {status[1]}'}"
        )
    return _Unheard(next((words for sign, words in _SIGNS if sign in said), _AWAY))
