"""The site's messages: found in templates and code, kept in catalogues, compiled. Needs no tool beside Python.

Django turns a template into something that reads as Python with calls of gettext; Babel reads such calls.
"""

from __future__ import annotations

import ast
import importlib
import io
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import emporion
from emporion.domain.reason import Statement
from emporion.language import phrases

HERE = Path(__file__).parent
PRODUCT = Path(emporion.__path__[0])
# Where messages stand: pages with their code, how values are written, and phrases that rules fill in.
# The last is of messages by e-mail.
ENDINGS = ("py", "html", "txt")
SEARCHED = ("web", "language", "domain", "spreadsheets")
# Whose modules hold reasons and refusals.
SPEAKING = (
    "emporion.domain", "emporion.language", "emporion.spreadsheets", "emporion.cli.timetable_files",
    "emporion.cli.match_files",
)  # fmt: skip
CATALOGUE = HERE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "message": None,
    "message_in": ((1, "c"), 2),
}
# Lines of the header that would change without a message changing.
UNKEPT = (
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Generated-By',
    b'"Last-Translator',
    b'"Report-Msgid',
    b'"Language-Team',
)


def found() -> Catalog:
    """Every message of the site's templates and code."""
    catalogue = empty()
    for place, message, comments, context in (*_messages(), *_statements(), *_phrases()):
        catalogue.add(message, auto_comments=comments, context=context, locations=[(place, 0)])
    return catalogue


def empty() -> Catalog:
    """A catalogue without messages."""
    header = "# The messages of Emporion's pages in simplified Chinese."
    return Catalog(
        locale="zh_Hans", domain="django", charset="utf-8", header_comment=header, project="Emporion", version="1",
        copyright_holder="the Emporion contributors", fuzzy=False,
    )  # fmt: skip


def stored_catalogue() -> Catalog:
    """The catalogue as it stands in the source."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="django")


def update() -> Catalog:
    """Merge what is found into the catalogue and write both it and its compiled form."""
    catalogue = found()
    for message in stored_catalogue() if CATALOGUE.exists() else empty():
        still = catalogue.get(message.id, message.context) if message.id else None
        if still is not None:
            still.string = message.string
    CATALOGUE.write_bytes(written(catalogue))
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as text, without its dates, so that it changes only with its messages."""
    file = io.BytesIO()
    write_po(file, catalogue, omit_header=False, no_location=True, sort_output=True, width=110)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(UNKEPT))


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it; of no date, so that it changes only with its messages."""
    file = io.BytesIO()
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    write_mo(file, catalogue)
    return file.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The messages without a translation."""
    return [str(message.id) for message in catalogue if message.id and not _translated(message.string)]


def _translated(text: Any) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _statements() -> Iterator[tuple[str, str, list[str], None]]:
    """The sentence of every reason and refusal; it is worded beside the rule and translated here."""
    for statement in statements():
        yield statement.__module__.replace(".", "/"), statement.template, [], None


def _phrases() -> Iterator[tuple[str, str, list[str], None]]:
    """The phrases of the reference data, and those that code writes out."""
    for place, phrase in phrases.phrases():
        yield place, phrase, [], None
    for path in (path for name in SEARCHED for path in sorted((PRODUCT / name).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Phrase":
                [argument] = node.args
                if isinstance(argument, ast.Constant) and argument.value:
                    yield path.relative_to(PRODUCT).as_posix(), str(argument.value), [], None


def statements() -> list[type[Statement]]:
    """Every class of a reason or a refusal, by module and name."""
    for package in SPEAKING:
        folders = importlib.import_module(package).__path__
        for _finder, name, _is_package in pkgutil.walk_packages(folders, f"{package}."):
            if ".migrations" not in name:
                importlib.import_module(name)
    own = {one for one in Statement.kinds() if one.__module__.startswith("emporion.")}
    return sorted(own, key=lambda one: (one.__module__, one.__name__))


def _messages() -> Iterator[tuple[str, Any, list[str], str | None]]:
    folders = [PRODUCT / name for name in SEARCHED]
    for path in sorted(path for folder in folders for ending in ENDINGS for path in folder.rglob(f"*.{ending}")):
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # A template's indentation means nothing, but Python would read it.
            source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
        lines = io.BytesIO(source.encode())
        for _line, message, comments, context in extract(
            "python", lines, keywords=KEYWORDS, comment_tags=["Translators:"], options={"encoding": "utf-8"}
        ):
            yield path.relative_to(PRODUCT).as_posix(), message, comments, context
