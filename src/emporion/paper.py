"""A page laid out on paper, nothing fetched from anywhere."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles import finders

from emporion.domain.work.rules import PDFLibraryMissing

STYLE = "emporion/sheets.css"


def laid_out(html: str) -> Any:
    """The document of a page. Raises: PDFLibraryMissing."""
    try:
        # Loads Pango from the machine, which a process without it must not need to start.
        from weasyprint import CSS, HTML  # noqa: PLC0415
    except OSError:
        raise PDFLibraryMissing() from None
    return HTML(string=html, url_fetcher=_nothing).render(stylesheets=[CSS(filename=finders.find(STYLE))])


def _nothing(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"a sheet fetches nothing, but asked for {url}")
