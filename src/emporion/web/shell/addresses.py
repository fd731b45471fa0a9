"""Addresses of a fair's pages: made here for Python, by ``{% fair_url %}`` in templates.

``/<fair>/…`` is the fair's current edition, ``/<fair>/<number>/…`` any of its editions. The middleware here loads both.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from emporion.domain.editions.models import Edition, Fair
from emporion.domain.editions.queries import editions, fair_among, only_fair


def fair_url(where: HttpRequest | Edition | Fair, name: str, *args: object, **kwargs: object) -> str:
    """The address of a page of a fair.

    ``where``: the edition, a request for a page of that edition, or a fair for its current edition. Links on a page of
    an earlier edition stay in that edition.
    """
    fair, number = _place(where)
    if kwargs:
        return reverse(name, kwargs={"fair": fair, **({"edition": number} if number else {}), **kwargs})
    return reverse(name, args=[fair, *([number] if number else []), *args])


def _place(where: HttpRequest | Edition | Fair) -> tuple[str, int | None]:
    """The fair's slug and the edition's number, none for the current edition."""
    if isinstance(where, Fair):
        return where.slug, None
    edition = where if isinstance(where, Edition) else where.edition  # type: ignore[attr-defined]
    if edition is not None:
        return edition.fair.slug, None if edition.current else edition.number
    fair = displayed_fair(where)  # type: ignore[arg-type]
    if fair is None:
        raise LookupError("a page without a fair cannot link to a fair's pages")
    return fair.slug, None


def displayed_fair(request: HttpRequest) -> Fair | None:
    """The fair of a page; on a page of no fair the one its address begins with, else the only fair of the site."""
    if request.fair is None and not hasattr(request, "_displayed_fair"):  # type: ignore[attr-defined]
        first = request.path_info.removeprefix("/zh-hans").split("/")[1:2]
        named = fair_among(first) if "\0" not in request.path_info else None
        request._displayed_fair = named or only_fair()  # type: ignore[attr-defined]
    return request.fair or request._displayed_fair  # type: ignore[attr-defined,no-any-return]


class NulTyped(BadRequest):
    """A form has a NUL in it."""


class NoNulMiddleware:
    """Middleware: an address or a query with a NUL names nothing, and a form with one is turned down.

    PostgreSQL holds none in its texts, and no reader types one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Django has read the form by now, for its token; it takes NULs out of the names of files itself."""
        typed = (value for _field, values in request.POST.lists() for value in values)
        if any("\0" in text for text in chain(request.POST, typed)):
            raise NulTyped()


class FairMiddleware:
    """Middleware: takes fair and edition from the address and puts them on the request.

    ``request.fair`` and ``request.edition`` are none on pages of no fair, ``request.edition`` also where a fair has no
    current edition. A language that the fair does not use leads to its first one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.fair = request.edition = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        slug, number = kwargs.pop("fair", None), kwargs.pop("edition", None)
        if slug is None:
            return None
        request.fair, request.edition = fair, _edition = _load(slug, number)  # type: ignore[attr-defined]
        return _in_a_language_of(request, fair)


def _load(slug: str, number: int | None) -> tuple[Fair, Edition | None]:
    """One query where the edition is there."""
    wanted = {"current": True} if number is None else {"number": number}
    edition = editions().filter(fair__slug=slug, **wanted).first()
    if edition is not None:
        return edition.fair, edition
    fair = fair_among([slug])
    if fair is None:
        raise Http404(_("There is no fair at this address."))
    if number is not None:
        raise Http404(_("This fair has no edition %(number)s.") % {"number": number})
    return fair, None


def _in_a_language_of(request: HttpRequest, fair: Fair) -> HttpResponse | None:
    if get_language() in fair.languages or request.method not in ("GET", "HEAD"):
        return None
    there = translate_url(request.get_full_path(), fair.languages[0])
    return HttpResponseRedirect(there) if there != request.get_full_path() else None
