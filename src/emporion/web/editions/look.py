"""A fair's look: its colour as a stylesheet, its logo."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from emporion.web.shell.colours import theme

A_YEAR = 365 * 24 * 3600
# Kinds of pictures that browsers draw; anything else is not sent.
PICTURES = {
    ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp",
}  # fmt: skip
CSS = """@layer tokens {{
  :root {{ --harbour: {0.light}; --harbour-ink: {0.on_light}; }}
  @media (prefers-color-scheme: dark) {{ :root {{ --harbour: {0.dark}; --harbour-ink: {0.on_dark}; }} }}
}}
"""


def stylesheet(request: HttpRequest) -> HttpResponseBase:
    """The fair's colour in place of the site's own, in shades that can be read on light and on dark."""
    colour = request.fair.colour  # type: ignore[attr-defined]
    if not colour:
        raise Http404
    return _cached(HttpResponse(CSS.format(theme(colour)), content_type="text/css; charset=utf-8"))


def logo(request: HttpRequest) -> HttpResponseBase:
    """The fair's logo. Pages ask for it by a name that changes with it, so that browsers may cache it."""
    picture = request.fair.logo  # type: ignore[attr-defined]
    kind = PICTURES.get(PurePath(picture.name).suffix.lower()) if picture else None
    if kind is None or not picture.storage.exists(picture.name):
        raise Http404
    response = FileResponse(picture.open("rb"), content_type=kind)
    # An SVG that is opened by itself runs no script.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return _cached(response)


def _cached(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
