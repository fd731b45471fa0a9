"""The pages of second factors are the site's own, in English and Chinese."""

from __future__ import annotations

import re
from time import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from emporion.domain.accounts.models import User
from tests import fair

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def ada() -> User:
    fair.open_fair()
    return fair.make_second_factor(fair.make_person("ada@shea.example", "Ada"))


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of these tests hold nothing that a browser could be asked for."""
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda _user: [])


def add_key(user: User) -> Authenticator:
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": {}, "passwordless": True}
    )


def signed_in_now(user: User) -> Client:
    """Who has just signed in is not asked again before changing keys."""
    client = fair.signed_in(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": time()}]
    session.save()
    return client


def headings(page: str) -> list[str]:
    return re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page)


@pytest.mark.parametrize(
    ("prefix", "heading", "label", "button"),
    [
        ("", "Second factor", "Code in your authenticator app, or a recovery code", "Use a passkey or security key"),
        ("/zh-hans", "第二重验证", "验证器应用中的验证码，或恢复码", "使用通行密钥或安全密钥"),
    ],
)
def test_after_the_password_the_second_factor_is_requested_in_the_sites_words(
    ada: User, prefix: str, heading: str, label: str, button: str
) -> None:
    client = Client()
    typed = {"login": ada.email, "password": fair.PASSWORD}
    page = fair.page_text(client.post(prefix + LOGIN, typed, follow=True))
    assert headings(page)[0] == heading
    assert label in page and button in page
    assert "authentication" not in page.lower().replace("webauthn", "")


@pytest.mark.parametrize(
    ("address", "english", "chinese"),
    [
        ("", "Passkeys and security keys", "通行密钥与安全密钥"),
        ("add/", "Add a key", "添加密钥"),
        ("keys/{pk}/edit/", "Rename the key", "重命名密钥"),
        ("keys/{pk}/remove/", "Remove the key", "移除密钥"),
    ],
)
def test_keys_are_managed_in_the_readers_language(ada: User, address: str, english: str, chinese: str) -> None:
    key = add_key(ada)
    client = signed_in_now(ada)
    at = f"/accounts/2fa/webauthn/{address.format(pk=key.pk)}"
    assert headings(fair.page_text(client.get(at, follow=True)))[0] == english
    page = fair.page_text(client.get(f"/zh-hans{at}", follow=True))
    assert headings(page)[0] == chinese
    assert not re.search(r"Security Key|Not used|Passwordless", page)


def test_before_keys_change_the_code_is_requested_again_in_the_sites_words(ada: User) -> None:
    add_key(ada)
    page = fair.page_text(fair.signed_in(ada).get("/zh-hans/accounts/2fa/reauthenticate/"))
    assert "验证器应用中的验证码，或恢复码" in page and "确认" in page
    key_page = fair.page_text(fair.signed_in(ada).get("/zh-hans/accounts/2fa/webauthn/reauthenticate/"))
    assert "使用通行密钥或安全密钥" in key_page
