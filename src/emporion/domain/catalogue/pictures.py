"""Pictures of products: drawn anew, so that nothing but what one sees of them is kept."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from emporion.domain.refusal import Refusal
from emporion.domain.uploads import MEGABYTE, PICTURES, require_file

MOST_PICTURES = 6
MOST_BYTES = 15 * MEGABYTE
# A camera's picture has 50 million; more would fill the memory of a server.
MOST_PIXELS = 60_000_000
# Of the longer side, as a page shows it at most.
LONGEST_SIDE = 1600
QUALITY = 85


class PictureUnreadable(Refusal):
    """“{name}” cannot be read as a picture; open it, save it again as JPEG or PNG, and send that."""


class PictureTooManyPixels(Refusal):
    """“{name}” has more than {most} million pixels; make it smaller and send it again."""


class TooManyPictures(Refusal):
    """A product has at most {most} pictures; remove one before you add another."""


class PictureNeedsText(Refusal):
    """Say in a few words what the picture shows, for those who do not see it."""


class Drawn(NamedTuple):
    """A picture as it is kept: a JPEG, with its width and height in pixels."""

    content: bytes
    width: int
    height: int


def drawn_anew(name: str, content: bytes) -> Drawn:
    """A JPEG or PNG without its metadata, upright, on white, at most ``LONGEST_SIDE`` pixels long.

    Raises: FileEmpty, FileTooLarge, FileOfOtherKind, FileDamaged, PictureTooManyPixels, PictureUnreadable.
    """
    require_file(name, content, PICTURES, most_bytes=MOST_BYTES)
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise PictureTooManyPixels(name=name, most=MOST_PIXELS // 1_000_000)
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = _on_white(ImageOps.exif_transpose(found))
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            # Else a comment within the file would be written again.
            picture.info.clear()
            kept = BytesIO()
            picture.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True)
            return Drawn(kept.getvalue(), picture.width, picture.height)
    except Image.DecompressionBombError:
        raise PictureTooManyPixels(name=name, most=MOST_PIXELS // 1_000_000) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise PictureUnreadable(name=name) from None


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        own = picture.convert("RGBA")
        white = Image.new("RGBA", own.size, "white")
        return Image.alpha_composite(white, own).convert("RGB")
    return picture.convert("RGB")
