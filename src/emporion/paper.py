"""A page laid out on paper, nothing fetched from anywhere but the font that a package brings."""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pylopdf_fonts_zh_cn import sans_path

from emporion.domain.work.rules import PDFLibraryMissing

STYLE = "emporion/sheets.css"
# Latin and Chinese letters in one face, so that a paper is the same on every machine.
FACE = "Fair Paper"
# Of some 60 kB each.
MOST_PAPERS = 5_000
# PDF/UA-1 (ISO 14289-1) for people, and PDF/A-3 (ISO 19005-3) for what carries a file within.
ACCESSIBLE, ARCHIVED = "pdf/ua-1", "pdf/a-3b"


def laid_out(html: str, style: str = STYLE) -> Any:
    """The document of a page, in a style of the site's own. Raises: PDFLibraryMissing."""
    try:
        # Loads Pango from the machine, which a process without it must not need to start.
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except OSError:
        raise PDFLibraryMissing() from None
    fonts = FontConfiguration()
    face = CSS(string=f'@font-face {{ font-family: "{FACE}"; src: url("{_font().as_uri()}"); }}', font_config=fonts)
    sheets = [face, CSS(filename=finders.find(style), font_config=fonts)]
    return HTML(string=html, url_fetcher=_nothing).render(stylesheets=sheets, font_config=fonts)


def written(document: Any, variant: str = ACCESSIBLE) -> bytes:
    """A laid-out document as a PDF of a variant, whose structure a screen reader follows."""
    return bytes(document.write_pdf(pdf_variant=variant, pdf_tags=True))


def once(facts: str, make: Callable[[], bytes]) -> bytes:
    """A paper that is made once for the same facts, and then read from a file under the installation's home.

    ``facts``: all that decides on the paper. Papers that nobody has fetched for long are made anew.
    """
    folder = Path(settings.HOME) / "papers"
    place = folder / f"{hashlib.sha256(facts.encode()).hexdigest()}.pdf"
    with suppress(FileNotFoundError):
        content = place.read_bytes()
        place.touch()
        return content
    content = make()
    folder.mkdir(parents=True, exist_ok=True)
    _make_room(folder)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(content)
    os.replace(file.name, place)
    return content


def _make_room(folder: Path) -> None:
    """Remove the papers that were fetched longest ago, half of them at once, when there are many."""
    with os.scandir(folder) as entries:
        papers = [(entry.stat().st_mtime, entry.path) for entry in entries]
    if len(papers) >= MOST_PAPERS:
        for _fetched, path in sorted(papers)[: MOST_PAPERS // 2]:
            # Another process may make room at the same time.
            with suppress(FileNotFoundError):
                os.remove(path)


@cache
def _font() -> Path:
    """The package's font as papers embed it, made once under the installation's home."""
    place = Path(settings.HOME) / "fonts" / "paper.otf"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(with_identity_charset(sans_path().read_bytes(), TTFont(sans_path(), lazy=True)))
        os.replace(file.name, place)
    return place.resolve()


def with_identity_charset(content: bytes, font: TTFont) -> bytes:
    """The same font with every character identifier equal to its glyph's index, as PDF writers take them to be.

    A font keyed by identifiers (CFF, Adobe Technical Note 5176, section 13) names its glyphs by a charset; one range
    over all of them, which is shorter than any other, makes the two numbers one. Its outlines stay.
    """
    table = font.reader.tables["CFF "]
    top = font["CFF "].cff.topDictIndex[0]
    start = table.offset + top.rawDict["charset"]
    identity = struct.pack(">BHH", 2, 1, font["maxp"].numGlyphs - 2)
    return content[:start] + identity + content[start + len(identity) :]


def _nothing(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"a sheet fetches nothing, but asked for {url}")
