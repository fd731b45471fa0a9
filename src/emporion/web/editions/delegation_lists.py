"""A leader brings the people of a delegation in a spreadsheet."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from emporion.domain.visitors.models import Delegation
from emporion.spreadsheets.kinds.members import members_of
from emporion.web.editions.own_lists import OwnLists
from emporion.web.shell.addresses import fair_url
from emporion.web.visitors.delegation import heading

ADDRESSES = {
    "lists": "my_delegation_lists", "list": "my_delegation_list", "rows": "my_delegation_rows",
    "template": "my_delegation_template",
}  # fmt: skip


def lists(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """The form that brings a list, and the lists brought before."""
    return _own(request, delegation).lists(request)


def template(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """An example of the list, with notes, as an Excel file."""
    return _own(request, delegation).template(request)


def one_list(request: HttpRequest, delegation: Delegation, pk: int) -> HttpResponse:
    """How the check went and how to go on."""
    return _own(request, delegation).one_list(request, pk)


def rows_to_mend(request: HttpRequest, delegation: Delegation, pk: int) -> HttpResponse:
    """The rows with problems as a file, to be mended and brought again."""
    return _own(request, delegation).rows_to_mend(request, pk)


def _own(request: HttpRequest, delegation: Delegation) -> OwnLists:
    return OwnLists(
        delegation.edition, delegation.path, "members", members_of(delegation),
        partial(_address, request, delegation), ("visitors/delegation_lists.html", "visitors/delegation_list.html"),
        heading(request, delegation),
    )  # fmt: skip


def _address(request: HttpRequest, delegation: Delegation, page: str, *args: int) -> str:
    return fair_url(request, ADDRESSES[page], delegation.path, *args)
