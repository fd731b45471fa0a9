"""What exhibitors may have of a visitor: given at registration, changed here, with every answer and its time."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.visitors.actions import give_consent
from emporion.domain.visitors.queries import consents_of, shared_with_exhibitors
from emporion.web.shell.access import action_context, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import done, form_page
from emporion.web.shell.states import CONSENTS, SHARED_FACTS


class ConsentForm(forms.Form):
    """What exhibitors may have."""

    consent = forms.ChoiceField(
        label=gettext_lazy("What exhibitors who scan your badge may have"), choices=list(CONSENTS.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip


@login_required
def consent(request: HttpRequest) -> HttpResponse:
    """The present answer, what it lets exhibitors have, and all answers before."""
    here, context = visit(request), action_context(request)
    form = ConsentForm(request.POST or None, initial={"consent": here.consent})
    if request.method == "POST" and form.is_valid():
        done(
            request,
            lambda: give_consent(here, form.cleaned_data["consent"], context=context),
            _("Your answer is kept."),
        )
        return redirect(fair_url(request, "my_visit_consent"))
    facts = [(SHARED_FACTS[what], value) for what, value in shared_with_exhibitors(here).items() if value]
    answers = [(CONSENTS[one.consent], one.at) for one in consents_of(here)]
    shown = {"here": here, "form": form, "facts": facts, "answers": answers}
    return form_page(request, "visitors/consent.html", here.edition, shown)
