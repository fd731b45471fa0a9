"""What the templates say in two languages and in figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Fair
from emporion.domain.editions.queries import public_editions
from emporion.domain.marketaccess.queries import Law, law_of
from emporion.domain.reason import Name, Phrase, ProperName, Reason
from emporion.domain.staff.queries import fairs_for
from emporion.language import is_chinese, proper_name, whole_date, written
from emporion.language.zones import zone_name
from emporion.web.shell import addresses
from emporion.web.shell.labels import DEBUTS, PARTS, QUALIFIERS, SCOPES, SOURCES
from emporion.web.shell.options import with_chosen

register = template.Library()
HUNDRED_MILLION = 100_000_000
# Pages that every edition has, whatever its records are numbered.
IN_EVERY_EDITION = ("home", "exhibitors", "products", "halls", "programme", "bulletin")


@register.filter
def words(thing: Any, field: str = "name") -> str:
    """``thing|words:"title"`` gives its title in the reader's language, else in the other."""
    if thing is None:
        return ""
    if hasattr(thing, "proper_name") and field == "name":
        return proper_name(thing.proper_name)
    english = getattr(thing, f"{field}_en", None) or getattr(thing, field, "") or ""
    chinese = getattr(thing, f"{field}_zh", "") or ""
    # Only people and organisations have one name; a title in Chinese alone stays as it is.
    if field == "name" and not hasattr(thing, "name_en"):
        return proper_name(ProperName(english, chinese))
    return (chinese or english) if is_chinese() else (english or chinese)


@register.filter(name="written")
def in_readers_words(value: Name | Phrase | Reason | str | tuple[Name, ...]) -> str:
    """A name, phrase or reason of the domain in the reader's language, or several."""
    return str(written(value))


@register.filter
def other_words(thing: Any, field: str = "name") -> str:
    """The same in the other language, empty when it is not given or says the same."""
    english = getattr(thing, f"{field}_en", None) or getattr(thing, field, "") or ""
    chinese = getattr(thing, f"{field}_zh", "") or ""
    shown, other = (chinese, english) if is_chinese() else (english, chinese)
    return other if shown and other != shown else ""


@register.simple_tag
def other_language() -> str:
    """The ``lang`` of what :func:`other_words` gives."""
    return "en" if is_chinese() else "zh-Hans"


@register.filter
def figure(value: Any) -> str:
    """A number as figures are set: thousands apart, no empty decimals."""
    if value is None or value == "":
        return "–"
    if isinstance(value, float | Decimal):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}"


@register.filter
def large(value: Any) -> str:
    """A number as headlines tell it: from a hundred million on in billions, in Chinese in hundreds of millions."""
    if value is None or abs(value) < HUNDRED_MILLION:
        return figure(value)
    if is_chinese():
        return f"{value / HUNDRED_MILLION:,.1f}亿"
    return f"{value / (10 * HUNDRED_MILLION):,.2f} bn"


@register.filter
def in_scope(value: Any) -> str:
    """What a figure's value covers, in words: its exhibition and its part."""
    head, _separator, rest = value.scope.partition("; ")
    cover = str(SCOPES.get(head, head))
    return f"{cover} · {part_name(value)}" if rest else cover


@register.filter
def part_name(value: Any) -> str:
    """The part of a breakdown that a figure's value is of."""
    by, _separator, key = value.scope.partition("; ")[2].partition("=")
    return key_name(by, key, {(by, key): value.part} if value.part else {})


def key_name(by: str, key: str, names: Mapping[tuple[str, str | None], Name | Phrase]) -> str:
    """What a key of a dimension is called: by the labels of states and kinds, or by ``names``, else as it is."""
    return str(PARTS.get((by, key)) or written(names.get((by, key), key)))


@register.filter
def cell(value: Any) -> str:
    """A value of a row as a table shows it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "Y-m-d H:i")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return figure(value)
    return "" if value is None else str(value)


@register.filter
def is_number(value: Any) -> bool:
    """Whether a table sets a value to the right."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """``labels|of:kind``: the entry of a mapping."""
    return mapping.get(key, key)


@register.filter
def add_float(value: float, more: float) -> float:
    """A sum of numbers that need not be whole."""
    return float(value) + float(more)


@register.filter
def site(address: str) -> str:
    """A website's address without what needs no reading."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


@register.filter
def day(value: dt.date) -> str:
    """A day without its year."""
    # Translators: a day and month in the notation of Django's date filter.
    return date_format(_local(value), pgettext("date format", "j M"))


@register.filter
def short_date(value: dt.date) -> str:
    """A day with its year, its month in short."""
    # Translators: a date in the notation of Django's date filter.
    return date_format(_local(value), pgettext("date format", "j M Y"))


@register.filter
def moment(value: dt.datetime) -> SafeString:
    """A day and time of the venue; the site's script adds the reader's own where it differs."""
    local = timezone.localtime(value)
    return format_html('<time class="figure" datetime="{}">{}</time>', local.isoformat(), f"{local:%Y-%m-%d %H:%M}")


