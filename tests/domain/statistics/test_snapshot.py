"""What was computed is kept for as long as nothing was written, and no longer."""

from __future__ import annotations

import pytest
from django.db import connection

from emporion.domain.reference.models import Currency
from emporion.domain.statistics.queries import bulletin
from emporion.domain.statistics.snapshot import state, while_unchanged
from tests import make


@pytest.mark.django_db(transaction=True)
def test_a_computation_is_repeated_after_any_write_and_only_then():
    asked = []

    def compute():
        asked.append(Currency.objects.count())
        return asked[-1]

    assert [while_unchanged("currencies", compute), while_unchanged("currencies", compute)] == [0, 0]
    assert asked == [0]

    make.make_currency("USD")
    assert while_unchanged("currencies", compute) == 1
    assert asked == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_a_write_during_the_computation_keeps_nothing():
    def compute():
        return make.make_currency("USD").code, Currency.objects.update(name_en="changed")

    assert while_unchanged("writing", compute) == ("USD", 1)
    asked = []
    while_unchanged("writing", lambda: asked.append("again"))
    assert asked == ["again"]


@pytest.mark.django_db
def test_a_transaction_that_wrote_sees_its_own_records():
    make.make_currency("USD")

    assert state() is None


@pytest.mark.django_db(transaction=True)
def test_the_bulletin_is_the_same_object_until_a_record_changes(django_assert_num_queries):
    sixth = make.make_edition(6)
    first = bulletin(sixth, parts=False)
    with django_assert_num_queries(1):
        assert bulletin(sixth, parts=False) == first

    make.make_exhibitor(sixth, "Glas AG")
    assert {found.value for found in bulletin(sixth, parts=False) if found.key == "exhibitors"} == {0, 1}
    assert connection.in_atomic_block is False
