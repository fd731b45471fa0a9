"""The form of a new account: it takes as long and answers the same whether or not the address has one already."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from emporion.domain.accounts.rules import HAN
from emporion.domain.editions.queries import fairs_speak_chinese


class AccountSignupForm(SignupForm):
    field_order = ["name", "name_latin", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (HAN.search(self.data.get("name", "")) or fairs_speak_chinese()):
            del self.fields["name_latin"]
        self.fields["email"].label = _("E-mail address")
        if "password1" in self.fields:
            self.fields["password1"].help_text = _(
                "At least 10 characters; a few words are easy to remember. Without a password you sign in by a code "
                "that we send you."
            )

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # A new account's password is hashed; this keeps an address that has an account from answering faster.
            make_password(self.cleaned_data.get("password1") or "-")
        return super().try_save(request)
