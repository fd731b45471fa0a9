"""All that the desk shows of one kind of record, and what is done to one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise

from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.web.desk.shown import Shown

Do = Callable[[Any, str, ActionContext], object]
Facts = Callable[[HttpRequest, Any], dict[str, Any]]


class Decision(NamedTuple):
    """What may be done to one record in these states: its button, and what is said when it is done.

    ``asks``: what the person writes with it, as a ``reason``. ``roles``: whose decision it is, where not that of all
    who decide in the list. ``when``: what else must be so of the record. ``leaves``: the record is gone afterwards.
    """

    title: str | Promise
    said: str | Promise
    states: tuple[str, ...]
    do: Do
    asks: str = ""
    roles: tuple[str, ...] = ()
    when: Callable[[Any], bool] = lambda _record: True
    leaves: bool = False


@dataclass(frozen=True)
class Editor:
    """How a record is changed by hand, and added where the office adds them.

    ``form`` makes the form of a record, or of a new one for none; ``save`` does what it says. ``fields`` gives the
    field that a refusal speaks of, by its code.
    """

    form: Callable[[Edition, Any, Any], forms.Form]
    save: Callable[[Edition, Any, Any, ActionContext], object]
    roles: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    intro: str | Promise = ""


@dataclass(frozen=True)
class Kind:
    """A kind of record: its list, the page of one, what is decided about it, how it is changed."""

    shown: Shown
    facts: Facts
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    editor: Editor | None = None
