"""One stand on sale at the office: its exhibitor, price and history, and what may be done to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from emporion.domain.editions.models import Edition
from emporion.domain.selling.actions import (
    confirm_stand,
    merge_stands,
    move_exhibitor,
    split_stand,
    swap_stands,
    take_back,
)
from emporion.domain.selling.models import StandSale
from emporion.domain.selling.queries import sale_of
from emporion.domain.selling.queries.floor import quote_of_stand
from emporion.domain.selling.rules.holds import NothingRequested, StandNotOnSale, is_live
from emporion.web.selling.forms import BackForm, NumbersForm, SplitForm
from emporion.web.selling.history import history
from emporion.web.shell.access import action_context, edition_of
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.labels import OPEN_SIDES, STANDS
from emporion.web.shell.respond import accepted, form_page
from emporion.web.shell.states import SALE

LABELS = {"stands": STANDS, "open_sides": OPEN_SIDES}
FORMS: dict[str, type[forms.Form]] = {
    "confirm": forms.Form, "take_back": BackForm, "split": SplitForm, "merge": NumbersForm, "swap": NumbersForm,
    "move": NumbersForm,
}  # fmt: skip
FIELDS = {
    "part_too_small": "metres", "no_rectangle": "", "not_one_rectangle": "numbers", "one_stand_to_merge": "numbers",
    "stands_of_several": "numbers", "stand_not_on_sale": "numbers", "exchange_needs_two": "numbers",
    "destination_taken": "numbers", "withdrawal_reason_needed": "reason",
}  # fmt: skip


def one(request: HttpRequest, number: str) -> HttpResponse:
    """A stand on sale with its history, and what may be done to it."""
    return _page(request, _sale(request, number), {})


def _sale(request: HttpRequest, number: str) -> StandSale:
    found = sale_of(edition_of(request), number)
    if found is None:
        raise Http404(_("There is no stand on sale with this number."))
    return found


def _page(request: HttpRequest, sale: StandSale, bound: dict[str, forms.Form]) -> HttpResponse:
    edition, now = edition_of(request), timezone.now()
    made = {f"{name}_form": bound.get(name) or kind(auto_id=f"{name}_%s") for name, kind in FORMS.items()}
    live = is_live(sale.state, sale.until, now)
    shown: dict[str, Any] = {
        "sale": sale, "stand": sale.stand, "live": live, "state": SALE[sale.state if live else "free"],
        "labels": LABELS, "history": history(sale.stand), "form": next(iter(bound.values()), None), **made,
    }  # fmt: skip
    if live and sale.application is not None:
        sale.application.edition = edition
        shown["quote"] = quote_of_stand(sale, sale.application, now)
    return form_page(request, "selling/one.html", edition, shown)


@require_POST
def act(request: HttpRequest, number: str) -> HttpResponse:
    """Do one of them; what is refused stands beside its field."""
    sale, name = _sale(request, number), request.POST.get("action", "")
    if name not in FORMS:
        raise Http404
    form = FORMS[name](request.POST, auto_id=f"{name}_%s")
    doing = _Doing(request, edition_of(request), sale, form)
    after = accepted(form, getattr(doing, name), FIELDS)
    if after is None:
        return _page(request, sale, {name: form})
    return redirect(fair_url(request, "office_sale_stand", after))


class _Doing:
    """What each button of the page does; each gives the number of the stand whose page is shown next."""

    def __init__(self, request: HttpRequest, edition: Edition, sale: StandSale, form: forms.Form) -> None:
        self.context, self.edition, self.sale, self.form = action_context(request), edition, sale, form

    def confirm(self) -> str:
        if self.sale.application is None:
            raise NothingRequested()
        return confirm_stand(self.sale.application, context=self.context).stand.number

    def take_back(self) -> str:
        take_back(self.sale, reason=self.form.cleaned_data["reason"], context=self.context)
        return self.sale.stand.number

    def split(self) -> str:
        typed = self.form.cleaned_data
        split_stand(self.sale, typed["metres"], across=bool(typed["across"]), context=self.context)
        return self.sale.stand.number

    def merge(self) -> str:
        return merge_stands([self.sale, *self._others()], context=self.context).stand.number

    def swap(self) -> str:
        swap_stands(self.sale, self._others()[0], context=self.context)
        return self.sale.stand.number

    def move(self) -> str:
        to = self._others()[0]
        move_exhibitor(self.sale, to, context=self.context)
        return to.stand.number

    def _others(self) -> list[StandSale]:
        """The stands that were typed. Raises: StandNotOnSale."""
        assert isinstance(self.form, NumbersForm)
        found = [(number, sale_of(self.edition, number)) for number in self.form.chosen()]
        for number, other in found:
            if other is None:
                raise StandNotOnSale(number=number)
        return [other for _number, other in found if other is not None]
