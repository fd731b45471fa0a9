"""An exhibitor's report: what came of the fair for it, as a page and on paper, during the fair and after it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.statistics.closing import Closing, closing_of, edition_before
from emporion.paper import laid_out, written
from emporion.web.shell.access import contracted
from emporion.web.shell.files import pdf_to_keep
from emporion.web.shell.respond import private_page
from emporion.web.shell.states import DEAL

STYLE = "emporion/papers.css"
# The figures in their groups: what each is called, and what it counts.
GROUPS: list[tuple[Promise, dict[str, tuple[Promise, Promise]]]] = [
    (_("Interest"), {
        "visitors_who_asked": (_("Visitors who asked to meet you"), _("Each once, whatever came of it.")),
        "favourites": (_("Visitors who marked you as a favourite"), _("How many, not who.")),
        "visitors_asked": (_("Visitors whom you asked"), _("Each once.")),
    }),
    (_("Meetings"), {
        "requests_accepted": (_("Requests accepted"), _("By either side.")),
        "meetings": (_("Meetings in the timetable"), _("Those that were published.")),
        "meetings_held": (_("Held"), _("As one of you has told.")),
        "meetings_visitor_missed": (_("The visitor did not come"), _("As one of you has told.")),
        "meetings_we_missed": (_("Nobody was at your stand"), _("As one of you has told.")),
    }),
    (_("Suggestions"), {
        "suggestions": (_("Visitors suggested to you"), _("In the latest suggestions.")),
        "suggestions_asked": (_("Of these, a meeting was asked for"), _("By either side.")),
        "suggestions_accepted": (_("Of these, accepted"), _("By the other side.")),
    }),
]  # fmt: skip


class Row(NamedTuple):
    """A figure, what it counts, and what it was at the edition before, where there is one."""

    title: Promise
    counts: Promise
    value: int
    before: int | None


def closing(request: HttpRequest, organisation: int) -> HttpResponse:
    """The report as a page."""
    here, exhibitor = contracted(request, organisation)
    return private_page(request, "statistics/closing.html", here.edition, {"here": here, **_report(exhibitor)})


def closing_paper(request: HttpRequest, organisation: int) -> HttpResponse:
    """The report as a PDF, in the reader's language."""
    here, exhibitor = contracted(request, organisation)
    mark = "zh-Hans" if (translation.get_language() or "").startswith("zh") else "en"
    known = {"here": here, "edition": here.edition, "mark": mark, **_report(exhibitor)}
    html = render_to_string("statistics/closing_paper.html", known)
    content = written(laid_out(f'<!doctype html><html lang="{mark}"><body>{html}</body></html>', STYLE))
    return pdf_to_keep(f"report-{exhibitor.number}.pdf", content)


def _report(exhibitor: Exhibitor) -> dict[str, Any]:
    """What page and paper show."""
    now, earlier = closing_of(exhibitor), edition_before(exhibitor)
    before = closing_of(earlier) if earlier else None
    return {
        "exhibitor": exhibitor, "earlier": earlier, "now": now, "at": timezone.now(),
        "groups": [(title, [_row(name, words, now, before) for name, words in rows.items()]) for title, rows in GROUPS],
        "deals": _deals(now, before), "deals_before": before is not None,
    }  # fmt: skip


def _row(name: str, words: tuple[Promise, Promise], now: Closing, before: Closing | None) -> Row:
    return Row(*words, now.counts[name], before.counts[name] if before else None)


@dataclass(frozen=True)
class DealRow:
    """Deals in a state in words: how many, their sum, how many are in no sum, and the sum before."""

    state: Promise | str
    count: int
    sum: Decimal
    unconverted: int
    count_before: int | None


def _deals(now: Closing, before: Closing | None) -> list[DealRow]:
    earlier = {one.state: one.count for one in before.deals} if before else {}
    return [
        DealRow(DEAL[one.state].words, one.count, one.sum, one.unconverted, earlier.get(one.state)) for one in now.deals
    ]
