"""A person claims to act for a known organisation; the desk of the fair decides."""

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
from django.views.decorators.http import require_POST

from emporion.domain.accounts.models import User
from emporion.domain.organisations.actions import accept_claim, claim_organisation, decline_claim
from emporion.domain.organisations.models import Organisation, OrganisationClaim
from emporion.domain.organisations.queries import open_claims
from emporion.domain.organisations.rules.representation import LONGEST_EVIDENCE
from emporion.domain.refusal import Refusal
from emporion.domain.staff.rules import REGISTRATION, REVIEWER
from emporion.web.shell.access import action_context, person
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import done, form_page, private_page
from emporion.web.shell.staff import office_page

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
            claim_organisation(organisation, user, fair=request.fair, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Your claim is sent. The organiser answers by e-mail."))
            return redirect("my")
    context = {"form": form, "organisation": organisation}
    return form_page(request, "organisations/claim.html", request.edition, context)


def _claimed(token: str, user: User) -> Organisation:
    try:
        organisation, claimant = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    found = Organisation.objects.filter(pk=organisation).first()
    if found is None or claimant != user.pk:
        raise Http404
    return found


@office_page(REGISTRATION, REVIEWER)
def claims(request: HttpRequest) -> HttpResponse:
    """The claims that wait for the desk's decision."""
    return private_page(request, "organisations/claims.html", request.edition, {"claims": open_claims(request.fair)})


@require_POST
@office_page(REGISTRATION, REVIEWER)
def claim_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a claim, or decline it with a reason."""
    found = OrganisationClaim.objects.filter(fair=request.fair, pk=pk).first()
    if found is None:
        raise Http404
    context = action_context(request)
    if "accept" in request.POST:
        done(request, lambda: accept_claim(found, context=context), _("The claim is accepted."))
    else:
        reason = request.POST.get("reason", "")
        done(request, lambda: decline_claim(found, reason=reason, context=context), _("The claim is declined."))
    return redirect(fair_url(request, "office_claims"))
