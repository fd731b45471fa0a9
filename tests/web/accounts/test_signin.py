"""One page to sign in, for everybody; wrong passwords are counted; a link signs nobody out."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web import fair

pytestmark = pytest.mark.django_db
TYPED = {"email": "seller@shea.example", "password": fair.PASSWORD}


@pytest.fixture
def client() -> Client:
    fair.open_fair()
    fair.make_person("seller@shea.example", "Ada")
    fair.make_person("office@expo.example", "Lin", staff=True)
    return Client()


def test_a_person_signs_in_and_comes_to_their_own_fair(client: Client) -> None:
    answer = client.post("/signin/", {**TYPED, "email": "Seller@Shea.Example"}, follow=True)
    assert answer.redirect_chain == [("/my/", 302)]
    assert "Your account takes part in nothing yet" in fair.said(answer)
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_staff_come_to_the_office(client: Client) -> None:
    answer = client.post("/signin/", {**TYPED, "email": "office@expo.example"})
    assert answer.headers["Location"] == "/admin/"


def test_the_offices_own_sign_in_is_the_same_page(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1] == ("/signin/?next=%2Fadmin%2F", 302)


def test_whoever_was_sent_to_sign_in_goes_on_where_they_meant_to(client: Client) -> None:
    assert client.get("/my/").headers["Location"] == "/signin/?next=/my/"
    answer = client.post("/signin/", {**TYPED, "next": "/signup/exhibitor/"})
    assert answer.headers["Location"] == "/signup/exhibitor/"


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client: Client, goal: str) -> None:
    assert client.post("/signin/", {**TYPED, "next": goal}).headers["Location"] == "/my/"


def test_a_wrong_password_is_told_beside_the_form_and_the_address_is_kept(client: Client) -> None:
    answer = client.post("/signin/", {**TYPED, "password": "wrong"})
    assert answer.status_code == 422
    assert "Address and password do not belong together" in fair.said(answer)
    assert 'value="seller@shea.example"' in fair.said(answer)


def test_an_unknown_address_is_told_the_same(client: Client) -> None:
    answer = client.post("/signin/", {**TYPED, "email": "nobody@shea.example"})
    assert "Address and password do not belong together" in fair.said(answer)


def test_after_five_failures_the_address_waits_and_others_do_not(client: Client) -> None:
    for _ in range(5):
        client.post("/signin/", {**TYPED, "password": "wrong"})
    assert "Too many attempts" in fair.said(client.post("/signin/", {**TYPED, "email": "SELLER@shea.example"}))
    assert client.post("/signin/", {**TYPED, "email": "office@expo.example"}).status_code == 302


def test_a_success_forgets_the_failures_before_it(client: Client) -> None:
    for _ in range(2):
        for _ in range(4):
            client.post("/signin/", {**TYPED, "password": "wrong"})
        assert client.post("/signin/", TYPED).status_code == 302


def test_signing_out_takes_a_press_of_a_button(client: Client) -> None:
    client.post("/signin/", TYPED)
    assert client.get("/signout/").status_code == 405
    assert client.post("/signout/").headers["Location"] == "/"
    assert client.get("/my/").status_code == 302


def test_in_chinese_one_stays_in_chinese(client: Client) -> None:
    answer = client.post("/zh-hans/signin/", TYPED)
    assert answer.headers["Location"] == "/zh-hans/my/"
    wrong = Client().post("/zh-hans/signin/", {**TYPED, "password": "wrong"})
    assert "地址与密码不符" in fair.said(wrong)


def test_who_is_signed_in_is_told_so_and_not_sent_in_circles(client: Client) -> None:
    client.post("/signin/", TYPED)
    answer = client.get("/signin/?next=/admin/")
    assert answer.status_code == 200
    assert "The page you wanted belongs to another account." in fair.said(answer)
