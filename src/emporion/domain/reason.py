"""What a rule says and why: a code and data, with the English sentence beside the class.

A :class:`Reason` is a small frozen value. Its docstring is the English sentence with its fields in braces; the doors
translate it once, with ``emporion.language.translate``, which also writes days, countries and nested reasons as the
reader does. :class:`~emporion.domain.refusal.Refusal` is the same for a rule that says no.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import FrozenInstanceError, dataclass, fields
from decimal import Decimal
from typing import Any, ClassVar, cast, dataclass_transform


class Statement:
    """A code, an English template and data. Subclasses give the template as their docstring.

    A class that only groups others is declared ``abstract=True`` and has no template.
    """

    code: ClassVar[str]
    template: ClassVar[str]

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # ``ApplicationsClosed`` gives ``applications_closed``.
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.template = "" if abstract else " ".join(inspect.cleandoc(cls.__doc__ or "").split())

    @property
    def data(self) -> Mapping[str, Any]:
        """What the sentence's placeholders stand for, by name."""
        raise NotImplementedError

    @property
    def sentence(self) -> str:
        """The English sentence, with days as 2026-11-05 and countries by their two letters."""
        data = self.data
        for value in data.values():
            if type(value) not in _AS_THEY_ARE:
                return self.template.format(**{name: _plain(value) for name, value in data.items()})
        return self.template.format(**data)

    @classmethod
    def kinds(cls) -> Iterator[type[Statement]]:
        """Every class below this one that has a template, as far as it has been imported."""
        for below in cls.__subclasses__():
            if below.template:
                yield below
            yield from below.kinds()


@dataclass_transform(frozen_default=True)
class Reason(Statement, abstract=True):
    """Why something is so. Each subclass is a dataclass of its annotated fields, and is never changed."""

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(abstract=abstract, **kwargs)
        # Without methods of its own: a program that imports 300 reasons would spend half its start on making them.
        dataclass(init=False, repr=False, eq=False)(cls)
        if not abstract:
            cls.__init__ = _initialiser(tuple(field.name for field in fields(cast(Any, cls))))  # type: ignore[method-assign]

    @property
    def data(self) -> Mapping[str, Any]:
        """The fields by name."""
        return self.__dict__

    def __str__(self) -> str:
        return self.sentence

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


def _initialiser(names: tuple[str, ...]) -> Callable[..., None]:
    """An ``__init__`` as a frozen dataclass has it, but twice as fast: an answer of market access makes ten reasons."""
    lines = [f"    held[{name!r}] = {name}" for name in names]
    source = "\n".join([f"def __init__({', '.join(['self', *names])}):", "    held = self.__dict__", *lines])
    made: dict[str, Any] = {}
    exec(source, made)
    return cast(Callable[..., None], made["__init__"])


class Phrase(str):
    """Words of the data or of a rule that the catalogue translates as a whole: an agreement's name, a state."""

    __slots__ = ()


class Country(str):
    """A country or area by its two letters; a reader sees its name."""

    __slots__ = ()


@dataclass(frozen=True)
class Name:
    """What is called one thing in English and another in Chinese; either may be empty."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.en or self.zh


@dataclass(frozen=True)
class ProperName(Name):
    """The name of an organisation or of a person; for a person ``en`` is the name in Latin letters, where it is given.

    What is in Chinese alone, readers of English get by pinyin.
    """

    is_person: bool = False


class Conjunction(tuple[Any, ...]):
    """Members of a list that reads with “and” before the last."""

    __slots__ = ()


# Values that stand in an English sentence as they are.
_AS_THEY_ARE = {str, int, Decimal, dt.date, Phrase, Country, Name, ProperName}


def _plain(value: Any) -> Any:
    """A value as the English sentence has it."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Statement):
        return value.sentence
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, tuple | list):
        *before, last = [str(_plain(one)) for one in value] or [""]
        if before and isinstance(value, Conjunction):
            return f"{', '.join(before)} and {last}"
        return ", ".join([*before, last])
    return value


def stored(value: Any) -> Any:
    """A reason, or a value of its data, as JSON keeps it; :func:`restored` gives it back."""
    if type(value) in (str, int):
        return value
    if type(value) in (Phrase, Country):
        return {"phrase" if type(value) is Phrase else "country": str(value)}
    if isinstance(value, Statement):
        return {"reason": value.code, **{name: stored(one) for name, one in value.data.items()}}
    if isinstance(value, tuple | list):
        members = [stored(one) for one in value]
        return {"and": members} if isinstance(value, Conjunction) else members
    for key, (kind, write, _read) in _STORED.items():
        if isinstance(value, kind):
            return {key: write(value)}
    return value


def restored(value: Any) -> Any:
    """The reason or value that :func:`stored` wrote. Raises ``LookupError`` for a reason of no known code."""
    if isinstance(value, list):
        return tuple(map(restored, value))
    if not isinstance(value, dict):
        return value
    if "reason" in value:
        data = {name: restored(one) for name, one in value.items() if name != "reason"}
        return _kind(value["reason"])(**data)
    [(key, inner)] = value.items()
    return Conjunction(map(restored, inner)) if key == "and" else _STORED[key][2](inner)


# How values that JSON does not know are kept: their type, as what they are written, how they are read.
_STORED: Mapping[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "phrase": (Phrase, str, Phrase),
    "country": (Country, str, Country),
    "proper_name": (ProperName, lambda name: [name.en, name.zh, name.is_person], lambda names: ProperName(*names)),
    "name": (Name, lambda name: [name.en, name.zh], lambda names: Name(*names)),
    "moment": (dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat),
    "day": (dt.date, dt.date.isoformat, dt.date.fromisoformat),
    "number": (Decimal, str, Decimal),
}


def _kind(code: str) -> Callable[..., Statement]:
    for kind in Statement.kinds():
        if kind.code == code:
            return kind
    raise LookupError(f"no reason has the code {code}")
