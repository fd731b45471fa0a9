"""An application step by step: a list of its steps, a page for each, its papers, the answers checked and sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.billing.queries import help_for, quote_for
from emporion.domain.billing.rules.quotes import Quote
from emporion.domain.editions.models import Phase
from emporion.domain.editions.queries import local_day, window_of
from emporion.domain.editions.rules import MODULE_M2
from emporion.domain.exhibitors.actions import add_paper, remove_paper, save_step, send_draft
from emporion.domain.exhibitors.models import Application, ApplicationDraft, ApplicationPaper
from emporion.domain.exhibitors.queries import draft_of, may_request_free_booth, papers_of
from emporion.domain.exhibitors.rules.drafts import STEPS, StepChangedElsewhere
from emporion.domain.exhibitors.rules.facts import ApplicationFacts
from emporion.domain.exhibitors.rules.papers import ADDABLE, CHANGEABLE, MOST_BYTES, MOST_PAPERS
from emporion.domain.refusal import Refusal
from emporion.domain.uploads import MEGABYTE
from emporion.web.exhibitors.forms import PAPERS, PaperForm, StepForm, answers
from emporion.web.shell.access import Place, action_context, place
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.files import content_of, sent
from emporion.web.shell.respond import accepted, done, form_page, private_page, refused_in
from emporion.web.shell.states import State
from emporion.web.shell.whole_numbers import whole_number

TITLES: Mapping[str, Promise] = {
    "area": gettext_lazy("Exhibition area"),
    "stand": gettext_lazy("Stand"),
    "buyers": gettext_lazy("Buyers you want to meet"),
    "contact": gettext_lazy("Contact"),
}
# What may be left out.
OPTIONAL = frozenset({"buyers"})
DONE = State(gettext_lazy("Done"), "good", "circle-check")
STARTED = State(gettext_lazy("Begun, not complete"), "wait", "pencil")
TO_DO = State(gettext_lazy("To do"), "wait", "circle")
MAY_STAY = State(gettext_lazy("May stay empty"), "done", "circle")
PAPER_FIELDS = {
    "file_empty": "file", "file_too_large": "file", "file_of_other_kind": "file", "file_damaged": "file",
    "unknown_paper": "kind",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A step of the application as the list shows it."""

    name: str
    title: str | Promise
    state: State
    form: StepForm

    @property
    def complete(self) -> bool:
        return self.state in (DONE, MAY_STAY)


def steps(request: HttpRequest, organisation: int) -> HttpResponse:
    """The steps of the application, each with how far it is."""
    here = place(request, organisation)
    if here.application:
        return redirect(fair_url(request, "my_exhibitor", organisation))
    draft = draft_of(here.organisation, here.edition)
    found, papers = _steps(here, draft), papers_of(here.organisation, here.edition).count()
    now, window = timezone.now(), window_of(here.edition, Phase.Kind.APPLICATION)
    context = {
        "here": here, "steps": found, "draft": draft, "papers": papers, "window": window,
        "papers_state": DONE if papers else MAY_STAY, "complete": all(one.complete for one in found),
        "open": window is not None and window.opens <= now < window.closes,
        "help": help_for(here.organisation, here.edition, local_day(here.edition, now)),
    }  # fmt: skip
    return private_page(request, "exhibitors/application.html", here.edition, context)


def step(request: HttpRequest, organisation: int, step: str) -> HttpResponse:
    """One step: what is typed is stored in any case, and the next step follows when it is complete."""
    here = place(request, organisation)
    if step not in STEPS:
        raise Http404
    if here.application:
        return redirect(fair_url(request, "my_exhibitor", organisation))
    draft = draft_of(here.organisation, here.edition)
    form = _form(here, step, request.POST or None, draft)
    if request.method == "POST" and (after := _saved(request, here, step, form)):
        return redirect(after)
    draft = draft_of(here.organisation, here.edition)
    context = {"here": here, "form": form, "title": TITLES[step], "number": list(STEPS).index(step) + 1}
    context |= {"seen": draft.revisions.get(step, 0) if draft else 0, "of": len(STEPS) + 1}
    return form_page(request, "exhibitors/application_step.html", here.edition, context)


def _saved(request: HttpRequest, here: Place, step: str, form: StepForm) -> str:
    """Store the step; the address to go on to, empty while the step has errors or was changed elsewhere."""
    typed = {name: request.POST.get(name, "") for name in form.fields}
    seen = whole_number(request.POST.get("seen", "")) or 0
    try:
        save_step(here.edition, here.organisation, step, typed, seen=seen, context=action_context(request))
    except StepChangedElsewhere as refusal:
        form.is_valid()
        refused_in(form, refusal, {})
        return ""
    if "later" in request.POST:
        messages.success(request, _("Saved. Go on whenever you like, on any device."))
        return fair_url(request, "my_application", here.organisation.pk)
    if not form.is_valid():
        return ""
    after = [*STEPS, "papers"][list(STEPS).index(step) + 1]
    if after == "papers":
        return fair_url(request, "my_papers", here.organisation.pk)
    return fair_url(request, "my_application_step", here.organisation.pk, after)


