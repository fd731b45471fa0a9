"""A page laid out on paper, nothing fetched from anywhere but the fonts that a package brings."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from pylopdf_fonts_zh_cn import sans_path

from emporion.domain.work.rules import PDFLibraryMissing

STYLE = "emporion/sheets.css"
# Latin and Chinese letters in one face, so that a paper is the same on every machine.
FACE = "Fair Paper"


def laid_out(html: str, style: str = STYLE) -> Any:
    """The document of a page, in a style of the site's own. Raises: PDFLibraryMissing."""
    try:
        # Loads Pango from the machine, which a process without it must not need to start.
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except OSError:
        raise PDFLibraryMissing() from None
    fonts = FontConfiguration()
    face = CSS(string=_face(), font_config=fonts)
    sheets = [face, CSS(filename=finders.find(style), font_config=fonts)]
    return HTML(string=html, url_fetcher=_nothing).render(stylesheets=sheets, font_config=fonts)


def written(document: Any) -> bytes:
    """A laid-out document as a PDF whose structure a screen reader follows (PDF/UA-1, ISO 14289-1)."""
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


@cache
def _face() -> str:
    return f'@font-face {{ font-family: "{FACE}"; src: url("{sans_path().as_uri()}"); }}'


def _nothing(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"a sheet fetches nothing, but asked for {url}")
