"""The office's page of reference rates: those at hand, and loading newer ones."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.editions.actions import load_rates
from emporion.domain.editions.queries import local_day
from emporion.domain.reference.queries import currencies_with_rates, is_rated, latest_rate, pegs_on
from emporion.domain.reference.rate_files import COLUMNS
from emporion.domain.reference.rules.rates import is_usable, plain
from emporion.domain.refusal import BulkOutcome, Refusal
from emporion.web.shell.access import action_context, office
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import form_page, refused_in

PROBLEMS_SHOWN = 50


class RatesForm(forms.Form):
    """A file of rates."""

    file = forms.FileField(
        label=gettext_lazy("File of rates"), max_length=200,
        help_text=gettext_lazy(
            "The European Central Bank's eurofxref-hist.zip or its CSV, or a CSV of rates by others."
        ),
    )  # fmt: skip


def rates(request: HttpRequest) -> HttpResponse:
    """The newest rate of each currency, those fixed by rule, and the form that loads a file."""
    edition = office(request)
    form = RatesForm(request.POST, request.FILES) if request.method == "POST" else RatesForm()
    outcome = _loaded(request, form) if request.method == "POST" and form.is_valid() else None
    if outcome and not outcome.problems:
        counts = {"new": outcome.created, "changed": outcome.updated, "known": outcome.unchanged}
        summary = _("Loaded: %(new)s new rates, %(changed)s corrected, %(known)s known already.")
        messages.success(request, summary % counts)
        return redirect(fair_url(request, "office_rates"))
    today = local_day(edition, timezone.now())
    newest = latest_rate()
    problems = outcome.problems if outcome else []
    shown = {
        "form": form, "newest": newest, "days": edition.rate_days, "form_of_csv": ",".join(COLUMNS),
        "unrated": "" if is_rated(edition.currency_id) else edition.currency_id,
        "old": not (newest and is_usable(newest.day, today, edition.rate_days)),
        "currencies": [{"it": one, "rate": plain(one.per_euro)} for one in currencies_with_rates()],
        "pegs": [{"it": one, "rate": plain(one.rate)} for one in pegs_on(today)],
        "problems": problems[:PROBLEMS_SHOWN], "more": max(0, len(problems) - PROBLEMS_SHOWN),
    }  # fmt: skip
    return form_page(request, "reference/rates.html", edition, shown)


def _loaded(request: HttpRequest, form: RatesForm) -> BulkOutcome | None:
    """What became of the file; none where it is refused as a whole, which the form then says."""
    file = form.cleaned_data["file"]
    try:
        outcome = load_rates(file.read(), file=file.name, context=action_context(request))
    except Refusal as refusal:
        refused_in(form, refusal, {refusal.code: "file"})
        return None
    if outcome.problems:
        form.add_error("file", _("Nothing was loaded. Correct the rows named below and load the file again."))
    return outcome
