"""An exhibitor keeps its own products in the browser."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.exhibitors.models import Exhibitor
from tests import fair, make
from tests.domain.catalogue.drawing import make_picture
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db
SHEA = {
    "kind": "product", "name_en": "Shea butter", "about_en": "Unrefined, for cosmetics", "hs": "1515.90",
    "debut": "asia",
}  # fmt: skip


@pytest.fixture
def pages(seller: Exhibitor) -> str:
    make.make_hs("151590")
    return f"/expo/my/exhibitor/{seller.organisation_id}/products/"


def test_a_product_is_added_found_changed_and_taken_out(as_seller: Client, pages: str) -> None:
    assert "No products yet" in fair.page_text(as_seller.get(pages))
    assert as_seller.post(f"{pages}new/", SHEA).headers["Location"] == pages
    own = Product.objects.get()
    assert (own.number, own.hs_id, own.origin_id, own.debut.kind) == ("1", "151590", "BJ", "asia")
    assert "Shea butter" in fair.page_text(Client().get("/expo/products/?q=cosmetics"))
    page = f"{pages}{own.pk}/"
    assert 'value="Shea butter"' in as_seller.get(page).content.decode()
    as_seller.post(page, {**SHEA, "name_en": "Refined shea butter", "debut": "", "number": "SB-1"})
    own.refresh_from_db()
    assert (own.name_en, own.number, Debut.objects.count()) == ("Refined shea butter", "SB-1", 0)
    assert as_seller.post(page, {"remove": ""}).headers["Location"] == pages
    assert not Product.objects.exists() and as_seller.get(page).status_code == 404


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name_en": ""}, "A product needs a name in English or in Chinese."),
        ({"hs": "999999"}, "has no code 999999"),
        ({"number": "1"}, "already has a product number 1"),
        ({"kind": "secret"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(
    as_seller: Client, pages: str, changed: dict[str, str], message: str
) -> None:
    as_seller.post(f"{pages}new/", SHEA)
    answer = as_seller.post(f"{pages}new/", {**SHEA, **changed})
    text = fair.page_text(answer)
    assert answer.status_code == 422 and message in text and "Unrefined, for cosmetics" in text
    assert Product.objects.count() == 1


def test_numbers_given_by_the_page_pass_over_those_that_are_taken(as_seller: Client, pages: str) -> None:
    for number in ("2", "", ""):
        as_seller.post(f"{pages}new/", {**SHEA, "number": number})
    assert sorted(Product.objects.values_list("number", flat=True)) == ["2", "3", "4"]


def test_another_exhibitors_product_is_not_there(as_seller: Client, seller: Exhibitor, pages: str) -> None:
    other, _person = fair.make_seller(seller.edition, "Aurora Valves", "DE")
    foreign = make.make_product(other, "Valve")
    assert as_seller.get(f"{pages}{foreign.pk}/").status_code == 404
    assert as_seller.post(f"{pages}{foreign.pk}/", {"remove": ""}).status_code == 404
    assert Product.objects.filter(pk=foreign.pk).exists()


def test_products_and_debuts_come_in_a_list_of_its_own(as_seller: Client, seller: Exhibitor) -> None:
    other = make.make_exhibitor(seller.edition, "Aurora Valves", "DE")
    pages = f"/expo/my/exhibitor/{seller.organisation_id}/products/lists/"
    template = load_workbook(BytesIO(as_seller.get(f"{pages}template.xlsx").content)).active[1]
    assert [cell.value.split(" | ")[0] for cell in template][:2] == ["Product number", "Kind"]
    rows = "Product number,Name,Debut\nP1,Shea butter,world\nP2,Butter oil,soon\n"
    answer = as_seller.post(pages, {"file": SimpleUploadedFile("own.csv", rows.encode())})
    do_what_waits()
    page = str(answer.headers["Location"])
    text = fair.page_text(as_seller.get(page))
    assert "<dt>Rows with problems</dt><dd>1</dd>" in text and ">3</th>" in text and not Product.objects.exists()
    as_seller.post(page, {"partial": ""})
    do_what_waits()
    made = Product.objects.get()
    assert (made.exhibitor, made.number, made.name_en, made.debut.kind) == (seller, "P1", "Shea butter", "world")
    foreign = page.replace(f"/{seller.organisation_id}/", f"/{other.organisation_id}/")
    assert as_seller.get(foreign).status_code == 404


def test_pictures_are_shown_to_the_public_with_what_they_show(as_seller: Client, seller: Exhibitor) -> None:
    butter = make.make_product(seller, "Shea butter")
    own = f"/expo/my/exhibitor/{seller.organisation_id}/products/{butter.pk}/pictures/"

    def bring(content: bytes, alt: str) -> Any:
        return as_seller.post(own, {"file": SimpleUploadedFile("jar.png", content), "alt_en": alt})

    wrong = bring(b"GIF89a", "A jar")
    assert wrong.status_code == 422 and 'id="id_file_error"' in fair.page_text(wrong)
    assert 'id="id_alt_en_error"' in fair.page_text(bring(make_picture(40, 30), ""))
    assert bring(make_picture(40, 30), "Jar of butter & lid").headers["Location"] == own
    picture = butter.pictures.get()
    address = f"/expo/products/{butter.pk}/pictures/{picture.pk}/"
    page = Client().get(f"/expo/products/{butter.pk}/").content.decode()
    assert f'<img src="{address}" width="40" height="30"' in page and 'alt="Jar of butter &amp; lid"' in page
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "image/jpeg" and b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    other = make.make_product(make.make_exhibitor(seller.edition, "Aurora", "DE"), "Valve")
    assert Client().get(f"/expo/products/{other.pk}/pictures/{picture.pk}/").status_code == 404
    as_seller.post(own, {"remove": str(picture.pk)})
    assert Client().get(address).status_code == 404
