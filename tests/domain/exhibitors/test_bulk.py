"""Lists of exhibitors become applications, and say truly what became of each row."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions.bulk import (
    ExhibitorRow,
    ParticipationRow,
    import_exhibitors,
    import_participations,
)
from emporion.domain.exhibitors.models import Application, Pavilion
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.organisations.models import EarlierParticipation, Organisation
from emporion.domain.organisations.queries import likely_duplicates
from emporion.domain.refusal import BulkOutcome, RowProblem
from tests.make import IN_JULY, IN_JUNE, IN_NOVEMBER, make_area, make_countries, make_edition

SHEA = ExhibitorRow(
    2, "Benin Shea", country="BJ", registered_number="RB1", area="food", area_m2=18, requests_free_booth=True,
    contact_email="fair@shea.example", earlier_editions=(4, 5), about_en="Butter.",
)  # fmt: skip
GLASS = ExhibitorRow(
    3, "Glas AG", country="DE", area="food", sector="crop-seeds", stand="raw", area_m2=54, open_sides=3,
    contact_email="fair@glas.example", pavilion="P-DE",
)  # fmt: skip
GUEST = ExhibitorRow(4, "Lens GmbH", country="DE", main="Glas")
LIST = [GUEST, SHEA, GLASS]


def counted(outcome: BulkOutcome) -> tuple[int, int, int, list[RowProblem]]:
    return outcome.created, outcome.updated, outcome.unchanged, outcome.problems


def read(edition: Edition, *rows: ExhibitorRow, at=IN_JUNE) -> BulkOutcome:
    return import_exhibitors(edition, rows, context=ActionContext(at))


def test_every_row_becomes_a_submitted_application(edition: Edition) -> None:
    assert counted(read(edition, *LIST)) == (3, 0, 0, [])
    shea, glass, guest = Application.objects.order_by("organisation__name")
    assert (shea.state, shea.submitted, shea.area_m2, shea.requests_free_booth) == (
        "submitted",
        IN_JUNE,
        18,
        True,
    )
    assert (glass.stand, glass.area_m2, glass.open_sides, glass.sector.code) == ("raw", 54, 3, "crop-seeds")
    assert (guest.main, guest.area, guest.sector.code, guest.area_m2) == (glass, glass.area, "crop-seeds", 0)
    assert Organisation.objects.get(name="Benin Shea").about_en == "Butter."
    editions = EarlierParticipation.objects.filter(organisation=shea.organisation).values_list(
        "edition__number", flat=True
    )
    assert sorted(editions) == [4, 5]


def test_a_pavilion_is_made_by_its_code_and_named_by_a_row(edition: Edition) -> None:
    read(edition, GLASS)
    assert Pavilion.objects.get().name_en == "Germany Pavilion: food"
    read(edition, replace(GLASS, pavilion_name="German Pavilion", pavilion_name_zh="德国馆"))
    pavilion = Pavilion.objects.get()
    assert (pavilion.code, pavilion.name_en, pavilion.name_zh, pavilion.country_id) == (
        "P-DE", "German Pavilion", "德国馆", "DE",
    )  # fmt: skip


def test_the_same_list_again_changes_nothing(edition: Edition) -> None:
    read(edition, *LIST)
    before = list(Application.objects.order_by("id").values())
    assert counted(read(edition, *LIST, at=IN_JULY)) == (0, 0, 3, [])
    assert list(Application.objects.order_by("id").values()) == before


def test_a_changed_row_updates_its_application_or_its_organisation_only(edition: Edition) -> None:
    read(edition, *LIST)
    changed = [GUEST, replace(SHEA, about_en="Shea butter."), replace(GLASS, area_m2=63)]
    assert counted(read(edition, *changed, at=IN_JULY)) == (0, 2, 1, [])
    assert Application.objects.get(organisation__name="Glas AG").area_m2 == 63
    assert Organisation.objects.get(name="Benin Shea").about_en == "Shea butter."
    assert set(Application.objects.values_list("submitted", flat=True)) == {IN_JUNE}


def test_a_draft_that_the_list_has_is_handed_in(edition: Edition) -> None:
    read(edition, GLASS)
    Application.objects.update(state="draft", submitted=None)
    assert counted(read(edition, GLASS, at=IN_JULY)) == (0, 1, 0, [])
    assert Application.objects.get().submitted == IN_JULY


def test_a_co_exhibitor_finds_a_main_exhibitor_stored_before(edition: Edition) -> None:
    read(edition, GLASS)
    assert counted(read(edition, GUEST)) == (1, 0, 0, [])
    assert Application.objects.get(main__organisation__name="Glas AG").organisation.name == "Lens GmbH"


def test_bad_rows_are_reported_and_the_others_go_in(edition: Edition) -> None:
    rows = [
        replace(SHEA, country="XX"),
        replace(GLASS, area_m2=20, row=3),
        replace(GUEST, main="Nobody", row=4),
        replace(GUEST, name="Cacao", country="EC", main="", area="food", area_m2=9, requests_free_booth=True, row=5),
        replace(GLASS, name="Good", row=6),
        replace(GLASS, name="GOOD Ltd.", row=7),
    ]
    outcome = read(edition, *rows)
    assert (outcome.created, outcome.updated, outcome.unchanged) == (1, 0, 0)
    assert [(problem.row, problem.column) for problem in outcome.problems] == [
        (2, "country"), (3, "area_m2"), (4, "main"), (5, "requests_free_booth"), (7, "name"),
    ]  # fmt: skip
    assert outcome.problems[4].wrong.sentence == "“GOOD Ltd.” is the organisation of row 6 already."
    assert [str(one.organisation) for one in Application.objects.all()] == ["Good"]


def test_who_is_least_developed_is_asked_for_the_day_of_application(edition: Edition) -> None:
    archery = replace(SHEA, name="Thimphu Archery", country="BT", registered_number="BT1", earlier_editions=())
    [problem] = read(edition, archery, at=IN_NOVEMBER.replace(year=2024)).problems
    assert problem.column == "requests_free_booth"
    assert counted(read(edition, archery, at=IN_JUNE)) == (1, 0, 0, [])
    # Applied for in time, the wish stays when the list comes again after the country has graduated.
    again = replace(archery, about_zh="弓")
    assert counted(read(edition, again, at=IN_NOVEMBER.replace(year=2024))) == (0, 1, 0, [])


def test_a_joint_stand_is_measured_as_a_whole(edition: Edition) -> None:
    sharers = [replace(GLASS, row=n, name=f"Sharer {n}", joint_stand="J-1", area_m2=12) for n in (2, 3, 4)]
    assert [problem.row for problem in read(edition, *sharers[:2]).problems] == [2, 3]
    assert counted(read(edition, *sharers)) == (3, 0, 0, [])
    assert counted(read(edition, sharers[0])) == (0, 0, 1, [])
    [problem] = read(edition, replace(sharers[0], area_m2=9)).problems
    assert str(str(problem.wrong)) == "Raw space starts at 36 m²; 33 m² is too little."


def test_what_was_decided_is_kept_but_a_contact_and_buyers_wanted_may_change(edition: Edition) -> None:
    read(edition, GLASS)
    Application.objects.update(state="contracted")
    [problem] = read(edition, replace(GLASS, area_m2=63)).problems
    assert (problem.column, str(problem.wrong)) == (
        "area_m2",
        "An application that is under contract cannot be changed.",
    )
    assert counted(read(edition, replace(GLASS, contact_email="new@glas.example"))) == (0, 1, 0, [])
    assert Application.objects.get().contact_email == "new@glas.example"
    wish = replace(GLASS, contact_email="new@glas.example", buyers_wanted="makers of lamps", least_purchases=2)
    assert counted(read(edition, wish)) == (0, 1, 0, [])
    assert counted(read(edition, wish)) == (0, 0, 1, [])
    stored = Application.objects.get()
    assert (stored.state, stored.buyers_wanted, stored.least_purchases) == ("contracted", "makers of lamps", 2)


def test_organisations_that_may_be_one_are_listed_and_not_merged(edition: Edition) -> None:
    read(edition, SHEA, replace(SHEA, row=3, registered_number="RB2"))
    pair = likely_duplicates().get()
    assert (pair.first.registered_number, pair.second.registered_number) == ("RB1", "RB2")
    assert Application.objects.count() == 2


def test_an_empty_list_is_an_empty_outcome(edition: Edition) -> None:
    assert counted(read(edition)) == (0, 0, 0, [])


def test_one_entry_in_the_journal_for_a_list(edition: Edition) -> None:
    read(edition, *LIST)
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.edition, entry.data) == (
        "exhibitors.imported", edition.pk, {"created": 3, "updated": 0, "unchanged": 0, "problems": 0},
    )  # fmt: skip


def test_a_long_list_takes_as_many_statements_as_a_short_one(edition: Edition) -> None:
    counts = []
    for length in (3, 60):
        rows = [replace(GLASS, row=n, name=f"Firm {length}-{n}") for n in range(2, 2 + length)]
        rows += [
            replace(GUEST, row=n + 100, name=f"Guest {length}-{n}", main=f"Firm {length}-{n}") for n in range(2, 5)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert read(edition, *rows).created == length + 3
        counts.append(len(queries))
    # The second list finds the pavilion that the first had to make.
    assert counts[0] - counts[1] in (0, 1)


def test_the_list_of_an_earlier_edition_is_noted_and_updated(edition: Edition) -> None:
    fifth = Edition.objects.get(number=5)
    rows = [
        ParticipationRow(2, "Benin Shea", country="BJ", sector="crop-seeds", area_m2=18),
        ParticipationRow(3, "Glas AG", country="DE"),
        ParticipationRow(4, "Nowhere", country="XX"),
    ]
    outcome = import_participations(fifth, rows, context=ActionContext(IN_JUNE))
    assert (outcome.created, [problem.row for problem in outcome.problems]) == (2, [4])
    again = import_participations(fifth, [replace(rows[0], area_m2=27), rows[1]], context=ActionContext(IN_JULY))
    assert counted(again) == (0, 1, 1, [])
    assert EarlierParticipation.objects.get(organisation__name="Benin Shea").area_m2 == 27


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_make_each_application_once() -> None:
    make_countries()
    edition = make_edition(6, free_booth_quota=2)
    make_area(edition, "food")
    rows = [replace(GLASS, row=n, name=f"Firm {n}", sector="") for n in range(2, 52)]
    outcomes: list[BulkOutcome] = []
    start = threading.Barrier(2)

    def take(order: list[ExhibitorRow]) -> None:
        start.wait()
        outcomes.append(import_exhibitors(edition, order, context=ActionContext(IN_JUNE)))
        connection.close()

    threads = [threading.Thread(target=take, args=(order,)) for order in (rows, rows[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted(outcome) for outcome in outcomes) == [(0, 0, 50, []), (50, 0, 0, [])]
    assert Application.objects.count() == 50 and Organisation.objects.count() == 50
