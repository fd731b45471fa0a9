"""Reading a drawing in a process of its own, whose time and memory are bounded: files come from anywhere."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import PurePath

from emporion.drawings.drawing import MOST_ENTITIES, Drawing, DrawingEmpty, DrawingNotRead, DrawingTooComplex, from_json
from emporion.drawings.drawing import DrawingTooSlow as TooSlow

LONGEST_SECONDS = 60
MOST_MEMORY = 2 * 1024**3
NOT_READ, TOO_MANY = 3, 4
KINDS = {".dxf": "DXF", ".svg": "SVG", ".geojson": "GeoJSON", ".json": "JSON"}


def read_drawing(name: str, content: bytes, *, seconds: int = LONGEST_SECONDS) -> Drawing:
    """Read a drawing by the suffix of its name.

    Raises: DrawingNotRead, DrawingTooComplex, DrawingTooSlow, DrawingEmpty.
    """
    suffix = PurePath(name).suffix.lower()
    command = [sys.executable, "-m", "emporion.drawings.reading", suffix, str(seconds)]
    try:
        ended = subprocess.run(command, input=content, capture_output=True, timeout=seconds + 5, check=False)
    except subprocess.TimeoutExpired:
        raise TooSlow(name=name, seconds=seconds) from None
    if ended.returncode == TOO_MANY:
        raise DrawingTooComplex(name=name, most=MOST_ENTITIES)
    if ended.returncode < 0:
        raise TooSlow(name=name, seconds=seconds)
    if ended.returncode:
        raise DrawingNotRead(name=name, kind=KINDS.get(suffix, suffix), why=_why(ended.stderr))
    drawing = from_json(json.loads(ended.stdout))
    if not drawing.entities:
        raise DrawingEmpty(name=name)
    return drawing


def _why(told: bytes) -> str:
    lines = told.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "it is damaged"


def _read(suffix: str, content: bytes) -> Drawing:
    if suffix == ".dxf":
        from emporion.drawings.dxf import read_dxf  # noqa: PLC0415

        return read_dxf(content)
    if suffix == ".svg":
        from emporion.drawings.svg import read_svg  # noqa: PLC0415

        return read_svg(content)
    from emporion.drawings.geojson import read_json  # noqa: PLC0415

    return read_json(content)


def main(suffix: str, seconds: int) -> int:
    """Read a drawing from the standard input and tell it as JSON; what the exit says stands above."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        drawing = _read(suffix, sys.stdin.buffer.read())
    except MemoryError:
        return TOO_MANY
    except Exception as error:
        # Whatever a damaged file makes a reader stumble on, its owner is told in a sentence.
        if type(error).__name__ == "TooMany":
            return TOO_MANY
        sys.stderr.write(f"{error}\n")
        return NOT_READ
    json.dump(drawing.as_json(), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