@register.filter
def hours(span: Any) -> SafeString:
    """``slot|hours``: from when to when, in venue time; the script adds the reader's own hours once, after both."""
    starts, ends = timezone.localtime(span.starts), timezone.localtime(span.ends)
    times = (starts.isoformat(), f"{starts:%H:%M}", ends.isoformat(), f"{ends:%H:%M}")
    return format_html(
        '<span class="range figure"><time datetime="{}">{}</time>–<time datetime="{}">{}</time></span>', *times
    )


@register.simple_tag
def zone() -> str:
    """The time zone in force, by its name."""
    return zone_name(ZoneInfo(timezone.get_current_timezone_name()))


@register.filter
def long_day(value: dt.date) -> str:
    """A day in full, with its weekday."""
    # Translators: a whole date with its weekday in the notation of Django's date filter.
    return date_format(_local(value), pgettext("date format", "l j F Y"))


@register.filter
def days(edition: Any) -> str:
    """The days of an edition: ``5–10 November 2023``."""
    first, last = edition.first_day, edition.last_day
    if (first.year, first.month) != (last.year, last.month):
        return f"{whole_date(first)} – {whole_date(last)}"
    month = date_format(first, pgettext("name of a month", "F"))
    within = {"first": first.day, "last": last.day, "month": month, "year": first.year}
    # Translators: days of one month, as in 5–10 November 2023.
    return _("%(first)d–%(last)d %(month)s %(year)d") % within


def _local(value: dt.date) -> dt.date:
    return timezone.localtime(value) if isinstance(value, dt.datetime) else value


@register.filter
def published_value(published: Any) -> str:
    """A published figure as it was told: ``about 410,000``."""
    return f"{QUALIFIERS.get(published.qualifier, published.qualifier)} {large(published.value)}".strip()


@register.filter
def cited(source: str) -> str:
    """The source of a published figure in the reader's language."""
    return str(SOURCES.get(source, source))


@register.filter
def debut(kind: str) -> str:
    """What a kind of debut is called."""
    return str(DEBUTS.get(kind, kind))


@register.filter
def chosen(options: SafeString, value: str) -> SafeString:
    """``options|chosen:value``: the options of a filter with the chosen one selected."""
    return with_chosen(options, value)


@register.filter
def isodate(day: dt.date) -> str:
    """A day as it stands in an address."""
    return day.isoformat()


@register.simple_tag(takes_context=True)
def market_law(context: dict[str, Any]) -> Law | None:
    """Of what the law of the fair's market is at hand; none on a page of no edition."""
    edition = context.get("edition")
    return law_of(edition.host_id) if edition else None


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """An icon of the one set, always beside its word, so hidden from those who listen."""
    return _drawn_icon(name, size)


@cache
def _drawn_icon(name: str, size: int) -> SafeString:
    hidden = {"class": "icon", "aria-hidden": "true", "focusable": "false"}
    return mark_safe(lucide(name, size=size, **hidden))


@register.simple_tag(takes_context=True)
def in_language(context: dict[str, Any], language: str) -> str:
    """This page's address in another language; of a page that is none, the first page's."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else "/"
    there = translate_url(here, language)
    if there != here or get_language() == language:
        return there
    fair = context.get("fair")
    with override(language):
        return addresses.fair_url(fair, "home") if fair else reverse("fairs")


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any]) -> str:
    """The one address of this page for search engines: without a query, and without the current edition's number."""
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None or request is None or request.fair is None:  # type: ignore[attr-defined]
        return ""
    return request.build_absolute_uri(addresses.fair_url(request, match.view_name, **match.kwargs))


@register.simple_tag(takes_context=True)
def other_editions(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The fair's other public editions, each with the address of this page in it, or of its first page."""
    request: HttpRequest = context["request"]
    fair, shown = request.fair, context.get("edition")  # type: ignore[attr-defined]
    match = request.resolver_match
    name = match.url_name if match and match.url_name in IN_EVERY_EDITION else "home"
    found = public_editions(fair, timezone.localdate()) if fair else ()
    return [{"it": one, "address": addresses.fair_url(one, name)} for one in found if one != shown]


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], *names: str) -> SafeString:
    """``aria-current`` when this page, or one below it, has one of these names."""
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    return mark_safe(' aria-current="page"') if match and match.url_name in names else SafeString("")


@register.simple_tag(takes_context=True)
def fair_url(context: dict[str, Any], name: str, *args: object, **kwargs: object) -> str:
    """The address of a page of this page's edition, else of its fair; without a fair, the list of fairs."""
    where = context.get("edition") or context.get("fair")
    return addresses.fair_url(where, name, *args, **kwargs) if where else reverse("fairs")


@register.simple_tag(takes_context=True)
def office_address(context: dict[str, Any]) -> str:
    """The office of this page's fair; on a page of no fair that of the one at which the person works, else of all."""
    where = context.get("edition") or context.get("fair") or _only_workplace(context.get("request"))
    return addresses.fair_url(where, "office") if where else reverse("admin:index")


def _only_workplace(request: HttpRequest | None) -> Fair | None:
    user = getattr(request, "user", None)
    fairs = list(fairs_for(user)[:2]) if isinstance(user, User) and user.is_staff else []
    return fairs[0] if len(fairs) == 1 else None


@register.simple_tag(takes_context=True)
def current_home(context: dict[str, Any]) -> str:
    """The first page of the fair's current edition."""
    return addresses.fair_url(context["edition"].fair, "home")
