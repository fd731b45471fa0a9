"""Forms of delegations: whom a leader reviews and invites, and what the organiser sets."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.editions.models import Edition
from emporion.domain.visitors.models import Delegation
from emporion.domain.visitors.queries import sub_groups
from emporion.web.shell.forms import NamedChoice, in_words, offer_records
from emporion.web.shell.show_days import show_days
from emporion.web.shell.templatetags.fair import long_day
from emporion.web.shell.whole_numbers import whole_number

MAX_ADDRESSES = 200


class Keys(forms.MultipleChoiceField):
    """Keys of records, whichever there are."""

    def valid_value(self, value: str) -> bool:
        return whole_number(value) is not None

    def clean(self, value: Any) -> list[int]:
        return [int(key) for key in super().clean(value)]


class ReviewForm(forms.Form):
    """Which people are confirmed, or declined and why."""

    people = Keys(required=False, widget=forms.MultipleHiddenInput)
    action = forms.CharField(required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why, where you decline"), required=False, max_length=500,
        help_text=gettext_lazy("Those whom you decline read it."),
    )  # fmt: skip

    @property
    def declines(self) -> bool:
        return self.data.get("action") == "decline"

    @property
    def everybody(self) -> bool:
        return self.data.get("action") == "confirm_all"

    def clean(self) -> dict[str, Any]:
        if not self.everybody and not self.cleaned_data.get("people"):
            raise ValidationError(_("Choose the people first."))
        if self.declines and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", _("Say why: they are told."))
        return self.cleaned_data


class AddressesForm(forms.Form):
    """Addresses of people, as many as one likes, however they are separated."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"), max_length=20_000, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("One on each line, or separated by commas or semicolons; for many people bring a list."),
    )  # fmt: skip

    def clean_addresses(self) -> list[str]:
        """Each address once."""
        parts = re.split(r"[\s,;,;、]+", self.cleaned_data["addresses"])
        found = list(dict.fromkeys(part.lower() for part in parts if part))
        if wrong := [one for one in found if not _is_address(one)]:
            raise ValidationError(_("These are no e-mail addresses: %(which)s") % {"which": ", ".join(wrong[:5])})
        if len(found) > MAX_ADDRESSES:
            raise ValidationError(_("At most %(most)s at a time; bring a list instead.") % {"most": MAX_ADDRESSES})
        return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


class PathChoice(NamedChoice):
    """A choice among delegations, which shows where they stand in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.path} {getattr(obj, in_words()) or obj.name_en}"


class LeaderForm(forms.Form):
    """Who is to lead which sub-group."""

    delegation = PathChoice(label=gettext_lazy("Sub-group"), queryset=None, empty_label=gettext_lazy("Choose one"))
    address = forms.EmailField(label=gettext_lazy("Their e-mail address"), max_length=254)

    def __init__(self, *args: Any, delegation: Delegation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = sub_groups(delegation)
        self.has_sub_groups = below.exists()
        offer_records(self, "delegation", below)


class OwnLeaderForm(forms.Form):
    """Who is to lead a delegation."""

    address = forms.EmailField(label=gettext_lazy("Their e-mail address"), max_length=254)


class GroupForm(forms.Form):
    """A new group or sub-group."""

    path = forms.CharField(
        label=gettext_lazy("Path"), max_length=60,
        help_text=gettext_lazy("Codes from the group downwards: 07 for a group, 07.031 for a sub-group of it."),
    )  # fmt: skip
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=150)
    name_zh = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=150, required=False)
    quota = forms.IntegerField(
        label=gettext_lazy("How many people may register"), min_value=0, max_value=1_000_000, required=False,
        help_text=gettext_lazy("Its sub-groups included; empty for any number."),
    )  # fmt: skip


class QuotaForm(forms.Form):
    """How many people may register, and how many may come on each day."""

    quota = GroupForm.base_fields["quota"]

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in show_days(edition):
            label = _("On %(day)s") % {"day": long_day(day)}
            self.fields[day.isoformat()] = forms.IntegerField(
                label=label, min_value=0, max_value=1_000_000, required=False
            )

    @property
    def by_day(self) -> dict[date, int | None]:
        """What is stated for each day."""
        return {date.fromisoformat(name): count for name, count in self.cleaned_data.items() if name != "quota"}

    @property
    def day_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "quota"]
