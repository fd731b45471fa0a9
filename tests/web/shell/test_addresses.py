"""Every fair and edition has addresses of its own; links stay in the edition; old addresses lead to the only fair."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory

from emporion.domain.editions.models import Edition, Fair
from emporion.web.shell.addresses import fair_url
from tests import fair as people
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def accra(sixth: Edition) -> Edition:
    """The first edition of a fair in Accra, in English only, beside the expo in Shanghai."""
    fair = make.make_fair("accra", host="GH", name_en="Accra Trade Fair", name_zh="", languages=["en"])
    venue = make.make_venue("accra", "Africa/Accra")
    return make.make_edition(1, fair=fair, current=True, name_en="First Accra Fair", name_zh="", venue=venue)


def page_text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.headers)
    return people.page_text(answer)


def moved(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.headers["Location"]


def test_the_first_address_leads_to_the_only_fair(sixth: Edition, client: Client) -> None:
    assert moved(client, "/") == (302, "/expo/")
    assert moved(client, "/zh-hans/") == (302, "/zh-hans/expo/")


def test_several_fairs_are_listed(accra: Edition, client: Client) -> None:
    page = page_text(client, "/")
    assert 'href="/accra/"' in page and "First Accra Fair" in page
    assert 'href="/expo/"' in page and "Edition 6" in page


def test_an_installation_without_a_fair_says_how_to_make_one(client: Client, db: Any) -> None:
    assert "There is no fair here yet" in page_text(client, "/")


def test_each_fair_shows_its_own_exhibitors(accra: Edition, client: Client) -> None:
    shown = make.make_exhibitor(accra, "Volta Cocoa", "GH")
    assert "Volta Cocoa" in page_text(client, "/accra/exhibitors/")
    assert "Volta Cocoa" not in page_text(client, "/expo/exhibitors/")
    assert "There is no exhibitor with this number" in page_text(client, f"/expo/exhibitors/{shown.number}/", 404)


def test_an_earlier_edition_stays_readable_and_its_links_stay_in_it(sixth: Edition, client: Client) -> None:
    earlier = Edition.objects.get(number=5)
    came = make.make_exhibitor(earlier, "Loire Wine", "FR")
    page = page_text(client, "/expo/5/exhibitors/")
    assert f'href="/expo/5/exhibitors/{came.number}/"' in page
    assert 'href="/expo/5/products/"' in page
    assert "This is Edition 5, held 5–10 November 2022." in page and '<a href="/expo/">Go to the current' in page
    assert "Loire Wine" in page_text(client, f"/expo/5/exhibitors/{came.number}/")
    assert "Loire Wine" not in page_text(client, "/expo/exhibitors/")


def test_a_page_leads_to_itself_in_other_editions(sixth: Edition, client: Client) -> None:
    assert '<a href="/expo/5/halls/">Edition 5</a>' in page_text(client, "/expo/halls/")
    assert '<a href="/expo/halls/">Edition 6</a>' in page_text(client, "/expo/5/halls/")


def test_the_current_edition_has_one_address_for_search_engines(sixth: Edition, client: Client) -> None:
    canonical = '<link rel="canonical" href="http://testserver/expo/halls/">'
    assert canonical in page_text(client, "/expo/halls/?after=3") and canonical in page_text(client, "/expo/6/halls/")
    assert 'rel="canonical" href="http://testserver/expo/5/halls/"' in page_text(client, "/expo/5/halls/")
    assert "canonical" not in page_text(client, "/expo/halls/none/", 404)


def test_an_edition_in_preparation_is_shown_to_staff_alone(sixth: Edition, client: Client) -> None:
    make.make_edition(7)
    assert "not open to the public yet" in page_text(client, "/expo/7/", 404)
    assert 'href="/expo/7/' not in page_text(client, "/expo/")
    staff = people.signed_in(people.make_person("staff@fair.example", staff=True))
    assert "Edition 7" in page_text(staff, "/expo/7/")


def test_what_is_no_fair_or_edition_is_not_found(sixth: Edition, client: Client) -> None:
    assert "There is no fair at this address" in page_text(client, "/lagos/exhibitors/", 404)
    assert "This fair has no edition 9" in page_text(client, "/expo/9/", 404)
    assert "This fair has no edition 32768" in page_text(client, "/expo/32768/", 404)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/exhibitors/06-00001/?x=1", "/expo/exhibitors/06-00001/?x=1"),
        ("/zh-hans/bulletin/", "/zh-hans/expo/bulletin/"),
        ("/my/visit/day/", "/expo/my/visit/day/"),
        ("/my/office/timetable/", "/expo/office/timetable/"),
    ],
)
def test_an_old_address_has_moved_to_the_only_fair(sixth: Edition, client: Client, old: str, new: str) -> None:
    assert moved(client, old) == (301, new)


def test_an_old_address_is_not_found_where_there_are_several_fairs(accra: Edition, client: Client) -> None:
    page_text(client, "/exhibitors/", 404)


def test_a_fair_in_english_has_no_chinese_pages(accra: Edition, client: Client) -> None:
    assert moved(client, "/zh-hans/accra/halls/?a=1") == (302, "/accra/halls/?a=1")
    page = page_text(client, "/accra/halls/")
    assert "简体中文" not in page and "hreflang" not in page


def test_a_fair_in_chinese_leads_english_readers_to_chinese(sixth: Edition, client: Client) -> None:
    Fair.objects.update(languages=["zh-hans"])
    assert moved(client, "/expo/") == (302, "/zh-hans/expo/")
    assert ">English<" not in page_text(client, "/zh-hans/expo/")


def test_a_fair_without_a_current_edition_says_so_and_lists_those_that_are_over(client: Client, db: Any) -> None:
    make.make_fair(website="https://expo.example/")
    assert "No edition of this fair is open yet" in page_text(client, "/expo/")
    make.make_edition(5)
    make.make_edition(99, first_day=datetime(2116, 11, 5, tzinfo=UTC), last_day=datetime(2116, 11, 6, tzinfo=UTC))
    page = page_text(client, "/expo/")
    assert 'href="/expo/5/"' in page and 'href="/expo/99/"' not in page
    assert "No edition of this fair is open yet" in page_text(client, "/expo/exhibitors/", 404)
    assert "Edition 5" in page_text(client, "/expo/5/")


@pytest.mark.parametrize("address", ["", "exhibitors/", "products/", "halls/", "programme/", "bulletin/", "search/"])
def test_an_edition_without_records_has_every_page(accra: Edition, client: Client, address: str) -> None:
    assert "First Accra Fair" in page_text(client, f"/accra/{address}")


def test_an_edition_without_exhibitors_says_when_to_apply(accra: Edition, client: Client) -> None:
    page = page_text(client, "/accra/exhibitors/")
    assert "No exhibitor has signed a contract yet" in page and 'href="/accra/signup/exhibitor/"' in page


def test_times_are_those_of_the_venue(accra: Edition, client: Client) -> None:
    morning = datetime(2018, 11, 5, 9, 30, tzinfo=UTC)
    accra.sessions.create(number="S1", kind="forum", title_en="Cocoa", starts=morning, ends=morning.replace(hour=11))
    assert "09:30" in page_text(client, "/accra/programme/")


def test_addresses_in_python_are_those_of_the_edition(sixth: Edition) -> None:
    earlier = Edition.objects.get(number=5)
    assert fair_url(sixth, "stand", "4.1", "4.1-A1") == "/expo/halls/4.1/4.1-A1/"
    assert fair_url(earlier, "stand", code="4.1", number="4.1-A1") == "/expo/5/halls/4.1/4.1-A1/"
    assert fair_url(sixth.fair, "my_exhibitor", 7) == "/expo/my/exhibitor/7/"
    request = RequestFactory().get("/expo/5/halls/")
    request.fair, request.edition = earlier.fair, earlier  # type: ignore[attr-defined]
    assert fair_url(request, "home") == "/expo/5/"


def test_a_fair_shows_its_colour_its_logo_and_its_organiser(
    sixth: Edition, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    page_text(client, "/expo/theme.css", 404)
    page_text(client, "/expo/logo", 404)
    fair = sixth.fair
    fair.colour, fair.organiser_en = "#ffd400", "Port of Accra"
    fair.logo.save("mark.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    page = page_text(client, "/expo/")
    assert 'href="/expo/theme.css?ffd400"' in page and 'src="/expo/logo?' in page
    assert "Organised by Port of Accra" in page
    sheet = client.get("/expo/theme.css")
    assert "--harbour: #ffd400" in sheet.content.decode() and sheet.headers["Content-Type"].startswith("text/css")
    logo = client.get("/expo/logo")
    assert logo.headers["Content-Type"] == "image/svg+xml" and "sandbox" in logo.headers["Content-Security-Policy"]


def test_robots_are_excluded_from_private_pages(client: Client) -> None:
    rules = page_text(client, "/robots.txt")
    assert "Disallow: /*/office/" in rules and "Disallow: /zh-hans/*/my/" in rules
