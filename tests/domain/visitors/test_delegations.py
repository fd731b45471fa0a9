"""A delegation's leader: sees and reviews their own people, brings them by list, within quotas by group and by day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from emporion.domain.accounts.models import confirm_address
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.models import Organisation
from emporion.domain.people.actions import accept_invitation, invite_leader, invite_member, register_or_claim_visit
from emporion.domain.people.rules import AddressNotConfirmed
from emporion.domain.visitors import actions, queries, rules
from emporion.domain.visitors.actions import import_members
from emporion.domain.visitors.actions.bulk import VisitorRow, import_visitors
from emporion.domain.visitors.actions.registration import OwnUnit, Person
from emporion.domain.visitors.models import Visitor
from emporion.language import translate
from tests.domain.visitors.conftest import AT

CONTEXT = ActionContext(AT)


def row(place: int, name: str, **fields) -> VisitorRow:
    """A row of a leader's list: no registration number, no path."""
    stated = {"email": f"{name.lower()}@example.org", "organisation": "Port Foods", **fields}
    return VisitorRow(place, stated.pop("number", ""), name, "DE", **stated)


def bring(delegation, *rows, at=AT):
    return import_members(delegation.edition, rows, delegation=delegation, context=ActionContext(at))


def told(outcome) -> list[tuple[int, str, str]]:
    return sorted((one.row, one.column, translate(one.wrong)) for one in outcome.problems)


@pytest.fixture
def harbour(edition):
    return edition.delegations.get(path="07")


@pytest.fixture
def machines(edition):
    return edition.delegations.get(path="07.032")


@pytest.fixture
def leader(harbour, django_user_model):
    user = django_user_model.objects.create_user("leader@harbour.example")
    actions.appoint_leader(harbour, user, context=CONTEXT)
    return user


class TestWhoLeads:
    def test_a_leader_leads_the_sub_groups_and_nothing_beside_or_above(self, edition, food, django_user_model):
        user = django_user_model.objects.create_user("chief@food.example")
        actions.appoint_leader(food, user, context=CONTEXT)
        actions.appoint_leader(food, user, context=CONTEXT)
        led = {path: bool(queries.delegation_led(user, edition, path)) for path in ("07", "07.031", "07.032", "071")}
        assert led == {"07": False, "07.031": True, "07.032": False, "071": False}
        assert list(JournalEntry.objects.values_list("event", "subject_label")) == [
            ("delegation.leader_appointed", "07.031")
        ]

    def test_a_path_that_begins_alike_is_not_below(self, edition, leader):
        assert queries.delegation_led(leader, edition, "07.032").name_en == "Machines"
        assert queries.delegation_led(leader, edition, "071") is None
        assert queries.delegation_led(leader, edition, "07.9") is None

    def test_whoever_accepts_an_invitation_leads(self, edition, food, leader, django_user_model):
        user = django_user_model.objects.create_user("new@food.example")
        other = django_user_model.objects.create_user("other@food.example")
        confirm_address(user), confirm_address(other)
        invitation = invite_leader(food, "New@food.example", context=ActionContext(AT, leader))
        with pytest.raises(AddressNotConfirmed):
            accept_invitation(invitation, other, context=CONTEXT)
        accept_invitation(invitation, user, context=CONTEXT)
        assert [one.user for one in queries.leaders_within(food)] == [user]
        assert Notice.objects.get().template == "invitation_leader"
        actions.dismiss_leader(food.leaders.get(), context=CONTEXT)
        assert queries.delegation_led(user, edition, "07.031") is None


