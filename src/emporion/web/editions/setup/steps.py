"""The set-up of an installation and of a fair in the browser: five short steps, then a page to check them.

What is typed waits in the session of the operator, step by step, and becomes a fair at the end, all of it or nothing.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from emporion.domain.accounts.actions import open_first_operator
from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import first_operator_key, has_operator, session_in_turn
from emporion.domain.editions.actions import NewEdition, NewFair, NewVenue, create_edition, create_fair
from emporion.domain.editions.actions.halls import import_halls
from emporion.domain.editions.models import Edition
from emporion.domain.editions.queries import fair_among, fairs
from emporion.domain.refusal import Refusal
from emporion.web.editions.setup.forms import (
    AreasStep,
    EditionStep,
    FairStep,
    HallsStep,
    OperatorForm,
    PhasesStep,
    StepForm,
)
from emporion.web.shell.access import action_context, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import form_page, private_page
from emporion.web.shell.second_factor import require_second_factor

STEPS: dict[str, type[StepForm]] = {
    "fair": FairStep, "edition": EditionStep, "areas": AreasStep, "phases": PhasesStep, "halls": HallsStep,
}  # fmt: skip
CHECK = "check"
DRAFT = "fair_set_up"


def start(request: HttpRequest) -> HttpResponse:
    """The first person of an installation opens their account with the key that the machine shows; then the fair."""
    if has_operator():
        return redirect("setup_step", "fair")
    key = request.POST.get("key") or request.GET.get("key", "")
    if not constant_time_compare(key, first_operator_key()):
        return private_page(request, "editions/setup_key.html", None, {"wrong": bool(key)})
    form = OperatorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (user := _operator(form)):
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("setup_step", "fair")
    return form_page(request, "editions/setup_operator.html", None, {"form": form, "key": key})


def _operator(form: OperatorForm) -> User | None:
    found = form.cleaned_data
    try:
        return open_first_operator(
            found["email"], name=found["name"], language=get_language() or "en", password=found["password"]
        )
    except Refusal as refusal:
        form.add_error(None, sentence(refusal))
        return None


@login_required
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step of the set-up, or the last page, on which everything is checked."""
    _require_operator(request)
    draft: dict[str, Any] = request.session.get(DRAFT, {})
    if step not in (*STEPS, CHECK):
        raise Http404
    if missing := _first_missing(draft, before=step):
        return redirect("setup_step", missing)
    return _check(request, draft) if step == CHECK else _step(request, step, draft)


def _require_operator(request: HttpRequest) -> None:
    """The operator alone sets up fairs; the first one before there is a second factor.

    Raises: Http404, PermissionDenied, SecondFactorNeeded.
    """
    user = person(request)
    if not user.is_staff:
        raise Http404(_("Only the organiser's staff work here. Sign in with a staff account."))
    if not user.is_superuser:
        raise PermissionDenied
    if fairs():
        require_second_factor(user)


def _first_missing(draft: dict[str, Any], *, before: str) -> str:
    """The first step before this one that has not been done; empty where all are."""
    for name in STEPS:
        if name == before:
            return ""
        if name not in draft:
            return name
    return ""


def _step(request: HttpRequest, name: str, draft: dict[str, Any]) -> HttpResponse:
    form = _form(name, draft, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        later = list(STEPS)[list(STEPS).index(name) + 1 :]
        typed = {key: _typed(request, key, form) for key in form.fields}
        # Proposed dates follow the days of the show.
        dropped = {"phases"} if name == "edition" and typed != draft.get("edition") else set()
        request.session[DRAFT] = {key: value for key, value in draft.items() if key not in dropped} | {name: typed}
        return redirect("setup_step", later[0] if later else CHECK)
    return form_page(request, f"editions/setup_{_page(name)}.html", None, {"form": form, **_where(name, draft)})


def _page(name: str) -> str:
    return "phases" if name == "phases" else "step"


def _typed(request: HttpRequest, key: str, form: StepForm) -> Any:
    """What was typed; the time zone and the short name as the form completed them."""
    if key in ("slug", "time_zone"):
        return form.cleaned_data[key]
    return request.POST.getlist(key) if key == "languages" else request.POST.get(key, "")


def _form(name: str, draft: dict[str, Any], typed: Any) -> StepForm:
    given = {"at": timezone.now()} if name == "phases" else {}
    return STEPS[name](typed, draft=draft, initial=draft.get(name), **given)


def _where(name: str, draft: dict[str, Any]) -> dict[str, Any]:
    """The steps with their titles, for the line above the form."""
    steps = [{"name": key, "title": form.title, "done": key in draft} for key, form in STEPS.items()]
    return {"steps": [*steps, {"name": CHECK, "title": _("Check"), "done": False}], "here": name}


@transaction.atomic
def _check(request: HttpRequest, draft: dict[str, Any]) -> HttpResponse:
    """The last page. Of two requests that set the fair up, as of a button pressed twice, the second waits here for the
    first and then leads where that one led.
    """
    if request.method == "POST" and _is_done(request) and (fair := fair_among([draft["fair"]["slug"]])):
        return redirect(fair_url(fair, "office"))
    forms = {name: _form(name, draft, _as_posted(draft[name])) for name in STEPS}
    if wrong := next((name for name, form in forms.items() if not form.is_valid()), ""):
        return redirect("setup_step", wrong)
    if request.method == "POST":
        try:
            edition = _set_up(request, forms)
        except Refusal as refusal:
            messages.error(request, sentence(refusal))
        else:
            del request.session[DRAFT]
            request.session.save()
            messages.success(request, _("The fair is set up."))
            return redirect(fair_url(edition.fair, "office"))
    return private_page(request, "editions/setup_check.html", None, {"forms": forms, **_where(CHECK, draft)})


def _is_done(request: HttpRequest) -> bool:
    """Whether nothing is left to set up, once nobody else is at it."""
    return DRAFT not in session_in_turn(str(request.session.session_key))


def _as_posted(stored: dict[str, Any]) -> QueryDict:
    """A stored step as its form reads it."""
    posted = QueryDict(mutable=True)
    for key, value in stored.items():
        posted.setlist(key, value if isinstance(value, list) else [value])
    return posted


@transaction.atomic
def _set_up(request: HttpRequest, forms: dict[str, Any]) -> Edition:
    """Make the fair, its edition and its halls of what the steps say."""
    context = action_context(request)
    fair, edition = forms["fair"].cleaned_data, forms["edition"].cleaned_data
    made = create_fair(
        NewFair(
            slug=fair["slug"], name_en=fair["name_en"], name_zh=fair["name_zh"], host=fair["host"].pk,
            languages=tuple(fair["languages"]), organiser_en=fair["organiser_en"],
            organiser_zh=fair["organiser_zh"], website=fair["website"],
        ),
        context=context,
    )  # fmt: skip
    opened = create_edition(
        made,
        NewEdition(
            number=edition["number"], name_en=fair["name_en"], name_zh=fair["name_zh"],
            first_day=edition["first_day"], last_day=edition["last_day"], currency=edition["currency"].pk,
            areas=forms["areas"].cleaned_data["areas"], phases=forms["phases"].phases(),
        ),
        NewVenue(
            name_en=edition["venue"], name_zh=edition.get("venue_zh", ""), city_en=edition["city"],
            city_zh=edition.get("city_zh", ""), time_zone=edition["time_zone"],
        ),
        context=context,
    )  # fmt: skip
    if halls := forms["halls"].cleaned_data["halls"]:
        import_halls(opened, halls, context=context)
    return opened
