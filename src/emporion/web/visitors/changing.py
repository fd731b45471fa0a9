"""A visitor changes what was stated, looks at what that does, and does it; or cancels, or takes that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.accounts.queries import confirmed_addresses
from emporion.domain.accounts.rules import HAN
from emporion.domain.admission.queries import badge_of
from emporion.domain.people.actions import cancel_visit, change_visit
from emporion.domain.refusal import refusal_of
from emporion.domain.visitors import rules
from emporion.domain.visitors.actions.changing import change_of, require_changeable
from emporion.domain.visitors.actions.registration import OwnUnit, Person
from emporion.domain.visitors.models import Visitor
from emporion.language import translate
from emporion.web.accounts.forms import FIELDS, VisitForm
from emporion.web.shell.access import action_context, person, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.forms import LatinName, offer
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import done, form_page, private_page
from emporion.web.shell.steps import Steps

STEPS = {
    "change": (
        "name", "name_latin", "email", "phone", "home", "position", "document", "days", "sectors", "organisation",
        "organisation_zh", "country", "registered_number", "ownership", "purchasing_size",
    ),
}  # fmt: skip
BESIDE = {
    **FIELDS,
    "address_registered": "email",
    "exhibitors_staff": "email",
    "name_not_in_latin_letters": "name_latin",
}


class ChangeForm(VisitForm):
    """What a visitor has stated, to be changed; a message goes only to an address that the account has confirmed."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=150)
    email = forms.ChoiceField(label=gettext_lazy("E-mail address"))
    phone = forms.CharField(label=gettext_lazy("Telephone number"), max_length=30, required=False)

    def __init__(self, *args: Any, here: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, edition=here.edition, **{"user": here.user, "initial": _stated(here), **kwargs})
        self.here = here
        del self.fields["consent"]
        if "name_latin" not in self.fields and HAN.search(str(self.data.get("name", here.name))):
            self.fields["name_latin"] = LatinName()
        addresses = sorted(confirmed_addresses(here.user) | {here.email} - {""}) if here.user else [here.email]
        offer(self, "email", [(one, one) for one in addresses])

    def stated(self) -> Person:
        """The person as the actions take them."""
        typed = self.cleaned_data
        return Person(
            name=typed["name"], name_latin=typed.get("name_latin", ""), country=typed["home"].pk, email=typed["email"],
            phone=typed["phone"], position=typed["position"], document=typed["document"], days=typed["days"],
            sectors=[sector.number for sector in typed["sectors"]] if "sectors" in typed else self.here.sectors,
        )  # fmt: skip

    def own(self) -> OwnUnit:
        """The organisation that the person buys for."""
        return OwnUnit(self.row(), self.cleaned_data["purchasing_size"])


def _stated(here: Visitor) -> dict[str, Any]:
    """What stands in the records."""
    organisation = here.unit.organisation if here.unit else None
    found = {
        "name": here.name, "name_latin": here.name_latin, "email": here.email, "phone": here.phone,
        "home": here.country_id, "position": here.position, "document": here.document,
        "days": [day.isoformat() for day in here.days],
        "sectors": list(here.edition.fair.sectors.filter(number__in=here.sectors)),
    }  # fmt: skip
    if organisation is None or here.unit is None:
        return found
    return found | {
        "organisation": organisation.name, "organisation_zh": organisation.name_zh, "country": organisation.country_id,
        "registered_number": organisation.registered_number, "ownership": organisation.ownership,
        "purchasing_size": here.unit.purchasing_size,
    }  # fmt: skip


@login_required
def change(request: HttpRequest) -> HttpResponse:
    """What was stated, to be changed; of a rejected or cancelled registration, to be handed in again."""
    here = visit(request)
    if refusal := refusal_of(lambda: require_changeable(here, action_context(request).at)):
        messages.error(request, sentence(refusal))
        return redirect(fair_url(request, "my_visit"))
    steps = _steps(request, here)
    form = steps.at("change")
    if request.method == "POST" and not form.errors:
        steps.keep("change")
        return redirect(fair_url(request, "my_visit_change_check"))
    return _page(request, here, form)


@login_required
def check(request: HttpRequest) -> HttpResponse:
    """What is stated now and what that does; by POST it is done."""
    here = visit(request)
    steps = _steps(request, here)
    if not steps.typed:
        return redirect(fair_url(request, "my_visit"))
    form = steps.whole()
    if steps.wrong(form):
        return redirect(fair_url(request, "my_visit_change"))
    if request.method == "POST" and steps.is_as_seen:
        do = lambda: change_visit(here, form.stated(), own=form.own(), context=action_context(request))  # noqa: E731
        if steps.done(form, do, BESIDE):
            return _page(request, here, form)
        messages.success(request, _("Your registration says so now."))
        return redirect(fair_url(request, "my_visit"))
    [(_step, answers)] = steps.answers(form)
    badge = badge_of(here)
    effect = change_of(here, form.stated(), form.own(), badge=badge is not None and badge.revoked is None)
    context = {
        "here": here, "parts": [(_("What you state"), fair_url(request, "my_visit_change"), answers)],
        "effects": [translate(one) for one in rules.effects_of(effect)], "seen": steps.seen,
        "changed": request.method == "POST",
    }  # fmt: skip
    return private_page(request, "visitors/change_check.html", here.edition, context)


@login_required
def cancellation(request: HttpRequest) -> HttpResponse:
    """Look at what cancelling does; by POST cancel the registration and the meetings ahead."""
    here = visit(request)
    if here.state not in (Visitor.State.REGISTERED, Visitor.State.APPROVED):
        return redirect(fair_url(request, "my_visit"))
    if request.method == "POST":
        done(request, lambda: cancel_visit(here, context=action_context(request)), _("Your registration is cancelled."))
        return redirect(fair_url(request, "my_visit"))
    badge = badge_of(here)
    return private_page(request, "visitors/cancellation.html", here.edition, {"here": here, "badge": badge})


def _steps(request: HttpRequest, here: Visitor) -> Steps[ChangeForm]:
    return Steps(request, f"change:{here.pk}", STEPS, lambda data: ChangeForm(data, here=here, user=person(request)))


def _page(request: HttpRequest, here: Visitor, form: ChangeForm) -> HttpResponse:
    fields = [(form[name], name in ("days", "sectors")) for name in STEPS["change"] if name in form.fields]
    person_fields = [one for one in fields if one[0].name not in STEPS["change"][9:]]
    unit_fields = [one for one in fields if one[0].name in STEPS["change"][9:]]
    context = {"here": here, "form": form, "groups": ((_("You"), person_fields), (_("Your unit"), unit_fields))}
    return form_page(request, "visitors/change.html", here.edition, context)
