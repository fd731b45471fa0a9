"""What a file is stands in its content: names lie, and files arrive cut short."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from emporion.domain.uploads import (
    DOCUMENTS,
    JPEG,
    LONGEST_NAME,
    MEGABYTE,
    PDF,
    PICTURES,
    PNG,
    FileDamaged,
    FileEmpty,
    FileKind,
    FileOfOtherKind,
    FileTooLarge,
    plain_name,
    require_file,
)


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.4\n1 0 obj\n%%EOF\n", PDF), (picture("PNG"), PNG), (picture("JPEG"), JPEG)],
    ids=["pdf", "png", "jpeg"],
)
def test_a_file_is_what_it_contains_whatever_its_name(content: bytes, kind: FileKind) -> None:
    assert require_file("run.exe", content, DOCUMENTS, most_bytes=MEGABYTE) == kind
    with pytest.raises(FileDamaged):
        require_file("half", content[: len(content) // 2], DOCUMENTS, most_bytes=MEGABYTE)


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90", b"<svg onload='x'/>", b"<html>%PDF-1.4 %%EOF", b"GIF89a", b"PK\x03\x04", b" %PDF-1.4 %%EOF"],
)
def test_programs_pages_and_archives_are_refused_whatever_their_name(content: bytes) -> None:
    with pytest.raises(FileOfOtherKind) as refused:
        require_file("licence.pdf", content, DOCUMENTS, most_bytes=MEGABYTE)
    assert refused.value.data == {"name": "licence.pdf", "kinds": "PDF, PNG, JPEG"}


def test_a_pdf_is_no_picture() -> None:
    with pytest.raises(FileOfOtherKind):
        require_file("a.png", b"%PDF-1.4 %%EOF", PICTURES, most_bytes=MEGABYTE)


def test_size_is_counted_to_the_byte() -> None:
    whole = b"%PDF-" + b" " * (MEGABYTE - 10) + b"%%EOF"
    assert len(whole) == MEGABYTE
    assert require_file("a", whole, DOCUMENTS, most_bytes=MEGABYTE) == PDF
    with pytest.raises(FileTooLarge):
        require_file("a", whole + b"\n", DOCUMENTS, most_bytes=MEGABYTE)
    with pytest.raises(FileEmpty):
        require_file("a", b"", DOCUMENTS, most_bytes=MEGABYTE)


def test_a_name_is_stored_without_folders_and_control_characters() -> None:
    assert plain_name("C:\\papers\\licence.pdf") == "licence.pdf"
    assert plain_name("../../etc/passwd\n") == "passwd"
    assert plain_name("/") == "file"
    assert len(plain_name("x" * 500 + ".pdf")) == LONGEST_NAME
