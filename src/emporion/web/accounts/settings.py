"""One's own account: address, password, passkeys, sessions; and closing it for good."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.accounts.actions import change_details
from emporion.domain.accounts.models import User
from emporion.domain.accounts.queries import count_second_factors, count_sessions
from emporion.domain.accounts.rules import HAN
from emporion.domain.editions.queries import fairs_speak_chinese
from emporion.domain.people.actions import close_account
from emporion.domain.refusal import Refusal
from emporion.web.shell.access import action_context, person
from emporion.web.shell.forms import LatinName
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import form_page


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name of an account and the language of its messages."""

    name_latin = LatinName()

    class Meta:
        model = User
        fields = ("name", "name_latin", "language")
        labels = {"name": gettext_lazy("Your name"), "language": gettext_lazy("Language of messages to you")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = f"{self.data.get('name', '')}{self.instance.name}"
        if not (HAN.search(named) or self.instance.name_latin or fairs_speak_chinese()):
            del self.fields["name_latin"]


class ClosingForm(forms.Form):
    """That a person means to close their account."""

    sure = forms.BooleanField(label=gettext_lazy("I want to close my account. This cannot be undone."))


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """The account at a glance, with the way to each part of it."""
    user = person(request)
    form = DetailsForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        change_details(user, **form.cleaned_data)
        messages.success(request, _("Your account is changed."))
        return redirect("account_settings")
    context = {
        "form": form,
        "factors": count_second_factors(user),
        "sessions": count_sessions(user),
        "has_password": user.has_usable_password(),
    }
    return form_page(request, "accounts/settings.html", None, context)


@login_required
@reauthentication_required
def closing(request: HttpRequest) -> HttpResponse:
    """Close the account, after the person has shown again who they are."""
    user = person(request)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(user, context=action_context(request))
        except Refusal as refusal:
            form.add_error(None, sentence(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("/")
    return form_page(request, "accounts/closing.html", None, {"form": form})
