"""A visitor registers, finds three exhibitors, chooses a session, and has a plan of the days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from emporion.domain.editions.models import Edition
from emporion.domain.programme.models import Session
from emporion.domain.visitors.models import Visitor
from tests import fair, make
from tests.journeys.visit import Visit
from tests.web.accounts.test_signin import code_sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SELLERS = ("Zou Cashew", "Aurora Valves", "Shea du Bénin")


def test_a_visitor_has_a_day_plan(live_server: Any, browser: Any, edition: Edition, pictures: Path | None) -> None:
    make.make_country("CN")
    sellers = [fair.make_seller(edition, name)[0] for name in SELLERS]
    starts = timezone.now() + timedelta(hours=1)
    Session.objects.create(
        edition=edition, number="S1", kind="forum", title_en="Open markets", title_zh="开放市场",
        starts=starts, ends=starts + timedelta(hours=1), hall=edition.halls.first(),
    )  # fmt: skip
    lan = Visit(browser, live_server.url, pictures)
    registers(lan)
    visitor = Visitor.objects.get()
    Visitor.objects.update(state="approved")
    finds_exhibitors(lan)
    chooses_a_session(lan)
    fair.meet(visitor, sellers[0], 10)
    reads_the_plan(lan, [one.occupancy.stand.number for one in sellers])
    assert lan.broken == []


def registers(lan: Visit) -> None:
    lan.go("/expo/signup/visitor/")
    lan.opens_an_account("Wang Lan", "lan@foods.example")
    lan.fill(code=code_sent("lan@foods.example"))
    lan.press("Confirm")
    lan.fill(position="Head buyer")
    lan.choose(home="China")
    lan.page.get_by_label("My name, organisation and e-mail address", exact=True).check()
    lan.page.get_by_role("group", name="Days on which you come").get_by_role("checkbox").first.check()
    lan.picture("visitor-signup")
    lan.press("Continue")
    lan.fill(organisation="Shanghai Harbour Foods")
    lan.page.go_back()
    assert lan.page.get_by_label("Your position").input_value() == "Head buyer", "going back loses nothing"
    lan.press("Continue")
    lan.fill(organisation="Shanghai Harbour Foods")
    lan.choose(country="China")
    lan.press("Continue")
    lan.reads("Check your answers")
    lan.picture("visitor-signup-check")
    lan.press("Register")
    lan.reads("Registered, under review")
    lan.reads("My name, organisation and e-mail address")
    lan.go("/expo/my/visit/plan/")
    lan.reads("Nothing stands in your days yet.")
    lan.picture("visitor-plan-empty")


def finds_exhibitors(lan: Visit) -> None:
    for name in SELLERS:
        lan.go("/expo/exhibitors/")
        lan.page.get_by_role("link", name=name).first.click()
        lan.page.get_by_role("button", name=f"Favourite: {name}").click()
        lan.page.get_by_role("button", name=f"No longer a favourite: {name}").wait_for()


def chooses_a_session(lan: Visit) -> None:
    lan.go("/expo/programme/")
    lan.follow("Choose sessions for your own days")
    lan.page.get_by_role("button", name="Put into my days Open markets").click()
    lan.page.get_by_role("button", name="Take out of my days Open markets").wait_for()
    lan.picture("visitor-programme")


def reads_the_plan(lan: Visit, stands: list[str]) -> None:
    lan.page.get_by_role("navigation", name="Your pages").get_by_role("link", name="My days").click()
    lan.page.wait_for_load_state()
    for words in ("Open markets", *SELLERS, *(f"Stand {number}" for number in stands)):
        lan.reads(words)
    lan.picture("visitor-plan")
    lan.go("/expo/my/visit/consent/")
    lan.picture("visitor-consent")
