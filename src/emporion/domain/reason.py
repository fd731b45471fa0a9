"""What a rule says and why: a code and data, with the English sentence beside the class.

A :class:`Reason` is a small frozen value. Its docstring is the English sentence with its fields in braces; the doors
translate it once, with ``emporion.language.translate``, which also writes days, countries and nested reasons as the
reader does. :class:`~emporion.domain.refusal.Refusal` is the same for a rule that says no.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, dataclass_transform


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
        return self.template.format(**{name: _plain(value) for name, value in self.data.items()})

    @classmethod
    def kinds(cls) -> Iterator[type[Statement]]:
        """Every class below this one that has a template, as far as it has been imported."""
        for below in cls.__subclasses__():
            if below.template:
                yield below
            yield from below.kinds()


@dataclass_transform(frozen_default=True)
class Reason(Statement, abstract=True):
    """Why something is so. Each subclass is a frozen dataclass of its annotated fields."""

    def __init_subclass__(cls, *, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(abstract=abstract, **kwargs)
        dataclass(frozen=True)(cls)

    @property
    def data(self) -> Mapping[str, Any]:
        """The fields by name."""
        return self.__dict__

    def __str__(self) -> str:
        return self.sentence


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


def _plain(value: Any) -> Any:
    """A value as the English sentence has it."""
    if isinstance(value, Statement):
        return value.sentence
    if isinstance(value, tuple | list):
        return ", ".join(str(_plain(one)) for one in value)
    return value
