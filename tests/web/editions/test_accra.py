"""A fair in Accra, in English alone: no page of it shows China's law, its language or its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.web.shell.addresses import fair_url
from tests import fair as people
from tests import make

pytestmark = pytest.mark.django_db
# What only a fair in China would say.
CHINAS = re.compile(
    r"China|Chinese|Shanghai|RCEP|Decree 233|credit code|negative list|pilot free trade|Hainan|Hongqiao|MOFCOM|[一-鿿]",
    re.IGNORECASE,
)
PAGES = [
    "home", "exhibitors", "products", "halls", "programme", "bulletin", "search", "market", "origin", "exhibits",
    "signup", "signup_visitor",
]  # fmt: skip


@pytest.fixture
def accra() -> Edition:
    make.make_country("GH")
    make.make_member("rcep", "JP")
    fair = make.make_fair("accra-trade", host="GH", languages=["en"], name_en="Accra Trade Fair", name_zh="")
    venue = make.make_venue("la-pavilion", "Africa/Accra", name_zh="", city_en="Accra", city_zh="")
    names = {"name_en": "Accra Trade Fair", "name_zh": ""}
    return people.open_fair(fair=fair, number=1, venue=venue, free_booth_quota=0, **names)


def visible_text(answer: object) -> Iterator[str]:
    """China's words on a page; the language of this site's own texts may be named in a link."""
    page = re.sub(
        r"<(script|style|svg|head)\b.*?</\1>|<a [^>]*hreflang[^>]*>.*?</a>", "", people.page_text(answer), flags=re.S
    )
    return CHINAS.findall(re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_shows_nothing_of_china(accra: Edition, client: Client, name: str) -> None:
    answer = client.get(fair_url(accra, name), follow=True)
    assert answer.status_code == 200
    assert list(visible_text(answer)) == []


def test_the_first_page_of_a_fair_that_has_nothing_yet_leads_to_applying(accra: Edition, client: Client) -> None:
    page = people.page_text(client.get(fair_url(accra, "home")))
    assert (
        f'href="{fair_url(accra, "signup_exhibitor")}"' in page
        and f'href="{fair_url(accra, "signup_visitor")}"' in page
    )
    assert "The fair in figures" not in page
    accra.phases.update(closes=F("opens") + timedelta(seconds=1))
    assert "signup" not in people.page_text(client.get(fair_url(accra, "home"), headers={"Cookie": "sessionid=none"}))


def test_market_pages_say_that_no_law_is_at_hand(accra: Edition, client: Client) -> None:
    for name, sentence in [
        ("market", "No tariff of Ghana is available, so no duty is shown."),
        ("negative_list", "No negative lists of Ghana are available."),
        ("exhibits", "No rules for exhibits of Ghana are available."),
    ]:
        assert sentence in people.page_text(client.get(fair_url(accra, name)))


def test_an_exhibitors_pages_show_nothing_of_china(accra: Edition, client: Client) -> None:
    exhibitor, user = people.make_seller(accra, "Shea of Tamale", "GH")
    product = make.make_product(exhibitor, "Shea butter")
    for page in [
        client.get(fair_url(accra, "exhibitor", exhibitor.number)),
        client.get(fair_url(accra, "product", product.pk)),
        people.signed_in(user).get(fair_url(accra, "my_exhibitor", exhibitor.organisation_id)),
        people.signed_in(user).get(fair_url(accra, "my_exhibits", exhibitor.organisation_id)),
    ]:
        assert page.status_code == 200
        assert list(visible_text(page)) == []


def test_an_applicant_is_asked_nothing_of_china(accra: Edition) -> None:
    make.make_area(accra)
    organisation = make.make_organisation("Cocoa of Kumasi", "GH")
    applicant = people.signed_in(people.speak_for(organisation, "ama@cocoa.example"))
    page = applicant.get(fair_url(accra, "my_application_step", organisation.pk, "stand"))
    assert page.status_code == 200
    assert list(visible_text(page)) == []
    assert "free booth" not in people.page_text(page)
