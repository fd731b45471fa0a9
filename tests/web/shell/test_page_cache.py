"""A stored page is everybody's, is never somebody's, and is never older than what it shows."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier, Event

import pytest
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import connection, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from emporion.domain.accounts.models import User
from emporion.domain.journal.versions import NO_EDITION
from emporion.web.shell import public_state
from emporion.web.shell.page_cache import cached_page

pytestmark = pytest.mark.django_db(transaction=True)
made: list[str] = []


def answer(request, extra=""):
    made.append(request.get_full_path())
    return HttpResponse(f"<h1>Page {len(made)} {extra}</h1>" + "stand " * 300)


@cached_page("area", "country")
def hall(request):
    return answer(request, get_language())


@cached_page(seconds=60)
def tally(request):
    return answer(request)


@cached_page()
def greeting(request):
    return answer(request, request.user.email if request.user.is_authenticated else "stranger")


@cached_page()
def form(request):
    return answer(request, get_token(request))


@cached_page()
def message(request):
    messages.success(request, "Done for you alone")
    return answer(request, " ".join(str(one) for one in messages.get_messages(request)))


@cached_page()
def private(request):
    response = answer(request)
    add_never_cache_headers(response)
    return response


@cached_page()
def colours(request):
    response = answer(request)
    response["Cache-Control"] = "public, max-age=3600"
    return response


@cached_page()
def nonce(request):
    response = answer(request)
    response["Content-Security-Policy"] = "script-src 'nonce-abc'"
    return response


@cached_page()
def missing(request):
    made.append(request.path)
    raise Http404


@cached_page()
def moved(request):
    made.append(request.path)
    return HttpResponseRedirect("/hall/")


@cached_page()
def stream(request):
    made.append(request.path)
    return StreamingHttpResponse(["a", "b"])


@cached_page()
def broken(request):
    made.append(request.path)
    if len(made) == 1:
        raise BadRequest
    return HttpResponse("mended")


def undeclared(request):
    return answer(request)


started, go_on = Event(), Event()


@cached_page()
def slow(request):
    made.append(request.path)
    number = len(made)
    started.set()
    assert go_on.wait(600)
    return HttpResponse(f"slow {number}")


VIEWS = (
    hall, tally, greeting, form, message, private, colours, nonce, missing, moved, stream, broken, undeclared, slow,
)  # fmt: skip
urlpatterns = [path(f"{view.__name__}/", view) for view in VIEWS]


@pytest.fixture(autouse=True)
def site(settings, tmp_path, monkeypatch):
    """A site of these pages alone, whose state is looked up for every request."""
    settings.ROOT_URLCONF, settings.HOME, settings.PAGE_CACHE = __name__, tmp_path, True
    settings.MIDDLEWARE = [
        "emporion.web.shell.page_cache.PageCacheMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
    monkeypatch.setattr(public_state, "STATE_SECONDS", -1.0)
    made.clear()
    started.clear()
    go_on.clear()


def something_public_happened():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_publicversion SET number = number + 1 WHERE edition = %s", [NO_EDITION])


def text(response) -> str:
    body = response.content
    return (gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body).decode()


def pages_of(address: str, *, times: int = 2, **given) -> list[str]:
    return [text(Client().get(address, **given)).split("</h1>")[0] for _ in range(times)]


def test_a_page_is_made_once_for_all_readers():
    assert len({*pages_of("/hall/", times=3)}) == 1
    assert made == ["/hall/"]


def test_another_server_process_finds_it_too():
    Client().get("/hall/")
    # A client of its own has a handler with an empty memory; the files are shared.
    assert text(Client().get("/hall/")) == text(Client().get("/hall/"))
    assert made == ["/hall/"]


def test_it_is_made_again_when_something_public_happened():
    first = pages_of("/hall/")
    something_public_happened()
    second = pages_of("/hall/")
    assert first[0] != second[0] == second[1]
    assert len(made) == 2


def test_a_page_with_a_limit_is_made_again_after_it(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr("emporion.web.shell.page_cache.time.time", lambda: now[0])
    pages_of("/tally/")
    now[0] += 59.9
    pages_of("/tally/")
    assert len(made) == 1
    now[0] += 0.2
    pages_of("/tally/")
    assert len(made) == 2


def test_who_is_signed_in_gets_pages_of_their_own_and_leaves_none_behind():
    ann = User.objects.create_user("ann@example.org", "lantern over the harbour")
    client = Client()
    client.force_login(ann)
    assert "ann@example.org" in text(client.get("/greeting/"))
    assert pages_of("/greeting/") == ["<h1>Page 2 stranger"] * 2
    assert "Page 3 ann@example.org" in text(client.get("/greeting/"))


def test_a_change_shows_at_once_to_who_is_signed_in():
    client = Client()
    client.force_login(User.objects.create_user("ann@example.org", "lantern over the harbour"))
    pages_of("/hall/")
    assert [text(client.get("/hall/")).split("</h1>")[0] for _ in range(2)] == ["<h1>Page 2 en", "<h1>Page 3 en"]


def test_a_page_with_a_form_has_a_token_for_each_reader():
    first, second = Client().get("/form/"), Client().get("/form/")
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value
    assert len(made) == 2


def test_a_message_is_told_to_one_reader():
    client = Client()
    pages_of("/hall/")
    client.cookies["messages"] = "a message waits"
    client.get("/hall/")
    assert made == ["/hall/", "/hall/"]
    assert len(pages_of("/message/")) == len([one for one in made if one == "/message/"]) == 2


@pytest.mark.parametrize("address", ["/private/", "/nonce/", "/missing/", "/moved/", "/undeclared/", "/stream/"])
def test_what_is_no_page_for_everybody_is_not_stored(address):
    for _ in range(2):
        Client().get(address)
    assert len(made) == 2


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Authorization": "Basic YTpi"}, {"Range": "bytes=0-9"}])
def test_requests_for_something_else_neither_get_nor_leave_a_page(headers):
    Client().get("/hall/", headers=headers)
    pages_of("/hall/")
    Client().get("/hall/", headers=headers)
    assert len(made) == 3


def test_only_reading_is_answered_from_the_store():
    pages_of("/hall/")
    Client().post("/hall/")
    assert len(made) == 2


def test_a_head_is_answered_from_the_store_and_stores_nothing():
    Client().head("/hall/")
    pages_of("/hall/")
    response = Client().head("/hall/", headers={"Accept-Encoding": "gzip"})
    assert (response.status_code, response["Content-Encoding"], len(made)) == (200, "gzip", 2)


def test_known_parameters_have_pages_of_their_own_and_others_none():
    client = Client()
    for address in ("/hall/?area=food", "/hall/?area=cars", "/hall/?area=food", "/hall/"):
        client.get(address)
    assert made == ["/hall/?area=food", "/hall/?area=cars", "/hall/"]
    for _ in range(2):
        client.get("/hall/?area=food&utm_source=x")
    assert len(made) == 5


def test_a_language_that_the_reader_prefers_does_not_get_into_a_page_by_address(settings):
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    client.get("/hall/")
    # Without addresses by language these pages follow the reader: none may be stored for the next.
    assert pages_of("/hall/", times=1) == ["<h1>Page 2 en"]


def test_a_reader_who_has_the_page_is_told_so():
    first = Client().get("/hall/")
    again = Client().get("/hall/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert Client().get("/hall/", headers={"If-None-Match": 'W/"other", ' + first["ETag"]}).status_code == 304
    something_public_happened()
    assert Client().get("/hall/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_page_is_sent_as_the_reader_takes_it_and_says_so():
    compressed = Client().get("/hall/", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert (compressed["Content-Encoding"], int(compressed["Content-Length"])) == ("gzip", len(compressed.content))
    for accepted in ("identity", "gzip;q=0", "br"):
        plain = Client().get("/hall/", headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in plain
        assert plain.content == gzip.decompress(compressed.content)
        assert int(plain["Content-Length"]) == len(plain.content)
    assert compressed["Vary"] == "Accept-Encoding, Cookie, HX-Request"
    assert compressed["Cache-Control"] == "no-cache"
    assert compressed["Content-Type"] == "text/html; charset=utf-8"


def test_a_view_says_itself_how_long_browsers_keep_its_answer():
    first, second = Client().get("/colours/"), Client().get("/colours/")
    assert [first["Cache-Control"], second["Cache-Control"]] == ["public, max-age=3600"] * 2
    again = Client().get("/colours/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "public, max-age=3600")
    assert len(made) == 1


def test_a_name_that_is_not_ours_gets_no_stored_page():
    pages_of("/hall/")
    assert Client().get("/hall/", headers={"Host": "evil.example"}).status_code == 400


def test_inside_a_transaction_that_wrote_pages_are_made_anew():
    pages_of("/hall/")
    with transaction.atomic():
        something_public_happened()
        assert len({*pages_of("/hall/")}) == 2
        transaction.set_rollback(True)
    assert pages_of("/hall/", times=1) == ["<h1>Page 1 en"]


def test_a_page_that_fails_is_made_by_the_next_reader():
    assert Client(raise_request_exception=False).get("/broken/").status_code == 400
    assert text(Client().get("/broken/")) == "mended"
    assert text(Client().get("/broken/")) == "mended"
    assert len(made) == 2


def test_of_many_who_ask_first_one_makes_the_page():
    together = Barrier(4)

    def ask(_number):
        with closing(connection):
            together.wait(600)
            return text(Client().get("/slow/"))

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, number) for number in range(4)]
        assert started.wait(600)
        go_on.set()
        assert [one.result(20) for one in asked] == ["slow 1"] * 4


def test_while_one_makes_the_next_page_the_others_get_the_one_before():
    go_on.set()
    assert text(Client().get("/slow/")) == "slow 1"
    started.clear()
    go_on.clear()
    something_public_happened()

    def make():
        with closing(connection):
            return text(Client().get("/slow/"))

    with ThreadPoolExecutor(1) as pool:
        maker = pool.submit(make)
        assert started.wait(600)
        assert text(Client().get("/slow/")) == "slow 1"
        go_on.set()
        assert maker.result(20) == "slow 2"
    assert text(Client().get("/slow/")) == "slow 2"
