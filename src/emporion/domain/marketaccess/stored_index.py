"""The classifier's index as a file beside the installed packages: built once for a state of code and data."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from emporion.kernels.hs.finder import Finder

PACKAGE = Path(__file__).resolve().parents[2]
SOURCES = ("kernels/hs", "kernels/text", "domain/marketaccess", "data/hs", "data/hs_finder", "data/tariffs")


def load_or_build(build: Callable[[], Finder], folder: Path | None = None) -> Finder:
    """The stored classifier of this state of code and data, else a new one, which is stored where that is possible."""
    file = (folder or Path(sys.prefix) / "compiled") / f"hs-{_state()}.pickle"
    with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
        found = pickle.loads(file.read_bytes())
        if isinstance(found, Finder):
            return found
    built = build()
    _store(built, file)
    return built


def _store(finder: Finder, file: Path) -> None:
    """Write the file whole or not at all; an environment that cannot be written to is no failure."""
    unfinished = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(pickle.dumps(finder, pickle.HIGHEST_PROTOCOL))
        unfinished.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _state() -> str:
    """A short name of what the index is made of: the code and the data files, by size and time of change."""
    facts = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in _sources()]
    return hashlib.sha256(repr((sys.version, facts)).encode()).hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for folder in SOURCES:
        yield from sorted(path for path in (PACKAGE / folder).glob("*.*") if path.is_file())