class TestAList:
    def test_two_hundred_people_are_registered_numbered_and_confirmed(self, edition, harbour):
        rows = [row(place, f"Ann{place}", organisation=f"Unit {place % 20}") for place in range(2, 202)]
        outcome = bring(harbour, *rows)
        assert (outcome.created, outcome.updated, outcome.unchanged, outcome.problems) == (200, 0, 0, [])
        people = queries.people_within(harbour)
        assert (people.first().number, people.last().number) == ("V06-0000001", "V06-0000200")
        assert set(people.values_list("review", "state")) == {("confirmed", "registered")}
        assert queries.units_within(harbour).count() == 20

    def test_the_same_list_again_registers_nobody_twice_and_takes_what_changed(self, harbour):
        first = [row(2, "Ann", phone="1"), row(3, "Bob", email=""), row(4, "Cem", document="P 12", email="")]
        bring(harbour, *first)
        again = bring(harbour, first[0]._replace(phone="2"), *first[1:])
        assert (again.created, again.updated, again.unchanged) == (0, 1, 2)
        assert Visitor.objects.get(name="Ann").phone == "2"

    def test_two_people_of_one_name_and_unit_stay_two(self, harbour):
        bring(harbour, row(2, "Ann"), row(3, "Ann", email="another@example.org"))
        again = bring(harbour, row(2, "Ann"), row(3, "Ann", email="another@example.org"))
        assert again.unchanged == 2 and Visitor.objects.count() == 2

    def test_rows_go_below_the_leaders_own_group_and_nowhere_else(self, edition, food):
        outcome = bring(food, row(2, "Ann"), row(3, "Bob", delegation="07.032"), row(4, "Cem", delegation="07.0311"))
        assert told(outcome) == [
            (3, "delegation", "07.032 is not within your delegation 07.031"),
            (4, "delegation", "07.0311 is not within your delegation 07.031"),
        ]
        assert [one.name for one in queries.people_within(food)] == ["Ann"]

    def test_a_list_cannot_take_over_units_people_or_numbers_of_others(self, edition, food):
        others = [
            VisitorRow(2, "V06-0000007", "Dan", "DE", "dan@example.org", organisation="Hill Steel", delegation="071")
        ]
        import_visitors(edition, others, context=CONTEXT)
        outcome = bring(
            food, row(2, "Eve", organisation="Hill Steel"), row(3, "Dan"), row(4, "Finn", number="V06-0000007"),
            row(5, "Gus", number="*5"),
        )  # fmt: skip
        assert told(outcome) == [
            (2, "organisation", "is registered for this edition outside your delegation"),
            (3, "email", "dan@example.org belongs to somebody who is registered already"),
            (4, "number", "V06-0000007 is the registration number of nobody in your delegation"),
            (5, "number", "*5 is the registration number of nobody in your delegation"),
        ]
        assert Visitor.objects.get().unit.delegation.path == "071"

    def test_a_list_changes_nothing_of_an_organisation_that_is_known(self, edition, food):
        Organisation.objects.create(name="Port Foods", name_key="port foods", country_id="DE")
        bring(
            food, row(2, "Ann", ownership="state", organisation_number="HRB 1"), row(3, "Bob", organisation="New Foods")
        )
        assert Organisation.objects.get(name="Port Foods").registered_number == ""
        assert Organisation.objects.get(name="Port Foods").ownership == ""
        assert {one.organisation.name for one in queries.units_within(food)} == {"Port Foods", "New Foods"}

    def test_whoever_looks_after_their_own_registration_is_left_alone(self, food, django_user_model):
        bring(food, row(2, "Ann"))
        Visitor.objects.update(user=django_user_model.objects.create_user("ann@example.org"))
        assert bring(food, row(2, "Anna", email="ann@example.org")).unchanged == 1
        assert Visitor.objects.get().name == "Ann"

    def test_a_list_after_the_end_of_registration_is_refused(self, food):
        with pytest.raises(rules.RegistrationClosed):
            bring(food, row(2, "Ann"), at=AT + timedelta(days=200))


class TestQuotas:
    def test_a_list_fills_what_is_left_and_says_why_the_rest_stays_out(self, edition, harbour, food):
        actions.set_quotas(harbour, 3, {}, context=CONTEXT)
        bring(food, row(2, "Ann"), row(3, "Bob"))
        outcome = bring(food, row(2, "Cem"), row(3, "Dan"), row(4, "Ann"))
        assert told(outcome) == [(3, "delegation", "Harbour may register 3 people and has 2")]
        assert [one.name for one in queries.people_within(harbour)] == ["Ann", "Bob", "Cem"]

    def test_a_quota_by_day_counts_those_who_come_then_and_those_who_name_no_day(self, edition, food):
        first, second = edition.first_day, edition.first_day + timedelta(days=1)
        actions.set_quotas(food, None, {first: 2, second: None}, context=CONTEXT)
        outcome = bring(
            food, row(2, "Ann", days=(first,)), row(3, "Bob"), row(4, "Cem", days=(second,)),
            row(5, "Dan", days=(first,)),
        )  # fmt: skip
        assert [(one.row, one.column) for one in outcome.problems] == [(5, "days")]
        assert queries.coming_by_day(food, [first, second]) == [2, 2]
        # Moving to a day that is full is refused as coming anew is; staying on it is not.
        again = bring(food, row(2, "Cem", days=(first,)), row(3, "Ann", days=(first,)))
        assert [(one.row, one.column) for one in again.problems] == [(2, "days")]

    def test_a_person_who_registers_meets_both_quotas(self, edition, food):
        first = edition.first_day
        unit = make_unit_in(food)
        actions.set_quotas(food, 2, {first: 1}, context=CONTEXT)
        register(edition, unit, "Ann", days=(first,))
        with pytest.raises(rules.DelegationDayFull) as refused:
            register(edition, unit, "Bob")
        assert refused.value.data["coming"] == 1
        register(edition, unit, "Bob", days=(first + timedelta(days=1),))
        with pytest.raises(rules.DelegationFull):
            register(edition, unit, "Cem", days=(first + timedelta(days=2),))
        with pytest.raises(rules.DayOutsideTheShow):
            register(edition, unit, "Dan", days=(first - timedelta(days=1),))

    def test_quotas_are_set_for_days_of_the_show(self, edition, food):
        with pytest.raises(rules.DayOutsideTheShow):
            actions.set_quotas(food, 2, {edition.last_day + timedelta(days=1): 1}, context=CONTEXT)
        actions.set_quotas(food, 2, {edition.last_day: 1}, context=CONTEXT)
        actions.set_quotas(food, None, {}, context=CONTEXT)
        assert queries.day_quotas(food) == {} and food.__class__.objects.get(pk=food.pk).quota is None


