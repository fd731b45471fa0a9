"""Whether goods originate: how they were made, evaluated under each agreement's rule with the arithmetic shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.editions.models import Edition
from emporion.domain.marketaccess import files
from emporion.domain.marketaccess import queries as marketaccess
from emporion.domain.marketaccess.rules.answer import Answer, digits_of
from emporion.domain.marketaccess.rules.candidates import Facts
from emporion.domain.marketaccess.rules.origin import Input, Making, Verdict
from emporion.domain.refusal import Refusal
from emporion.language import translate, written
from emporion.language.reading import numbers
from emporion.language.reading.errors import InputError, ReadsNoNumber, TwofoldNumber, WriteDigitsOnly
from emporion.web.market.forms import MarketForm
from emporion.web.market.no_law import no_tariff
from emporion.web.market.presenters import present_answer
from emporion.web.shell import access
from emporion.web.shell.refusals import sentence
from emporion.web.shell.respond import UNPROCESSABLE, page
from emporion.web.shell.states import State

MAX_INPUTS = 50
# A comma within a number stands between digits.
BETWEEN = re.compile(r",?\s+|,(?=\D)|(?<=\D),")
VERDICTS = {
    True: State(gettext_lazy("Passes"), "good", "circle-check"),
    False: State(gettext_lazy("Fails"), "bad", "circle-x"),
    None: State(gettext_lazy("Not known"), "wait", "circle-alert"),
}


@dataclass(frozen=True)
class VerdictView:
    """An agreement's verdict as the page tells it."""

    agreement: str
    state: State
    steps: list[str]


class OriginForm(MarketForm):
    """Goods, where they were made, of what, and at what value."""

    wholly = forms.BooleanField(
        label=gettext_lazy("Wholly obtained there: grown, caught, mined or born"), required=False
    )
    rule = forms.CharField(
        label=gettext_lazy("The line's rule"), max_length=60, required=False,
        help_text=gettext_lazy("As the agreement's annex gives it: CC, CTH, CTSH, RVC40, joined by “or” and “and”."),
    )  # fmt: skip
    inputs = forms.CharField(
        label=gettext_lazy("Materials"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("A line for each: HS code, origin, value. For example: 721990 DE 300"),
    )  # fmt: skip

    def __init__(self, query: dict[str, str] | None, *, edition: Edition, today: date) -> None:
        super().__init__(query, edition=edition, today=today)
        self.fields["q"].label = _("HS code")
        self.fields["q"].help_text = _("Six digits or more: the rule is of one subheading.")
        self.fields["origin"].label = _("Made in")
        self.fields["value"].label = _("Value of the goods")
        self.fields["value"].help_text = _("Ex works or FOB, in the currency of the materials' values.")

    def clean_q(self) -> str:
        """A line's digits: the rule is of a line."""
        digits = super().clean_q()
        if not digits.isdigit() or len(digits) < 6:
            raise forms.ValidationError(_("Give at least six digits: the rule is of one subheading."))
        return digits

    def clean_inputs(self) -> tuple[Input, ...] | None:
        """The materials, ``None`` where none are stated; a line that cannot be read is named."""
        lines = [line for line in str(self.cleaned_data["inputs"]).splitlines() if line.strip()]
        if len(lines) > MAX_INPUTS:
            raise forms.ValidationError(_("At most %(n)s materials: add up the small ones.") % {"n": MAX_INPUTS})
        return tuple(_input(number, line) for number, line in enumerate(lines, 1)) if lines else None


def _input(number: int, line: str) -> Input:
    parts = BETWEEN.split(line.strip())
    code, *middle, value = parts if len(parts) > 2 else ("", "", "")
    try:
        if (amount := numbers.alone(value)) < 0:
            raise InputError(ReadsNoNumber(value), WriteDigitsOnly())
        return Input(digits_of(code), files.country(" ".join(middle)), amount)
    except TwofoldNumber as error:
        why = f"{translate(error.wrong)}. {translate(error.fix)}."
        raise forms.ValidationError(_("Line %(n)s: %(why)s") % {"n": number, "why": why}) from None
    except InputError:
        wanted = _("Line %(n)s: write HS code, origin and value, as 721990 DE 300.") % {"n": number}
        raise forms.ValidationError(wanted) from None
    except Refusal as refusal:
        raise forms.ValidationError(_("Line %(n)s: %(why)s") % {"n": number, "why": sentence(refusal)}) from None


def origin(request: HttpRequest) -> HttpResponse:
    """The question and, once it is asked, each agreement's verdict and the rate that then applies."""
    edition = access.public_edition(request)
    if (answer := no_tariff(request, edition)) is not None:
        return answer
    query = request.GET.dict() if "q" in request.GET else None
    form = OriginForm(query, edition=edition, today=timezone.localdate())
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context.update(_judged(form))
    return page(request, "market/origin.html", edition, context, status=UNPROCESSABLE if form.errors else 200)


def _judged(form: OriginForm) -> dict[str, Any]:
    query = form.cleaned_data
    making = Making(
        query["q"], query["origin"].pk, query["value"], query["inputs"], query["wholly"] or None, query["rule"].strip()
    )
    try:
        found = marketaccess.answer(query["q"], making.country, query["to"], query["on"], None, Facts(making=making))
    except Refusal as refusal:
        form.add_error("inputs" if "inputs" in refusal.code else "rule", sentence(refusal))
        return {}
    lines = [found] if isinstance(found, Answer) else list(found.lines)
    verdicts = {name: one for line in lines for name, one in line.origin_verdicts}
    return {"found": present_answer(found), "verdicts": [_shown(name, one) for name, one in verdicts.items()]}


def _shown(agreement: str, verdict: Verdict) -> VerdictView:
    return VerdictView(written(agreement), VERDICTS[verdict.passes], [translate(step) for step in verdict.steps])
