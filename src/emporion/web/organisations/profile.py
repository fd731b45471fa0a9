"""An organisation's own profile: what visitors read of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.organisations.actions import describe
from emporion.domain.organisations.models import Organisation
from emporion.web.shell.access import Place, action_context, place
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page


class ProfileForm(forms.Form):
    """The description and the website; a description in Chinese where the fair speaks it."""

    about_en = forms.CharField(
        label=gettext_lazy("About you, in English"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("What you make, for whom, and what is new. Visitors read it on your page."),
    )  # fmt: skip
    about_zh = forms.CharField(
        label=gettext_lazy("About you, in Chinese"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 6}),
    )  # fmt: skip
    website = forms.URLField(label=gettext_lazy("Website"), required=False, max_length=200, assume_scheme="https")

    def __init__(self, *args: Any, here: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not here.edition.fair.speaks_chinese:
            del self.fields["about_zh"]


def profile(request: HttpRequest, organisation: int) -> HttpResponse:
    """Change what visitors read of the organisation."""
    here = place(request, organisation)
    own = here.organisation
    form = ProfileForm(request.POST or None, here=here, initial=stated_of(own))
    if request.method == "POST" and form.is_valid():
        describe(own, **{**stated_of(own), **form.cleaned_data}, context=action_context(request))
        messages.success(request, _("Saved."))
        return redirect(fair_url(request, "my_profile", organisation))
    return form_page(request, "organisations/profile.html", here.edition, {"here": here, "form": form})


def stated_of(own: Organisation) -> dict[str, str]:
    """What an organisation says of itself, as the form and its action take it."""
    return {name: getattr(own, name) for name in ("about_en", "about_zh", "website")}
