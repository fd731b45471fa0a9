"""The next edition of a fair, laid out as the one before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emporion.domain.admission.actions import follow_pass_rules
from emporion.domain.billing.actions import follow_prices, follow_terms
from emporion.domain.editions.actions import FollowingEdition, follow_edition
from emporion.domain.editions.models import Edition
from emporion.domain.preparation.actions import follow_task_days
from emporion.domain.services.actions import follow_services
from emporion.web.editions.setup.forms import DAY
from emporion.web.shell.access import action_context, office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page

# Beside which field a refusal's sentence stands.
FIELDS = {
    "number_taken": "number", "days_not_in_order": "last_day", "show_too_long": "last_day",
    "year_not_likely": "first_day", "chinese_name_missing": "name_zh",
}  # fmt: skip
# A year later on the same days of the week.
A_YEAR = timedelta(weeks=52)


class NextEditionForm(forms.Form):
    """What differs in the next edition."""

    number = forms.IntegerField(label=_("Number of the edition"), min_value=1, max_value=999)
    name_en = forms.CharField(label=_("Name of the edition"), max_length=150)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=150, required=False)
    first_day = forms.DateField(label=_("First day of the show"), widget=DAY)
    last_day = forms.DateField(label=_("Last day of the show"), widget=DAY)

    def __init__(self, *args: Any, before: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not before.fair.speaks_chinese:
            del self.fields["name_zh"]


def next_edition(request: HttpRequest) -> HttpResponse:
    """Name and days of the next edition; all that is laid out is as in the edition at hand."""
    before = office(request)
    newest = max(before.fair.editions.values_list("number", flat=True))
    first = {
        "number": newest + 1, "name_en": before.name_en, "name_zh": before.name_zh,
        "first_day": before.first_day + A_YEAR, "last_day": before.last_day + A_YEAR,
    }  # fmt: skip
    form = NextEditionForm(request.POST or None, before=before, initial=first)
    if request.method == "POST" and (edition := accepted(form, lambda: _prepared(request, before, form), FIELDS)):
        messages.success(
            request, gettext("The edition is prepared. Visitors see it once you show it on the fair's pages.")
        )
        return redirect(fair_url(edition, "office"))
    return form_page(request, "editions/next_edition.html", before, {"form": form})


def _prepared(request: HttpRequest, before: Edition, form: NextEditionForm) -> Edition:
    """The edition with the prices, terms, services, quotas and days of the one before it, all or none."""
    with transaction.atomic():
        edition = follow_edition(before, FollowingEdition(**form.cleaned_data), context=action_context(request))
        follow_prices(before, edition)
        follow_terms(before, edition)
        follow_services(before, edition)
        follow_pass_rules(before, edition)
        follow_task_days(before, edition)
    return edition
