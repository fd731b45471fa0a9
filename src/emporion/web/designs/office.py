"""Designs before the organiser: which wait and until when, each with its drawings, comments and the decision."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emporion.domain.booths.actions import set_construction_rules
from emporion.domain.booths.construction import ConstructionRules
from emporion.domain.booths.models import ConstructionRule
from emporion.domain.booths.queries import construction_rule, stand_of
from emporion.domain.designs.actions import decide_design
from emporion.domain.designs.models import StandDesign
from emporion.domain.designs.queries import breaches_on_plan, builders, designs_of
from emporion.domain.designs.rules import decision_due
from emporion.domain.editions.queries import local_day
from emporion.domain.staff.rules import HALLS
from emporion.web.designs.drawings import drawing, shown
from emporion.web.designs.forms import CONSTRUCTION_FIELDS, DECISION_FIELDS, DESIGN, ConstructionForm, DecisionForm
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.paging import page_after
from emporion.web.shell.respond import accepted, form_page, private_page
from emporion.web.shell.waiting import Asked, Waiting, waits
from emporion.web.shell.whole_numbers import whole_number


@waits(HALLS)
def designs_waiting(asked: Asked) -> Iterator[Waiting]:
    """Designs that nobody has decided on, the longest wait first on their page."""
    count = designs_of(asked.edition).filter(state=StandDesign.State.SUBMITTED).count()
    if count:
        text = ngettext(
            "%(count)s stand design waits for a decision", "%(count)s stand designs wait for a decision", count
        )
        yield Waiting(text % {"count": f"{count:,}"}, fair_url(asked.request, "office_designs"))


def designs(request: HttpRequest) -> HttpResponse:
    """The designs in one state, those that wait for a decision unless asked otherwise, the oldest first."""
    edition = edition_of(request)
    state = request.GET.get("state", StandDesign.State.SUBMITTED)
    found = designs_of(edition).filter(state=state) if state in DESIGN else designs_of(edition).none()
    today, zone = local_day(edition, timezone.now()), edition.zone
    listed = page_after(found, request.GET.get("after", ""), "handed_in")
    rows = []
    for one in listed.rows:
        due = decision_due(one.handed_in.astimezone(zone).date())
        rows.append({"design": one, "due": due, "late": state == StandDesign.State.SUBMITTED and due < today})
    missing = builders(edition).filter(design=None).count()
    context = {"rows": rows, "page": listed, "states": DESIGN, "state": state, "missing": missing}
    return private_page(request, "designs/designs.html", edition, context)


def construction(request: HttpRequest) -> HttpResponse:
    """The edition's rules of construction, and the designs that break one on the plan as it is."""
    edition = edition_of(request)
    rule = construction_rule(edition)
    form = ConstructionForm(request.POST or None, initial=model_to_dict(rule) if rule else None)
    if accepted(form, lambda: _rules_set(request, form), CONSTRUCTION_FIELDS):
        messages.success(request, _("The rules are set. Allocate the halls again for new fire lanes."))
        return redirect(fair_url(request, "office_construction"))
    broken = [
        {"design": design, "reasons": reasons, "stand": stand_of(design.exhibitor)}
        for design, reasons in breaches_on_plan(edition)
    ]
    return form_page(request, "designs/construction.html", edition, {"form": form, "broken": broken})


def _rules_set(request: HttpRequest, form: ConstructionForm) -> ConstructionRule:
    typed = dict(form.cleaned_data)
    source = typed.pop("source")
    rules = ConstructionRules(**typed)
    return set_construction_rules(edition_of(request), rules, source=source, context=action_context(request))


def design(request: HttpRequest, pk: int) -> HttpResponse:
    """One design, and the form of the decision."""
    found = _found(request, pk)
    exhibitor = found.exhibitor
    form = DecisionForm(request.POST or None, initial={"reason": found.reason, "due": found.due})
    if accepted(form, lambda: _decided(request, found, form), DECISION_FIELDS):
        messages.success(request, _("Decided. The exhibitor and its contractor are told by e-mail."))
        return redirect(fair_url(request, "office_designs"))
    context = {
        "exhibitor": exhibitor, "stand": stand_of(exhibitor), "form": form,
        **shown(exhibitor, lambda file: fair_url(request, "office_drawing", pk, file)),
    }  # fmt: skip
    return form_page(request, "designs/office.html", exhibitor.edition, context)


def _decided(request: HttpRequest, found: StandDesign, form: DecisionForm) -> StandDesign:
    typed, seen = form.cleaned_data, whole_number(request.POST.get("seen", "")) or 0
    decision, reason, due = typed["decision"], typed["reason"], typed["due"]
    return decide_design(found, decision, seen=seen, reason=reason, due=due, context=action_context(request))


def one_drawing(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A drawing, and what is said of it."""
    found = _found(request, pk)
    context = {"exhibitor": found.exhibitor, "back": fair_url(request, "office_design", pk)}
    return drawing(request, found.exhibitor, file, "designs/drawing.html", context, of_office=True)


def _found(request: HttpRequest, pk: int) -> StandDesign:
    edition = edition_of(request)
    found = designs_of(edition).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.exhibitor.edition = edition
    return found