def check(request: HttpRequest, organisation: int) -> HttpResponse:
    """All answers on one page; from here the application is handed in."""
    here = place(request, organisation)
    if here.application:
        return redirect(fair_url(request, "my_exhibitor", organisation))
    draft = draft_of(here.organisation, here.edition)
    found = _steps(here, draft)
    if draft is None or not all(one.complete for one in found):
        messages.error(request, _("Some steps are not complete yet."))
        return redirect(fair_url(request, "my_application", organisation))
    form = forms.Form(request.POST or None)
    if request.method == "POST" and _sent(request, here, found, form):
        messages.success(request, _("Your application has been handed in. The organiser will answer by e-mail."))
        return redirect(fair_url(request, "my_exhibitor", organisation))
    context = {
        "here": here, "form": form, "seen": draft.revision, "quote": _quoted(here, found),
        "papers": papers_of(here.organisation, here.edition),
        "steps": [{"step": one, "answers": answers(one.form)} for one in found], "kinds": PAPERS,
    }  # fmt: skip
    return form_page(request, "exhibitors/application_check.html", here.edition, context)


def _quoted(here: Place, found: list[Step]) -> Quote | None:
    """What the application would cost as it is filled in; nothing is stored."""
    stated = Application(edition=here.edition, origin=here.organisation.country, **_facts(found).values())
    return quote_for(stated, here.edition, timezone.now())


def _facts(found: list[Step]) -> ApplicationFacts:
    return ApplicationFacts.among(_values(found))


def _values(found: list[Step]) -> dict[str, Any]:
    """What all complete steps state, by field."""
    values: dict[str, Any] = {}
    for one in found:
        values |= one.form.cleaned_data if one.form.is_valid() else {}
    return values


def _sent(request: HttpRequest, here: Place, found: list[Step], form: forms.Form) -> bool:
    """Hand the application in; a refusal stands on top of the page."""
    values = _values(found)
    form.is_valid()
    try:
        send_draft(
            here.edition,
            here.organisation,
            _facts(found),
            area=values["area"],
            sector=values.get("sector"),
            seen=whole_number(request.POST.get("seen", "")) or 0,
            context=action_context(request),
        )
    except Refusal as refusal:
        refused_in(form, refusal, {})
        return False
    return True


def papers(request: HttpRequest, organisation: int) -> HttpResponse:
    """The papers of the application, and a form for one more while the review lasts."""
    here = place(request, organisation)
    form = PaperForm(request.POST or None, request.FILES or None)
    state = here.application.state if here.application else ""
    if accepted(form, lambda: _added(request, here, form), PAPER_FIELDS):
        messages.success(request, _("The paper is added."))
        return redirect(fair_url(request, "my_papers", organisation))
    context = {
        "here": here, "form": form, "papers": papers_of(here.organisation, here.edition), "kinds": PAPERS,
        "changeable": state in CHANGEABLE, "addable": state in ADDABLE, "most": MOST_PAPERS,
        "megabytes": MOST_BYTES // MEGABYTE,
        "steps": len(STEPS) + 1,
    }  # fmt: skip
    return form_page(request, "exhibitors/application_papers.html", here.edition, context)


def _added(request: HttpRequest, here: Place, form: PaperForm) -> ApplicationPaper:
    file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
    content = content_of(file, most_bytes=MOST_BYTES)
    return add_paper(here.edition, here.organisation, kind, file.name, content, context=action_context(request))


def paper(request: HttpRequest, organisation: int, pk: int) -> HttpResponseBase:
    """Fetch a paper of one's own application; by POST, take it away."""
    here = place(request, organisation)
    found = papers_of(here.organisation, here.edition).filter(pk=pk).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        done(request, lambda: remove_paper(found, context=action_context(request)), _("The paper is removed."))
        return redirect(fair_url(request, "my_papers", organisation))
    return sent(found)


def _steps(here: Place, draft: ApplicationDraft | None) -> list[Step]:
    found = []
    for name in STEPS:
        stored = draft.values.get(name) if draft else None
        form = _form(here, name, stored or {}, draft)
        state = MAY_STAY if name in OPTIONAL else TO_DO
        if stored is not None:
            state = DONE if form.is_valid() else STARTED
        found.append(Step(name, TITLES[name], state, form))
    return found


def _form(here: Place, step: str, data: Mapping[str, str] | None, draft: ApplicationDraft | None) -> StepForm:
    now = timezone.now()
    may_request = may_request_free_booth(here.organisation, here.edition, local_day(here.edition, now))
    first = {"contact_email": here.user.email, "area_m2": MODULE_M2}
    stored = draft.values.get(step, {}) if draft else {}
    return StepForm(
        data, step=step, organisation=here.organisation, edition=here.edition, free_booth=may_request, at=now,
        initial=first | stored,
    )  # fmt: skip
