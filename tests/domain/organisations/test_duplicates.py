"""What may be one organisation is listed for a person to decide, and merged only by that decision."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.organisations.actions import (
    appoint,
    decide_duplicate,
    list_likely_duplicates,
    register_organisation,
)
from emporion.domain.organisations.actions.bulk import OrganisationRow, recognise
from emporion.domain.organisations.models import EarlierParticipation, LikelyDuplicate, Organisation
from emporion.domain.organisations.queries import likely_duplicates, organisations_for
from emporion.domain.organisations.rules.duplicates import (
    LIKE_NAME,
    SAME_NAME,
    SAME_WORDS,
    SMALL_BLOCK,
    Known,
    LikelyPair,
    are_alike,
    likely_pairs,
)
from emporion.domain.organisations.rules.refusals import AlreadyDecided, BothTakePart
from emporion.domain.visitors.models import VisitingUnit
from tests.make import make_area, make_countries, make_edition

AT = datetime(2023, 7, 1, tzinfo=UTC)
SAME, DIFFERENT = LikelyDuplicate.Decision.SAME, LikelyDuplicate.Decision.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Known(1, "BJ", "shea", "1"), Known(2, "BJ", "shea", "2"), SAME_NAME),
        (Known(1, "BJ", "shea", "1"), Known(2, "BJ", "shea", ""), SAME_NAME),
        (Known(1, "BJ", "benin shea butter", "1"), Known(2, "BJ", "shea butter benin", ""), SAME_WORDS),
        (Known(1, "BJ", "benin shea butter", "1"), Known(2, "BJ", "benin shea buter", ""), LIKE_NAME),
        (Known(1, "BJ", "bennin shea butter", "1"), Known(2, "BJ", "benin shea butter", ""), LIKE_NAME),
        (Known(1, "CN", "上海明远医疗器械贸易", "1"), Known(2, "CN", "上海明远医疗器械贸", ""), LIKE_NAME),
    ],
)
def test_those_that_may_be_one_are_told_with_the_reason(one: Known, other: Known, why: str) -> None:
    assert likely_pairs([other, one]) == [LikelyPair(1, 2, why)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Known(1, "BJ", "shea", ""), Known(2, "EC", "shea", "")),
        (Known(1, "BJ", "benin shea butter", "1"), Known(2, "BJ", "benin shea buter", "2")),
        (Known(1, "BJ", "factory 1 of benin", ""), Known(2, "BJ", "factory 2 of benin", "")),
        (Known(1, "BJ", "benin shea", ""), Known(2, "BJ", "benin cotton", "")),
    ],
)
def test_those_that_are_two_are_left_alone(one: Known, other: Known) -> None:
    assert likely_pairs([one, other]) == []


def words(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.split()))


NAMES = st.text("abc ", min_size=1, max_size=6).filter(str.strip).map(lambda name: " ".join(name.split()))


@given(st.lists(NAMES, min_size=2, max_size=SMALL_BLOCK, unique_by=words))
def test_in_a_small_block_every_pair_is_compared(names: list[str]) -> None:
    known = [Known(place, "BJ", name, "") for place, name in enumerate(names)]
    alike = {
        (one.id, other.id)
        for one, other in combinations(known, 2)
        if are_alike(one.name_key, other.name_key)
        and any(one.name_key.split()[end] == other.name_key.split()[end] for end in (0, -1))
    }
    assert {(pair.first, pair.second) for pair in likely_pairs(known)} == alike


@pytest.fixture
def edition(db: None) -> Edition:
    make_countries()
    sixth = make_edition(6)
    make_area(sixth, "food")
    return sixth


def two_sheas() -> tuple[Organisation, Organisation]:
    rows = [OrganisationRow("Benin Shea", country="BJ", registered_number=number) for number in ("RB1", "RB2")]
    first, second = recognise(rows)
    return Organisation.objects.get(pk=first), Organisation.objects.get(pk=second)


def listed() -> LikelyDuplicate:
    list_likely_duplicates(context=ActionContext(AT))
    return likely_duplicates().get()


def test_pairs_are_listed_once_and_nothing_is_merged_by_itself(edition: Edition) -> None:
    first, second = two_sheas()
    assert (list_likely_duplicates(context=ActionContext(AT)), list_likely_duplicates(context=ActionContext(AT))) == (
        1,
        0,
    )
    pair = likely_duplicates().get()
    assert ((pair.first, pair.second), pair.why) == ((first, second), SAME_NAME)
    assert Organisation.objects.count() == 2
    assert list(JournalEntry.objects.values_list("event", "data")) == [("duplicates.listed", {"count": 1})]


def test_two_that_a_person_told_apart_stay_two(edition: Edition) -> None:
    two_sheas()
    person = User.objects.create_user("office@fair.example")
    pair = listed()
    for _ in range(2):
        decide_duplicate(pair, decision=DIFFERENT, context=ActionContext(AT, person))
    pair.refresh_from_db()
    assert (pair.decision, pair.decided_by, pair.decided) == ("different", person, AT)
    assert (list_likely_duplicates(context=ActionContext(AT)), likely_duplicates().count()) == (0, 0)
    assert JournalEntry.objects.filter(event="duplicate.told_apart").count() == 1
    with pytest.raises(AlreadyDecided):
        decide_duplicate(pair, decision=SAME, context=ActionContext(AT))


def test_made_one_everything_names_the_one_that_stays(edition: Edition) -> None:
    first, second = two_sheas()
    Organisation.objects.filter(pk=second.pk).update(website="https://shea.example")
    fifth = make_edition(5)
    for organisation in (first, second):
        EarlierParticipation.objects.create(organisation=organisation, edition=fifth)
        appoint(organisation, User.objects.get_or_create(email="seller@shea.example")[0], context=ActionContext(AT))
    application = Application.objects.create(edition=edition, organisation=second, area=edition.areas.get())
    pair = listed()
    assert decide_duplicate(pair, decision=SAME, context=ActionContext(AT)) == first
    application.refresh_from_db()
    first.refresh_from_db()
    assert (application.organisation, first.website) == (first, "https://shea.example")
    assert (first.earlier_participations.count(), first.representatives.count()) == (1, 1)
    assert list(Organisation.objects.all()) == [first]
    merged = JournalEntry.objects.get(event="organisations.merged")
    assert merged.data == {
        "absorbed": second.pk, "name": "Benin Shea", "name_key": "benin shea", "registered_number": "RB2",
        "country_id": "BJ",
    }  # fmt: skip
    with pytest.raises(AlreadyDecided):
        decide_duplicate(pair, decision=SAME, context=ActionContext(AT))


def test_lists_that_use_the_old_number_or_name_mean_the_one_that_stays(edition: Edition) -> None:
    [numbered] = recognise([OrganisationRow("Benin Shea Butter", country="BJ", registered_number="RB1")])
    old = OrganisationRow("Benin Shea Buter", country="BJ")
    recognise([old])
    assert decide_duplicate(listed(), decision=SAME, context=ActionContext(AT)).pk == numbered
    assert recognise([old]) == [numbered]
    first, second = two_sheas()
    assert second.registered_number == "RB2" and first.pk == numbered


def test_two_that_both_take_part_in_an_edition_are_not_made_one(edition: Edition) -> None:
    for organisation in two_sheas():
        VisitingUnit.objects.create(edition=edition, organisation=organisation, registered=AT)
    with pytest.raises(BothTakePart, match="both have visiting unit of their own in one edition"):
        decide_duplicate(listed(), decision=SAME, context=ActionContext(AT))
    assert Organisation.objects.count() == 2 and likely_duplicates().count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_pairs_takes_one_query(edition: Edition, count: int, django_assert_num_queries) -> None:
    rows = [
        OrganisationRow(f"Firm {letter}", country="DE", registered_number=f"{letter}{n}")
        for letter in "xyz"[:count]
        for n in (1, 2)
    ]
    recognise(rows)
    list_likely_duplicates(context=ActionContext(AT))
    with django_assert_num_queries(1):
        shown = [(str(pair.first), str(pair.first.country), str(pair.second.country)) for pair in likely_duplicates()]
    assert len(shown) == count


def test_a_registered_organisation_is_one_and_its_representative_sees_it(edition: Edition) -> None:
    person = User.objects.create_user("seller@shea.example")
    row = OrganisationRow("Benin Shea", country="BJ")
    first, second = (register_organisation(row, context=ActionContext(AT, person)) for _ in range(2))
    for _ in range(2):
        appoint(first, person, context=ActionContext(AT), position="director")
    assert first == second
    assert list(organisations_for(person)) == [first]
    assert list(organisations_for(User.objects.create_user("other@shea.example"))) == []
    events = JournalEntry.objects.order_by("id").values_list("event", flat=True)
    assert list(events) == ["organisation.registered", "representative.appointed"]
