"""Reading the data files that ship with the product."""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
from collections.abc import Iterator
from importlib.resources import files


def content(name: str) -> bytes:
    """The bytes of a data file, as it is shipped."""
    return files("emporion.data").joinpath(name).read_bytes()


def sha256(name: str) -> str:
    """The SHA-256 of a data file as shipped, in hexadecimal."""
    return hashlib.sha256(content(name)).hexdigest()


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by column; ``.xz`` is uncompressed on the way. Empty cells are empty strings."""
    data = content(name)
    text = (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8")
    return csv.DictReader(io.StringIO(text))