def make_unit_in(delegation):
    bring(delegation, row(2, "Zoe"))
    Visitor.objects.all().delete()
    return queries.units_within(delegation).get()


def register(edition, unit, name, **fields):
    person = Person(name, "DE", email=f"{name.lower()}@port.example", **fields)
    return actions.register_visitor(edition, person, unit=unit, context=CONTEXT)


class TestReview:
    def test_a_leader_confirms_and_declines_own_people_alone(self, edition, harbour, food, leader):
        places = {"Ann": "07.031", "Bob": "07.032", "Dan": "071"}
        rows = [
            VisitorRow(
                place, f"V{place}", name, "DE", f"{name}@example.org", organisation=f"Unit {path}", delegation=path
            )
            for place, (name, path) in enumerate(places.items(), 2)
        ]
        import_visitors(edition, rows, context=CONTEXT)
        keys = list(Visitor.objects.values_list("pk", flat=True))
        assert actions.confirm_people(food, keys, context=CONTEXT) == 1
        assert actions.confirm_people(food, keys, context=CONTEXT) == 0
        assert actions.decline_people(harbour, keys[1:], reason="Not of our group", context=CONTEXT) == 1
        assert dict(Visitor.objects.values_list("name", "review")) == {"Ann": "confirmed", "Bob": "declined", "Dan": ""}
        assert Visitor.objects.get(name="Bob").state == "rejected"
        assert Notice.objects.get().context["reason"] == "Not of our group"

    def test_whole_groups_are_approved_once_their_leader_has_confirmed_them(self, edition, harbour, leader):
        rows = [
            VisitorRow(2, "V2", "Ann", "DE", organisation="Unit", delegation="07.031"),
            VisitorRow(3, "V3", "Bob", "DE", organisation="Unit", delegation="07.031"),
            VisitorRow(4, "V4", "Dan", "DE", organisation="Hills", delegation="071"),
            VisitorRow(5, "V5", "Eve", "DE"),
        ]
        import_visitors(edition, rows, context=CONTEXT)
        actions.confirm_people(harbour, [Visitor.objects.get(name="Ann").pk], context=CONTEXT)
        approved = actions.approve_all(edition, context=CONTEXT)
        assert (approved.units, approved.people) == (2, 3)
        assert Visitor.objects.get(name="Bob").state == "registered"
        actions.approve_visitor(Visitor.objects.get(name="Bob"), context=CONTEXT)
        assert Visitor.objects.get(name="Bob").state == "approved"


class TestInvitedPeople:
    @pytest.fixture
    def invited(self, food, leader, django_user_model):
        user = django_user_model.objects.create_user("ann@port.example")
        confirm_address(user)
        accept_invitation(invite_member(food, user.email, context=ActionContext(AT, leader)), user, context=CONTEXT)
        return user

    def test_whoever_was_invited_registers_in_the_delegation_and_is_confirmed(self, edition, food, invited):
        own = OwnUnit(OrganisationRow("Port Foods", country="DE"))
        visitor = register_or_claim_visit(edition, Person("Ann", "DE", email=invited.email), invited, own=own, at=AT)
        assert (visitor.unit.delegation, visitor.review, visitor.state) == (food, "confirmed", "registered")

    def test_a_unit_of_another_delegation_stays_there(self, edition, invited):
        other = [VisitorRow(2, "V2", "Dan", "DE", organisation="Port Foods", delegation="071")]
        import_visitors(edition, other, context=CONTEXT)
        own = OwnUnit(OrganisationRow("Port Foods", country="DE"))
        with pytest.raises(rules.UnitElsewhere):
            register_or_claim_visit(edition, Person("Ann", "DE", email=invited.email), invited, own=own, at=AT)


class TestTheTree:
    def test_groups_are_added_below_groups_that_exist(self, edition):
        added = actions.add_delegation(edition, "07.033", "Textiles", "纺织", quota=5, context=CONTEXT)
        assert (added.parent.path, added.quota) == ("07", 5)
        for path, refusal in (("09.1", rules.GroupMissing), ("07", rules.PathTaken), ("7/1", rules.PathNotUsable)):
            with pytest.raises(refusal):
                actions.add_delegation(edition, path, "X", "X", context=CONTEXT)
