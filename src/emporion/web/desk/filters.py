"""By what the long lists are filtered and what they show: columns, filters, orders, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.desk.queries.choices import countries, delegations
from emporion.domain.editions.models import Edition
from emporion.web.shell.forms import by_name
from emporion.web.shell.options import options_of, with_chosen
from emporion.web.shell.states import PURCHASES, STANDS
from emporion.web.shell.templatetags.fair import figure, short_date, words

Choices = Iterable[tuple[object, object]]


@dataclass(frozen=True)
class Filter:
    """A filter of a list: its name in the address, what it is called, what can be chosen."""

    name: str
    title: str | Promise
    choices: Callable[[Edition], Choices]

    def shown(self, edition: Edition, chosen: str) -> dict[str, Any]:
        """What the form shows of it."""
        options = with_chosen(options_of(self.choices(edition)), chosen)
        return {"name": self.name, "title": self.title, "options": options}


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, and what stands in it for a record."""

    title: str | Promise
    cell: Callable[[Any], str | SafeString]
    number: bool = False


def country_choices(_edition: Edition) -> Choices:
    """Countries and regions by their names."""
    return ((one.pk, words(one)) for one in countries().order_by(by_name()).only("pk", "name_en", "name_zh"))


def area_choices(edition: Edition) -> Choices:
    """The edition's exhibition areas."""
    return ((one.code, words(one)) for one in edition.areas.order_by("number"))


def delegation_choices(edition: Edition) -> Choices:
    """The edition's trading groups."""
    return ((one.path, f"{one.path} {words(one)}") for one in delegations(edition))


def fixed(choices: Mapping[Any, Any]) -> Callable[[Edition], Choices]:
    """A few choices that are the same in every edition."""
    return lambda _edition: choices.items()


def asked_space(application: Any) -> SafeString | str:
    """What space an application asks, and a wish for a free booth."""
    if application.main_id is not None:
        return format_html("{} {}", _("with"), words(application.main.organisation))
    space = f"{figure(application.area_m2)} m²"
    return f"{space} · {_('free booth')}" if application.requests_free_booth else space


def submitted(application: Any) -> str | SafeString:
    """When an application was handed in."""
    return _day(application.submitted)


def number(value: str) -> SafeString | str:
    """A number or code that does not break in two."""
    return format_html('<span class="figure nowrap">{}</span>', value) if value else ""


def hall_choices(edition: Edition) -> Choices:
    """The edition's halls."""
    return ((code, code) for code in edition.halls.order_by("code").values_list("code", flat=True))


def _day(value: Any) -> SafeString | str:
    """A day that does not break in two."""
    return format_html('<span class="nowrap figure">{}</span>', short_date(value)) if value else ""


AREA = Filter("area", gettext_lazy("Exhibition area"), area_choices)
HALL = Filter("hall", gettext_lazy("Hall"), hall_choices)
COUNTRY = Filter("country", gettext_lazy("Country or region"), country_choices)
DELEGATION = Filter("delegation", gettext_lazy("Trading group"), delegation_choices)
STAND = Filter("stand", gettext_lazy("Kind of stand"), fixed(STANDS))
ASKS = Filter(
    "asks", gettext_lazy("Who applies"),
    fixed({
        "main": gettext_lazy("Main exhibitors"), "co": gettext_lazy("Co-exhibitors"),
        "free": gettext_lazy("Those who ask for a free booth"),
        "question": gettext_lazy("Those who owe an answer"),
        "answered": gettext_lazy("Those who have answered a question"),
    }),
)  # fmt: skip
ASKED = Filter(
    "asks", gettext_lazy("Questions"),
    fixed({
        "question": gettext_lazy("Those who owe an answer"),
        "answered": gettext_lazy("Those who have answered a question"),
    }),
)  # fmt: skip
UNIT = Filter(
    "unit", gettext_lazy("Visiting unit"),
    fixed({
        "approved": gettext_lazy("Approved"), "waiting": gettext_lazy("Not decided yet"),
        "none": gettext_lazy("Come alone"),
    }),
)  # fmt: skip
BADGE = Filter("badge", gettext_lazy("Badge"), fixed({"yes": gettext_lazy("Made"), "no": gettext_lazy("Not made")}))
SIZE = Filter("size", gettext_lazy("Yearly imports"), fixed(PURCHASES))

APPLICATION_COLUMNS = (
    Column(gettext_lazy("Organisation"), lambda one: words(one.organisation)),
    Column(gettext_lazy("Country or region"), lambda one: words(one.origin)),
    Column(gettext_lazy("Exhibition area"), lambda one: words(one.area)),
    Column(gettext_lazy("Asks for"), asked_space),
    Column(gettext_lazy("Handed in"), submitted),
)
UNIT_COLUMNS = (
    Column(gettext_lazy("Visiting unit"), lambda one: words(one.organisation)),
    Column(gettext_lazy("Country or region"), lambda one: words(one.organisation.country)),
    Column(gettext_lazy("Trading group"), lambda one: words(one.delegation)),
    Column(gettext_lazy("Yearly imports"), lambda one: str(PURCHASES[one.purchasing_size])),
    Column(gettext_lazy("Registered"), lambda one: _day(one.registered)),
)
VISITOR_COLUMNS = (
    Column(gettext_lazy("Name"), words),
    Column(gettext_lazy("Number"), lambda one: number(one.number)),
    Column(gettext_lazy("Country or region"), lambda one: words(one.country)),
    Column(gettext_lazy("Visiting unit"), lambda one: words(one.unit.organisation) if one.unit else ""),
    Column(gettext_lazy("Position"), lambda one: str(one.position)),
)
