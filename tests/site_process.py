"""The site in a process of its own, as an organiser runs it: by plain HTTP, or behind a proxy that ends TLS."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.certificates import make_certificate
from tests.tls_proxy import TLSProxy, tls_proxy
from tests.worker import PATIENCE, environment


@dataclass
class Site:
    """A site at its public address ``url``; ``port`` is where its own process listens."""

    url: str
    port: int
    proxy: TLSProxy | None = None
    trust: ssl.SSLContext | None = None

    def get(self, path: str, **headers: str) -> HTTPResponse:
        """Ask as a reader does, following redirects."""
        asked = urllib.request.Request(self.url + path, headers=headers)
        return urllib.request.urlopen(asked, timeout=PATIENCE, context=self.trust)

    def get_directly(self, path: str, **headers: str) -> HTTPResponse:
        """Ask the site itself without following redirects."""
        behind = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        behind.request("GET", path, headers=headers)
        return behind.getresponse()


@contextmanager
def plain_site(**settings: str) -> Iterator[Site]:
    """The site by plain HTTP on this machine; ``settings`` are variables of its environment."""
    port = free_port()
    url = f"http://localhost:{port}"
    with serving(port, EMPORION_PUBLIC_URL=url, **settings):
        yield Site(url, port)


@contextmanager
def site_behind_tls(folder: Path, **settings: str) -> Iterator[Site]:
    """The same behind a proxy that ends TLS; ``folder`` takes its certificate."""
    certificate = make_certificate(folder, "localhost")
    with tls_proxy(certificate) as proxy:
        proxy.site_port = free_port()
        url = f"https://localhost:{proxy.server_address[1]}"
        with serving(proxy.site_port, EMPORION_PUBLIC_URL=url, **settings):
            yield Site(url, proxy.site_port, proxy, ssl.create_default_context(cafile=str(certificate)))


@contextmanager
def serving(port: int, **settings: str) -> Iterator[None]:
    """The site at a port of this machine; ``settings`` are variables of its environment."""
    call = ["serve", "--port", str(port), "--workers", "1"]
    command = [sys.executable, "-c", "from emporion.site.commandline import main; main()", *call]
    given = {**environment(), **settings}
    process = subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens at the port."""
    while process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the site ended by itself")
