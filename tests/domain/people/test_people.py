"""People come in: invited, by the address they confirmed, into the record that a list brought; and they leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emporion.domain.accounts.actions import open_vouched_account
from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.organisations.queries import organisations_for
from emporion.domain.organisations.rules.refusals import OrganisationKnown
from emporion.domain.people import actions, rules
from emporion.domain.people.actions import invitations
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import invitation_with, records_waiting, visitors_to_invite
from emporion.domain.staff.models import StaffRole
from emporion.domain.visitors.actions.registration import Person
from emporion.domain.visitors.models import Visitor
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
NOW = ActionContext(AT)


@pytest.fixture
def edition() -> Edition:
    edition = make.make_edition(6)
    edition.phases.create(kind="registration", opens=AT - timedelta(days=1), closes=AT + timedelta(days=60))
    return edition


@pytest.fixture
def lan(edition: Edition) -> Visitor:
    """Wang Lan as a list brought her: with an address and no account."""
    visitor = make.make_visitor(edition, "Wang Lan", make.make_unit(edition, "Shanghai Foods"))
    visitor.email = "lan@foods.example"
    visitor.save()
    return visitor


def token_sent() -> str:
    return str(Notice.objects.latest("id").context["token"])


def test_an_invited_visitor_claims_her_record_and_keeps_number_and_badge(edition: Edition, lan: Visitor) -> None:
    badge = make.make_badge(edition, visitor=lan)
    actions.invite_visitor(lan, context=NOW)
    user = open_vouched_account("LAN@foods.example")
    invitation = invitation_with(token_sent())
    for _ in range(2):
        actions.accept_invitation(invitation, user, context=ActionContext(AT, user))
    found = Visitor.objects.get(user=user)
    assert (found.pk, found.number, found.badge) == (lan.pk, lan.number, badge)
    with pytest.raises(rules.RecordClaimed):
        actions.invite_visitor(found, context=NOW)


def test_only_a_confirmed_address_accepts(lan: Visitor) -> None:
    actions.invite_visitor(lan, context=NOW)
    invitation = invitation_with(token_sent())
    thief = open_vouched_account("thief@foods.example")
    unconfirmed = User.objects.create_user("lan@foods.example")
    EmailAddress.objects.create(user=unconfirmed, email="lan@foods.example", verified=False, primary=True)
    for user in (thief, unconfirmed):
        with pytest.raises(rules.AddressNotConfirmed):
            actions.accept_invitation(invitation, user, context=NOW)
    assert Visitor.objects.get().user is None


def test_an_invitation_ends_by_time_by_use_and_by_a_newer_one(edition: Edition, lan: Visitor) -> None:
    user = open_vouched_account("lan@foods.example")
    with pytest.raises(rules.InvitationNotFound):
        invitation_with("guess")
    actions.invite_visitor(lan, context=NOW)
    old = invitation_with(token_sent())
    assert actions.invite_visitor(lan, context=NOW) == old
    actions.invite_visitor(lan, context=ActionContext(AT + rules.SAME_WITHIN))
    new = invitation_with(token_sent())
    with pytest.raises(rules.InvitationWithdrawn):
        actions.accept_invitation(old, user, context=NOW)
    with pytest.raises(rules.InvitationExpired):
        actions.accept_invitation(new, user, context=ActionContext(AT + rules.SAME_WITHIN + timedelta(days=30)))
    actions.withdraw_invitation(new, context=NOW)
    with pytest.raises(rules.InvitationWithdrawn):
        actions.accept_invitation(new, user, context=NOW)
    assert token_sent() not in str(Invitation.objects.values_list("token_hash"))


def test_registering_with_the_address_of_a_list_leads_to_its_record(edition: Edition, lan: Visitor) -> None:
    user = open_vouched_account("lan@foods.example")
    found = actions.register_or_claim_visit(edition, Person("Lan W.", "CN", email=user.email), user, at=AT)
    again = actions.register_or_claim_visit(edition, Person("Lan W.", "CN", email=user.email), user, at=AT)
    assert found.pk == again.pk == lan.pk and Visitor.objects.count() == 1
    assert found.name == "Wang Lan"


def test_the_contact_the_organiser_knows_manages_the_organisation_and_a_stranger_does_not(edition: Edition) -> None:
    exhibitor = make.make_exhibitor(edition, "Shea Works", "BJ")
    Application.objects.update(contact_email="Fair@Shea.example")
    row = OrganisationRow("Shea Works", country="BJ")
    contact, stranger = open_vouched_account("fair@shea.example"), open_vouched_account("eve@shea.example")
    assert list(records_waiting(contact)[1]) == [exhibitor.organisation] and not records_waiting(stranger)[1]
    with pytest.raises(OrganisationKnown):
        actions.register_or_claim_organisation(row, stranger, at=AT)
    with pytest.raises(rules.AddressNotConfirmed):
        actions.claim_organisation_by_address(exhibitor.organisation, stranger, context=NOW)
    actions.register_or_claim_organisation(row, contact, at=AT)
    assert list(organisations_for(contact, "manages")) == [exhibitor.organisation]
    assert not records_waiting(contact)[1]


def test_colleagues_come_in_with_their_roles_and_staff_with_theirs(edition: Edition) -> None:
    shea = make.make_organisation("Shea du Bénin", "BJ")
    actions.invite_colleague(edition.fair, shea, "Bob@shea.example", roles=["deals"], context=NOW)
    bob = open_vouched_account("bob@shea.example")
    actions.accept_invitation(invitation_with(token_sent()), bob, context=NOW)
    assert Representative.objects.get(user=bob).roles == ["deals"]
    owner = open_vouched_account("owner@expo.example")
    actions.invite_staff(edition.fair, "gate@expo.example", "gate", context=ActionContext(AT, owner))
    ama = open_vouched_account("gate@expo.example")
    actions.accept_invitation(invitation_with(token_sent()), ama, context=NOW)
    role = StaffRole.objects.get(user=ama)
    assert (role.fair, role.role, role.granted_by) == (edition.fair, "gate", owner)


def test_nobody_sends_invitations_without_end_in_the_name_of_a_fair(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_COLLEAGUES", 2)
    shea, other = make.make_organisation("Shea du Bénin", "BJ"), make.make_organisation("Other", "BJ")
    bob, eve = open_vouched_account("bob@shea.example"), open_vouched_account("eve@shea.example")

    def invite(firm: Organisation, who: str, by: User, at: datetime = AT) -> Invitation:
        context = ActionContext(at, by)
        return actions.invite_colleague(edition.fair, firm, f"{who}@x.example", roles=["deals"], context=context)

    invite(shea, "ama", bob)
    # One that is withdrawn was sent all the same.
    actions.withdraw_invitation(invite(shea, "ben", bob), context=NOW)
    for firm, by in ((shea, bob), (shea, eve), (other, bob)):
        with pytest.raises(rules.TooManyInvitations) as refused:
            invite(firm, "coy", by)
        assert str(refused.value) == "At most 2 colleagues can be invited within a day. Invite more tomorrow."
    assert invite(other, "dan", eve).pk
    assert invite(shea, "coy", bob, AT + timedelta(days=1)).pk
    assert Notice.objects.count() == 4


def test_all_are_invited_once_and_a_run_that_was_stopped_goes_on(edition: Edition, lan: Visitor) -> None:
    make.make_visitor(edition, "No Address")
    Application.objects.filter(pk=make.make_exhibitor(edition, "Shea", "BJ").application_id).update(
        contact_email="fair@shea.example"
    )
    assert actions.invite_all(edition, visitors=True, contacts=True, context=NOW) == 2
    assert actions.invite_all(edition, visitors=True, contacts=True, context=NOW) == 0
    assert not visitors_to_invite(edition)
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == ["fair@shea.example", "lan@foods.example"]


def test_a_list_is_invited_some_at_a_time_with_progress_and_a_fixed_number_of_queries(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "AT_A_TIME", 4)
    seen: list[tuple[int, int]] = []
    costs = []
    for count in (2, 4):
        for _number in range(count):
            visitor = make.make_visitor(edition, "Ada")
            Visitor.objects.filter(pk=visitor.pk).update(email=f"{visitor.number}@shea.example")
        with CaptureQueriesContext(connection) as queries:
            invited = actions.invite_all(edition, visitors=True, context=NOW, progress=lambda *at: seen.append(at))
        assert invited == count
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert seen == [(2, 2), (4, 4)]
    assert [
        entry.data["invited"] for entry in JournalEntry.objects.filter(event="invitations.sent").order_by("pk")
    ] == [2, 4]
    tokens = {notice.context["token"] for notice in Notice.objects.all()}
    assert {invitation_with(token).address for token in tokens} == {
        email.lower() for email in Visitor.objects.values_list("email", flat=True)
    }


def test_a_closed_account_leaves_figures_and_no_name(edition: Edition, lan: Visitor) -> None:
    past = make.make_edition(5)
    visit = make.make_visitor(past, "Wang Lan")
    entry = make.make_entry(make.make_badge(past, visitor=visit))
    user = open_vouched_account("lan@foods.example", name="Wang Lan", password="lantern-over-harbour")
    Visitor.objects.update(user=user, phone="139", document="E1")
    make_coming_badge = make.make_badge(edition, visitor=lan)
    Authenticator.objects.create(user=user, type="totp", data={})
    for _ in range(2):
        actions.close_account(user, context=ActionContext(AT, user))
    user.refresh_from_db()
    assert (user.is_active, user.name, user.email) == (False, "", f"closed-{user.pk}@account.invalid")
    assert not user.has_usable_password() and not EmailAddress.objects.exists() and not Authenticator.objects.exists()
    kept = Visitor.objects.values_list("edition", "state", "name", "email", "phone", "document")
    states = {edition: facts for edition, *facts in kept}
    assert states == {past.pk: ["approved", "—", "", "", ""], edition.pk: ["cancelled", "—", "", "", ""]}
    make_coming_badge.refresh_from_db(), entry.badge.refresh_from_db()
    assert make_coming_badge.revoked == AT and entry.badge.holder == "—"


def test_the_last_owner_appoints_another_before_they_leave(edition: Edition) -> None:
    owner = open_vouched_account("owner@expo.example")
    StaffRole.objects.create(user=owner, fair=edition.fair, role="owner", granted=AT)
    with pytest.raises(Exception, match="only owner"):
        actions.close_account(owner, context=ActionContext(AT, owner))
    assert User.objects.get(pk=owner.pk).is_active and EmailAddress.objects.exists()
