"""Signing in: by password or code, with a confirmed address; guessers wait, and nobody learns who has an account."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from emporion.domain.accounts.models import User
from emporion.domain.notices.models import Notice
from tests import fair
from tests.authenticator import code_of

pytestmark = pytest.mark.django_db
TYPED = {"login": "seller@shea.example", "password": fair.PASSWORD}
LOGIN = "/accounts/login/"


@pytest.fixture
def client() -> Client:
    cache.clear()
    fair.open_fair()
    fair.make_person("seller@shea.example", "Ada")
    return Client()


def code_sent(address: str) -> str:
    """The code in the last message to an address."""
    body = Notice.objects.filter(recipient=address).latest("id").context["body"]
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body, re.MULTILINE)
    assert found, body
    return found.group(1)


def test_a_person_signs_in_however_the_address_is_written(client: Client) -> None:
    answer = client.post(LOGIN, {**TYPED, "login": "Seller@Shea.Example"}, follow=True)
    assert answer.redirect_chain == [("/my/", 302)]
    assert "Your account takes part in nothing yet" in fair.page_text(answer)
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_an_address_is_confirmed_before_it_gives_any_right(client: Client) -> None:
    EmailAddress.objects.update(verified=False)
    answer = client.post(LOGIN, TYPED, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/confirm-email/"
    assert client.get("/my/").headers["Location"].startswith(LOGIN)
    client.post("/accounts/confirm-email/", {"code": code_sent("seller@shea.example")})
    assert client.get("/my/").status_code == 200
    assert EmailAddress.objects.get().verified


def test_a_code_by_mail_signs_in_without_a_password(client: Client) -> None:
    client.post("/accounts/login/code/", {"email": "seller@shea.example"})
    code = code_sent("seller@shea.example")
    assert "Incorrect code" in fair.page_text(client.post("/accounts/login/code/confirm/", {"code": "AAA-AAA"}))
    assert client.post("/accounts/login/code/confirm/", {"code": code}).headers["Location"] == "/my/"


def test_a_forgotten_password_is_replaced_by_a_code(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "seller@shea.example"})
    client.post("/accounts/password/reset/confirm/", {"code": code_sent("seller@shea.example")})
    new = "another harbour at night"
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})
    assert User.objects.get().check_password(new)


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client: Client, goal: str) -> None:
    assert client.post(LOGIN, {**TYPED, "next": goal}).headers["Location"] == "/my/"


def test_whoever_was_sent_to_sign_in_goes_on_where_they_meant_to(client: Client) -> None:
    assert client.get("/my/").headers["Location"] == f"{LOGIN}?next=/my/"
    assert client.post(LOGIN, {**TYPED, "next": "/accounts/"}).headers["Location"] == "/accounts/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike_and_no_password_returns(client: Client) -> None:
    pages = [
        fair.page_text(client.post(LOGIN, {"login": login, "password": "a wrong password"}))
        for login in ("seller@shea.example", "nobody@shea.example")
    ]
    for page in pages:
        assert "The email address and/or password you specified are not correct." in page
        assert "a wrong password" not in page
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    first, second = (token.sub("", page) for page in pages)
    assert first.replace("seller@", "") == second.replace("nobody@", "")


@pytest.mark.parametrize(
    ("address", "field"), [("/accounts/login/code/", "email"), ("/accounts/password/reset/", "email")]
)
def test_asking_for_a_code_tells_nobody_who_has_an_account(client: Client, address: str, field: str) -> None:
    answers = [Client().post(address, {field: f"{name}@shea.example"}) for name in ("seller", "nobody")]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Notice.objects.count() == 2


def test_five_failures_shut_an_account_and_not_the_address_they_came_from(client: Client) -> None:
    fair.make_person("other@shea.example")
    for _ in range(5):
        client.post(LOGIN, {**TYPED, "password": "guess"})
    assert "Too many failed login attempts" in fair.page_text(client.post(LOGIN, TYPED))
    assert "Too many failed login attempts" in fair.page_text(Client(REMOTE_ADDR="10.9.9.9").post(LOGIN, TYPED))
    answer = client.post(LOGIN, {**TYPED, "login": "other@shea.example"})
    assert answer.headers["Location"] == "/my/"


def test_forty_people_behind_one_address_sign_in_within_a_minute() -> None:
    cache.clear()
    fair.open_fair()
    hasher = User(email="x@x.example")
    hasher.set_password(fair.PASSWORD)
    people = [User(email=f"p{n}@bureau.example", password=hasher.password) for n in range(40)]
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    statuses = {Client().post(LOGIN, {"login": one.email, "password": fair.PASSWORD}).status_code for one in people}
    assert statuses == {302}


def test_staff_is_led_to_a_second_factor_before_the_office(client: Client) -> None:
    staff = fair.make_person("office@expo.example", "Lin", staff=True)
    Authenticator.objects.all().delete()
    client.force_login(staff)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1] == ("/accounts/2fa/", 302)
    assert "asks for a second factor" in fair.page_text(answer)


def test_a_second_factor_is_asked_for_at_sign_in(client: Client) -> None:
    staff = fair.make_person("office@expo.example", "Lin", staff=True)
    Authenticator.objects.all().delete()
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    answer = client.post(LOGIN, {**TYPED, "login": "office@expo.example"})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    code = code_of(secret)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/admin/").status_code == 200


def test_the_offices_own_sign_in_is_the_same_page_and_strangers_find_nothing_there(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(LOGIN)
    client.post(LOGIN, TYPED)
    assert client.get("/admin/", follow=True).status_code == 404


def test_a_link_signs_nobody_out(client: Client) -> None:
    client.post(LOGIN, TYPED)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/my/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/my/").status_code == 302


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_pages_of_accounts_are_in_the_sites_look_and_language(client: Client, language: str) -> None:
    for page in ("login/", "signup/", "login/code/", "password/reset/"):
        page_text = fair.page_text(client.get(f"{language}/accounts/{page}"))
        assert 'class="masthead"' in page_text and 'class="form"' in page_text
    client.post(LOGIN, TYPED)
    for page in ("", "email/", "password/change/", "2fa/", "sessions/", "close/", "2fa/totp/activate/"):
        answer = client.get(f"{language}/accounts/{page}", follow=True)
        assert answer.status_code == 200 and 'class="masthead"' in fair.page_text(answer), page


def test_sessions_are_listed_and_others_ended(client: Client) -> None:
    phone = Client(HTTP_USER_AGENT="A telephone")
    for one in (client, phone):
        one.post(LOGIN, TYPED)
    assert "A telephone" in fair.page_text(client.get("/accounts/sessions/"))
    client.post("/accounts/sessions/")
    assert phone.get("/my/").status_code == 302 and client.get("/my/").status_code == 200


def test_an_account_is_closed_after_its_holder_has_shown_again_who_they_are(client: Client) -> None:
    client.post(LOGIN, TYPED)
    assert client.get("/accounts/close/").headers["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Fclose%2F"
    client.post("/accounts/reauthenticate/?next=/accounts/close/", {"password": fair.PASSWORD})
    assert client.post("/accounts/close/", {}).status_code == 422
    client.post("/accounts/close/", {"sure": "on"})
    assert not User.objects.get().is_active
    assert client.get("/my/").status_code == 302
    assert "not correct" in fair.page_text(client.post(LOGIN, TYPED))
