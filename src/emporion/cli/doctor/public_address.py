"""Whether the public address leads to this site, and what the proxies in front change on the way."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from emporion.cli.doctor.findings import Finding, error, warning

SECONDS = 10
PROXY_FIX = "Let the proxy pass Host, X-Forwarded-For and X-Forwarded-Proto as in docs/operation.md."


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def public_address() -> Iterator[Finding]:
    """Ask the public address for its health and compare what arrived with what was sent."""
    public = settings.PUBLIC_URL
    if not public:
        return
    try:
        with urllib.request.build_opener(_NoRedirect).open(f"{public}/health/", timeout=SECONDS) as answer:
            yield from _compare(answer.read(500).decode(errors="replace").split())
    except urllib.error.HTTPError as refused:
        yield _refused(refused.code)
    except (OSError, ValueError) as failure:
        yield _unreachable(failure)


def _compare(words: list[str]) -> Iterator[Finding]:
    seen = dict(word.split("=", 1) for word in words if "=" in word)
    sent = urlsplit(settings.PUBLIC_URL)
    if words[:1] != ["ok"] or "scheme" not in seen:
        yield error(
            "public-url-elsewhere", f"{settings.PUBLIC_URL} leads to another site.", "Check the proxy's target."
        )
        return
    if seen["scheme"] != sent.scheme:
        wrong = f"Readers come by {sent.scheme}, but the site sees {seen['scheme']}: it redirects for ever."
        yield error("proxy-scheme", wrong, PROXY_FIX)
    if seen["host"] != sent.netloc:
        wrong = f"Readers ask for {sent.netloc}, but the site sees {seen['host']}: links may lead there."
        yield warning("proxy-host", wrong, PROXY_FIX)


def _refused(code: int) -> Finding:
    if code in (301, 302, 307, 308):
        wrong = f"{settings.PUBLIC_URL} answers with a redirect: readers go round in circles."
        return error("public-url-redirects", wrong, PROXY_FIX)
    if code == 400:
        wrong = f"{settings.PUBLIC_URL} leads to a site that does not know this host name."
        return error("public-url-unknown-host", wrong, "Start the site with the same EMPORION_PUBLIC_URL.")
    if code in (502, 503, 504):
        return error("site-not-running", f"The proxy answers {code}: the site is not running.", "Run `emporion serve`.")
    return error("public-url-refused", f"{settings.PUBLIC_URL} answers {code}.", "Check the proxy's target.")


def _unreachable(failure: Exception) -> Finding:
    cause = failure.reason if isinstance(failure, urllib.error.URLError) else failure
    if isinstance(cause, ssl.SSLCertVerificationError):
        wrong = f"Browsers will refuse {settings.PUBLIC_URL}: {cause.verify_message}."
        return error("certificate-invalid", wrong, "Renew the certificate, or get one for this host name.")
    why = getattr(cause, "strerror", None) or cause
    wrong = f"{settings.PUBLIC_URL} does not answer: {why}."
    return error("public-url-unreachable", wrong, "Check its DNS entry, the firewall, and that the proxy is running.")
