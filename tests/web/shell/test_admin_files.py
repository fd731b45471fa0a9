"""Every list of the back office is a file too, with the filters that it is shown with."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.journal.models import JournalEntry
from emporion.domain.visitors.models import Visitor
from tests import fair, make

pytestmark = pytest.mark.django_db
VISITORS = "/admin/visitors/visitor/download.csv"


def rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_a_list_downloads_with_its_search_and_filters_and_is_noted(edition: Edition, office: Client) -> None:
    for name in ("Wang Lan", "=cmd|' /C calc'!A0"):
        make.make_visitor(edition, name)
    page = office.get("/admin/visitors/visitor/?q=Wang").content.decode()
    assert 'href="download.csv?q=Wang"' in page
    found = rows(office.get(VISITORS, {"q": "Wang"}))
    assert len(found) == 2 and "Wang Lan" in found[1]
    every = rows(office.get(VISITORS))
    assert len(every) == 3 and any(cell.startswith("'=cmd") for line in every for cell in line)
    assert JournalEntry.objects.filter(event="list.downloaded").count() == 2


def test_a_list_downloads_as_far_as_its_reader_may_see(edition: Edition) -> None:
    make.make_visitor(edition, "Wang Lan")
    gate = fair.signed_in(fair.make_staff(fair.make_person("gate@expo.example"), "gate"))
    elsewhere = fair.signed_in(
        fair.make_staff(fair.make_person("o@accra.example"), "owner", fair=make.make_fair("accra"))
    )
    assert len(rows(gate.get(VISITORS))) == 2
    assert len(rows(elsewhere.get(VISITORS))) == 1
    assert fair.signed_in(fair.make_person("eve@foods.example")).get(VISITORS).status_code in (302, 403, 404)
    assert Visitor.objects.count() == 1


def test_every_list_of_the_office_downloads(edition: Edition) -> None:
    root = fair.signed_in(fair.make_person("root@expo.example", is_superuser=True))
    make.make_visitor(edition, "Wang Lan")
    fair.make_seller(edition)
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/download.csv"
        if model.__module__.startswith("emporion."):
            assert rows(root.get(address))[0], address


def test_downloading_takes_as_many_queries_for_ten_visitors_as_for_one(
    edition: Edition, office: Client, django_assert_max_num_queries: Any
) -> None:
    unit = make.make_unit(edition, "Shanghai Foods")
    for number in range(10):
        make.make_visitor(edition, f"Wang {number}", unit)
    with django_assert_max_num_queries(25):
        assert len(rows(office.get(VISITORS))) == 11
