"""What a file is by its contents: its ending is never trusted alone."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import Path

from emporion.kernels.text.encodings import MARKS_UTF_16, SAMPLE, plausible
from emporion.spreadsheets.refusals import (
    FileEmpty,
    FileMissing,
    LineTooLong,
    NamedText,
    NamedWorkbook,
    NotAList,
    OldWorkbook,
    PartTooLarge,
    UnknownEncoding,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookTooLarge,
)

WORKBOOK_ENDINGS = {".xlsx", ".xlsm"}
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
SIGNATURES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
}
PACKAGES = {
    "xl/workbook.bin": "a binary Excel workbook",
    "META-INF/manifest.xml": "an OpenDocument file",
    "word/document.xml": "a text document",
    "Index/Document.iwa": "a Numbers or Pages document",
}
# A sheet of a million cells unpacks to about 60 MB; beyond this limit a file is a mistake or an attack.
UNPACKED_LIMIT_MB = 2_000
# Sheets are read row by row; of the other parts the texts that cells share, styles and names are held in memory whole.
TEXTS_LIMIT_MB, PART_LIMIT_MB = 256, 16
TEXTS = "xl/sharedstrings.xml"
READ_BY_ROW_OR_NOT_AT_ALL = ("xl/worksheets/", "xl/media/", "xl/embeddings/", "xl/drawings/", "xl/pivotcache/")
BLOCK = 1 << 20


def is_workbook(path: Path) -> bool:
    """Whether the file is an Excel workbook (else it is text). Raises a refusal for anything that is neither."""
    if not path.is_file():
        raise FileMissing(file=path.name)
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise FileEmpty(file=path.name)
    if head.startswith(COMPOUND_FILE):
        raise (WorkbookEncrypted if _is_encrypted(path) else OldWorkbook)(file=path.name)
    _refuse_other_formats(path, head)
    workbook = head.startswith(b"PK\x03\x04")
    if workbook:
        _require_package(path)
    _require_ending(path, workbook)
    return workbook


def encoding_of(path: Path) -> str:
    """The text's encoding, proved by decoding it whole: UTF-8 (with or without mark), UTF-16 with mark, or the one in
    which its signs are by far the most plausible. Raises: LineTooLong, UnknownEncoding.
    """
    _require_lines(path)
    with path.open("rb") as file:
        head = file.read(BLOCK)
    if head.startswith(MARKS_UTF_16):
        return "utf-16"
    if _decodes(path, "utf-8-sig") is None:
        return "utf-8-sig"
    codec = plausible(_sample(path))
    if codec is None or (line := _decodes(path, codec)) is not None:
        raise UnknownEncoding(file=path.name, line=_first_high_line(path) if codec is None else line)
    return codec


def _require_lines(path: Path) -> None:
    """Refuse a line of more than a block: it would be read and split whole, and no row of a list is as long."""
    line = 1
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if len(block) == BLOCK and b"\n" not in block and b"\r" not in block:
                raise LineTooLong(file=path.name, line=line, limit=1)
            line += block.count(b"\n")


def _sample(path: Path) -> bytes:
    """The first lines with signs outside ASCII, enough to tell their encoding."""
    size, lines = 0, []
    with path.open("rb") as file:
        while line := file.readline(BLOCK):
            if not line.isascii():
                lines.append(line)
                size += len(line)
            if size > SAMPLE:
                break
    return b"".join(lines)


def _refuse_other_formats(path: Path, head: bytes) -> None:
    for signature, what in SIGNATURES.items():
        if head.startswith(signature):
            raise NotAList(file=path.name, what=what)
    opening = head.lstrip(codecs.BOM_UTF8).lstrip()[:200].lower()
    if opening.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise NotAList(file=path.name, what="a web page or XML")
    if b"\x00" in head and not head.startswith((*MARKS_UTF_16, b"PK\x03\x04")):
        raise NotAList(file=path.name, what="a binary file")


def _require_ending(path: Path, workbook: bool) -> None:
    named_workbook = path.suffix.lower() in WORKBOOK_ENDINGS | {".xls"}
    if workbook and not named_workbook:
        raise NamedText(file=path.name)
    if named_workbook and not workbook:
        raise NamedWorkbook(file=path.name)


def _is_encrypted(path: Path) -> bool:
    """Whether the compound file holds an encrypted package: its directory names the stream in UTF-16."""
    with path.open("rb") as file:
        head: bytes = file.read(64 * BLOCK)
    return ENCRYPTED_PACKAGE in head


def _require_package(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise WorkbookDamaged(file=path.name, what="its package cannot be opened") from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        what = next((what for part, what in PACKAGES.items() if part in names), "a package of other files")
        raise NotAList(file=path.name, what=what)
    size = sum(part.file_size for part in parts) // BLOCK
    if size > UNPACKED_LIMIT_MB:
        raise WorkbookTooLarge(file=path.name, size=size, limit=UNPACKED_LIMIT_MB)
    for part in parts:
        if part.file_size > (limit := _limit_of(part.filename)) * BLOCK:
            raise PartTooLarge(file=path.name, part=part.filename, size=part.file_size // BLOCK, limit=limit)


def _limit_of(part: str) -> int:
    """How many megabytes a part of the package may have; one that says less than it has is cut there by ``zipfile``."""
    name = part.lower()
    if name.startswith(READ_BY_ROW_OR_NOT_AT_ALL):
        return UNPACKED_LIMIT_MB
    return TEXTS_LIMIT_MB if name == TEXTS else PART_LIMIT_MB


def _decodes(path: Path, encoding: str) -> int | None:
    """``None`` when every byte decodes, else the number of the first line that does not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return line + block.count(b"\n", 0, error.start)
            line += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _first_high_line(path: Path) -> int:
    with path.open("rb") as file:
        return next((number for number, line in enumerate(file, 1) if not line.isascii()), 1)
