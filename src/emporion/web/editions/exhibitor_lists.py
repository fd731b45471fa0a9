"""An exhibitor brings its products in a spreadsheet, the manager of a pavilion its exhibitors."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from emporion.domain.work.rules import OF_EXHIBITOR, OF_PAVILION
from emporion.spreadsheets.kinds.own_products import products_of
from emporion.spreadsheets.kinds.pavilion import exhibitors_of
from emporion.web.editions.own_lists import OwnLists
from emporion.web.pavilions.views import managed
from emporion.web.shell.access import contracted
from emporion.web.shell.addresses import fair_url

PAGES = ("editions/own_lists.html", "editions/own_list.html")
PRODUCTS = {
    "lists": "my_product_lists", "list": "my_product_list", "rows": "my_product_rows",
    "template": "my_product_template",
}  # fmt: skip
PAVILION = {
    "lists": "my_pavilion_lists", "list": "my_pavilion_list", "rows": "my_pavilion_rows",
    "template": "my_pavilion_template",
}  # fmt: skip


def product_lists(request: HttpRequest, organisation: int) -> HttpResponse:
    """The form that brings products, and the lists brought before."""
    return _products(request, organisation).lists(request)


def product_template(request: HttpRequest, organisation: int) -> HttpResponse:
    """An example of a list of products, as an Excel file."""
    return _products(request, organisation).template(request)


def product_list(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """How the check of a list of products went and how to go on."""
    return _products(request, organisation).one_list(request, pk)


def product_rows(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """The rows of a list of products that have problems."""
    return _products(request, organisation).rows_to_mend(request, pk)


def pavilion_lists(request: HttpRequest, organisation: int, pavilion: int) -> HttpResponse:
    """The form that brings a pavilion's exhibitors, and the lists brought before."""
    return _pavilion(request, organisation, pavilion).lists(request)


def pavilion_template(request: HttpRequest, organisation: int, pavilion: int) -> HttpResponse:
    """An example of a list of a pavilion's exhibitors, as an Excel file."""
    return _pavilion(request, organisation, pavilion).template(request)


def pavilion_list(request: HttpRequest, organisation: int, pavilion: int, pk: int) -> HttpResponse:
    """How the check of a list of a pavilion's exhibitors went and how to go on."""
    return _pavilion(request, organisation, pavilion).one_list(request, pk)


def pavilion_rows(request: HttpRequest, organisation: int, pavilion: int, pk: int) -> HttpResponse:
    """The rows of a list of a pavilion's exhibitors that have problems."""
    return _pavilion(request, organisation, pavilion).rows_to_mend(request, pk)


def _products(request: HttpRequest, organisation: int) -> OwnLists:
    here, exhibitor = contracted(request, organisation)
    address = partial(_address, request, PRODUCTS, (organisation,))
    back = fair_url(request, "my_products", organisation)
    return OwnLists(
        here.edition, f"{OF_EXHIBITOR}/{exhibitor.number}", "products", products_of(exhibitor), address, PAGES,
        {"here": here, "back": back},
    )  # fmt: skip


def _pavilion(request: HttpRequest, organisation: int, pavilion: int) -> OwnLists:
    here, own = managed(request, organisation, pavilion)
    address = partial(_address, request, PAVILION, (organisation, pavilion))
    back = fair_url(request, "my_pavilion", organisation, pavilion)
    return OwnLists(
        here.edition, f"{OF_PAVILION}/{own.code}", "exhibitors", exhibitors_of(own), address, PAGES,
        {"here": here, "back": back, "pavilion": own},
    )  # fmt: skip


def _address(request: HttpRequest, names: dict[str, str], owner: tuple[int, ...], page: str, *args: int) -> str:
    return fair_url(request, names[page], *owner, *args)
