"""Lists as text: CSV in the encodings and with the separators that spreadsheets write."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from emporion.domain.reason import Reason
from emporion.kernels.text.encodings import NAMES
from emporion.spreadsheets.files import encoding_of
from emporion.spreadsheets.notices import ReadAsEncoding
from emporion.spreadsheets.refusals import FileEmpty, QuotationOpen
from emporion.spreadsheets.table import Recognise, Record, Table

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
# Encodings that need no word: the first two prove themselves, the third is that of Chinese spreadsheets.
USUAL = ("utf-8-sig", "utf-16", "gb18030")
# Longer than any text of a list; a cell beyond it is an unclosed quotation mark that swallowed the rows after it.
CELL_LIMIT = 100_000


def open_text(path: Path, recognise: Recognise) -> Table:
    """Open a text file; of the separators that one is taken under which most column names are known."""
    encoding = encoding_of(path)
    skip = _separator_line(path, encoding)
    headers = {separator: _header(path, encoding, separator, skip) for separator in SEPARATORS}
    separator = max(headers, key=lambda one: (recognise(headers[one]), len(headers[one])))
    if not any(headers[separator]):
        raise FileEmpty(file=path.name)

    def records() -> Iterator[Record]:
        return islice(_split(path, encoding, separator, skip), 1, None)

    described = f"{NAMES[encoding]}, separated by {SEPARATORS[separator]}"
    notices: list[Reason] = [] if encoding in USUAL else [ReadAsEncoding(NAMES[encoding])]
    return Table(path, headers[separator], records, described, notices=notices)


def _separator_line(path: Path, encoding: str) -> int:
    """1 when the first line only tells Excel the separator (``sep=;``), which is then no row of the list."""
    with path.open(encoding=encoding) as file:
        return int(file.readline().strip().lower().startswith("sep="))


def _header(path: Path, encoding: str, separator: str, skip: int) -> Record:
    return [cell.strip() for cell in next(_split(path, encoding, separator, skip), [])]


def _split(path: Path, encoding: str, separator: str, skip: int) -> Iterator[Record]:
    csv.field_size_limit(CELL_LIMIT)
    row = skip
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skip):
            file.readline()
        try:
            # In strict mode a quotation mark that is still open at the end of the file is an error, too.
            for row, record in enumerate(csv.reader(file, delimiter=separator, strict=True), 1 + skip):  # noqa: B007
                yield record
        except csv.Error as error:
            raise QuotationOpen(file=path.name, row=row) from error
