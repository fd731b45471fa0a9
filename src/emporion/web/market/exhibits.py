"""Exhibits under customs: how long they stay and what may be sold free of duty; an exhibitor's own ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess.models import Exhibit, ExhibitOutcome
from emporion.domain.marketaccess.rules.answer import digits_of
from emporion.domain.marketaccess.rules.exhibits import (
    NeverDutyFree,
    NoRulesForExhibits,
    Quota,
    Sale,
    Stay,
    due,
    left_of,
    quota_for,
)
from emporion.domain.refusal import Refusal
from emporion.language import translate, written
from emporion.web.market.no_law import no_law
from emporion.web.shell import access
from emporion.web.shell.access import contracted
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import UNPROCESSABLE, page, private_page

KINDS = {
    ExhibitOutcome.Kind.SOLD_FREE.value: gettext_lazy("sold free of duty"),
    ExhibitOutcome.Kind.SOLD_TAXED.value: gettext_lazy("sold, duty paid"),
    ExhibitOutcome.Kind.RETURNED.value: gettext_lazy("sent back"),
    ExhibitOutcome.Kind.USED_UP.value: gettext_lazy("used up at the fair"),
}


class ExhibitForm(forms.Form):
    """Goods by code and the day of their admission."""

    hs = forms.CharField(label=gettext_lazy("HS code"), max_length=20, required=False)
    admitted = forms.DateField(
        label=gettext_lazy("Admitted on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def clean_hs(self) -> str:
        """The code's digits, empty where none is given."""
        text = str(self.cleaned_data["hs"]).strip()
        try:
            return digits_of(text) if text else ""
        except Refusal as refusal:
            raise forms.ValidationError(sentence(refusal)) from None


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the edition; for a code its quota, for a day of admission the last day of each stay."""
    edition = access.public_edition(request)
    form = ExhibitForm(request.GET.dict() if request.GET else None)
    try:
        stay, quotas = marketaccess.stay_of(edition), marketaccess.exhibit_quotas(edition)
    except NoRulesForExhibits:
        return no_law(request, edition, _("No rules for exhibits of %(market)s are available."))
    context: dict[str, Any] = {
        "form": form, "stay": stay, "quotas": [_quota_row(one) for one in quotas],
        "sources": dict.fromkeys(written(one) for one in [*(one.source for one in quotas), stay.source]),
    }  # fmt: skip
    if form.is_bound and form.is_valid():
        query = form.cleaned_data
        context |= {"query": query, "goods": _goods(query["hs"], quotas), "days": _days(query["admitted"], stay)}
    return page(request, "market/exhibits.html", edition, context, status=UNPROCESSABLE if form.errors else 200)


def _goods(hs: str, quotas: list[Quota]) -> dict[str, Any] | None:
    """The quota of a code, or the sentence that says that it has none."""
    if not hs:
        return None
    try:
        return _quota_row(quota_for(hs, quotas))
    except NeverDutyFree as refusal:
        return {"refused": translate(refusal)}


def _days(admitted: Any, stay: Stay) -> list[Any]:
    """The last day of the stay, then after each extension."""
    return [due(admitted, times, stay) for times in range(stay.extensions + 1)] if admitted else []


def _quota_row(quota: Quota) -> dict[str, Any]:
    return {"name": written(quota.name), "prefixes": quota.prefixes, "bound": _bound(quota), "never": quota.pieces == 0}


def _bound(quota: Quota) -> str:
    if quota.pieces is None:
        return f"USD {quota.value_usd:,.2f}"
    return _("%(n)s pieces") % {"n": quota.pieces} if quota.pieces else _("Never free of duty")


@login_required
def ledger(request: HttpRequest, organisation: int) -> HttpResponse:
    """An exhibitor's own goods under customs: pieces left, their last day, and what is left of each quota."""
    here, exhibitor = contracted(request, organisation)
    try:
        stay, quotas = marketaccess.stay_of(here.edition), marketaccess.exhibit_quotas(here.edition)
    except NoRulesForExhibits:
        return no_law(request, here.edition, _("No rules for exhibits of %(market)s are available."))
    sold = marketaccess.sold_free(here.edition, exhibitor.organisation)
    rows = [_row(one, stay) for one in marketaccess.exhibits_of(here.edition, exhibitor.organisation)]
    left = [{**_quota_row(one), "left": _left(one, sold)} for one in quotas if one.pieces != 0]
    return private_page(request, "market/ledger.html", here.edition, {"here": here, "rows": rows, "quotas": left})


def _row(exhibit: Exhibit, stay: Stay) -> dict[str, Any]:
    gone = [{"pieces": one.pieces, "kind": KINDS[one.kind], "on": one.on} for one in exhibit.outcomes.all()]
    last = due(exhibit.admitted_on, exhibit.extensions, stay)
    return {"exhibit": exhibit, "left": marketaccess.pieces_left(exhibit), "due": last, "gone": gone}


def _left(quota: Quota, sold: list[Sale]) -> str:
    left = left_of(quota, sold)
    return f"USD {left:,.2f}" if quota.pieces is None else _("%(n)s pieces") % {"n": left}
