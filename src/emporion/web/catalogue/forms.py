"""The form in which an exhibitor describes a product."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emporion.domain.catalogue.actions.products import ProductFacts
from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.reference.models import Country
from emporion.web.shell.forms import NamedChoice, by_name, offer, offer_records, offer_sectors
from emporion.web.shell.labels import DEBUTS, PRODUCT_KINDS

# Beside which field a refusal's sentence stands.
FIELDS = {"product_needs_name": "name_en", "hs_code_unknown": "hs", "product_number_taken": "number"}


class ProductForm(forms.Form):
    """A product, technology or service; a field in Chinese where the fair speaks it."""

    kind = forms.ChoiceField(label=_("What it is"))
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    about_en = forms.CharField(
        label=_("Description in English"), max_length=5_000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("What it is made of, what it does and for whom: buyers search these words."),
    )  # fmt: skip
    about_zh = forms.CharField(
        label=_("Description in Chinese"), max_length=5_000, required=False, widget=forms.Textarea({"rows": 4})
    )
    hs = forms.CharField(
        label=_("HS code"), max_length=10, required=False,
        help_text=_("Two, four or six digits of the Harmonized System, as in 8418.69. With it, buyers see the duty."),
    )  # fmt: skip
    origin = NamedChoice(
        label=_("Country of origin"), queryset=Country.objects.none(), required=False,
        empty_label=_("The exhibitor's own"),
    )  # fmt: skip
    sector = NamedChoice(label=_("Sector"), queryset=None, required=False, empty_label=_("Not stated"))
    debut = forms.ChoiceField(label=_("Shown for the first time"), required=False)
    number = forms.CharField(
        label=_("Your own number for it"), max_length=30, required=False,
        help_text=_("Left empty, it gets the next one."),
    )  # fmt: skip

    def __init__(self, *args: Any, exhibitor: Exhibitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exhibitor, fair = exhibitor, exhibitor.edition.fair
        offer(self, "kind", PRODUCT_KINDS.items())
        offer(self, "debut", [("", _("No")), *DEBUTS.items()])
        offer_records(self, "origin", Country.objects.order_by(by_name()))
        offer_sectors(self, "sector", fair)
        if not fair.speaks_chinese:
            del self.fields["name_zh"], self.fields["about_zh"]
            self.fields["name_en"].required = True

    def facts(self, number: str) -> ProductFacts:
        """What is stated, for the action; ``number`` where none is."""
        found = {**self.cleaned_data}
        return ProductFacts(**{**found, "number": found.get("number") or number})


def first_of(product: Product) -> dict[str, Any]:
    """A product as its form shows it before it is changed."""
    own = {name: getattr(product, name) for name in ("kind", "name_en", "name_zh", "about_en", "about_zh", "number")}
    debut = Debut.objects.filter(product=product).first()
    return {
        **own, "hs": product.hs_id or "", "origin": product.origin_id, "sector": product.sector_id,
        "debut": debut.kind if debut else "",
    }  # fmt: skip


PICTURE_FIELDS = {
    "picture_needs_text": "alt_en",
    **dict.fromkeys(
        ("file_empty", "file_too_large", "file_of_other_kind", "file_damaged", "picture_unreadable",
         "picture_too_many_pixels", "too_many_pictures"),
        "file",
    ),
}  # fmt: skip


class PictureForm(forms.Form):
    """A picture of a product and what it shows, in words."""

    file = forms.FileField(
        label=_("Picture"), max_length=200,
        help_text=_("JPEG or PNG up to 15 MB. It is made smaller, and what the camera noted in it is removed."),
    )  # fmt: skip
    alt_en = forms.CharField(
        label=_("What it shows, in English"), max_length=200, required=False,
        help_text=_("A few words for those who do not see it, as “Jar of butter with its lid off”."),
    )  # fmt: skip
    alt_zh = forms.CharField(label=_("What it shows, in Chinese"), max_length=200, required=False)

    def __init__(self, *args: Any, chinese: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not chinese:
            del self.fields["alt_zh"]

    def words(self) -> dict[str, str]:
        """What it shows, by language."""
        return {name: self.cleaned_data.get(name, "") for name in ("alt_en", "alt_zh")}
