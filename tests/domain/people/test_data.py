"""A person's data are given to them; erased, every figure of the bulletin stays as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from emporion.domain.cache import clear_all
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.people.actions import close_account
from emporion.domain.statistics.queries import bulletin
from emporion.domain.visitors.actions import appoint_leader, give_consent
from emporion.domain.visitors.models import DelegationLeader, Visitor
from tests import fair, make

pytestmark = pytest.mark.django_db


def figures(edition: Edition) -> list[tuple[Any, ...]]:
    clear_all()
    return [(one.key, one.scope, one.value) for one in bulletin(edition)]


@pytest.fixture
def lan() -> Visitor:
    """Somebody who came to a fair that is over, met an exhibitor, and leads a delegation."""
    edition = fair.open_fair()
    visitor, user = fair.make_buyer(edition)
    Visitor.objects.filter(pk=visitor.pk).update(phone="+86 139", document="E12345678")
    visitor.refresh_from_db()
    context = ActionContext(timezone.now(), user)
    give_consent(visitor, "email", context=context)
    appoint_leader(make.make_delegation(edition, "07"), user, context=context)
    seller, _user = fair.make_seller(edition)
    fair.meet(visitor, seller, 10)
    make.make_entry(make.make_badge(edition, visitor=visitor), timezone.now())
    Edition.objects.update(first_day="2023-11-05", last_day="2023-11-10")
    visitor.edition.refresh_from_db()
    return visitor


def test_the_file_holds_what_is_recorded_of_the_person_and_nobody_else(lan: Visitor) -> None:
    other, _user = fair.make_buyer(lan.edition, "Li Wei", "Ningbo Foods")
    client = fair.signed_in(lan.user)
    told = json.loads(client.get("/accounts/data.json").content)
    [visit] = told["visits"]
    assert (visit["number"], visit["document"], visit["consent"]) == (lan.number, "E12345678", "email")
    assert [one["consent"] for one in visit["consents"]] == ["email"] and len(visit["entries"]) == 1
    assert visit["meetings"][0]["exhibitor"] == "Shea du Bénin" and told["delegations_led"][0]["path"] == "07"
    assert other.number not in json.dumps(told)
    assert "E12345678" in client.get("/accounts/data/").content.decode()


def test_every_figure_is_the_same_before_and_after_somebody_is_erased(lan: Visitor) -> None:
    edition, user = lan.edition, lan.user
    before = figures(edition)
    assert any(value for _key, _scope, value in before)
    close_account(user, context=ActionContext(timezone.now(), user))
    assert figures(edition) == before
    lan.refresh_from_db()
    assert (lan.name, lan.email, lan.phone, lan.document, lan.consent) == ("—", "", "", "", "none")
    assert not DelegationLeader.objects.exists()
