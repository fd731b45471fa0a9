"""The long lists of the desk: filtered, paged by key, with what may be done to many and a look at its effect first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from emporion.domain.desk.queries.messages import QUEUES as WRITTEN_TO
from emporion.domain.desk.queries.queues import MOST_COUNTED, highest_key
from emporion.domain.desk.queries.views import views_of
from emporion.domain.staff.queries import held_at
from emporion.domain.staff.rules import GATE, WORK_ROLES, areas_within, may
from emporion.web.desk.acts import BulkAction
from emporion.web.desk.lists import QUEUES
from emporion.web.desk.shown import ORDERS, Shown
from emporion.web.shell.access import edition_of, fair_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.jobs import start_task
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import private_page

PAGE = 50


class ReasonForm(forms.Form):
    """Why somebody is turned down."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, told to those who are turned down"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def terms_of(request: HttpRequest, shown: Shown, given: Mapping[str, str]) -> dict[str, str]:
    """The filter that an address or a form states, within the areas to which the person is limited."""
    known = ("state", "decided", "q", *(one.name for one in shown.filters))
    terms = {name: value for name in known if (value := given.get(name, "").strip()[:100])}
    if terms.get("state") == "all":
        del terms["state"]
    by_area = "areas" in shown.queue.conditions
    areas = areas_within(held_at(person(request), fair_of(request)), shown.roles) if by_area else None
    return terms if areas is None else {**terms, "areas": ",".join(sorted(areas)) or "-"}


def listing(request: HttpRequest, queue: str) -> HttpResponse:
    """The list: by default what waits for a decision, the longest waiting first."""
    edition, shown = edition_of(request), QUEUES[queue]
    given = request.GET.dict()
    # What was decided together has been decided: all states of it.
    usual = "" if "decided" in given else shown.usual
    terms = terms_of(request, shown, {"state": usual, **given})
    order = given.get("order", "") if given.get("order") in shown.queue.orders else next(iter(shown.queue.orders))
    by = shown.queue.order(order)
    counts = shown.queue.counts(edition, terms, shown.states)
    found = shown.queue.narrowed(edition, terms)
    rows = page_after(
        found, given.get("after", ""), f"{'-' if by.descending else ''}{by.field}", size=PAGE, nullable=by.nullable
    )
    count = counts.get(terms["state"], 0) if "state" in terms else sum(counts.values())
    context = {
        "shown": shown, "queue": queue, "terms": terms, "state": terms.get("state", "all"), "order": order,
        "count": count, "tally": _told(count, shown, terms),
        "rows": [_row(request, shown, one) for one in rows.rows], "filtered": _filtered(shown, terms),
        "tabs": _tabs(shown, terms, counts, order), "orders": _orders(shown, order),
        "filters": [one.shown(edition, terms.get(one.name, "")) for one in shown.filters],
        "next": urlencode({**_address(terms), "order": order, "after": rows.after}) if rows.after else "",
        "first": "after" in given, "acts": acts_of(request, shown),
        "add_at": fair_url(request, f"{shown.address}_new") if shown.adds and decides(request, shown) else "",
        "beside": [(one.title, fair_url(request, one.name)) for one in shown.beside],
        "query": urlencode({**_address(terms), "order": order}),
        "here": fair_url(request, shown.address),
        "act_at": fair_url(request, f"{shown.address}_act") if shown.acts else "",
        "views": views_of(person(request), fair_of(request), queue), "decides": decides(request, shown),
        "write_at": fair_url(request, "office_group_message_new", queue) if queue in WRITTEN_TO else "",
        "takes": takes(request, shown), "list_at": fair_url(request, f"{shown.address}_list"),
    }  # fmt: skip
    return private_page(request, "desk/queue.html", edition, context)


