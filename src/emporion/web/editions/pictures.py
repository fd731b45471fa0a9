"""A picture that somebody uploads: what it is by its contents, and how large it is drawn."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from emporion.domain.editions.rules import logos

# Which format a file of each ending holds.
FORMATS = {".jpeg": "JPEG", ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
SVG_TAGS = ("svg", "{http://www.w3.org/2000/svg}svg")


def check_logo(file: UploadedFile[Any]) -> None:
    """Raises: LogoNotAPicture, LogoTooLarge."""
    name, size = str(file.name), int(file.size or 0)
    logos.require_logo_size(name, size)
    ending = PurePath(name).suffix.lower()
    if ending == ".svg":
        if not _is_svg(file.read()):
            raise logos.LogoNotAPicture(file=name)
    elif ending in FORMATS:
        logos.require_logo_size(name, size, _pixels(file, name, FORMATS[ending]))
    else:
        raise logos.LogoNotAPicture(file=name)
    file.seek(0)


def _is_svg(content: bytes) -> bool:
    """Whether it is a drawing without entities, which could unfold to gigabytes in a browser."""
    try:
        return str(fromstring(content).tag) in SVG_TAGS
    except (ParseError, DefusedXmlException, ValueError):
        return False


def _pixels(file: UploadedFile[Any], name: str, form: str) -> int:
    """The longer side of a picture. The head of the file tells it: nothing is decoded."""
    try:
        with Image.open(file, formats=[form]) as picture:
            longer = max(picture.size)
            picture.verify()
        return longer
    except Image.DecompressionBombError:
        return logos.MAX_LOGO_PIXELS + 1
    except (OSError, ValueError, SyntaxError):
        raise logos.LogoNotAPicture(file=name) from None
