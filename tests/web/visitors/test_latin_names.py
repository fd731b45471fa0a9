"""A name in Chinese is given in Latin letters too; pages, lists and messages in English show it, else pinyin."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from emporion.domain.accounts.models import User
from emporion.domain.admission.actions import issue_badge
from emporion.domain.editions.models import Edition, Fair
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.visitors.actions import reject_visitor
from emporion.domain.visitors.models import Visitor
from emporion.jobs.messages import text_of
from emporion.web.shell.templatetags.fair import words
from tests import fair, make

pytestmark = pytest.mark.django_db
GIVEN, PINYIN = "Lan K. Wang", "Wang Lan (王兰, pinyin)"
ACCOUNT = {"name": "王兰", "email": "wang.lan@foods.example", "password1": fair.PASSWORD}
UNIT = {"organisation": "Shanghai Foods", "country": "CN", "home": "CN", "purchasing_size": "3", "position": ""}
CHANGE = "/admin/visitors/visitor/{}/change/"


@pytest.fixture
def lan(visitor: Visitor) -> Visitor:
    """Wang Lan, who wrote her name in Chinese."""
    visitor.name = "王兰"
    visitor.save()
    return visitor


@pytest.fixture
def staff(edition: Edition) -> Client:
    return fair.signed_in(fair.make_person("staff@expo.example", "王兰", staff=True))


def give(visitor: Visitor) -> None:
    Visitor.objects.filter(pk=visitor.pk).update(name_latin=GIVEN)


def test_a_new_account_states_both_names_and_the_registration_takes_them_over(edition: Edition, client: Client) -> None:
    cache.clear()
    make.make_country("CN")
    client.logout()
    assert 'name="name_latin"' in fair.page_text(client.get("/accounts/signup/"))
    refused = fair.page_text(client.post("/accounts/signup/", {**ACCOUNT, "name_latin": "王兰"}))
    assert "“王兰” has Chinese characters. Write the name in Latin letters" in refused
    client.post("/accounts/signup/", {**ACCOUNT, "name_latin": GIVEN})
    user = User.objects.get(email=ACCOUNT["email"])
    assert (user.name, user.name_latin) == ("王兰", GIVEN)
    own = fair.signed_in(user)
    assert f'value="{GIVEN}"' in fair.page_text(own.get("/expo/signup/visitor/"))
    assert fair.register(own, {**UNIT, "name_latin": GIVEN}).status_code == 302
    assert Visitor.objects.get(user=user).name_latin == GIVEN


def test_an_account_changes_it_and_a_fair_in_english_alone_asks_only_those_who_need_it(edition: Edition) -> None:
    Fair.objects.update(languages=["en"])
    ada, lan = fair.make_person("ada@shea.example", "Ada"), fair.make_person("lan@foods.example", "王兰")
    assert 'name="name_latin"' not in fair.page_text(fair.signed_in(ada).get("/accounts/"))
    page = fair.signed_in(lan)
    assert 'name="name_latin"' in fair.page_text(page.get("/accounts/"))
    page.post("/accounts/", {"name": "王兰", "name_latin": GIVEN, "language": "en"})
    lan.refresh_from_db()
    assert lan.name_latin == GIVEN
    assert 'name="name_latin"' not in fair.page_text(fair.signed_in(ada).get("/expo/signup/visitor/"))
    assert f'value="{GIVEN}"' in fair.page_text(page.get("/expo/signup/visitor/"))


def test_the_desk_types_it_and_nothing_else(lan: Visitor, staff: Client) -> None:
    page = fair.page_text(staff.get(CHANGE.format(lan.pk)))
    assert 'name="name_latin"' in page and 'name="position"' not in page and PINYIN in page
    refused = staff.post(CHANGE.format(lan.pk), {"name_latin": "王兰"})
    assert "has Chinese characters" in fair.page_text(refused)
    typed = staff.post(CHANGE.format(lan.pk), {"name_latin": GIVEN, "name": "Somebody Else"})
    assert typed.status_code == 302
    lan.refresh_from_db()
    assert (lan.name, lan.name_latin) == ("王兰", GIVEN)
    assert JournalEntry.objects.latest("id").event == "record.changed"


def test_lists_of_the_office_show_it(lan: Visitor, staff: Client) -> None:
    listed = "/admin/visitors/visitor/"
    assert PINYIN in fair.page_text(staff.get(listed))
    give(lan)
    assert GIVEN in fair.page_text(staff.get(listed)) and PINYIN not in fair.page_text(staff.get(listed))
    chinese = fair.page_text(staff.get(f"/zh-hans{listed}"))
    assert "王兰" in chinese and GIVEN not in chinese and "pinyin" not in chinese


def test_the_calendar_the_day_and_the_messages_show_it(lan: Visitor, seller: Exhibitor, edition: Edition) -> None:
    fair.meet(lan, seller, 10)
    exhibitor = fair.signed_in(fair.speak_for(seller.organisation, "ada@shea.example"))
    day = f"/expo/my/exhibitor/{seller.organisation_id}/meetings/"
    assert PINYIN in fair.page_text(exhibitor.get(day))
    give(lan)
    assert GIVEN in fair.page_text(exhibitor.get(day))
    assert "王兰" in fair.page_text(exhibitor.get(f"/zh-hans{day}"))


def test_a_badge_shows_it(lan: Visitor) -> None:
    badge = issue_badge(lan, context=ActionContext(make.MORNING))
    assert (badge.holder, words(badge)) == ("王兰", PINYIN)
    give(lan)
    badge.refresh_from_db()
    assert words(type(badge).objects.get(pk=badge.pk)) == GIVEN


def test_a_message_names_its_reader_and_others_as_each_language_does(edition: Edition, lan: Visitor) -> None:
    give(lan)
    lan.refresh_from_db()
    reject_visitor(lan, reason="full", context=ActionContext(make.MORNING))
    notice = Notice.objects.get(template="visitor_rejected")
    assert GIVEN in text_of(notice, "en")[1] and "王兰" in text_of(notice, "zh-hans")[1]
