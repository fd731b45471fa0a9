"""Where whole pages are stored: in this process up to a limit of bytes, and in files that all processes share."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

MIB = 2**20
# Pages by address alone are finite; those with a query are as many as somebody likes to make up.
MEMORY_BYTES = 48 * MIB
MEMORY_BYTES_OF_QUERIES = 8 * MIB
FILE_BYTES = 512 * MIB
SWEEP_EVERY = 256
LOCKS = 256
COMPRESSION = 6
POLL_SECONDS = 0.01


@dataclass(frozen=True)
class StoredPage:
    """A page as it is sent: its headers and its body, compressed by gzip.

    ``fair`` and ``state`` say of what it was made (see ``page_cache``), ``expires`` until when it holds at the latest
    (seconds since 1970).
    """

    fair: int | None
    state: str
    expires: float | None
    headers: tuple[tuple[str, str], ...]
    etag: str
    body: bytes

    @classmethod
    def of(
        cls, body: bytes, headers: tuple[tuple[str, str], ...], *, fair: int | None, state: str, expires: float | None
    ) -> StoredPage:
        """The page of a body that is not compressed yet."""
        etag = hashlib.sha256(body).hexdigest()[:24]
        return cls(fair, state, expires, headers, f'W/"{etag}"', gzip.compress(body, COMPRESSION, mtime=0))

    @property
    def plain(self) -> bytes:
        """The body for the few readers that take no compression."""
        return gzip.decompress(self.body)

    @property
    def size(self) -> int:
        """About how many bytes it takes in memory."""
        return len(self.body) + 1_000


class Memory:
    """Pages by key in this process; those that were asked for last stay, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[str, StoredPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: str) -> StoredPage | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: str, page: StoredPage) -> None:
        with self._lock:
            if (old := self._pages.pop(key, None)) is not None:
                self.bytes -= old.size
            self._pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                _, oldest = self._pages.popitem(last=False)
                self.bytes -= oldest.size


class Files:
    """Pages by key in a folder: whole or not there, since each is written aside and then renamed.

    A folder that cannot be read or written is as an empty one.
    """

    def __init__(self, folder: Path, most_bytes: int = FILE_BYTES) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self._written = 0

    def get(self, key: str) -> StoredPage | None:
        try:
            head, body = self._file(key).read_bytes().split(b"\n", 1)
            fields = json.loads(head)
            if fields.pop("key") != key:
                return None
            headers = tuple((name, value) for name, value in fields.pop("headers"))
            return StoredPage(headers=headers, body=body, **fields)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, page: StoredPage) -> None:
        fields = {name: value for name, value in asdict(page).items() if name != "body"}
        head = json.dumps({"key": key, **fields}).encode()
        file = self._file(key)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as new:
                new.write(head + b"\n" + page.body)
            os.replace(new.name, file)
            self._sweep_now_and_then()

    @contextmanager
    def alone(self, key: str, wait_seconds: float) -> Iterator[bool]:
        """Be the only one in all processes that makes a page: true, or false when another still does after the wait.

        A process that ends lets go by itself.
        """
        try:
            (self.folder / "locks").mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self.folder / "locks" / str(int(_digest(key)[:8], 16) % LOCKS)).open("w")
        except OSError:
            yield True
            return
        with lock:
            yield _locked(lock.fileno(), wait_seconds)

    def _file(self, key: str) -> Path:
        name = _digest(key)
        return self.folder / name[:2] / name

    def _sweep_now_and_then(self) -> None:
        self._written += 1
        if self._written % SWEEP_EVERY == 0:
            self.sweep()

    def sweep(self) -> None:
        """Take the pages away that were written first, until four fifths of the limit are left."""
        files = []
        for file in self.folder.glob("??/*"):
            with suppress(OSError):
                files.append((file.stat().st_mtime, file.stat().st_size, file))
        total = sum(size for _, size, _ in files)
        if total <= self.most_bytes:
            return
        for _, size, file in sorted(files, key=lambda one: one[0]):
            file.unlink(missing_ok=True)
            total -= size
            if total <= self.most_bytes * 4 // 5:
                return


class PageStore:
    """Both together. Pages with a query are not shared, and have a small place of their own."""

    def __init__(self, folder: Path) -> None:
        self.files = Files(folder)
        self.memory = Memory(MEMORY_BYTES)
        self.queries = Memory(MEMORY_BYTES_OF_QUERIES)

    def remembered(self, key: str) -> StoredPage | None:
        """The page of a key in this process."""
        return self._memory(key).get(key)

    def shared(self, key: str) -> StoredPage | None:
        """The page of a key that this or another process made last."""
        if "?" in key:
            return self.queries.get(key)
        if (found := self.files.get(key)) is not None:
            self.memory.put(key, found)
        return found

    def put(self, key: str, page: StoredPage) -> None:
        self._memory(key).put(key, page)
        if "?" not in key:
            self.files.put(key, page)

    def _memory(self, key: str) -> Memory:
        return self.queries if "?" in key else self.memory


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _locked(file: int, wait_seconds: float) -> bool:
    until = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(POLL_SECONDS)
