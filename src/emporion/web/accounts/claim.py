"""A person claims to act for an organisation that is already registered; the desk of the fair decides."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.accounts.models import User
from emporion.domain.organisations.actions import claim_organisation
from emporion.domain.organisations.models import Organisation
from emporion.domain.organisations.queries import organisation_with_key
from emporion.domain.organisations.rules.representation import LONGEST_EVIDENCE, ClaimWaits
from emporion.domain.refusal import Refusal
from emporion.web.shell.access import displayed_edition, fair_of, person
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import form_page

SALT = "organisation.claim"
VALID_SECONDS = 24 * 60 * 60


class ClaimForm(forms.Form):
    """How somebody shows that they act for an organisation."""

    position = forms.CharField(label=gettext_lazy("Your position"), max_length=100, required=False)
    evidence = forms.CharField(
        label=gettext_lazy("How can the organiser check that you act for it?"), max_length=LONGEST_EVIDENCE,
        help_text=gettext_lazy("A name and telephone number at the organisation, an entry in a register, a website."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


def claim_token(organisation: Organisation, user: User) -> str:
    """The address of a claim, made for the person who named the organisation: nobody learns others by counting."""
    return signing.dumps([organisation.pk, user.pk], salt=SALT)


@login_required
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """The form with which a person claims to act for an organisation that they have named."""
    user = person(request)
    organisation = _claimed(token, user)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim_organisation(organisation, user, fair=fair_of(request), **form.cleaned_data, at=timezone.now())
        except ClaimWaits:
            messages.info(request, _("Your claim is with the organiser already, who answers by e-mail."))
            return redirect("my")
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Your claim is sent. The organiser answers by e-mail."))
            return redirect("my")
    context = {"form": form, "organisation": organisation}
    return form_page(request, "accounts/claim.html", displayed_edition(request), context)


def _claimed(token: str, user: User) -> Organisation:
    try:
        organisation, claimant = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    found = organisation_with_key(organisation)
    if found is None or claimant != user.pk:
        raise Http404
    return found
