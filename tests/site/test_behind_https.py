"""One public address given, the site works behind a proxy that ends TLS, and browsers keep to HTTPS."""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.conf import global_settings
from django.db import connection
from django.test import Client, override_settings

from emporion.domain.reference.models import InternationalOrganisation
from tests.certificates import make_certificate
from tests.chromium import chromium, open_page
from tests.fair import PASSWORD, make_person
from tests.make import make_edition, make_international
from tests.nginx import nginx
from tests.site_process import Site, free_port, serving, site_behind_tls
from tests.worker import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_behind_tls(tmp_path) as running:
        yield running


def test_the_site_follows_its_public_address_behind_a_real_proxy(site: Site) -> None:
    # One process serves all that follows: it takes seconds to start.
    answer = site.get("/health/", **{"X-Forwarded-For": "203.0.113.9"})
    host = site.url.removeprefix("https://")
    # What the reader wrote into the header itself is not believed.
    assert answer.read().decode() == f"ok scheme=https host={host} client=127.0.0.1\n"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"

    plain = site.get_directly("/accounts/login/", Host=host)
    assert (plain.status, plain.headers["Location"]) == (301, f"{site.url}/accounts/login/")
    assert site.get_directly("/health/", Host=host).status == 200
    assert site.get_directly("/health/", Host="elsewhere.example").status == 400

    _a_form_works_in_a_real_browser(site)
    assert site.proxy is not None
    site.proxy.passes_host = False
    _a_form_works_in_a_real_browser(site)


def _a_form_works_in_a_real_browser(site: Site) -> None:
    make_international("tea")
    client = Client()
    client.force_login(make_person(f"{os.urandom(4).hex()}@fair.example", staff=True, is_superuser=True))
    wanted = f"Tea {os.urandom(4).hex()}"
    with chromium() as browser:
        page = open_page(browser, ignore_https_errors=True)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page.goto(f"{site.url}/admin/reference/internationalorganisation/tea/change/")
        page.locator("[name=name_en]").fill(wanted)
        page.locator("[name=_continue]").click()
        page.wait_for_load_state()
        cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
        assert cookies["csrftoken"]["secure"]
        page.context.close()
    connection.close()
    assert InternationalOrganisation.objects.get(code="tea").name_en == wanted


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_args: object) -> None:
        return None


def test_behind_the_documented_nginx_one_signs_in_and_a_foreign_form_is_refused(tmp_path: Path) -> None:
    make_edition(6, current=True)
    # The site's own process reads the password.
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        person = make_person("ada@shea.example", "Ada")
    certificate, port, site_port = make_certificate(tmp_path, "localhost"), free_port(), free_port()
    url, cookies = f"https://localhost:{port}", CookieJar()
    trust = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(certificate)))
    reader = urllib.request.build_opener(trust, urllib.request.HTTPCookieProcessor(cookies), _Stay())

    def ask(path: str, form: dict[str, str] | None = None, **headers: str) -> Any:
        data = urlencode(form).encode() if form is not None else None
        try:
            return reader.open(urllib.request.Request(url + path, data, headers), timeout=PATIENCE)
        except HTTPError as answer:
            return answer

    with (
        nginx(tmp_path, port=port, site_port=site_port, certificate=certificate),
        serving(site_port, EMPORION_PUBLIC_URL=url),
    ):
        health = ask("/health/", **{"X-Forwarded-For": "203.0.113.9"})
        assert health.read().decode() == f"ok scheme=https host=localhost:{port} client=127.0.0.1\n"
        page = ask("/accounts/login/")
        assert page.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "login": person.email, "password": PASSWORD}
        foreign = ask("/accounts/login/", form, Origin="https://elsewhere.example")
        assert foreign.status == 403
        signed_in = ask("/accounts/login/", form, Origin=url, Referer=f"{url}/accounts/login/")
        assert (signed_in.status, signed_in.headers["Location"]) == (302, "/my/")
        assert {"csrftoken", "sessionid"} <= {cookie.name for cookie in cookies if cookie.secure}
        assert all(cookie.secure for cookie in cookies)
        assert "Ada" in ask("/my/").read().decode()
        cookies.clear()
        packed = ask("/expo/", **{"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        tag = packed.headers["ETag"]
        assert tag
        assert ask("/expo/", **{"Accept-Encoding": "gzip", "If-None-Match": tag}).status == 304


def test_no_warning_is_left_for_a_site_with_a_public_https_address() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("EMPORION_", "DJANGO_ALLOW"))}
    given = {**bare, "EMPORION_PUBLIC_URL": "https://fair.example", "EMPORION_SECRET_KEY": os.urandom(40).hex()}
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()"]
    checked = subprocess.run(
        [*command, "check", "--deploy", "--fail-level", "WARNING"], env=given, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")
