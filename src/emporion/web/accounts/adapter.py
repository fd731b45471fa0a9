"""How allauth fits this site: mails go through the outbox, sign-in leads where the person works."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.requests import RequestSite
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from emporion.domain.editions.models import Fair
from emporion.domain.editions.queries import fair_among, only_fair
from emporion.domain.notices.actions import notify
from emporion.domain.people.queries import invitation_with
from emporion.domain.people.rules import InvitationNotFound

SITE = "Emporion"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this site."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a message into the outbox and have it sent at once; without mail it waits there."""
        request = allauth_context.request
        fair = fair_of(request)
        about = {"request": request, "email": email, "fair": fair, "current_site": site_of(request, fair)}
        about["site_name"] = name_of(fair)
        message = self.render_mail(template_prefix, email, {**about, **context})
        what = {"subject": message.subject, "body": message.body}
        edition_id = fair.editions.filter(current=True).values_list("pk", flat=True).first() if fair else None
        notify(
            f"account:{uuid4().hex}", recipient=email, template="account_mail", context=what, edition_id=edition_id,
            urgent=True, at=timezone.now(),
        )  # fmt: skip
        send_soon()

    def format_email_subject(self, subject: str) -> str:
        return f"{name_of(fair_of(allauth_context.request))}: {subject}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Who confirms an address on the way in has signed in by a code."""
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed and not request.user.is_authenticated:
            record_authentication(request, email_address.user, method="code")
        return confirmed

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in changes second factors without showing again who they are."""
        if app == "allauth.mfa" and _signed_in_lately(allauth_context.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_settings")

    def save_user(self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True) -> Any:
        user.email = form.cleaned_data["email"].lower()  # type: ignore[attr-defined]
        return super().save_user(request, user, form, commit)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors name the site, so that an authenticator app lists it by its name."""

    def get_totp_issuer(self) -> str:
        return name_of(fair_of(allauth_context.request))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": SITE}


def _signed_in_lately(request: HttpRequest) -> bool:
    """Whether the person signed in within the minutes for which it counts to have shown again who one is."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT


def fair_of(request: HttpRequest | None) -> Fair | None:
    """The fair that a request is about: the page's, that of the page the person comes from, else the only fair."""
    if fair := getattr(request, "fair", None):
        return fair  # type: ignore[no-any-return]
    if request is not None:
        goal = request.POST.get("next") or request.GET.get("next") or ""
        words = [part for part in urlsplit(goal).path.split("/") if part]
        if words[:2] == ["accounts", "invitation"]:
            with suppress(InvitationNotFound):
                return invitation_with(words[-1]).fair
        if found := fair_among(words[:2]):
            return found
    return only_fair()


def site_of(request: HttpRequest | None, fair: Fair | None) -> RequestSite | None:
    """What a message calls this site: by its fair, at the address of the request."""
    if request is None:
        return None
    site = RequestSite(request)
    site.name = name_of(fair)
    return site


def name_of(fair: Fair | None) -> str:
    return str(fair) if fair else SITE


def send_soon() -> None:
    """Ask a worker to send the outbox now; a worker that is about to do so is enough."""
    task = app.configure_task("send_notices", queueing_lock="send_notices", lock="send_notices")
    try:
        with transaction.atomic():
            task.defer(timestamp=int(time.time()))
    except AlreadyEnqueued:
        pass
