"""Every message of the site is in the Chinese catalogue, translated, and compiled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from emporion.language import messages


def test_the_catalogue_has_every_message_and_no_other() -> None:
    found = {(message.id, message.context) for message in messages.found() if message.id}
    kept = {(message.id, message.context) for message in messages.stored_catalogue() if message.id}
    assert found == kept, "run: emporion messages"


def test_no_function_that_marks_messages_has_a_name_of_its_own() -> None:
    """Under another name its messages would not be found."""
    alias = re.compile(r"\bn?p?gettext(?:_lazy)? as (?!_$)\w+", re.MULTILINE)
    named = [path for path in sorted(messages.PRODUCT.rglob("*.py")) if alias.search(path.read_text("utf-8"))]
    assert named == []


def test_every_message_is_translated() -> None:
    assert messages.missing(messages.stored_catalogue()) == []


def test_a_translation_fills_in_what_its_message_does() -> None:
    for message in messages.stored_catalogue():
        if not message.id or not message.string:
            continue
        wanted = message.id if isinstance(message.id, str) else message.id[1]
        strings_of = message.string if isinstance(message.string, str) else message.string[0]
        names = set(re.findall(r"%\((\w+)\)", wanted))
        assert set(re.findall(r"%\((\w+)\)", strings_of)) == names, message.id


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with messages.CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert strings_of(read_mo(file)) == strings_of(messages.stored_catalogue()), "run: emporion messages"


def strings_of(catalogue: Catalog) -> dict[tuple[str, str | None], str | tuple[str, ...]]:
    """What each message is translated to, by its words (those for one) and context."""

    def first(words: str | Sequence[str]) -> str:
        return words if isinstance(words, str) else words[0]

    def context(message: Message) -> str | None:
        # Of a compiled catalogue Babel gives it as bytes.
        return message.context.decode() if isinstance(message.context, bytes) else message.context

    return {(first(m.id), context(m)): first(m.string) for m in catalogue if m.id and m.string}
