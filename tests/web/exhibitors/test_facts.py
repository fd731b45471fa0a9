"""A field of the application has one home: the model, the list, the form and the page follow ``ApplicationFacts``."""

from __future__ import annotations

from dataclasses import fields

import pytest
from django.utils.translation import override

from emporion.domain.exhibitors.models import Application
from emporion.domain.exhibitors.rules.drafts import STEPS
from emporion.domain.exhibitors.rules.facts import FACTS, ApplicationFacts
from emporion.spreadsheets.kinds.exhibitors import COLUMNS
from emporion.web.exhibitors.forms import ApplicationForm, other_facts
from tests import fair

# Exhibitors that share a stand are put together by the organiser's list.
BY_LIST_ALONE = {"joint_stand"}


def test_the_model_stores_every_fact_with_the_same_default() -> None:
    defaults = {field.name: field.default for field in fields(ApplicationFacts)}
    assert {name: Application._meta.get_field(name).get_default() for name in FACTS} == defaults


def test_lists_bring_every_fact_and_the_form_asks_for_it() -> None:
    assert set(FACTS) <= {column.key for column in COLUMNS}
    assert set(FACTS) - set(ApplicationForm.base_fields) == BY_LIST_ALONE


def test_every_field_of_the_form_is_asked_in_one_step() -> None:
    assert sorted(name for fields in STEPS.values() for name in fields) == sorted(ApplicationForm.base_fields)


@pytest.mark.django_db
def test_the_page_shows_what_has_no_row_of_its_own() -> None:
    application = Application(area=fair.make_area(fair.open_fair()), open_sides=2)
    with override("en"):
        assert [(str(label), str(value)) for label, value in other_facts(application)] == [
            ("Open sides", "corner, two open sides")
        ]
