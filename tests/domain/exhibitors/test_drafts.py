"""Benin fills in its application step by step, in two windows and on two devices, with papers."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import add_paper, approve, remove_paper, save_step, send_draft
from emporion.domain.exhibitors.models import Application, ApplicationDraft, ApplicationPaper
from emporion.domain.exhibitors.queries import draft_of, papers_of
from emporion.domain.exhibitors.rules.applications import AlreadyApplied, StateForbids
from emporion.domain.exhibitors.rules.drafts import DraftChangedElsewhere, StepChangedElsewhere
from emporion.domain.exhibitors.rules.facts import ApplicationFacts
from emporion.domain.exhibitors.rules.papers import MOST_PAPERS, TooManyPapers, UnknownPaper
from emporion.domain.exhibitors.rules.space import StandardBoothModules
from emporion.domain.journal.context import ActionContext
from emporion.domain.organisations.models import Organisation
from emporion.domain.uploads import FileOfOtherKind
from tests.make import IN_JULY, IN_JUNE, make_organisation

JUNE = ActionContext(IN_JUNE)
FACTS = ApplicationFacts(area_m2=9, contact_email="shea@benin.example")
LICENCE = b"%PDF-1.7\nlicence 17\n%%EOF\n"


@pytest.fixture
def firm(edition: Edition) -> Organisation:
    return make_organisation("Shea", "BJ")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def contact(edition: Edition, firm: Organisation, address: str, seen: int) -> ApplicationDraft:
    return save_step(edition, firm, "contact", {"contact_email": address}, seen=seen, context=JUNE)


def sent(edition: Edition, firm: Organisation, seen: int, facts: ApplicationFacts = FACTS) -> Application:
    area = edition.areas.get(code="food")
    return send_draft(edition, firm, facts, area=area, sector=None, seen=seen, context=JUNE)


def test_a_step_is_kept_as_it_was_typed_finished_or_not(edition: Edition, firm: Organisation) -> None:
    contact(edition, firm, "not an address", 0)
    save_step(edition, firm, "stand", {"area_m2": "ten", "evil": "x"}, seen=0, context=JUNE)
    draft = draft_of(firm, edition)
    assert draft is not None
    assert draft.values == {"contact": {"contact_email": "not an address"}, "stand": {"area_m2": "ten"}}
    assert (draft.revisions, draft.revision) == ({"contact": 1, "stand": 1}, 2)


def test_a_second_window_does_not_wipe_out_what_the_first_has_saved(edition: Edition, firm: Organisation) -> None:
    contact(edition, firm, "first@benin.example", 0)
    with pytest.raises(StepChangedElsewhere):
        contact(edition, firm, "second@benin.example", 0)
    assert contact(edition, firm, "first@benin.example", 0).revision == 1
    assert (
        contact(edition, firm, "second@benin.example", 1).values["contact"]["contact_email"] == "second@benin.example"
    )


def test_other_steps_of_two_windows_do_not_hinder_each_other(edition: Edition, firm: Organisation) -> None:
    contact(edition, firm, "first@benin.example", 0)
    draft = save_step(edition, firm, "stand", {"area_m2": "9"}, seen=0, context=JUNE)
    assert set(draft.values) == {"contact", "stand"}


def test_the_draft_becomes_one_application_however_often_it_is_sent(edition: Edition, firm: Organisation) -> None:
    draft = contact(edition, firm, "shea@benin.example", 0)
    first = sent(edition, firm, draft.revision)
    assert (first.state, first.contact_email) == ("submitted", "shea@benin.example")
    assert draft_of(firm, edition) is None
    assert sent(edition, firm, draft.revision) == first
    with pytest.raises(AlreadyApplied):
        contact(edition, firm, "late@benin.example", 1)


def test_answers_that_changed_after_they_were_checked_are_not_sent(edition: Edition, firm: Organisation) -> None:
    draft = contact(edition, firm, "shea@benin.example", 0)
    contact(edition, firm, "other@benin.example", 1)
    with pytest.raises(DraftChangedElsewhere):
        sent(edition, firm, draft.revision)
    assert not Application.objects.exists()


def test_a_draft_that_is_refused_stays_a_draft(edition: Edition, firm: Organisation) -> None:
    draft = contact(edition, firm, "shea@benin.example", 0)
    with pytest.raises(StandardBoothModules):
        sent(edition, firm, draft.revision, ApplicationFacts(area_m2=10, contact_email="shea@benin.example"))
    assert draft_of(firm, edition) is not None and not Application.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_make_one_application(edition: Edition, firm: Organisation) -> None:
    draft, outcomes = contact(edition, firm, "shea@benin.example", 0), []
    barrier = threading.Barrier(2)

    def send() -> None:
        barrier.wait()
        try:
            outcomes.append(sent(edition, firm, draft.revision).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Application.objects.get().pk] * 2


def paper(edition: Edition, firm: Organisation, content: bytes = LICENCE, kind: str = "licence") -> ApplicationPaper:
    return add_paper(edition, firm, kind, "../licence.pdf", content, context=JUNE)


def test_a_paper_is_kept_under_the_home_by_a_name_of_its_own(edition: Edition, firm: Organisation, media: Path) -> None:
    added = paper(edition, firm)
    assert (added.name, added.content_type, added.size) == ("licence.pdf", "application/pdf", len(LICENCE))
    [kept] = [file for file in media.rglob("*") if file.is_file()]
    assert kept.parent == media / "uploads" / "applicationpaper" and "licence" not in kept.name
    assert kept.read_bytes() == LICENCE


def test_a_paper_sent_twice_is_one(edition: Edition, firm: Organisation) -> None:
    assert paper(edition, firm) == paper(edition, firm)
    assert paper(edition, firm, LICENCE.replace(b"17", b"18")) != paper(edition, firm)
    assert papers_of(firm, edition).count() == 2


def test_a_paper_that_is_taken_away_is_gone_from_the_disk_too(
    edition: Edition, firm: Organisation, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    added = paper(edition, firm)
    with django_capture_on_commit_callbacks(execute=True):
        remove_paper(added, context=JUNE)
    assert not papers_of(firm, edition) and not [file for file in media.rglob("*") if file.is_file()]


def test_what_is_no_paper_is_refused(edition: Edition, firm: Organisation) -> None:
    with pytest.raises(FileOfOtherKind):
        paper(edition, firm, b"MZ a program called licence.pdf")
    with pytest.raises(UnknownPaper):
        paper(edition, firm, kind="invoice")
    for number in range(MOST_PAPERS):
        paper(edition, firm, b"%PDF-1.7 " + str(number).encode() + b" %%EOF")
    with pytest.raises(TooManyPapers):
        paper(edition, firm)


def test_papers_that_were_reviewed_stay_and_missing_ones_may_come_later(edition: Edition, firm: Organisation) -> None:
    draft = contact(edition, firm, "shea@benin.example", 0)
    added = paper(edition, firm)
    application = sent(edition, firm, draft.revision)
    paper(edition, firm, LICENCE + b"\n", "brochure")
    approve(application, context=ActionContext(IN_JULY))
    paper(edition, firm, LICENCE + b"\n\n", "other")
    with pytest.raises(StateForbids):
        remove_paper(added, context=JUNE)
    Application.objects.update(state="rejected")
    with pytest.raises(StateForbids):
        paper(edition, firm, LICENCE + b"\n\n\n", "other")
