"""A file system that keeps only what was synced: `python -m tests.stress.losing SOURCE PLACE`.

It holds SOURCE's files in memory and shows them at PLACE through /dev/fuse, the kernel's own protocol, so that no
library is needed. A file's content is kept when the file is synced, a name when its directory is; nothing else is. It
takes orders on standard input, one a line, and answers "done":

    cut            the power fails: every request from now on is an error, and nothing is kept any more
    keep DIR       write what was kept, and nothing else, into the empty directory DIR

and ends when standard input does. Layouts: include/uapi/linux/fuse.h, version 7.31.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

HEADER = struct.Struct("<IIQQIIIHH")
ANSWER = struct.Struct("<IiQ")
ATTRIBUTES = struct.Struct("<QQQQQQIIIIIIIIII")
ENTRY_HEAD = struct.Struct("<QQQQII")
LARGEST = 128 * 1024
INIT, DESTROY, FORGET, BATCH_FORGET, INTERRUPT = 26, 38, 2, 42, 36
UNANSWERED = {FORGET, BATCH_FORGET, INTERRUPT}
SET_MODE, SET_SIZE = 1, 8
BIG_WRITES = 1 << 5


class Node:
    """A file or a directory: as it is, and as it would be found after the power failed."""

    def __init__(self, number: int, mode: int) -> None:
        self.number, self.mode = number, mode
        self.data, self.kept = bytearray(), b""
        self.names: dict[str, Node] = {}
        self.kept_names: dict[str, Node] = {}
        self.changed_at = time.time_ns()

    @property
    def is_directory(self) -> bool:
        return stat.S_ISDIR(self.mode)

    def sync(self) -> None:
        """From now on this is what a power cut leaves."""
        self.kept, self.kept_names = bytes(self.data), dict(self.names)

    def attributes(self) -> bytes:
        """As the kernel wants them."""
        seconds, nano = divmod(self.changed_at, 10**9)
        size = len(self.data)
        times = (seconds, seconds, seconds, nano, nano, nano)
        links = 2 if self.is_directory else 1
        return ATTRIBUTES.pack(self.number, size, -(-size // 512), *times, self.mode, links, 0, 0, 0, 4096, 0)


class Refused(Exception):
    """An answer with an error number."""

    def __init__(self, number: int) -> None:
        super().__init__(os.strerror(number))
        self.number = number


class Losing:
    """The file system; requests are answered one after the other."""

    def __init__(self, source: Path) -> None:
        self.nodes: dict[int, Node] = {}
        self.is_dark = False
        self.lock = threading.Lock()
        root = self._new(stat.S_IFDIR | 0o700)
        self._load(source, root)
        self.deeds: dict[int, Callable[[Node, memoryview], bytes]] = {
            1: self.look_up,
            3: lambda node, _: self._told(node),
            4: self.set_attributes,
            9: self.make_directory,
            10: self.unlink,
            11: self.unlink,
            12: lambda node, given: self.rename(node, given, 8),
            14: lambda node, _: struct.pack("<QII", 0, 0, 0),
            15: self.read,
            16: self.write,
            17: lambda node, _: struct.pack(
                "<QQQQQIIII24x", 1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 4096, 255, 4096, 0
            ),
            18: lambda node, _: b"",
            20: self.sync,
            25: lambda node, _: b"",
            27: lambda node, _: struct.pack("<QII", 0, 0, 0),
            28: self.list_names,
            29: lambda node, _: b"",
            30: self.sync,
            35: self.create,
            45: lambda node, given: self.rename(node, given, 16),
        }

    def _new(self, mode: int) -> Node:
        node = Node(len(self.nodes) + 1, mode)
        self.nodes[node.number] = node
        return node

    def _load(self, source: Path, into: Node) -> None:
        for path in source.iterdir():
            node = self._new(path.stat().st_mode)
            into.names[path.name] = node
            if path.is_dir():
                self._load(path, node)
            else:
                node.data = bytearray(path.read_bytes())
                node.sync()
        into.sync()

    # --- What the kernel asks -------------------------------------------------------------------------------

    def _told(self, node: Node) -> bytes:
        return struct.pack("<QII", 1, 0, 0) + node.attributes()

    def _entry(self, node: Node) -> bytes:
        return ENTRY_HEAD.pack(node.number, 0, 1, 1, 0, 0) + node.attributes()

    def look_up(self, node: Node, given: memoryview) -> bytes:
        found = node.names.get(name_in(given))
        if found is None:
            raise Refused(errno.ENOENT)
        return self._entry(found)

    def set_attributes(self, node: Node, given: memoryview) -> bytes:
        valid, size = struct.unpack_from("<I", given)[0], struct.unpack_from("<Q", given, 16)[0]
        if valid & SET_MODE:
            node.mode = stat.S_IFMT(node.mode) | struct.unpack_from("<I", given, 68)[0] & 0o7777
        if valid & SET_SIZE:
            del node.data[size:]
            node.data.extend(bytes(size - len(node.data)))
        node.changed_at = time.time_ns()
        return self._told(node)

    def make_directory(self, node: Node, given: memoryview) -> bytes:
        mode = struct.unpack_from("<I", given)[0]
        return self._entry(self._add(node, name_in(given[8:]), stat.S_IFDIR | mode & 0o7777))

    def create(self, node: Node, given: memoryview) -> bytes:
        mode = struct.unpack_from("<I", given, 4)[0]
        made = self._add(node, name_in(given[16:]), stat.S_IFREG | mode & 0o7777)
        return self._entry(made) + struct.pack("<QII", 0, 0, 0)

    def _add(self, node: Node, name: str, mode: int) -> Node:
        if name in node.names:
            raise Refused(errno.EEXIST)
        node.names[name] = made = self._new(mode)
        return made

    def unlink(self, node: Node, given: memoryview) -> bytes:
        if node.names.pop(name_in(given), None) is None:
            raise Refused(errno.ENOENT)
        return b""

    def rename(self, node: Node, given: memoryview, head: int) -> bytes:
        to = self.nodes[struct.unpack_from("<Q", given)[0]]
        old, new = bytes(given[head:]).split(b"\0")[:2]
        to.names[os.fsdecode(new)] = node.names.pop(os.fsdecode(old))
        return b""

    def read(self, node: Node, given: memoryview) -> bytes:
        offset, size = struct.unpack_from("<QI", given, 8)
        return bytes(node.data[offset : offset + size])

    def write(self, node: Node, given: memoryview) -> bytes:
        offset, size = struct.unpack_from("<QI", given, 8)
        if offset > len(node.data):
            node.data.extend(bytes(offset - len(node.data)))
        node.data[offset : offset + size] = given[40 : 40 + size]
        node.changed_at = time.time_ns()
        return struct.pack("<II", size, 0)

    def sync(self, node: Node, given: memoryview) -> bytes:
        node.sync()
        return b""

    def list_names(self, node: Node, given: memoryview) -> bytes:
        offset, size = struct.unpack_from("<QI", given, 8)
        listed = b""
        for place, (name, found) in enumerate(list(node.names.items())[offset:], offset + 1):
            encoded = os.fsencode(name)
            one = (
                struct.pack("<QQII", found.number, place, len(encoded), stat.S_IFMT(found.mode) >> 12)
                + encoded
            )
            one += bytes(-len(one) % 8)
            if len(listed) + len(one) > size:
                break
            listed += one
        return listed

    # --- The wire -------------------------------------------------------------------------------------------

    def serve(self, device: int) -> None:
        """Answer until the file system is unmounted."""
        while True:
            try:
                request = memoryview(os.read(device, LARGEST + 4096))
            except OSError as error:
                if error.errno == errno.ENODEV:
                    return
                if error.errno in (errno.ENOENT, errno.EINTR):
                    continue
                raise
            length, deed, unique, number = HEADER.unpack_from(request)[:4]
            if deed in UNANSWERED:
                continue
            code, told = self._answer(deed, number, request[HEADER.size : length])
            os.write(device, ANSWER.pack(ANSWER.size + len(told), -code, unique) + told)

    def _answer(self, deed: int, number: int, given: memoryview) -> tuple[int, bytes]:
        if deed == INIT:
            flags = struct.unpack_from("<I", given, 12)[0] & BIG_WRITES
            return 0, struct.pack("<IIIIHHIIHHI28x", 7, 31, LARGEST, flags, 16, 12, LARGEST, 1, 32, 0, 0)
        with self.lock:
            if self.is_dark:
                return errno.EIO, b""
            act = self.deeds.get(deed)
            if act is None:
                return errno.ENOSYS, b""
            try:
                return 0, act(self.nodes[number], given)
            except Refused as refusal:
                return refusal.number, b""

    # --- The power ------------------------------------------------------------------------------------------

    def cut(self) -> None:
        """The power fails."""
        with self.lock:
            self.is_dark = True

    def keep(self, into: Path, node: Node | None = None) -> None:
        """Write what was synced, and nothing else."""
        for name, found in (node or self.nodes[1]).kept_names.items():
            path = into / name
            if found.is_directory:
                path.mkdir(mode=0o700)
                self.keep(path, found)
            else:
                path.write_bytes(found.kept)
                path.chmod(0o600)


def name_in(given: memoryview) -> str:
    """The name that a request ends with."""
    return os.fsdecode(bytes(given).split(b"\0", 1)[0])


def mount(device: int, place: Path) -> None:
    """Show the file system; OSError where we may not."""
    library = ctypes.CDLL(None, use_errno=True)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions"
    if library.mount(b"desk-losing", os.fsencode(place), b"fuse", 6, options.encode()):
        raise OSError(ctypes.get_errno(), "mount")


def unmount(place: Path) -> None:
    """Take it away, whoever still has a file open."""
    ctypes.CDLL(None).umount2(os.fsencode(place), 2)


def main() -> None:
    """Serve and take orders."""
    source, place = Path(sys.argv[1]), Path(sys.argv[2])
    losing = Losing(source)
    device = os.open("/dev/fuse", os.O_RDWR)
    mount(device, place)
    threading.Thread(target=losing.serve, args=(device,), daemon=True).start()
    print("done", flush=True)
    for line in sys.stdin:
        order, _, about = line.strip().partition(" ")
        if order == "cut":
            losing.cut()
        elif order == "keep":
            losing.keep(Path(about))
        print("done", flush=True)
    unmount(place)


if __name__ == "__main__":
    main()
