"""Which drawings may be brought, and what is refused of them."""

from __future__ import annotations

from pathlib import PurePath

from emporion.domain.refusal import Refusal
from emporion.domain.uploads import FileEmpty, FileKind, FileOfOtherKind, require_size

MOST_BYTES = 20 * 1024 * 1024
DXF = FileKind("DXF", ".dxf", "image/vnd.dxf", b"", b"")
GEOJSON = FileKind("GeoJSON", ".geojson", "application/geo+json", b"", b"")
SVG = FileKind("SVG", ".svg", "image/svg+xml", b"", b"")
XLSX = FileKind("Excel", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK", b"")
CSV = FileKind("CSV", ".csv", "text/csv", b"", b"")
LISTS = (XLSX, CSV)
SUFFIXES = {
    ".dxf": DXF, ".geojson": GEOJSON, ".json": GEOJSON, ".svg": SVG, ".xlsx": XLSX, ".csv": CSV,
}  # fmt: skip
# What a length of one in the drawing is, in metres.
UNITS = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}


class DWGNotRead(Refusal):
    """“{name}” is a DWG; export it from your drawing program as DXF, and bring that."""


class PlanNotSound(Refusal):
    """With these changes the plan would have {count} faults that the edition refuses. The first: {first}"""


class NoAreaForStands(Refusal):
    """The edition has no exhibition area yet; new stands belong to one. Add an area first."""


class NumbersElsewhere(Refusal):
    """These numbers are those of stands in other halls: {numbers}. Give the stands of this drawing others."""


class NumbersTooLong(Refusal):
    """These numbers are longer than {most} characters: {numbers}."""


class DrawingDone(Refusal):
    """This drawing was applied or discarded already; bring it again to change the plan."""


class OutlineTooLarge(Refusal):
    """The drawing is {width} by {depth} m; a hall is at most {most} m wide and deep. Check the unit of the drawing."""


def kind_of_drawing(name: str, content: bytes) -> FileKind:
    """The kind of a drawing by its name; what it holds is read later.

    Raises: FileEmpty, FileTooLarge, FileOfOtherKind, DWGNotRead.
    """
    if not content:
        raise FileEmpty(name=name)
    require_size(name, len(content), most_bytes=MOST_BYTES)
    suffix = PurePath(name).suffix.lower()
    if suffix == ".dwg" or content.startswith(b"AC10"):
        raise DWGNotRead(name=name)
    if suffix not in SUFFIXES:
        raise FileOfOtherKind(name=name, kinds="DXF, GeoJSON, SVG, XLSX, CSV")
    return SUFFIXES[suffix]
