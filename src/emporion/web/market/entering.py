"""Entering the market: one question and its answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import classification, without_database
from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess.rules.answer import Range
from emporion.domain.marketaccess.rules.eligibility import nearest_day
from emporion.domain.marketaccess.rules.negative_lists import SERVICES
from emporion.domain.reason import Name
from emporion.domain.reference.queries import hs_codes
from emporion.kernels.hs.answer import CODE, Question
from emporion.kernels.hs.finder import Finder
from emporion.language import written
from emporion.web.market.forms import MarketForm
from emporion.web.market.no_law import no_tariff
from emporion.web.market.presenters import (
    basis_of,
    present_answer,
    present_entry,
    present_papers,
    rate_of,
    title_beside,
    translated,
)
from emporion.web.shell import access
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.page_cache import cached_page
from emporion.web.shell.respond import UNPROCESSABLE, page

MAX_LINES = 100
MAX_LIKELY = 12
LONGEST_ACTIVITY = 100
_LOADING = Lock()


@cached_page("q", "origin", "to", "on", "value", "answers")
def entering(request: HttpRequest) -> HttpResponse:
    """The question; once it is asked, the answer of the tariff at hand, or the codes that bear the words."""
    edition = access.public_edition(request)
    if (answer := no_tariff(request, edition)) is not None:
        return answer
    submitted = "q" in request.GET
    form = MarketForm(request.GET.dict() if submitted else None, edition=edition, today=timezone.localdate())
    context: dict[str, Any] = {"form": form}
    if submitted and form.is_valid():
        context.update(likely(edition, form) if form.in_words else answered(edition, form.cleaned_data))
    status = UNPROCESSABLE if form.errors else 200
    return page(request, "market/entering.html", edition, context, status=status)


def answered(edition: Edition, query: dict[str, Any]) -> dict[str, Any]:
    """The answer about a code, with the nearest day for which it is at hand where the day asked for is outside."""
    code, origin, to, on, value = query["q"], query["origin"].pk, query["to"], query["on"], query["value"]
    found = marketaccess.answer(code, origin, to, on, value)
    nearest = nearest_day(marketaccess.market_of(to, on), on)
    same_query = f"{urlencode({'q': code})}&{scope(origin, to, on, value)}"
    context: dict[str, Any] = {
        "found": present_answer(found), "value": value,
        "papers": present_papers(without_database.papers_for(code, to, on)),
        "entry": present_entry(without_database.entry_of(code, origin, to, on)),
        "path_address": f"{fair_url(edition, 'market_path')}?{same_query}",
    }  # fmt: skip
    context["origin_address"] = f"{fair_url(edition, 'origin')}?{same_query}"
    if nearest != on:
        context["nearest"] = {"day": nearest, "address": address(edition, code, origin, to, nearest, value)}
    if isinstance(found, Range):
        at, rest = fair_url(edition, "market"), scope(origin, to, on, value)
        lines = [
            {"line": one, "rate": rate_of(one), "basis": basis_of(one.applied) if one.applied else "",
             "address": f"{at}?q={one.code}&{rest}", "title": title_beside(one.code, to)}
            for one in found.lines[:MAX_LINES]
        ]  # fmt: skip
        context.update(lines=lines, more=len(found.lines) - len(lines))
    titles = [context["found"].title, *(row["title"] for row in context.get("lines", ()))]
    context["translated"] = translated(code, titles)
    return context


def likely(edition: Edition, form: MarketForm) -> dict[str, Any]:
    """The likeliest subheadings for words, with what led to each, and the question that would decide.

    ``answers`` in the address holds answers to earlier questions; one that no question has is left out.
    """
    query, answers = form.cleaned_data, parse_answers(form.data.get("answers", ""))
    answer = finder().find(str(query["q"]), MAX_LIKELY, answers)
    titles = hs_codes(one.hs6 for one in answer.found)
    at = (query["origin"].pk, query["to"], query["on"], query["value"])
    rows = [
        {
            "hs": titles[one.hs6],
            "because": " · ".join(one.because),
            "share": round(100 * one.score),
            "address": address(edition, one.hs6, *at),
        }
        for one in answer.found
        if one.hs6 in titles
    ]
    activity = {"activity": str(query["q"])[:LONGEST_ACTIVITY], "kind": SERVICES}
    return {
        "likely": rows, "words": query["q"], "reading": answer.reading.value, "sure": answer.sure,
        "questions": [question_view(edition, form, one, answers) for one in answer.questions],
        "answers": [answer_label(key, value) for key, value in answers.items()],
        "forget": address(edition, str(query["q"]), *at),
        "listed": f"{fair_url(edition, 'negative_list')}?{urlencode(activity)}",
    }  # fmt: skip


def question_view(edition: Edition, form: MarketForm, question: Question, answers: dict[str, str]) -> dict[str, Any]:
    """A question and its choices in the reader's language, each with the address that narrows the list."""
    query = form.cleaned_data
    at = address(edition, str(query["q"]), query["origin"].pk, query["to"], query["on"], query["value"])
    choices = [
        {
            "words": answer_label(question.key, choice.value),
            "address": f"{at}&{urlencode({'answers': format_answers({**answers, question.key: choice.value})})}",
        }
        for choice in question.choices
    ]
    return {"words": answer_label(question.key, ""), "choices": choices}


def answer_label(key: str, value: str) -> str:
    """A question (without a value) or a choice in the reader's language."""
    if key == CODE and value:
        known = classification.nomenclature()
        return f"{value} {written(Name(known.titles[value], known.chinese.get(value, '')))}"
    return str(written(classification.wording()[key, value]))


def parse_answers(text: str) -> dict[str, str]:
    """Answers as an address holds them, ``state:frozen,part:part``; those that no question has are left out."""
    pairs = (one.partition(":") for one in text.split(",") if one)
    return {key: value for key, _, value in pairs if finder().is_answer(key, value)}


def format_answers(answers: dict[str, str]) -> str:
    """Answers as an address holds them."""
    return ",".join(f"{key}:{value}" for key, value in answers.items())


def finder() -> Finder:
    """The finder of the process, loaded once; who asks while it is being loaded waits for that one."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Finder:
    found = classification.finder()
    # The sentence encoder is loaded by its first text.
    found.find("tea", 1)
    return found


def address(edition: Edition, code: str, origin: str, to: str, on: date, value: Decimal | None = None) -> str:
    """The address of a question."""
    return f"{fair_url(edition, 'market')}?{urlencode({'q': code})}&{scope(origin, to, on, value)}"


def scope(origin: str, to: str, on: date, value: Decimal | None = None) -> str:
    """What a question's address says beside the goods."""
    query = {"origin": origin, "to": to, "on": on.isoformat(), **({"value": value} if value else {})}
    return urlencode(query)
