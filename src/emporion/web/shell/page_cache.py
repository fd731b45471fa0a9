"""The page cache: whole pages for readers who are not signed in, each rendered once for all of them.

A view says with :func:`cached_page` that its page is the same for every such reader. The middleware, the first of all,
stores what it answers under the address and sends it without asking the database, until

- the fair's public version moves (``journal.versions.public_version``),
- a moment passes at which public pages change by themselves (``public_state``), or
- ``seconds`` are over, for pages of figures that every scan and registration moves.

One reader then waits for the new page and is the only one in all processes to do so; the others get the page before
until it is there. The state is looked up at most every ``STATE_SECONDS`` in each process, so a change shows after that
time and the page's own. Who is signed in never gets a stored page and sees each change at once.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.decorators.gzip import gzip_page

from emporion.web.shell.page_store import PageStore, StoredPage
from emporion.web.shell.public_state import SampledStates, read_states

View = Callable[..., HttpResponse]
# A reader who finds a page being made for the first time waits for it so long, and then makes it again.
WAIT_SECONDS = 5.0
# What the middleware says itself, for the compression at hand.
OWN_HEADERS = {"content-encoding", "content-length", "etag", "vary"}
VARY = "Accept-Encoding, Cookie, HX-Request"
# Where the view says nothing else, a browser may keep the page and asks each time whether it is still the one.
CACHE_CONTROL = "no-cache"


@dataclass(frozen=True)
class Declaration:
    """What a view says of its page: the query parameters it knows, and for how many seconds it holds at most."""

    parameters: frozenset[str]
    seconds: float | None


def cached_page(*parameters: str, seconds: float | None = None) -> Callable[[View], View]:
    """Say that a view's page is the same for all who are not signed in, for an address and these query parameters.

    The page must not hold what differs by reader: no form with a token, no message, no cookie. With another parameter
    in the query nothing is stored. ``seconds`` bounds a page that shows what moves without a public event.
    """

    def declare(view: View) -> View:
        compressed = gzip_page(view)
        compressed.cached_page = Declaration(frozenset(parameters), seconds)  # type: ignore[attr-defined]
        return compressed

    return declare


class PageCacheMiddleware:
    """Answers from the stored pages, before anything else looks at the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = PageStore(settings.HOME / "pages")
        self.states = SampledStates()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_anonymous_read(request):
            return self.get_response(request)
        key = _key(request)
        found = self.store.remembered(key)
        if found is None or not self._holds(found):
            found = self.store.shared(key) or found
        if found is not None and self._holds(found):
            return sent(found, request)
        declaration = _declaration(request)
        if declaration is None or not declaration.parameters.issuperset(request.GET):
            return self.get_response(request)
        return self._make_or_wait(key, found, declaration, request)

    def _holds(self, page: StoredPage) -> bool:
        return page.state == self.states.get(page.fair) and (page.expires is None or time.time() < page.expires)

    def _make_or_wait(
        self, key: str, before: StoredPage | None, declaration: Declaration, request: HttpRequest
    ) -> HttpResponseBase:
        with self.store.files.alone(key, 0.0 if before else WAIT_SECONDS) as is_maker:
            if before is not None and not is_maker:
                return sent(before, request)
            made_meanwhile = self.store.shared(key)
            if made_meanwhile is not None and self._holds(made_meanwhile):
                return sent(made_meanwhile, request)
            return self._make(key, declaration, request)

    def _make(self, key: str, declaration: Declaration, request: HttpRequest) -> HttpResponseBase:
        # Read before the page is made, and for all fairs: which one it shows is known afterwards.
        states = read_states()
        response = self.get_response(request)
        fair = getattr(request, "fair", None)
        state = states.get(fair.pk if fair else None)
        if state is None or not _may_be_stored(response, request):
            return response
        page = _stored(response, declaration, fair.pk if fair else None, state)
        self.store.put(key, page)
        return sent(page, request)


def is_anonymous_read(request: HttpRequest) -> bool:
    """Whether the answer could be the same for everybody: a read without session, messages or parts of a page."""
    return (
        request.method in ("GET", "HEAD")
        and not request.path_info.startswith(settings.STATIC_URL)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HTTP_HX_REQUEST" not in request.META
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_RANGE" not in request.META
    )


def _key(request: HttpRequest) -> str:
    """The address; who asks by a name that is not ours is turned away here as everywhere."""
    query = request.META.get("QUERY_STRING", "")
    address = f"{request.scheme}://{request.get_host()}{request.path}"
    return f"{address}?{query}" if query else address


def _declaration(request: HttpRequest) -> Declaration | None:
    """What the view at an address says of its page; none where it says nothing or there is no view."""
    try:
        with translation.override(_language_of(request)):
            view = resolve(request.path_info).func
    except Resolver404:
        return None
    return getattr(view, "cached_page", None)


def _language_of(request: HttpRequest) -> str:
    """The language that an address itself asks for."""
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def _may_be_stored(response: HttpResponseBase, request: HttpRequest) -> TypeGuard[HttpResponse]:
    """Whether a page is the same for every reader, as far as it can be seen from outside.

    The view has said so already; this holds where a view, a template or another middleware breaks its word.
    """
    control = response.get("Cache-Control", "")
    return (
        isinstance(response, HttpResponse)
        and request.method == "GET"
        and response.status_code == 200
        and not response.cookies
        and not any(word in control for word in ("private", "no-store", "no-cache"))
        and "'nonce-" not in response.get("Content-Security-Policy", "")
        and getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE) == _language_of(request)
        and not len(getattr(request, "_messages", ()))
        and not request.user.is_authenticated
    )


def _stored(response: HttpResponse, declaration: Declaration, fair: int | None, state: str) -> StoredPage:
    body = response.content
    if response.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in OWN_HEADERS)
    expires = None if declaration.seconds is None else time.time() + declaration.seconds
    return StoredPage.of(body, headers, fair=fair, state=state, expires=expires)


def sent(page: StoredPage, request: HttpRequest) -> HttpResponse:
    """The answer from a stored page: compressed where the reader takes it, short where the reader has it already."""
    if _has(request, page.etag):
        response: HttpResponse = HttpResponseNotModified()
    elif _takes_gzip(request):
        response = HttpResponse(page.body, headers=dict(page.headers))
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(page.body))
    else:
        response = HttpResponse(page.plain, headers=dict(page.headers))
        response["Content-Length"] = str(len(response.content))
    response["ETag"], response["Vary"] = page.etag, VARY
    response["Cache-Control"] = dict(page.headers).get("Cache-Control", CACHE_CONTROL)
    return response


def _has(request: HttpRequest, etag: str) -> bool:
    given = request.META.get("HTTP_IF_NONE_MATCH", "")
    return bool(given) and any(one.strip() in (etag, "*") for one in given.split(","))


def _takes_gzip(request: HttpRequest) -> bool:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    codings = [one.replace(" ", "").lower() for one in accepted.split(",")]
    return any(one.split(";")[0] == "gzip" and not one.endswith((";q=0", ";q=0.0")) for one in codings)
