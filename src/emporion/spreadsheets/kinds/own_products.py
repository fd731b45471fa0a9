"""The list of products that an exhibitor brings itself: as the organiser's list, without naming the exhibitor."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable
from functools import partial
from typing import Any

from emporion.domain.catalogue.actions.bulk import ProductRow, import_products
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.reason import Name
from emporion.domain.refusal import BulkOutcome
from emporion.spreadsheets.columns import Kind
from emporion.spreadsheets.kinds import products

NAME, ZH = "your products", "贵单位展品"
ABOUT = Name(
    "Your products, technologies and services, one row each, with debuts marked.",
    "贵单位的产品、技术和服务,每项一行,标明首发。",
)
OWN = ("exhibitor", "country")
OwnProductRow = namedtuple("OwnProductRow", [name for name in ProductRow._fields if name not in OWN])  # type: ignore[misc]
COLUMNS = tuple(column for column in products.COLUMNS if column.key not in OWN)


def products_of(exhibitor: Exhibitor) -> Kind:
    """The list of one exhibitor's products."""
    apply = partial(_import, number=exhibitor.number)
    return Kind(NAME, ZH, ABOUT, COLUMNS, OwnProductRow, apply, blank_keeps=True)


def _import(edition: Edition, rows: Iterable[Any], *, number: str, context: ActionContext) -> BulkOutcome:
    owned = (ProductRow(exhibitor=number, **row._asdict()) for row in rows)
    return import_products(edition, owned, context=context)
