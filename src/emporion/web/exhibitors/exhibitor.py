"""An exhibitor's application and contract: applying, whom it wants to meet, withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.billing.queries import help_for, quote_for
from emporion.domain.billing.queries.tasks import money_tasks
from emporion.domain.booths.queries import stand_of, unplaced
from emporion.domain.deals.queries import deals_for
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import local_day
from emporion.domain.exhibitors.actions import answer_question, want_buyers, withdraw
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.exhibitors.queries import draft_of, papers_of, pavilions_managed_by, questions_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.preparation.queries import days_of, own_tasks, paper_task
from emporion.domain.preparation.rules import LATE, in_order
from emporion.language import written
from emporion.web.deals.rows import deal_rows
from emporion.web.exhibitors.forms import PAPERS, AnswerForm, BuyersWantedForm, other_facts
from emporion.web.meetings.requests import waiting_for
from emporion.web.preparation.words import STATES, WORDS
from emporion.web.shell.access import Place, action_context, place
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, done, form_page, private_page
from emporion.web.shell.states import PURCHASES, STANDS

# Whose application is under way, and who has signed nothing yet.
WAITING = frozenset({Application.State.SUBMITTED, Application.State.APPROVED})


@login_required
def overview(request: HttpRequest, organisation: int) -> HttpResponse:
    """Where the organisation stands, and what needs it now."""
    here = place(request, organisation)
    context: dict[str, Any] = {"here": here, "stands": STANDS, "purchases": PURCHASES}
    if "manages" in here.opens:
        context["pavilions"] = pavilions_managed_by(here.organisation, here.edition)
    if here.application:
        context["other_facts"] = other_facts(here.application)
        context["quote"] = quote_for(here.application, here.edition, timezone.now())
        context["questions"] = questions_of(here.application)
        context["papers"], context["kinds"] = papers_of(here.organisation, here.edition), PAPERS
        context["tasks"] = tasks = _tasks(here, here.application)
        context["late"] = sum(one["it"].state == LATE for one in tasks)
    else:
        context["begun"] = draft_of(here.organisation, here.edition)
        context["help"] = help_for(here.organisation, here.edition, local_day(here.edition, timezone.now()))
    if exhibitor := here.exhibitor:
        deals = deals_for(here.user, here.edition).filter(exhibitor=exhibitor)
        context |= {
            "stand": stand_of(exhibitor),
            "free_booth": getattr(exhibitor, "free_booth", None),
            "no_place": _why_no_place(here.edition, exhibitor),
            "waiting": len(waiting_for(exhibitor)),
            "unconfirmed": sum(row["may_confirm"] for row in deal_rows(deals, "exhibitor")),
        }
    return private_page(request, "exhibitors/overview.html", here.edition, context)


def _tasks(here: Place, application: Application) -> list[dict[str, Any]]:
    """What is next for the applicant or exhibitor, what is late first."""
    today = local_day(here.edition, timezone.now())
    application.edition = here.edition
    found = [*money_tasks(application, today)]
    if here.exhibitor:
        found += own_tasks(here.exhibitor, today)
    elif application.state in WAITING:
        found += paper_task(application, days_of(here.edition), today)
    return [{"it": task, "words": WORDS[task.kind], "state": STATES[task.state]} for task in in_order(found)]


def _why_no_place(edition: Edition, exhibitor: Exhibitor) -> str:
    """Why the last allocation has no stand for the exhibitor; empty where it has one."""
    found = unplaced(edition).filter(exhibitor=exhibitor).first()
    return str(written(found.why)) if found else ""


@login_required
def buyers_wanted(request: HttpRequest, organisation: int) -> HttpResponse:
    """Say whom the organisation wants to meet; at any time."""
    here = place(request, organisation)
    if (own := here.application) is None:
        return redirect(fair_url(request, "my_application", organisation))
    first = {"buyers_wanted": own.buyers_wanted, "least_purchases": own.least_purchases}
    form = BuyersWantedForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        least = form.cleaned_data["least_purchases"]
        want_buyers(
            own,
            form.cleaned_data["buyers_wanted"],
            least_purchases=least,
            context=ActionContext(timezone.now(), here.user),
        )
        messages.success(request, _("Saved. The next suggestions follow it."))
        return redirect(fair_url(request, "my_exhibitor", organisation))
    return form_page(request, "exhibitors/buyers_wanted.html", here.edition, {"here": here, "form": form})


@login_required
def answer(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """Answer a question that the organiser asked during the review."""
    here = place(request, organisation)
    question = questions_of(here.application).filter(pk=pk).first() if here.application else None
    if question is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    beside = {"answer_needed": "answer", "text_too_long": "answer"}
    if accepted(
        form,
        lambda: answer_question(question, form.cleaned_data["answer"], context=action_context(request)),
        beside,
    ):
        messages.success(request, _("Your answer has been sent to the organiser."))
        return redirect(fair_url(request, "my_exhibitor", organisation))
    return form_page(
        request, "exhibitors/answer.html", here.edition, {"here": here, "form": form, "question": question}
    )


@require_POST
@login_required
def withdrawal(request: HttpRequest, organisation: int) -> HttpResponse:
    """Take the application back."""
    here = place(request, organisation)
    if (own := here.application) is None:
        raise Http404
    done(
        request,
        lambda: withdraw(own, context=ActionContext(timezone.now(), here.user)),
        _("Your application is withdrawn."),
    )
    return redirect(fair_url(request, "my_exhibitor", organisation))
