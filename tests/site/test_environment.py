"""One public address and one mail address are enough; what cannot be read says which variable and how to give it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from emporion.site import environment

FAIR = "https://fair.example"


@pytest.mark.parametrize(
    ("given", "read"),
    [("", ""), ("https://fair.example/", FAIR), (" http://10.0.0.7:8080 ", "http://10.0.0.7:8080")],
)
def test_the_public_address_has_no_slash_at_its_end(given: str, read: str) -> None:
    assert environment.public_url({"EMPORION_PUBLIC_URL": given}) == read


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("fair.example", "EMPORION_PUBLIC_URL: 'fair.example' is no web address"),
        ("ftp://fair.example", "is no web address"),
        ("https://", "is no web address"),
        ("https://fair.example/expo", "give https://fair.example"),
        ("https://fair.example:port", "EMPORION_PUBLIC_URL cannot be read"),
    ],
)
def test_an_address_that_is_none_is_reported_with_one_that_works(given: str, message: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=message):
        environment.public_url({"EMPORION_PUBLIC_URL": given})


def test_the_public_host_is_allowed_beside_those_listed_and_this_machine() -> None:
    local = ["localhost", "127.0.0.1", "[::1]"]
    assert environment.allowed_hosts({}, "") == [*local, "testserver"]
    assert environment.allowed_hosts({}, FAIR) == ["fair.example", *local]
    listed = environment.allowed_hosts({"EMPORION_HOSTS": "a.example, b.example,"}, FAIR)
    assert listed == ["a.example", "b.example", "fair.example", *local]


@pytest.mark.parametrize(
    ("given", "public", "count"),
    [("", "", 0), ("", "http://fair.example", 0), ("", FAIR, 1), ("0", FAIR, 0), ("2", "", 2)],
)
def test_one_proxy_is_assumed_before_a_public_https_address(given: str, public: str, count: int) -> None:
    assert environment.proxies({"EMPORION_PROXIES": given}, public) == count


def test_a_count_of_proxies_in_words_is_reported() -> None:
    with pytest.raises(ImproperlyConfigured, match="EMPORION_PROXIES: 'one' is no whole number"):
        environment.proxies({"EMPORION_PROXIES": "one"}, FAIR)


@pytest.mark.parametrize(
    ("given", "public", "seconds"),
    [("", "", 0), ("", "http://fair.example", 0), ("", FAIR, 63_072_000), ("0", FAIR, 0), ("60", FAIR, 60)],
)
def test_browsers_insist_on_https_only_where_there_is_https(given: str, public: str, seconds: int) -> None:
    assert environment.hsts_seconds({"EMPORION_HSTS_SECONDS": given}, public) == seconds


def smtp(url: str, public: str = "", **more: str) -> dict[str, Any]:
    return environment.mail_settings({"EMPORION_SMTP_URL": url, **more}, public)


@pytest.mark.parametrize(
    ("url", "host", "port", "ssl", "tls"),
    [
        ("smtps://mail.example", "mail.example", 465, True, False),
        ("smtp://mail.example", "mail.example", 587, False, True),
        ("smtp://mail.example:25?tls=no", "mail.example", 25, False, False),
        ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, False, False),
        ("smtp://localhost?tls=yes", "localhost", 587, False, True),
    ],
)
def test_tls_is_the_rule_but_for_a_mail_server_on_this_machine(
    url: str, host: str, port: int, ssl: bool, tls: bool
) -> None:
    read = smtp(url)
    assert [read[f"EMAIL_{name}"] for name in ("HOST", "PORT", "USE_SSL", "USE_TLS")] == [host, port, ssl, tls]


def test_user_and_password_may_hold_any_character() -> None:
    read = smtp("smtps://fair%40example.org:p%3Aa%2Fss@mail.example")
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("fair@example.org", "p:a/ss")


def test_without_a_mail_server_nothing_leaves() -> None:
    assert smtp("")["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"


def test_the_sender_follows_the_public_address_unless_it_is_given() -> None:
    assert smtp("")["DEFAULT_FROM_EMAIL"] == "noreply@localhost"
    assert smtp("", FAIR)["DEFAULT_FROM_EMAIL"] == "noreply@fair.example"
    given = smtp("", FAIR, EMPORION_MAIL_FROM="Accra Fair <hello@accra.example>")
    assert given["DEFAULT_FROM_EMAIL"] == "Accra Fair <hello@accra.example>"


@pytest.mark.parametrize("url", ["mail.example", "https://mail.example", "smtp://", "smtp://mail.example?tls=maybe"])
def test_a_mail_address_that_names_no_server_is_reported(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMPORION_SMTP_URL"):
        smtp(url)
