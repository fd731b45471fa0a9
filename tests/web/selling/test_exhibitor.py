"""An exhibitor chooses its stand on the plan, sees the clock, requests it; whoever is refused sees what is free."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.selling.models import StandSale, Wish
from tests import fair, make
from tests.domain.billing.prices import make_prices
from tests.domain.selling.world import make_row, on_sale, state_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def edition(edition: Edition) -> Edition:
    make.make_area(edition, "food-agriculture")
    make_row(edition)
    make_prices(edition)
    return on_sale(edition)


def applicant(edition: Edition, name: str) -> tuple[Client, str]:
    """Somebody who acts for an organisation with an approved application, and where its stand is chosen."""
    organisation = make.make_organisation(name, "DE")
    Application.objects.create(
        edition=edition, organisation=organisation, area=edition.areas.first(), area_m2=9, state="approved",
        contact_email="a@x.example", submitted=timezone.now(),
    )  # fmt: skip
    user: User = fair.speak_for(organisation, f"{name.split()[0].lower()}@x.example")
    return fair.signed_in(user), f"/expo/my/exhibitor/{organisation.pk}/stand/"


def test_a_stand_is_picked_seen_with_its_clock_and_requested(edition: Edition) -> None:
    client, page = applicant(edition, "Aurora Valves")
    shown = fair.page_text(client.get(page))
    assert "It is held for you for 15 minutes" in shown
    assert "3,450.00" in shown
    answer = client.post(f"{page}hold/", {"number": "4.1-A002"}, follow=True)
    shown = fair.page_text(answer)
    assert "Stand 4.1-A002 is held for you" in shown
    until = StandSale.objects.get(stand__number="4.1-A002").until
    assert until and f'data-until="{until.astimezone(edition.zone).isoformat()}"' in shown
    assert "Standard booth, 9 m²" in shown
    client.post(f"{page}act/", {"action": "renew"})
    assert "Let the clock begin anew" not in fair.page_text(client.get(page))
    answer = client.post(f"{page}act/", {"action": "request", "upper_deck_m2": ""}, follow=True)
    assert "You have requested stand 4.1-A002" in fair.page_text(answer)
    assert state_of("4.1-A002") == ("requested", "Aurora Valves")


def test_whoever_is_refused_sees_what_is_free_and_may_wait(edition: Edition) -> None:
    aurora, at = applicant(edition, "Aurora Valves")
    borealis, page = applicant(edition, "Borealis Pumps")
    assert 'data-result="held"' in fair.page_text(aurora.post(f"{at}hold/", {"number": "4.1-A001"}, headers=HTMX))
    part = fair.page_text(borealis.post(f"{page}hold/", {"number": "4.1-A001"}, headers=HTMX))
    assert 'data-result="refused"' in part and "<html" not in part
    assert re.findall(r"4\.1-A\d{3} <span", part) == [f"4.1-A00{n} <span" for n in range(2, 7)]
    whole = borealis.post(f"{page}hold/", {"number": "4.1-A001"})
    assert whole.status_code == 422
    assert "has just been taken by somebody else" in fair.page_text(whole)
    answer = borealis.post(f"{page}act/", {"action": "wait", "number": "4.1-A001"}, follow=True)
    assert "You wait for" in fair.page_text(answer)
    borealis.post(f"{page}act/", {"action": "leave", "number": "4.1-A001"})
    assert Wish.objects.get().outcome == "left"


def test_one_is_chosen_that_fits_and_what_is_typed_wrong_is_told(edition: Edition) -> None:
    client, page = applicant(edition, "Aurora Valves")
    fit = {"kind": "standard", "least_m2": "9", "most_m2": "9", "open_sides": "1", "hall": "4.1"}
    wrong = client.post(f"{page}choose/", {**fit, "least_m2": "nine"})
    assert wrong.status_code == 422 and 'value="nine"' in fair.page_text(wrong)
    none = fair.page_text(client.post(f"{page}choose/", {**fit, "kind": "special"}))
    assert "No stand that fits is free" in none
    client.post(f"{page}choose/", fit)
    assert state_of("4.1-A001") == ("held", "Aurora Valves")
    client.post(f"{page}act/", {"action": "give_back"})
    assert state_of("4.1-A001") == ("free", "")


def test_wishes_are_ranked_where_stands_are_drawn(edition: Edition) -> None:
    on_sale(edition, "drawn", returning_until=timezone.now().date() + timedelta(days=3))
    client, page = applicant(edition, "Aurora Valves")
    assert "Returning exhibitors whose wishes are here by" in fair.page_text(client.get(page))
    answer = client.post(f"{page}wishes/", {"wishes": "4.1-A003\n4.1-A001, 4.1-A003"}, follow=True)
    assert re.findall(r"\d\. 4\.1-A00\d", fair.page_text(answer)) == ["1. 4.1-A003", "2. 4.1-A001"]
    answer = client.post(f"{page}wishes/", {"wishes": "4.1-B999"}, follow=True)
    assert "Stand 4.1-B999 is not on sale." in fair.page_text(answer)
    assert Wish.objects.filter(ended=None).count() == 2


def test_where_the_organiser_allocates_the_page_says_so(edition: Edition) -> None:
    on_sale(edition, "allocated")
    client, page = applicant(edition, "Aurora Valves")
    assert "when the halls are allocated" in fair.page_text(client.get(page))
    answer = client.post(f"{page}hold/", {"number": "4.1-A001"})
    assert "Exhibitors do not choose their stands" in fair.page_text(answer)


def test_the_page_asks_as_often_for_many_stands_as_for_few(
    edition: Edition, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, page = applicant(edition, "Aurora Valves")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    make_row(edition, 1, number="4.1-B001"), make_row(edition, 1, number="4.1-B002")
    on_sale(edition)
    client.get(page)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)
