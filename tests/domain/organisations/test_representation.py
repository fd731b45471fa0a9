"""Who acts for an organisation: roles, a manager at all times, and claims that the desk decides."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from emporion.domain.accounts.models import User
from emporion.domain.journal.context import ActionContext
from emporion.domain.notices.models import Notice
from emporion.domain.organisations.actions import (
    accept_claim,
    appoint,
    change_roles,
    claim_organisation,
    decline_claim,
    dismiss,
)
from emporion.domain.organisations.models import Organisation, Representative
from emporion.domain.organisations.queries import open_claims, organisations_for
from emporion.domain.organisations.rules.representation import (
    AlreadyActsFor,
    ClaimDecided,
    ClaimReasonNeeded,
    ClaimWaits,
    EvidenceNeeded,
    LastManager,
    OtherFairDecides,
    RolesNeeded,
    StatementNeeded,
    UnknownRole,
    may,
)
from emporion.domain.visitors.models import VisitingUnit
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOW = ActionContext(AT)


@pytest.fixture
def shea() -> Organisation:
    return make.make_organisation("Shea du Bénin", "BJ")


def person(name: str) -> User:
    return User.objects.create_user(f"{name}@shea.example", name=name)


def test_who_manages_may_do_all_and_others_what_their_roles_say() -> None:
    assert may(["manages"], "deals") and may(["deals"], "deals") and not may(["deals"], "meetings")


def test_appointed_twice_one_gains_roles_and_loses_none(shea: Organisation) -> None:
    ada = person("ada")
    appoint(shea, ada, roles=["deals"], context=NOW)
    appoint(shea, ada, roles=["leads", "catalogue"], context=NOW)
    assert Representative.objects.get(user=ada).roles == ["catalogue", "deals", "leads"]
    assert list(organisations_for(ada)) == list(organisations_for(ada, "deals")) == [shea]
    assert list(organisations_for(ada, "meetings")) == []


def test_an_organisation_keeps_a_manager(shea: Organisation) -> None:
    ada = appoint(shea, person("ada"), context=NOW)
    bob = appoint(shea, person("bob"), roles=["deals"], context=NOW)
    with pytest.raises(LastManager, match="ada is the only one who manages"):
        change_roles(ada, ["deals"], context=NOW)
    with pytest.raises(LastManager):
        dismiss(ada, context=NOW)
    change_roles(bob, ["manages"], context=NOW)
    dismiss(ada, context=NOW)
    dismiss(ada, context=NOW)
    assert [one.user.name for one in shea.representatives.all()] == ["bob"]


def test_roles_are_known_ones_and_at_least_one(shea: Organisation) -> None:
    with pytest.raises(RolesNeeded):
        appoint(shea, person("ada"), roles=[], context=NOW)
    with pytest.raises(UnknownRole, match="chef"):
        appoint(shea, person("bob"), roles=["chef"], context=NOW)
    for wrong in ([], ["chef"]):
        with pytest.raises(IntegrityError, match="representative_has_known_roles"), transaction.atomic():
            Representative.objects.create(organisation=shea, user=person(f"x{len(wrong)}"), roles=wrong)


def test_a_claim_waits_for_the_desk_of_its_fair_and_is_accepted_once(shea: Organisation) -> None:
    ada, desk, fair = person("ada"), person("desk"), make.make_fair()
    claim = claim_organisation(shea, ada, fair=fair, evidence="Call Mr Adjovi, +229 97 00 00 00", at=AT)
    assert list(open_claims(fair)) == [claim] and list(open_claims(make.make_fair("accra"))) == []
    assert list(organisations_for(ada)) == []
    with pytest.raises(ClaimWaits):
        claim_organisation(shea, ada, fair=fair, evidence="again", at=AT)
    for _ in range(2):
        accept_claim(claim, fair=fair, statement="I called Mr Adjovi.", context=ActionContext(AT, desk))
    assert list(organisations_for(ada, "manages")) == [shea] and not open_claims(fair)
    assert Notice.objects.get().template == "claim_accepted"
    with pytest.raises(ClaimDecided, match="is already accepted"):
        decline_claim(claim, fair=fair, reason="no", context=NOW)
    with pytest.raises(AlreadyActsFor):
        claim_organisation(shea, ada, fair=fair, evidence="once more", at=AT)


def test_a_claim_is_declined_with_a_reason_and_may_be_made_anew(shea: Organisation) -> None:
    ada, fair = person("ada"), make.make_fair()
    with pytest.raises(EvidenceNeeded, match="Shea du Bénin"):
        claim_organisation(shea, ada, fair=fair, evidence="  ", at=AT)
    claim = claim_organisation(shea, ada, fair=fair, evidence="I work there", at=AT)
    with pytest.raises(ClaimReasonNeeded):
        decline_claim(claim, fair=fair, reason=" ", context=NOW)
    decline_claim(claim, fair=fair, reason="Nobody there knows you.", context=NOW)
    assert Notice.objects.get().context["reason"] == "Nobody there knows you."
    assert claim_organisation(shea, ada, fair=fair, evidence="Ask Mr Adjovi", at=AT).pk != claim.pk
    assert list(organisations_for(ada)) == []


def test_a_claim_is_decided_by_the_fairs_that_know_the_organisation(shea: Organisation) -> None:
    shanghai, accra, lagos = (make.make_fair(slug) for slug in ("shanghai", "accra", "lagos"))
    make.make_exhibitor(make.make_edition(6, fair=shanghai), shea.name, "BJ")
    VisitingUnit.objects.create(edition=make.make_edition(1, fair=lagos), organisation=shea, registered=AT)
    ada = person("ada")
    claim = claim_organisation(shea, ada, fair=accra, evidence="Call Mr Adjovi", at=AT)

    assert [list(open_claims(fair)) for fair in (accra, shanghai, lagos)] == [[], [claim], [claim]]
    sentence = "Accra has no record of Shea du Bénin. The claim is decided where it takes part: Lagos, Shanghai."
    for refused in (
        lambda: accept_claim(claim, fair=accra, statement="I know her.", context=NOW),
        lambda: decline_claim(claim, fair=accra, reason="No.", context=NOW),
    ):
        with pytest.raises(OtherFairDecides) as refusal:
            refused()
        assert refusal.value.sentence == sentence
    accept_claim(claim, fair=lagos, context=NOW)
    assert list(organisations_for(ada)) == [shea]
    with pytest.raises(ClaimDecided):
        decline_claim(claim, fair=shanghai, reason="No.", context=NOW)


def test_where_no_fair_knows_the_organisation_its_own_decides_on_a_statement(shea: Organisation) -> None:
    shanghai, accra, ada = make.make_fair("shanghai"), make.make_fair("accra"), person("ada")
    claim = claim_organisation(shea, ada, fair=accra, evidence="Call Mr Adjovi", at=AT)
    assert [list(open_claims(fair)) for fair in (accra, shanghai)] == [[claim], []]
    with pytest.raises(OtherFairDecides):
        accept_claim(claim, fair=shanghai, statement="I know her.", context=NOW)
    with pytest.raises(StatementNeeded, match="State how you checked that ada acts for it"):
        accept_claim(claim, fair=accra, statement="  ", context=NOW)
    assert list(organisations_for(ada)) == []
    accept_claim(claim, fair=accra, statement=" Mr Adjovi confirmed it by telephone. ", context=NOW)
    claim.refresh_from_db()
    assert (claim.state, claim.statement) == ("accepted", "Mr Adjovi confirmed it by telephone.")
