"""A real reverse proxy that ends TLS, on the loopback address, with a certificate made on the spot."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.certificates import server_context

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-authorization"}


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _forward(self) -> None:
        server: TLSProxy = self.server  # type: ignore[assignment]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        chain = [self.headers.get("X-Forwarded-For", ""), self.client_address[0]]
        headers["X-Forwarded-For"] = ", ".join(filter(None, chain))
        headers["X-Forwarded-Proto"] = "https"
        if not server.passes_host:
            headers["Host"] = f"127.0.0.1:{server.site_port}"
        behind = http.client.HTTPConnection("127.0.0.1", server.site_port, timeout=600)
        behind.request(self.command, self.path, body=body or None, headers=headers)
        answer = behind.getresponse()
        content = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {*HOP_BY_HOP, "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        behind.close()

    do_GET = do_POST = do_HEAD = _forward

    def log_message(self, *_args: object) -> None:
        """A test's output stays its own."""


class TLSProxy(ThreadingHTTPServer):
    daemon_threads = True
    site_port = 0
    passes_host = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves is no error here."""


@contextmanager
def tls_proxy(certificate: Path) -> Iterator[TLSProxy]:
    """A proxy at a free port; its ``site_port`` says where the site is."""
    with TLSProxy(("127.0.0.1", 0), _Proxy) as proxy:
        proxy.socket = server_context(certificate).wrap_socket(proxy.socket, server_side=True)
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
