"""Texts with fields in braces, as in ``{name}``: what they may name, and how they are filled.

A field is a name from a list and nothing else. No part of a text is ever run, and no value is read for fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from emporion.domain.notices.rules.kinds import Kind
from emporion.domain.refusal import Refusal

_BRACES = re.compile(r"\{([^{}]*)\}")
_GAP = re.compile(r"\n{3,}")


class FieldUnknown(Refusal):
    """Line {line}: there is no field {named}. The text may name {fields}."""


class BraceAlone(Refusal):
    """Line {line}: a brace stands alone. Fields stand between two, as in {example}."""


class FieldMissing(Refusal):
    """The text lacks {named}, without which its reader cannot go on. Put it where it belongs."""


class FieldMayBeEmpty(Refusal):
    """The subject names {named}, which is empty for some readers. Name it on a line of its own in the text."""


class TextHalfWritten(Refusal):
    """Write both a subject and a text; to have the product's own again, reset them."""


class NotYours(Refusal):
    """This message is the installation's own and cannot be written anew for one edition."""


def require_fields(text: str, fields: Collection[str]) -> None:
    """Refuse a text that names what it cannot, with the line. Raises: FieldUnknown, BraceAlone."""
    for number, line in enumerate(text.splitlines(), start=1):
        for named in _BRACES.findall(line):
            if named not in fields:
                raise FieldUnknown(line=number, named=f"{{{named}}}", fields=in_braces(fields))
        if set(_BRACES.sub("", line)) & {"{", "}"}:
            raise BraceAlone(line=number, example=f"{{{next(iter(fields))}}}")


def require_subject(kind: Kind, subject: str) -> None:
    """Raises: FieldUnknown, BraceAlone, FieldMayBeEmpty."""
    require_fields(subject, kind.fields)
    for named in _BRACES.findall(subject):
        if named in kind.may_lack:
            raise FieldMayBeEmpty(named=f"{{{named}}}")


def require_body(kind: Kind, body: str) -> None:
    """Raises: FieldUnknown, BraceAlone, FieldMissing."""
    require_fields(body, kind.fields)
    if missing := kind.needed - set(_BRACES.findall(body)):
        raise FieldMissing(named=in_braces(one for one in kind.fields if one in missing))


def require_whole(subject: str, body: str) -> None:
    """Raises: TextHalfWritten."""
    if bool(subject.strip()) != bool(body.strip()):
        raise TextHalfWritten()


def require_own(kind: Kind) -> None:
    """Raises: NotYours."""
    if not kind.own:
        raise NotYours()


def in_braces(fields: Iterable[str]) -> str:
    """The names of fields as they stand in a text."""
    return ", ".join(f"{{{one}}}" for one in fields)


def filled(text: str, values: Mapping[str, str], may_lack: Collection[str] = ()) -> str:
    """A text with its fields filled; a value is never read for fields again.

    A line that names one of ``may_lack`` for which there is nothing is left out, and with it the gap it would leave.
    """
    lines = [line for line in text.splitlines() if not _lacks(line, values, may_lack)]
    return _GAP.sub("\n\n", "\n".join(_BRACES.sub(lambda found: values.get(found[1], found[0]), one) for one in lines))


def _lacks(line: str, values: Mapping[str, str], may_lack: Collection[str]) -> bool:
    return any(named in may_lack and not values.get(named) for named in _BRACES.findall(line))
