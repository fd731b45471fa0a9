"""Units and people register and are decided about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.models import Representative
from emporion.domain.organisations.rules.registers import CreditCodeWrong
from emporion.domain.reason import stored
from emporion.domain.visitors import actions, rules
from emporion.domain.visitors.actions.approval import Approved
from emporion.domain.visitors.actions.registration import Person
from emporion.domain.visitors.models import Visitor
from tests.domain.visitors.conftest import AT, CLOSES
from tests.make import make_exhibitor, make_organisation

ANN = Person(name="Ann", country="DE", email="ann@example.org", sectors=(1, 12), hs_headings=("0805",))


@pytest.fixture
def works(edition, food):
    return actions.register_unit(edition, make_organisation("Ann's Works"), delegation=food, context=ActionContext(AT))


def events():
    return list(JournalEntry.objects.order_by("id").values_list("event", flat=True))


def test_a_unit_registers_once(edition, works):
    again = actions.register_unit(edition, works.organisation, context=ActionContext(AT))
    assert (again, again.state, again.delegation.path) == (works, "registered", "07.031")
    assert events() == ["unit.registered"]


def test_a_unit_with_a_wrong_credit_code_does_not_register(edition):
    wrong = make_organisation("示例", "CN", registered_number="91330100799655058X")
    with pytest.raises(CreditCodeWrong):
        actions.register_unit(edition, wrong, context=ActionContext(AT))


def test_a_person_registers_is_numbered_and_told(edition, works):
    ann = actions.register_visitor(edition, ANN, unit=works, context=ActionContext(AT))
    bob = actions.register_visitor(edition, Person("Bob", "BJ"), context=ActionContext(AT))
    assert (ann.number, bob.number, ann.state, ann.sectors, ann.hs_headings) == (
        "V06-0000001", "V06-0000002", "registered", [1, 12], ["0805"],
    )  # fmt: skip
    (notice,) = Notice.objects.all()
    assert (notice.recipient, notice.template) == ("ann@example.org", "visitor_registered")
    assert (notice.context, notice.edition) == ({"name": stored(ann.proper_name), "number": "V06-0000001"}, edition)
    assert events() == ["unit.registered", "visitor.registered", "visitor.registered"]


def test_a_number_that_is_taken_is_refused(edition):
    actions.register_visitor(edition, ANN, number="V06-0000009", context=ActionContext(AT))
    with pytest.raises(rules.RegistrationNumberTaken) as refused:
        actions.register_visitor(edition, Person("Bob", "BJ"), number="V06-0000009", context=ActionContext(AT))
    assert refused.value.sentence == ("The registration number V06-0000009 belongs to somebody else in this edition.")
    assert actions.register_visitor(edition, Person("Cem", "BJ"), context=ActionContext(AT)).number == "V06-0000010"


def test_nobody_registers_after_the_phase(edition):
    with pytest.raises(rules.RegistrationClosed):
        actions.register_visitor(edition, ANN, context=ActionContext(CLOSES))
    assert not Visitor.objects.exists()


def test_an_exhibitor_s_representative_is_no_visitor(edition, django_user_model):
    exhibitor = make_exhibitor(edition, "Works", "DE")
    user = django_user_model.objects.create_user("ann@example.org")
    Representative.objects.create(organisation=exhibitor.organisation, user=user)
    with pytest.raises(rules.ExhibitorsStaff):
        actions.register_visitor(edition, ANN, context=ActionContext(AT))


def test_a_quota_holds_for_the_sub_groups_too(edition, works, food):
    food.parent.quota = 2
    food.parent.save()
    for name in ("Ann", "Bob"):
        actions.register_visitor(edition, Person(name, "DE"), unit=works, context=ActionContext(AT))
    with pytest.raises(rules.DelegationFull) as refused:
        actions.register_visitor(edition, Person("Cem", "DE"), unit=works, context=ActionContext(AT))
    assert refused.value.data == {"delegation": "Harbour", "quota": 2, "registered": 2}
    actions.cancel_visitor(Visitor.objects.get(name="Bob"), context=ActionContext(AT))
    assert (
        actions.register_visitor(edition, Person("Cem", "DE"), unit=works, context=ActionContext(AT)).number
        == "V06-0000003"
    )


def test_the_unit_is_approved_before_its_people(edition, works):
    ann = actions.register_visitor(edition, ANN, unit=works, context=ActionContext(AT))
    with pytest.raises(rules.UnitNotApproved):
        actions.approve_visitor(ann, context=ActionContext(AT))
    actions.approve_unit(works, context=ActionContext(AT))
    approved = actions.approve_visitor(ann, context=ActionContext(AT + timedelta(days=1)))
    assert (approved.state, approved.decided) == ("approved", AT + timedelta(days=1))
    assert events()[-2:] == ["unit.approved", "visitor.approved"]
    assert Notice.objects.filter(template="visitor_approved", recipient="ann@example.org").count() == 1


def test_a_rejected_person_is_told_why(edition):
    ann = actions.register_visitor(edition, ANN, context=ActionContext(AT))
    assert actions.reject_visitor(ann, reason="No such person", context=ActionContext(AT)).state == "rejected"
    assert Notice.objects.get(template="visitor_rejected").context["reason"] == "No such person"
    with pytest.raises(rules.WrongState):
        actions.reject_visitor(ann, reason="again", context=ActionContext(AT))


def test_a_rejected_unit_takes_its_people_with_it(edition, works):
    ann = actions.register_visitor(edition, ANN, unit=works, context=ActionContext(AT))
    bob = actions.register_visitor(edition, Person("Bob", "DE"), unit=works, context=ActionContext(AT))
    actions.cancel_visitor(bob, context=ActionContext(AT))
    actions.reject_unit(works, reason="Licence missing", context=ActionContext(AT))
    assert [Visitor.objects.get(pk=one.pk).state for one in (ann, bob)] == ["rejected", "cancelled"]


@pytest.fixture
def crowd(edition, food, works):
    """Ann's Works (food) with two people, the Machines' unit with one, the Hills' with one, and one who comes alone."""
    machines, hills = (edition.delegations.get(path=path) for path in ("07.032", "071"))
    units = [works]
    for name, delegation in (("Machines", machines), ("Hills", hills)):
        units.append(
            actions.register_unit(edition, make_organisation(name), delegation=delegation, context=ActionContext(AT))
        )
    for name, unit in (("Ann", units[0]), ("Bob", units[0]), ("Cem", units[1]), ("Dan", units[2]), ("Eve", None)):
        actions.register_visitor(edition, Person(name, "DE"), unit=unit, context=ActionContext(AT))
    return units


