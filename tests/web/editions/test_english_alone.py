"""A fair in English alone: its people and its office meet no Chinese field, no Chinese text and no Chinese message."""

from __future__ import annotations

import re

import pytest

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Edition
from emporion.domain.notices.models import Notice
from emporion.jobs.messages import message_for
from emporion.web.shell.addresses import fair_url
from tests import fair, make
from tests.jobs.test_messages import FACTS, TEMPLATES

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[一-鿿]")
# Fields of a Chinese name or text, by how forms and their labels call them.
CHINESE_FIELD = re.compile(r'name="\w*_zh"|\bChinese\b', re.IGNORECASE)
EXHIBITOR = [
    "my_exhibitor", "my_application", "my_buyers_wanted", "my_suggestions", "my_marks", "my_meetings",
    "my_new_request", "my_day", "my_times", "my_deals", "my_new_deal", "my_people", "my_costs",
    "my_invoice_address",
]  # fmt: skip
VISITOR = [
    "my_visit", "my_visit_suggestions", "my_visit_marks", "my_visit_meetings", "my_visit_new_request", "my_visit_day",
    "my_visit_times", "my_visit_deals", "signup_visitor", "signup_exhibitor",
]  # fmt: skip
OFFICE = [
    "office", "office_staff", "office_invitations", "office_claims", "office_doubles", "office_tasks", "office_outbox",
    "office_rates", "office_timetable", "office_changes", "office_prices", "office_contracts",
    "office_terms", "office_invoices", "office_payments",
]  # fmt: skip
RECORDS = [
    "editions/edition/{edition}/change/", "editions/fair/", "exhibitors/application/",
    "exhibitors/application/{application}/change/", "exhibitors/exhibitor/", "exhibitors/exhibitor/{exhibitor}/change/",
    "organisations/organisation/", "organisations/organisation/{organisation}/change/", "visitors/visitor/",
    "visitors/visitor/{visitor}/change/",
]  # fmt: skip


@pytest.fixture
def accra() -> Edition:
    make.make_country("GH")
    host = make.make_fair("accra-trade", host="GH", languages=["en"], name_en="Accra Trade Fair", name_zh="")
    venue = make.make_venue("la-pavilion", "Africa/Accra", name_zh="", city_en="Accra", city_zh="")
    names = {"name_en": "Accra Trade Fair", "name_zh": ""}
    return fair.open_fair(fair=host, number=1, venue=venue, free_booth_quota=0, **names)


def chinese_on(user: User, address: str) -> list[str]:
    """Chinese characters and Chinese fields on a page; the countries of the world may be chosen from."""
    answer = fair.signed_in(user).get(address, follow=True)
    assert answer.status_code == 200, address
    page = re.sub(r"<(script|style|svg|head|select)\b.*?</\1>", "", fair.page_text(answer), flags=re.S)
    page = re.sub(r"<a [^>]*hreflang[^>]*>.*?</a>", "", page, flags=re.S)
    return HAN.findall(page) + CHINESE_FIELD.findall(page)


@pytest.mark.parametrize("name", EXHIBITOR)
def test_an_exhibitor_meets_no_chinese(accra: Edition, name: str) -> None:
    exhibitor, user = fair.make_seller(accra, "Shea of Tamale", "GH")
    visitor, _buyer = fair.make_buyer(accra, "Ama Mensah", "Accra Foods")
    fair.make_request(visitor, exhibitor)
    assert chinese_on(user, fair_url(accra, name, exhibitor.organisation_id)) == []


@pytest.mark.parametrize("name", VISITOR)
def test_a_visitor_meets_no_chinese(accra: Edition, name: str) -> None:
    exhibitor, _seller = fair.make_seller(accra, "Shea of Tamale", "GH")
    visitor, user = fair.make_buyer(accra, "Ama Mensah", "Accra Foods")
    fair.make_request(visitor, exhibitor, by_exhibitor=True)
    assert chinese_on(user, fair_url(accra, name)) == []


@pytest.mark.parametrize("name", OFFICE)
def test_the_office_meets_no_chinese(accra: Edition, name: str) -> None:
    fair.make_seller(accra, "Shea of Tamale", "GH")
    owner = fair.make_staff(fair.make_person("kofi@accra.example", "Kofi"), "owner", fair=accra.fair)
    assert chinese_on(owner, fair_url(accra, name)) == []


@pytest.mark.parametrize("record", RECORDS)
def test_the_lists_of_records_have_no_chinese_field(accra: Edition, record: str) -> None:
    exhibitor, _seller = fair.make_seller(accra, "Shea of Tamale", "GH")
    visitor, _buyer = fair.make_buyer(accra, "Ama Mensah", "Accra Foods")
    owner = fair.make_staff(fair.make_person("kofi@accra.example", "Kofi"), "owner", fair=accra.fair)
    at = record.format(
        edition=accra.pk, application=exhibitor.application_id, exhibitor=exhibitor.pk, visitor=visitor.pk,
        organisation=exhibitor.organisation_id,
    )  # fmt: skip
    assert chinese_on(owner, f"/admin/{at}") == []


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_no_message_is_in_chinese_whatever_language_it_was_meant_in(
    accra: Edition, template: str, settings: pytest.FixtureRequest
) -> None:
    settings.PUBLIC_URL = "https://fair.example"
    facts = FACTS | {"kind": {"en": "Allocate", "zh-hans": "分配"}, "why": {"en": "No room.", "zh-hans": "无空位。"}}
    notice = Notice(
        key="a", recipient="ama@accra.example", template=template, context=facts, edition=accra, language="zh-hans",
        created=make.MORNING,
    )  # fmt: skip
    letter = message_for(notice)
    text = f"{letter.subject}{letter.body}{letter.alternatives[0][0] if letter.alternatives else ''}"
    assert HAN.findall(text) == []
    assert "Accra Trade Fair" in text
