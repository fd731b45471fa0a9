"""How the desk shows a list: its columns and filters, what may be done in it and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from emporion.domain.desk.queries.queues import Queue
from emporion.web.desk.acts import BulkAction
from emporion.web.desk.filters import Column, Filter
from emporion.web.shell.states import State

STATE = gettext_lazy("State")
ORDERS = {
    "waiting": gettext_lazy("Waiting longest first"),
    "latest": gettext_lazy("Latest first"),
    "name": gettext_lazy("By name"),
    "number": gettext_lazy("By number"),
    "time": gettext_lazy("By time"),
    "area": gettext_lazy("Largest first"),
}


@dataclass(frozen=True)
class Link:
    """A page beside a list: what it is called, and the name of its address."""

    title: str | Promise
    name: str


@dataclass(frozen=True)
class Shown:
    """A list as its page shows it.

    ``usual`` is the state that it opens with, empty for all; ``roles`` decide in it. ``heading``: what its states are
    called. ``adds``: what the button says that adds a record, where the office does. ``beside``: pages of the same
    matter.
    """

    queue: Queue
    title: str | Promise
    search: str | Promise
    states: Mapping[str, State]
    usual: str
    filters: tuple[Filter, ...]
    columns: tuple[Column, ...]
    acts: Mapping[str, BulkAction]
    roles: tuple[str, ...]
    heading: str | Promise = STATE
    adds: str | Promise = ""
    beside: tuple[Link, ...] = field(default=())

    @property
    def address(self) -> str:
        """The name of the list's address."""
        return f"office_{self.queue.key}"

    @property
    def record(self) -> str:
        """The name of the address of one of its records."""
        return f"{self.address}_one"