def approved_people():
    return set(Visitor.objects.filter(state="approved").values_list("name", flat=True))


def test_a_delegation_is_approved_with_its_sub_groups(edition, crowd):
    harbour = edition.delegations.get(path="07")
    assert actions.approve_delegation(harbour, context=ActionContext(AT)) == Approved(units=2, people=3)
    assert approved_people() == {"Ann", "Bob", "Cem"}
    assert actions.approve_delegation(harbour, context=ActionContext(AT)) == Approved(units=0, people=0)


def test_everyone_who_waits_is_approved_units_first(edition, crowd):
    actions.reject_unit(crowd[2], reason="No licence", context=ActionContext(AT))
    assert actions.approve_all(edition, context=ActionContext(AT)) == Approved(units=2, people=4)
    assert approved_people() == {"Ann", "Bob", "Cem", "Eve"}
    entry = JournalEntry.objects.first()
    assert (entry.event, entry.data) == ("visitors.approved", {"units": 2, "people": 4})


def test_chosen_visitors_are_approved_and_told_once_those_of_waiting_units_are_left(edition, works):
    ann = actions.register_visitor(edition, ANN, unit=works, context=ActionContext(AT))
    bob = actions.register_visitor(edition, Person("Bob", "BJ"), context=ActionContext(AT))
    chosen, seen = [ann.pk, bob.pk], []
    approve = {"context": ActionContext(AT), "progress": lambda done, total: seen.append((done, total))}
    assert [actions.approve_chosen(edition, chosen, **approve).people for _ in range(2)] == [1, 0]
    assert seen == [(2, 2), (2, 2)]
    ann.refresh_from_db()
    bob.refresh_from_db()
    assert (ann.state, bob.state) == ("registered", "approved")
    actions.approve_unit(works, context=ActionContext(AT))
    assert actions.approve_chosen(edition, chosen, context=ActionContext(AT)).people == 1
    notices = Notice.objects.filter(template="visitor_approved")
    assert [notice.recipient for notice in notices] == ["ann@example.org"]
