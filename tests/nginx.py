"""A real nginx on the loopback address, set up as docs/operation.md says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

OPERATION = Path(__file__).parents[1] / "docs" / "operation.md"
# What a whole nginx needs around the documented server to run without rights and beside another.
AROUND = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {server}
}}
"""


def documented_server() -> str:
    """The first nginx server of the documentation."""
    text = OPERATION.read_text(encoding="utf-8")
    found = re.search(r"^nginx:\n\n```\n(server \{.*?^\})", text, re.M | re.S)
    assert found is not None, "docs/operation.md shows no nginx server"
    return found[1]


@contextmanager
def nginx(folder: Path, *, port: int, site_port: int, certificate: Path) -> Iterator[None]:
    """The documented server for ``localhost`` at a port, in front of the site; skipped where nginx is not installed."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("no nginx on this machine")
    server = documented_server()
    for pattern, own in (
        (r"listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        (r"server_name \S+;", "server_name localhost;"),
        (r"ssl_certificate( +|_key +)\S+;", rf"ssl_certificate\g<1>{certificate};"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{site_port}"),
    ):
        server, count = re.subn(pattern, own, server)
        assert count, f"docs/operation.md: no {pattern}"
    settings = folder / "nginx.conf"
    settings.write_text(AROUND.format(folder=folder, server=server), encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(settings)], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