@require_POST
def act(request: HttpRequest, queue: str) -> HttpResponse:
    """What doing something to the chosen records would do; confirmed, a worker does it."""
    edition, shown = edition_of(request), QUEUES[queue]
    chosen_act = acts_of(request, shown).get(request.POST.get("action", ""))
    terms = _selection(request, shown)
    if chosen_act is None or terms is None:
        messages.error(request, _("Choose rows first, or all that the filter finds."))
        return redirect(_back(request, shown))
    selected = shown.queue.narrowed(edition, terms)
    terms.setdefault("until", str(highest_key(selected)))
    effect = chosen_act.foreseen(selected)
    form = ReasonForm(request.POST if "confirmed" in request.POST else None) if chosen_act.reason else None
    if "confirmed" in request.POST and effect.done and (form is None or form.is_valid()):
        reason = {"reason": form.cleaned_data["reason"].strip()} if form is not None else {}
        task = start_task(chosen_act.kind, edition, {"filter": terms, **reason}, request)
        return redirect(fair_url(request, "office_task", task.pk))
    context = {
        "shown": shown, "act": chosen_act, "action": request.POST["action"], "effect": effect, "form": form,
        "selection": urlencode(terms), "back": _back(request, shown), "consequence": chosen_act.button(effect.done),
        "refusals": effect.refusals.items(), "act_at": fair_url(request, f"{shown.address}_act"),
        "query": request.POST.get("query", ""),
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return private_page(request, "desk/act.html", edition, context, status=status)


def _selection(request: HttpRequest, shown: Shown) -> dict[str, str] | None:
    """The filter of what was chosen: rows one by one, all that the list's filter finds, or what was looked at before;
    none where nothing was chosen."""
    limits = terms_of(request, shown, {})
    if selection := request.POST.get("selection"):
        given = parsed(selection)
        kept: dict[str, str] = {name: given[name] for name in ("chosen", "until") if name in given}
        return {**terms_of(request, shown, given), **kept, **limits}
    if request.POST.get("scope") == "all":
        return terms_of(request, shown, parsed(request.POST.get("query", "")))
    chosen = [key for key in request.POST.getlist("chosen") if key.isascii() and key.isdecimal()]
    return {"chosen": ",".join(chosen[:PAGE]), **limits} if chosen else None


def parsed(query: str) -> dict[str, str]:
    """The terms of a query, as in an address."""
    return dict(parse_qsl(query[:2000]))


def _back(request: HttpRequest, shown: Shown) -> str:
    query = urlencode(parsed(request.POST.get("query", "")))
    return f"{fair_url(request, shown.address)}{'?' if query else ''}{query}"


def _row(request: HttpRequest, shown: Shown, record: Any) -> dict[str, Any]:
    first, *others = shown.columns
    cells = [{"title": one.title, "text": one.cell(record), "number": one.number} for one in others]
    return {
        "pk": record.pk, "name": first.cell(record), "cells": cells, "state": shown.states[record.state],
        "address": fair_url(request, shown.record, record.pk),
    }  # fmt: skip


def _tabs(shown: Shown, terms: Mapping[str, str], counts: Mapping[str, int], order: str) -> list[dict[str, Any]]:
    """A tab for each state with its count, and one for all."""
    rest = _address({name: value for name, value in terms.items() if name != "state"})
    tabs: list[tuple[str, Any, int]] = [(key, state.words, counts.get(key, 0)) for key, state in shown.states.items()]
    tabs.append(("all", _("All"), sum(counts.values())))
    current = terms.get("state", "all")
    return [
        {
            "title": title, "count": _told(count, shown, terms), "current": key == current,
            "query": urlencode({**rest, "state": key, "order": order}),
        }
        for key, title, count in tabs
    ]  # fmt: skip


def _told(count: int, shown: Shown, terms: Mapping[str, str]) -> str:
    """How many a page says there are; of a large list that is narrowed, not more exactly than it is counted."""
    narrowed = shown.queue.large and terms.keys() - {"state"}
    return f"{MOST_COUNTED:,}+" if narrowed and count > MOST_COUNTED else f"{count:,}"


def _orders(shown: Shown, order: str) -> list[dict[str, Any]]:
    return [{"name": name, "title": ORDERS[name], "chosen": name == order} for name in shown.queue.orders]


def _address(terms: Mapping[str, str]) -> dict[str, str]:
    """The filter as it stands in an address."""
    return {"state": "all", **{name: value for name, value in terms.items() if name != "areas"}}


def _filtered(shown: Shown, terms: Mapping[str, str]) -> bool:
    return bool({"q", "decided", *(one.name for one in shown.filters)} & terms.keys())


def decides(request: HttpRequest, shown: Shown) -> bool:
    """Whether the person decides in this list, and does not only look at it."""
    return may(held_at(person(request), fair_of(request)), shown.roles)


def takes(request: HttpRequest, shown: Shown) -> bool:
    """Whether the person may take the list out as a file; whoever stands at the gate looks people up one by one."""
    held = held_at(person(request), fair_of(request))
    return may(held, tuple(role for role in shown.roles if role != GATE), reading=True)


def acts_of(request: HttpRequest, shown: Shown) -> dict[str, BulkAction]:
    """What the person may do to many records of the list."""
    held = held_at(person(request), fair_of(request))
    return {name: one for name, one in shown.acts.items() if may(held, WORK_ROLES[one.kind])}
