"""One public address given, the site works behind a proxy that ends TLS, and browsers keep to HTTPS."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from emporion.domain.reference.models import Sector
from tests.certificates import make_certificate
from tests.chromium import chromium, open_page
from tests.fair import make_person
from tests.make import make_sector
from tests.tls_proxy import TLSProxy, tls_proxy
from tests.worker import environment

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Site:
    """A site in a process of its own, behind its proxy."""

    url: str
    port: int
    proxy: TLSProxy
    trust: ssl.SSLContext

    def get(self, path: str, **headers: str) -> HTTPResponse:
        """Ask through the proxy, following redirects."""
        asked = urllib.request.Request(self.url + path, headers=headers)
        return urllib.request.urlopen(asked, timeout=600, context=self.trust)

    def get_directly(self, path: str, **headers: str) -> HTTPResponse:
        """Ask the site itself without following redirects."""
        behind = HTTPConnection("127.0.0.1", self.port, timeout=600)
        behind.request("GET", path, headers=headers)
        return behind.getresponse()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    certificate = make_certificate(tmp_path, "localhost")
    with tls_proxy(certificate) as proxy:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            proxy.site_port = free.getsockname()[1]
        url = f"https://localhost:{proxy.server_address[1]}"
        given = {**environment(), "EMPORION_PUBLIC_URL": url}
        call = ["serve", "--port", str(proxy.site_port), "--workers", "1"]
        command = [sys.executable, "-c", "from emporion.site.commandline import main; main()", *call]
        process = subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(proxy.site_port, process)
            yield Site(url, proxy.site_port, proxy, ssl.create_default_context(cafile=str(certificate)))
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens at the port."""
    while process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("the site ended by itself")


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
    site.proxy.passes_host = False
    _a_form_works_in_a_real_browser(site)


def _a_form_works_in_a_real_browser(site: Site) -> None:
    make_sector("tea")
    client = Client()
    client.force_login(make_person(f"{os.urandom(4).hex()}@fair.example", staff=True, is_superuser=True))
    wanted = f"Tea {os.urandom(4).hex()}"
    with chromium() as browser:
        page = open_page(browser, ignore_https_errors=True)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page.goto(f"{site.url}/admin/reference/sector/tea/change/")
        page.locator("[name=name_en]").fill(wanted)
        page.locator("[name=_continue]").click()
        page.wait_for_load_state()
        cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
        assert cookies["csrftoken"]["secure"]
        page.context.close()
    connection.close()
    assert Sector.objects.get(code="tea").name_en == wanted


def test_no_warning_is_left_for_a_site_with_a_public_https_address() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("EMPORION_", "DJANGO_ALLOW"))}
    given = {**bare, "EMPORION_PUBLIC_URL": "https://fair.example", "EMPORION_SECRET_KEY": os.urandom(40).hex()}
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()"]
    checked = subprocess.run(
        [*command, "check", "--deploy", "--fail-level", "WARNING"], env=given, capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")
