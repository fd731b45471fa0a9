"""Finding the one record that a list means by a number or a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from emporion.domain.organisations.rules.names import name_key, number_key

_Thing = TypeVar("_Thing")


class Register(Generic[_Thing]):
    """Things by the numbers and the normalised names of their organisations, each with its country."""

    def __init__(self) -> None:
        self._by_number: defaultdict[str, list[tuple[str, _Thing]]] = defaultdict(list)
        self._by_name: defaultdict[str, list[tuple[str, _Thing]]] = defaultdict(list)

    def add(self, thing: _Thing, *, numbers: Iterable[str], names: Iterable[str], country: str) -> None:
        """Enter a thing; empty numbers and names are passed over."""
        for number in {number_key(number) for number in numbers} - {""}:
            self._by_number[number].append((country, thing))
        for key in {name_key(name) for name in names if name}:
            self._by_name[key].append((country, thing))

    def find(self, wanted: str, *, country: str, strict: bool) -> list[_Thing]:
        """What has that number, else that name; none, one or several.

        ``strict``: ``country``, unless empty, must be the thing's own. Otherwise it only decides among several.
        """
        found = self._by_number.get(number_key(wanted)) or self._by_name.get(name_key(wanted)) or []
        if country and (strict or len(found) > 1):
            near = [pair for pair in found if pair[0] == country]
            found = near if strict or len(near) == 1 else found
        return [thing for _, thing in found]
