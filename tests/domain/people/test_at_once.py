"""Two claims at the same moment: one of them is first, and the other finds what it left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from emporion.domain.accounts.actions import open_vouched_account
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.actions.bulk import OrganisationRow
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.organisations.rules.refusals import OrganisationKnown
from emporion.domain.people import actions
from emporion.domain.people.models import Invitation
from emporion.domain.people.queries import invitation_with
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
NOW = ActionContext(AT)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Do all of them at the same moment, each with a connection of its own; what they raised."""
    ready, raised = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.fixture(autouse=True)
def edition() -> Iterator[None]:
    opened = make.make_edition(6)
    opened.phases.create(kind="registration", opens=AT - timedelta(days=1), closes=AT + timedelta(days=60))
    yield


def events(name: str) -> int:
    return JournalEntry.objects.filter(event=name).count()


def test_a_record_claimed_in_two_windows_is_claimed_once() -> None:
    lan = make.make_visitor(make.make_edition(6), "Wang Lan")
    lan.email = "lan@foods.example"
    lan.save()
    user = open_vouched_account("lan@foods.example")
    actions.invite_visitor(lan, context=NOW)
    invitation = invitation_with(str(Notice.objects.get().context["token"]))
    accept = lambda: actions.accept_invitation(invitation, user, context=NOW)  # noqa: E731
    claim = lambda: actions.claim_visit(lan, user, context=NOW)  # noqa: E731
    assert at_once(accept, claim, accept, claim) == []
    lan.refresh_from_db()
    assert (lan.user, events("visitor.claimed"), events("invitation.accepted")) == (user, 1, 1)


def test_of_two_strangers_who_add_one_organisation_at_once_one_manages_it_and_the_other_claims_it() -> None:
    row = OrganisationRow(name="Tema Cocoa Ltd", country=make.make_country("GH").pk)
    people = [open_vouched_account(f"{name}@cocoa.example") for name in ("ama", "eve")]
    add = [lambda user=user: actions.register_or_claim_organisation(row, user, at=AT) for user in people]
    assert [type(error) for error in at_once(*add)] == [OrganisationKnown]
    assert (Organisation.objects.count(), Representative.objects.count()) == (1, 1)


def test_a_button_pressed_twice_at_once_sends_one_invitation() -> None:
    firm = make.make_organisation("Tema Cocoa Ltd", "GH")
    fair = make.make_fair()
    invite = lambda: actions.invite_colleague(fair, firm, "yaw@cocoa.example", roles=["deals"], context=NOW)  # noqa: E731
    assert at_once(invite, invite) == []
    assert (Invitation.objects.count(), Notice.objects.count()) == (1, 1)
