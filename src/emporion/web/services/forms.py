"""Forms of services: what the organiser offers, and how much an exhibitor orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.services.actions import ServiceFacts
from emporion.domain.services.models import OrderLine, Service
from emporion.domain.services.rules import MOST_PIECES, MOST_SURCHARGE
from emporion.web.shell.forms import AmountField, in_words, offer
from emporion.web.shell.templatetags.fair import words

CATEGORIES = {
    Service.Category.POWER.value: _("Power and light"),
    Service.Category.WATER.value: _("Water and compressed air"),
    Service.Category.NETWORK.value: _("Internet and telephone"),
    Service.Category.FURNITURE.value: _("Furniture and equipment"),
    Service.Category.RIGGING.value: _("Rigging and lifting"),
    Service.Category.STAFF.value: _("Staff and cleaning"),
    Service.Category.OTHER.value: _("Other services"),
}
SERVICE_FIELDS = {
    "code_taken": "code",
    "deadline_after_close": "deadline",
    "surcharge_out_of_range": "surcharge_percent",
}
MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A moment in the venue's time, as browsers offer it to choose."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **options)


class ServiceForm(forms.Form):
    """A service as the organiser offers it."""

    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("Short and once in the edition, as power-3kw."))
    category = forms.ChoiceField(label=_("Category"))
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=120, required=False)
    about_en = forms.CharField(label=_("Description in English"), max_length=300, required=False)
    about_zh = forms.CharField(label=_("Description in Chinese"), max_length=300, required=False)
    unit_en = forms.CharField(
        label=_("Unit in English"), max_length=40, help_text=_("What one of it is: a piece, a day.")
    )
    unit_zh = forms.CharField(label=_("Unit in Chinese"), max_length=40, required=False)
    price = AmountField(label=_("Price of one, without tax"), max_digits=12, decimal_places=2, min_value=0)
    deadline = MomentField(label=_("Orders change freely until"))
    surcharge_percent = forms.IntegerField(
        label=_("Surcharge after that, %"), min_value=0, max_value=MOST_SURCHARGE, initial=0
    )
    closes = MomentField(label=_("Last orders"))
    offered = forms.BooleanField(label=_("Offered to exhibitors"), required=False, initial=True)

    def __init__(self, *args: Any, chinese: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", CATEGORIES.items())
        if not chinese:
            for name in ("name_zh", "about_zh", "unit_zh"):
                del self.fields[name]

    def facts(self) -> ServiceFacts:
        """What is stated, for the action."""
        return ServiceFacts(**self.cleaned_data)


class OrderForm(forms.Form):
    """How much an exhibitor orders of each service: a field by its key."""

    def __init__(self, *args: Any, services: Iterable[Service], ordered: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for service in services:
            self.fields[f"service-{service.pk}"] = forms.IntegerField(
                label=f"{words(service)}, {getattr(service, in_words('unit')) or service.unit_en}",
                min_value=0, max_value=MOST_PIECES, initial=ordered.get(service.pk, 0), required=False,
            )  # fmt: skip

    def quantities(self) -> dict[int, int]:
        """How much of which service; a field left empty changes nothing."""
        typed = self.cleaned_data.items()
        return {int(name.removeprefix("service-")): quantity for name, quantity in typed if quantity is not None}


class CorrectionForm(forms.Form):
    """To how many the organiser reduces each service that an exhibitor has ordered, and why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept in the journal with the change."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered: dict[Service, int] = {}
        for line in lines:
            ordered[line.service] = ordered.get(line.service, 0) + line.quantity
        for service, quantity in ordered.items():
            self.fields[f"service-{service.pk}"] = forms.IntegerField(
                label=f"{words(service)}, {getattr(service, in_words('unit')) or service.unit_en}",
                min_value=0, max_value=quantity, initial=quantity,
            )  # fmt: skip
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def quantities(self) -> dict[int, int]:
        """How much of which service is left."""
        typed = ((name.removeprefix("service-"), value) for name, value in self.cleaned_data.items())
        return {int(key): value for key, value in typed if key.isdecimal()}
