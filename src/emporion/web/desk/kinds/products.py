"""Products and debuts at the desk: what is shown, by whom, and what is missing of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.catalogue.actions import change_product, remove_product
from emporion.domain.catalogue.models import Product
from emporion.domain.desk.queries.exhibition import PRODUCTS
from emporion.domain.editions.models import Edition
from emporion.domain.journal.actions import subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.staff.rules import REVIEWER
from emporion.web.catalogue.forms import FIELDS, ProductForm, first_of
from emporion.web.desk import facts, filters
from emporion.web.desk.filters import Column, Filter, fixed
from emporion.web.desk.kinds.kind import Decision, Editor, Kind
from emporion.web.desk.shown import Shown
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.labels import DEBUTS, PRODUCT_KINDS
from emporion.web.shell.states import State
from emporion.web.shell.templatetags.fair import words

ICONS = {"product": "package", "technology": "cpu", "service": "handshake"}
SHOWN_AS = {kind: State(name, "done", ICONS[kind]) for kind, name in PRODUCT_KINDS.items()}
DEBUT = Filter(
    "debut", gettext_lazy("Shown for the first time"),
    fixed({"any": gettext_lazy("Every debut"), **DEBUTS, "none": gettext_lazy("No debut")}),
)  # fmt: skip
LACKS = Filter(
    "lacks", gettext_lazy("What is missing"),
    fixed({
        "hs": gettext_lazy("HS code"), "english": gettext_lazy("Name in English"),
        "chinese": gettext_lazy("Name in Chinese"), "about": gettext_lazy("Description"),
    }),
)  # fmt: skip
SHOWN = Shown(
    PRODUCTS, gettext_lazy("Products and debuts"), gettext_lazy("Words of the product, or exhibitor"), SHOWN_AS, "",
    (filters.AREA, Filter("country", gettext_lazy("Country of origin"), filters.country_choices), DEBUT, LACKS),
    (
        Column(gettext_lazy("Name"), words),
        Column(gettext_lazy("Exhibitor"), lambda one: words(one.exhibitor.organisation)),
        Column(gettext_lazy("HS code"), lambda one: filters.number(one.hs_id or "")),
        Column(gettext_lazy("Country of origin"), lambda one: words(one.origin)),
        Column(gettext_lazy("Debut"), lambda one: _debut(one)),
    ),
    {}, (REVIEWER,), heading=gettext_lazy("Kind"),
)  # fmt: skip
DECISIONS = {
    "remove": Decision(
        gettext_lazy("Take it out of the catalogue"), gettext_lazy("The product is no longer shown."),
        tuple(SHOWN_AS), lambda one, _text, context: remove_product(one, context=context), leaves=True,
    ),
}  # fmt: skip


def _debut(one: Product) -> str:
    debut = getattr(one, "debut", None)
    return str(DEBUTS[debut.kind]) if debut else ""


def _form(_edition: Edition, one: Product, data: Any) -> forms.Form:
    return ProductForm(data, exhibitor=one.exhibitor, initial=first_of(one))


def _save(_edition: Edition, one: Product, form: ProductForm, context: ActionContext) -> object:
    return change_product(one, form.facts(one.number), context=context)


def of_product(request: HttpRequest, one: Product) -> dict[str, Any]:
    """A product and its exhibitor."""
    return {
        "name": words(one), "state": SHOWN_AS[one.kind],
        "parts": [(_("Product"), facts.stated([
            (_("Name in English"), one.name_en), (_("Name in Chinese"), one.name_zh), (_("Number"), one.number),
            (_("HS code"), one.hs_id or ""), (_("Country of origin"), words(one.origin)),
            (_("Sector"), words(one.sector)), (_("Debut"), _debut(one)),
            (_("Description in English"), one.about_en), (_("Description in Chinese"), one.about_zh),
        ]))],
        "groups": facts.groups(
            (_("Exhibitor"), [facts.link(request, "office_exhibitors_one", one.exhibitor)]),
        ),
        "links": [(_("Its page as visitors see it"), fair_url(request, "product", one.pk))],
        "subjects": [subject_of(one)],
    }  # fmt: skip


KIND = Kind(SHOWN, of_product, DECISIONS, Editor(_form, _save, (REVIEWER,), FIELDS))
