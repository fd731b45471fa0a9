"""One person, one registration in an edition: by address, by document, and likely doubles before the desk."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from emporion.domain.accounts.models import User
from emporion.domain.admission.models import Badge
from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors import rules
from emporion.domain.visitors.actions import keep_visitors_apart, list_likely_visitors, merge_visitors, register_visitor
from emporion.domain.visitors.actions.bulk import VisitorRow, import_visitors
from emporion.domain.visitors.actions.registration import Person
from emporion.domain.visitors.models import Visitor
from emporion.domain.visitors.queries import likely_visitors
from tests.domain.visitors.conftest import AT
from tests.make import make_badge, make_unit, make_visitor

NOW = ActionContext(AT)


def test_a_document_is_compared_without_spaces_hyphens_and_case():
    assert rules.document_key(" e-1234 567 ") == "E1234567" == rules.document_key("Ｅ1234567")


def test_an_address_registers_once_however_it_is_written(edition):
    register_visitor(edition, Person("Ann", "CN", email="Ann@Foods.Example"), context=NOW)
    with pytest.raises(rules.AddressRegistered, match=r"ANN@foods\.example"):
        register_visitor(edition, Person("Bob", "CN", email="ANN@foods.example"), context=NOW)
    assert [one.email for one in Visitor.objects.all()] == ["ann@foods.example"]


def test_a_document_registers_once_within_its_country(edition):
    register_visitor(edition, Person("Ann", "CN", document="e 123"), context=NOW)
    register_visitor(edition, Person("Bea", "DE", document="E123"), context=NOW)
    with pytest.raises(rules.DocumentRegistered):
        register_visitor(edition, Person("Cem", "CN", document="E-123"), context=NOW)


def test_the_database_refuses_what_the_rule_did_not_see(edition):
    ann, bob = make_visitor(edition, "Ann"), make_visitor(edition, "Bob")
    Visitor.objects.filter(pk=ann.pk).update(email="ann@foods.example", document="E1")
    for field, value, name in (
        ("email", "ANN@foods.example", "one_visitor_per_address"),
        ("document", "E1", "one_visitor_per_document"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Visitor.objects.filter(pk=bob.pk).update(**{field: value})


def test_a_list_names_the_rows_that_share_an_address_or_a_document(edition):
    register_visitor(edition, Person("Zoe", "CN", email="zoe@foods.example", document="Z1"), number="V1", context=NOW)
    rows = [
        VisitorRow(2, "V2", "Ann", "CN", email="ann@foods.example"),
        VisitorRow(3, "V3", "Bob", "CN", email="ANN@FOODS.example"),
        VisitorRow(4, "V4", "Cem", "CN", email="Zoe@foods.example"),
        VisitorRow(5, "V5", "Dan", "CN", document="z 1"),
        VisitorRow(6, "V6", "Eve", "DE", document="Z1"),
        VisitorRow(7, "V1", "Zoe", "CN", email="zoe@foods.example", document="Z1"),
    ]
    outcome = import_visitors(edition, rows, context=NOW)
    fix = "Give each person their own, or leave the cell empty"
    assert sorted((one.row, one.column, str(one.wrong), str(one.fix)) for one in outcome.problems) == [
        (3, "email", "repeats ann@foods.example of row 2", fix),
        (4, "email", "zoe@foods.example belongs to V1 already", fix),
        (5, "document", "Z1 belongs to V1 already", fix),
    ]
    assert sorted(Visitor.objects.values_list("number", flat=True)) == ["V1", "V2", "V6"]


@pytest.fixture
def pair(edition):
    """Wang Lan, registered twice from one unit."""
    unit = make_unit(edition, "Shanghai Foods")
    first = make_visitor(edition, "Wang Lan", unit, state="registered")
    second = make_visitor(edition, "wang  lan", unit)
    make_visitor(edition, "Li Na", unit)
    make_visitor(edition, "Wang Lan", make_unit(edition, "Other Foods"))
    assert (list_likely_visitors(edition, context=NOW), list_likely_visitors(edition, context=NOW)) == (1, 0)
    found = likely_visitors(edition).get()
    assert ({found.first, found.second}, found.reason) == ({first, second}, "name_and_unit")
    return found


def test_merged_the_approved_one_stays_and_takes_over_what_it_lacks(edition, pair):
    approved, registered = pair.second, pair.first
    badge = make_badge(edition, visitor=registered)
    Visitor.objects.filter(pk=registered.pk).update(email="lan@foods.example", phone="139")
    kept = merge_visitors(pair, context=NOW)
    assert (kept.pk, kept.number, kept.email, kept.phone) == (
        approved.pk, approved.number, "lan@foods.example", "139",
    )  # fmt: skip
    assert Badge.objects.get(pk=badge.pk).visitor == approved
    assert not Visitor.objects.filter(pk=registered.pk).exists()
    with pytest.raises(rules.PairDecided):
        merge_visitors(pair, context=NOW)


def test_kept_apart_they_are_not_listed_again(edition, pair):
    keep_visitors_apart(pair, context=NOW)
    keep_visitors_apart(pair, context=NOW)
    assert not likely_visitors(edition) and list_likely_visitors(edition, context=NOW) == 0
    assert Visitor.objects.count() == 4


def test_two_accounts_or_two_badges_are_not_merged(edition, pair):
    make_badge(edition, visitor=pair.first), make_badge(edition, visitor=pair.second)
    with pytest.raises(rules.BothHaveRecords, match="badge"):
        merge_visitors(pair, context=NOW)
    for one, name in ((pair.first, "a"), (pair.second, "b")):
        Visitor.objects.filter(pk=one.pk).update(user=User.objects.create_user(f"{name}@foods.example"))
    with pytest.raises(rules.PairOfAccounts):
        merge_visitors(pair, context=NOW)
    assert Visitor.objects.count() == 4
