"""One decorator for the loops that Numba compiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """Compile ``loop`` to machine code on its first call and keep the code on disk.

    The loop runs without the interpreter's lock, so that threads share the cores. Sums and maxima may be
    reassociated (that is what lets them use vector instructions), always in the same way on the same machine;
    no loop of this package meets a NaN, because ``Problem`` refuses it.
    """
    options: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy"}
    return cast(Loop, numba.njit(fastmath={"reassoc", "nnan", "nsz", "contract"}, **options)(loop))
