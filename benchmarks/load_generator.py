"""A load generator: many clients on kept connections, in a process of its own. Standard library only.

Reads one JSON object from standard input: ``port``, ``paths``, ``clients``, ``seconds``, ``once`` (ask for every path
exactly once, whatever the time). Writes one JSON object: ``times_ms`` of every answer, ``errors`` (answers other than
200 and broken connections) and ``elapsed_s``. Clients ask as browsers do, with compression accepted, each beginning at
another path. In place of ``paths`` there may be ``requests``, whole requests as they are sent; ``seek`` are words that
are counted in the answers' bodies, as ``found``.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n"
    "Accept-Language: en\r\nUser-Agent: Mozilla/5.0 load\r\n\r\n"
)
ANSWER_SECONDS = 120


@dataclass
class Measured:
    """What the clients saw together."""

    times_ms: list[float] = field(default_factory=list)
    errors: int = 0
    found: dict[str, int] = field(default_factory=dict)

    def look(self, body: bytes) -> None:
        """Count the words that are sought in an answer."""
        for word in self.found:
            self.found[word] += word.encode() in body


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one answer to its end and give its status and its body."""
    body = b""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    if headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).split(b";")[0], 16):
            body += await reader.readexactly(size + 2)
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return int(lines[0].split()[1]), body


async def client(port: int, requests: Iterator[str], until: float, measured: Measured) -> None:
    """Send one request after the other on one connection until the time is over or the requests are."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        if time.perf_counter() >= until:
            break
        began = time.perf_counter()
        try:
            writer.write(request.encode())
            status, body = await asyncio.wait_for(answer(reader), ANSWER_SECONDS)
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            measured.errors += 1
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        measured.times_ms.append((time.perf_counter() - began) * 1000)
        measured.errors += status != 200
        measured.look(body)
    writer.close()


async def run(asked: dict[str, Any]) -> dict[str, Any]:
    """Let all clients ask at the same time."""
    paths = asked.get("requests") or [REQUEST.format(path=path) for path in asked["paths"]]
    count, measured = asked["clients"], Measured(found=dict.fromkeys(asked.get("seek", ()), 0))
    began = time.perf_counter()
    until = began + (ANSWER_SECONDS * 10 if asked["once"] else asked["seconds"])
    shared = iter(paths)
    offsets = [len(paths) * number // count for number in range(count)]
    turns = [shared if asked["once"] else islice(cycle(paths), offset, None) for offset in offsets]
    await asyncio.gather(*(client(asked["port"], turn, until, measured) for turn in turns))
    return {
        "times_ms": sorted(measured.times_ms),
        "errors": measured.errors,
        "found": measured.found,
        "elapsed_s": time.perf_counter() - began,
    }


if __name__ == "__main__":
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
