"""People register themselves, once for each edition, with a unit that they found or join."""

from __future__ import annotations

import pytest
from django.utils import timezone

from emporion.domain.accounts.models import User
from emporion.domain.deals.queries import buyer_named
from emporion.domain.deals.rules.deals import BuyerAmbiguous, BuyerUnknown
from emporion.domain.editions.models import Edition, Phase
from emporion.domain.organisations.actions import register_own_organisation
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.visitors.actions import register_oneself
from emporion.domain.visitors.actions.registration import OwnUnit, Person
from emporion.domain.visitors.models import Visitor
from tests import fair, make

pytestmark = pytest.mark.django_db
FOODS = OrganisationRow(name="Harbour Foods", country="CN", ownership="state")


@pytest.fixture
def lan() -> User:
    fair.open_fair()
    make.make_country("CN")
    return fair.make_person("lan@foods.example", "Wang Lan")


def register(user: User, edition: Edition, organisation: OrganisationRow | None = FOODS) -> Visitor:
    person = Person(name=user.name, country="CN", email=user.email)
    return register_oneself(edition, person, user, own=organisation and OwnUnit(organisation), at=timezone.now())


def test_once_for_each_edition(lan: User) -> None:
    sixth, seventh = make.make_edition(6), make.make_edition(7)
    window = sixth.phases.get(kind=Phase.Kind.REGISTRATION)
    Phase.objects.create(edition=seventh, kind=window.kind, opens=window.opens, closes=window.closes)
    first = register(lan, sixth)
    assert register(lan, sixth) == first
    assert register(lan, seventh) != first
    assert {visit.edition.number for visit in lan.visits.all()} == {6, 7}


def test_without_a_unit_one_comes_alone(lan: User) -> None:
    visitor = register(lan, make.make_edition(6), None)
    assert (visitor.unit, visitor.user) == (None, lan)


def test_what_one_states_of_a_known_unit_changes_nothing_there(lan: User) -> None:
    register_own_organisation(FOODS, fair.make_person("head@foods.example"), at=make.MORNING)
    claimed = OrganisationRow(name="Harbour Foods", country="CN", registered_number="FALSE1", name_zh="假名")
    visitor = register(lan, make.make_edition(6), claimed)
    known = Organisation.objects.get()
    assert visitor.unit is not None
    assert visitor.unit.organisation == known
    assert (known.registered_number, known.name_zh) == ("", "")
    assert Representative.objects.get().user.email == "head@foods.example"


def test_a_buyer_is_found_by_number_or_name_and_nobody_is_guessed(lan: User) -> None:
    edition = make.make_edition(6)
    unit = register(lan, edition).unit
    assert buyer_named(edition, "HARBOUR FOODS") == unit
    with pytest.raises(BuyerUnknown, match="Harbour Fools"):
        buyer_named(edition, "Harbour Fools")
    other = make.make_unit(edition, "Other Foods")
    Organisation.objects.filter(pk=other.organisation_id).update(name_zh="港口食品")
    Organisation.objects.filter(name="Harbour Foods").update(name_zh="港口食品")
    with pytest.raises(BuyerAmbiguous):
        buyer_named(edition, "港口食品")
