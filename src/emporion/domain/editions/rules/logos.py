"""What can be the logo of a fair."""

from __future__ import annotations

from emporion.domain.refusal import Refusal

# Every page shows the logo, a few centimetres wide.
MAX_LOGO_KB, MAX_LOGO_PIXELS = 500, 4_000


class LogoNotAPicture(Refusal):
    """{file} is not a picture that pages can show; upload an SVG, PNG, JPEG or WebP file with the ending of its
    kind."""


class LogoTooLarge(Refusal):
    """{file} is too large for a logo, which every page loads; upload one of at most {kilobytes} kB and {pixels} pixels
    on each side."""


def require_logo_size(file: str, size: int, pixels: int = 0) -> None:
    """``size`` in bytes, ``pixels`` of the longer side, 0 for a drawing without any. Raises: LogoTooLarge."""
    if size > MAX_LOGO_KB * 1000 or pixels > MAX_LOGO_PIXELS:
        raise LogoTooLarge(file=file, kilobytes=MAX_LOGO_KB, pixels=MAX_LOGO_PIXELS)
