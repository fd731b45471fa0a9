"""A visiting unit as those who manage its organisation see it: its people, on which days they come, open questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.visitors.models import VisitingUnit
from emporion.domain.visitors.queries import people_in_unit, questions_about, units_for
from emporion.web.shell.access import action_context, edition_of, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page, private_page
from emporion.web.shell.show_days import show_days
from emporion.web.shell.states import REGISTRATION, REGISTRATION_OF_UNIT
from emporion.web.visitors.questions import AnswerForm, answered


def unit(request: HttpRequest, organisation: int) -> HttpResponse:
    """The unit's state, how many of its people come on which day, and each of them."""
    edition, own = edition_of(request), _own(request, organisation)
    people = list(people_in_unit(own))
    days = show_days(edition)
    rows = [
        {"it": one, "state": REGISTRATION[one.state], "days": [not one.days or day in one.days for day in days]}
        for one in people
    ]
    coming = [row for row in rows if row["it"].state in ("registered", "approved")]  # type: ignore[attr-defined]
    context = {
        "unit": own, "state": REGISTRATION_OF_UNIT[own.state], "days": days, "rows": rows,
        "counts": [sum(row["days"][place] for row in coming) for place in range(len(days))],  # type: ignore[index]
        "questions": questions_about(own), "organisation": organisation,
    }  # fmt: skip
    return private_page(request, "visitors/unit.html", edition, context)


def answer(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """A question to the unit, and the answer."""
    own = _own(request, organisation)
    asked = questions_about(own).filter(pk=pk).first()
    if asked is None:
        raise Http404(_("There is no such question about your registration."))
    form, context = AnswerForm(request.POST or None, initial={"answer": asked.answer}), action_context(request)
    if request.method == "POST" and answered(form, asked, context):
        messages.success(request, _("Your answer is with the organiser, who goes on with the review."))
        return redirect(fair_url(request, "my_unit", organisation))
    shown = {"form": form, "question": asked, "unit": own, "organisation": organisation}
    return form_page(request, "visitors/unit_answer.html", edition_of(request), shown)


def _own(request: HttpRequest, organisation: int) -> VisitingUnit:
    """The unit of an organisation that the person manages; 404 where it does not visit this edition."""
    found = units_for(person(request), edition_of(request)).filter(organisation=organisation).first()
    if found is None:
        raise Http404(_("This organisation does not visit this edition."))
    return found
