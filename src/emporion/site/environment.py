"""Readers of the environment variables that need more than a look: the public address, the proxies, the mail server.

Each raises ``ImproperlyConfigured`` with the variable's name and an example that works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
# Two years is what browsers' makers recommend, and what Mozilla's baseline gives full marks.
HSTS_SECONDS = 63_072_000
SMTP_PORTS = {"smtp": 587, "smtps": 465}
SMTP_SECONDS = 20
SMTP_EXAMPLE = "smtps://user:password@mail.example.org:465"


def public_url(environment: Mapping[str, str]) -> str:
    """The one public address of the site without a slash at its end, as in ``https://fair.example``; else empty."""
    given = environment.get("EMPORION_PUBLIC_URL", "").strip().rstrip("/")
    if not given:
        return ""
    parts = _split("EMPORION_PUBLIC_URL", given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured(
            f"EMPORION_PUBLIC_URL: {given!r} is no web address. Give scheme and host, as in https://fair.example"
        )
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(
            f"EMPORION_PUBLIC_URL: {given!r} has more than scheme, host and port. Serve the site at the root of a"
            f" host and give {parts.scheme}://{parts.hostname}"
        )
    return given


def allowed_hosts(environment: Mapping[str, str], public: str) -> list[str]:
    """The host names that the site answers to: those listed, the public one, and this machine."""
    listed = [host.strip() for host in environment.get("EMPORION_HOSTS", "").split(",") if host.strip()]
    if public:
        host = str(urlsplit(public).hostname)
        listed.append(f"[{host}]" if ":" in host else host)
    # Health checks and proxies on this machine ask by its own names; Django's test client asks as testserver.
    return list(dict.fromkeys([*listed, *LOCAL_HOSTS, *([] if listed else ["testserver"])]))


def proxies(environment: Mapping[str, str], public: str) -> int:
    """How many proxies stand in front of the site: as given, else one before a public HTTPS address, else none."""
    given = environment.get("EMPORION_PROXIES", "").strip()
    if not given:
        return int(public.startswith("https://"))
    return _whole("EMPORION_PROXIES", given, "1 for one proxy in front, 0 for none")


def hsts_seconds(environment: Mapping[str, str], public: str) -> int:
    """For how long browsers insist on HTTPS: two years behind a public HTTPS address, unless given otherwise."""
    if not public.startswith("https://"):
        return 0
    given = environment.get("EMPORION_HSTS_SECONDS", "").strip()
    return _whole("EMPORION_HSTS_SECONDS", given, "31536000 for a year, 0 to switch it off") if given else HSTS_SECONDS


def mail_settings(environment: Mapping[str, str], public: str) -> dict[str, Any]:
    """Django's ``EMAIL_…`` settings for the server of ``EMPORION_SMTP_URL``; without it nothing leaves.

    ``smtps://`` speaks TLS from the start (port 465), ``smtp://`` switches to TLS (port 587). A server on this machine,
    or ``?tls=no``, is spoken to without TLS. Special characters of a user or password are percent-encoded.
    """
    sender = environment.get("EMPORION_MAIL_FROM", "").strip() or f"noreply@{urlsplit(public).hostname or 'localhost'}"
    common: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": SMTP_SECONDS}
    given = environment.get("EMPORION_SMTP_URL", "").strip()
    if not given:
        return {**common, "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = _split("EMPORION_SMTP_URL", given)
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise ImproperlyConfigured(f"EMPORION_SMTP_URL names no mail server. Give it as {SMTP_EXAMPLE}")
    return {
        **common,
        "EMAIL_BACKEND": "emporion.jobs.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not _plain(parts),
    }


def database_url(given: str) -> SplitResult:
    """The parts of ``DATABASE_URL``."""
    parts = _split("DATABASE_URL", given)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        example = "postgresql://user:password@host:5432/name"
        raise ImproperlyConfigured(f"DATABASE_URL names no PostgreSQL database. Give it as {example}")
    return parts


def _plain(parts: SplitResult) -> bool:
    """Whether a mail server is spoken to without TLS."""
    tls = parse_qs(parts.query).get("tls", [""])[-1]
    if tls not in ("", "yes", "no"):
        raise ImproperlyConfigured(f"EMPORION_SMTP_URL: tls={tls} is neither tls=yes nor tls=no.")
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return tls == "no" or (local and tls != "yes")


def _split(name: str, given: str) -> SplitResult:
    try:
        parts = urlsplit(given)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}") from None
    return parts


def _whole(name: str, given: str, example: str) -> int:
    if not (given.isascii() and given.isdecimal()):
        raise ImproperlyConfigured(f"{name}: {given!r} is no whole number. Give {example}.")
    return int(given)
