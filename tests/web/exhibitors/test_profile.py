"""What visitors read of an exhibitor is its own to write."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.models import JournalEntry
from emporion.domain.organisations.models import Organisation
from tests import fair

pytestmark = pytest.mark.django_db
SAID = {"about_en": "Shea butter from our own trees.", "about_zh": "自产乳木果油。", "website": "shea.example"}


def page_of(seller: Exhibitor) -> str:
    return f"/expo/my/exhibitor/{seller.organisation_id}/profile/"


def test_a_description_is_on_the_exhibitors_page_at_once(as_seller: Client, seller: Exhibitor) -> None:
    public = f"/expo/exhibitors/{seller.number}/"
    assert "our own trees" not in fair.page_text(Client().get(public))
    assert as_seller.post(page_of(seller), SAID).headers["Location"] == page_of(seller)
    read = fair.page_text(Client().get(public))
    assert "Shea butter from our own trees." in read and 'href="https://shea.example"' in read
    assert "自产乳木果油。" in fair.page_text(Client().get(f"/zh-hans{public}"))


def test_saving_twice_is_noted_once(as_seller: Client, seller: Exhibitor) -> None:
    for _twice in range(2):
        as_seller.post(page_of(seller), SAID)
    assert JournalEntry.objects.filter(event="organisation.described").count() == 1


@pytest.mark.parametrize("website", ["javascript:alert(1)", "not a website", f"https://{'a' * 300}.example"])
def test_what_is_no_website_is_refused_and_nothing_typed_is_lost(
    as_seller: Client, seller: Exhibitor, website: str
) -> None:
    answer = as_seller.post(page_of(seller), {**SAID, "website": website})
    assert answer.status_code == 422 and "Shea butter from our own trees." in fair.page_text(answer)
    assert Organisation.objects.get(pk=seller.organisation_id).about_en == ""


def test_what_is_written_is_text_and_never_markup(as_seller: Client, seller: Exhibitor) -> None:
    as_seller.post(page_of(seller), {**SAID, "about_en": "<script>alert(1)</script>"})
    assert "&lt;script&gt;" in fair.page_text(Client().get(f"/expo/exhibitors/{seller.number}/"))
