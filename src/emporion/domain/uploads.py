"""Which files people may bring: what they are is read from their content, never from their name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from emporion.domain.refusal import Refusal

MEGABYTE = 1024 * 1024
LONGEST_NAME = 150


class FileEmpty(Refusal):
    """“{name}” is empty; choose the file again."""


class FileTooLarge(Refusal):
    """“{name}” is larger than {most} MB; send a smaller file."""


class FileOfOtherKind(Refusal):
    """“{name}” is none of {kinds} by its content; save it as one of these and send it again."""


class FileDamaged(Refusal):
    """“{name}” ends too early: part of the file is missing. Open it to check, and send it again."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its name as people know it, the suffix it is stored with, how it begins and how it ends."""

    name: str
    suffix: str
    content_type: str
    begins: bytes
    ends: bytes


PDF = FileKind("PDF", ".pdf", "application/pdf", b"%PDF-", b"%%EOF")
PNG = FileKind("PNG", ".png", "image/png", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82")
JPEG = FileKind("JPEG", ".jpg", "image/jpeg", b"\xff\xd8\xff", b"\xff\xd9")
DOCUMENTS = (PDF, PNG, JPEG)
PICTURES = (PNG, JPEG)
# After its end a file may carry a little more, as a line break or what a camera adds.
TAIL = 64 * 1024


def require_file(name: str, content: bytes, kinds: Collection[FileKind], *, most_bytes: int) -> FileKind:
    """The kind of a file, among ``kinds``.

    Raises: FileEmpty, FileTooLarge, FileOfOtherKind, FileDamaged.
    """
    if not content:
        raise FileEmpty(name=name)
    require_size(name, len(content), most_bytes=most_bytes)
    found = next((kind for kind in kinds if content.startswith(kind.begins)), None)
    if found is None:
        raise FileOfOtherKind(name=name, kinds=", ".join(kind.name for kind in kinds))
    if found.ends not in content[-TAIL:]:
        raise FileDamaged(name=name)
    return found


def require_size(name: str, size: int, *, most_bytes: int) -> None:
    """Raises: FileTooLarge."""
    if size > most_bytes:
        raise FileTooLarge(name=name, most=most_bytes // MEGABYTE)


def plain_name(name: str) -> str:
    """A file's name without folders and control characters, not longer than what is stored."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "file"
