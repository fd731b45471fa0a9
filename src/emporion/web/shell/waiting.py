"""What waits for somebody at the office: each room says it of its own, and the office's first page gathers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest

from emporion.domain.editions.models import Edition
from emporion.domain.staff.rules import Held


class Waiting(NamedTuple):
    """Something that waits: in words with its number, and where it is decided; ``urgent`` comes first."""

    text: str
    address: str
    urgent: bool = False


@dataclass(frozen=True)
class Asked:
    """Of what is asked: the edition, who looks and in which roles, and when."""

    request: HttpRequest
    edition: Edition
    held: list[Held]
    at: datetime


Source = Callable[[Asked], Iterable[Waiting]]
_sources: list[tuple[tuple[str, ...], Source]] = []


def waits(*roles: str) -> Callable[[Source], Source]:
    """Let a function tell the holders of these roles, and owners, what waits for them; it asks a fixed number of
    queries."""

    def register(source: Source) -> Source:
        _sources.append((roles, source))
        return source

    return register


def sources() -> Iterable[tuple[tuple[str, ...], Source]]:
    """Everything that was registered, with the roles that it is for."""
    return tuple(_sources)
