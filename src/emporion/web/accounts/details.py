"""What a person states of themselves when they open an account. allauth reads this while it loads its own forms."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from emporion.domain.accounts.actions import change_details
from emporion.domain.accounts.models import User
from emporion.web.shell.forms import LatinName


class SignupDetails(forms.Form):
    """Added to allauth's form of a new account."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    name_latin = LatinName()

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store what was stated; called by allauth in the transaction that opens the account."""
        latin = self.cleaned_data.get("name_latin", "")
        change_details(user, name=self.cleaned_data["name"], name_latin=latin, language=get_language() or "en")
