"""The organiser brings a drawing of a hall, says what its layers are, decides, and takes the plan out again."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from ezdxf.filemanagement import new
from pikepdf import open as open_pdf

from emporion.domain.booths.models import Stand
from emporion.domain.editions.models import Edition, Hall
from emporion.domain.journal.models import JournalEntry
from emporion.domain.plans.models import PlanDrawing
from emporion.web.plans.paper import scale_for
from tests import fair as people
from tests import make

pytestmark = pytest.mark.django_db
PLANS = "/expo/office/plans/"


@pytest.fixture
def edition(settings: Any, tmp_path: Any) -> Edition:
    settings.MEDIA_ROOT = tmp_path
    edition = make.make_edition(current=True)
    make.make_hall(edition, "1", make.make_area(edition, "technical-equipment"), size=10, exits=[[0, 5]])
    return edition


@pytest.fixture
def office(edition: Edition) -> Client:
    return people.signed_in(people.make_staff(people.make_person("halls@expo.example"), "halls"))


def dxf(*stands: tuple[str, float], units: int = 6) -> bytes:
    document = new()
    document.units = units
    space = document.modelspace()
    for number, x in stands:
        space.add_lwpolyline([(x, -9), (x + 3, -9), (x + 3, -6), (x, -6)], close=True, dxfattribs={"layer": "BOOTHS"})
        space.add_text(number, height=0.3, dxfattribs={"layer": "TEXT"}).set_placement((x + 1, -7.5))
    outline = [(0, 0), (30, 0), (30, -30), (0, -30)]
    space.add_lwpolyline(outline, close=True, dxfattribs={"layer": "OUTLINE"})
    file = StringIO()
    document.write(file)
    return file.getvalue().encode()


def bring(office: Client, name: str, content: bytes) -> Any:
    return office.post(f"{PLANS}halls/1/", {"file": SimpleUploadedFile(name, content)})


def choose(office: Client, **typed: Any) -> Any:
    """Take what the page of layers proposes."""
    [drawing] = PlanDrawing.objects.filter(state__in=["brought", "proposed"])
    address = f"{PLANS}drawings/{drawing.pk}/"
    form = office.get(address).context["form"]
    data = {field.html_name: field.value() if field.value() is not None else "" for field in form}
    return office.post(address, {**data, **typed})


def changes(office: Client) -> tuple[str, Any]:
    address = f"{PLANS}drawings/{PlanDrawing.objects.latest('pk').pk}/changes/"
    return address, office.get(address)


def test_a_dxf_becomes_the_plan_after_its_layers_and_changes_are_confirmed(office: Client) -> None:
    bring(office, "hall.dxf", dxf(("A1", 6), ("A2", 9)))
    assert choose(office).status_code == 302
    address, page = changes(office)
    assert [(str(words), count) for words, count in page.context["counts"]] == [
        ("new", 2), ("changed", 0), ("gone", 0), ("the same", 1),
    ]  # fmt: skip
    assert "A1" in page.content.decode()
    answer = office.post(address, {"seen": page.context["seen"]}, follow=True)
    assert "2 changes were made to the plan." in answer.content.decode()
    assert list(Stand.objects.values_list("number", "x", "y", "open_sides")) == [("A1", 6, 6, 3), ("A2", 9, 6, 3)]
    assert Hall.objects.get().is_drawn
    assert JournalEntry.objects.filter(event="plan.applied").count() == 1
    assert office.get("/expo/halls/1/").content.decode().count("<title>A") == 2


def test_a_drawing_without_unit_is_asked_for_it(office: Client) -> None:
    bring(office, "hall.dxf", dxf(("A1", 6), units=0))
    page = choose(office)
    assert page.status_code == 422
    assert "unit" in page.context["form"].errors
    assert "does not say what its lengths are" in page.content.decode()
    page = choose(office, unit="other")
    assert "Give the metres to a length of 1" in page.content.decode()
    assert choose(office, unit="m").status_code == 302


def test_without_an_outline_the_hall_may_be_as_large_as_its_stands_with_floor_around(office: Client) -> None:
    bring(office, "hall.dxf", dxf(("A1", 6), ("A2", 18)))
    choose(office, layer_1="ignored", margin="6")
    address, page = changes(office)
    office.post(address, {"seen": page.context["seen"], "rest": "take"})
    assert Hall.objects.get().floor.box == (0, 0, 15 + 12, 3 + 12)
    assert list(Stand.objects.values_list("number", "x", "y")) == [("A1", 6, 6), ("A2", 18, 6)]


def test_an_occupied_stand_waits_for_a_decision_and_what_was_typed_is_kept(office: Client, edition: Edition) -> None:
    stand = make.make_stand(edition.halls.get(), 9, "standard", make.make_exhibitor(edition, "Kessel"))
    stand.number, stand.x, stand.y = "A1", 6, 6
    stand.save()
    bring(office, "hall.dxf", dxf(("A1", 18), ("A2", 9)))
    choose(office)
    address, page = changes(office)
    assert "occupied" in page.content.decode()
    new_one = next(row["field"] for row in page.context["rows"] if row["called"] == "A2")
    refused = office.post(address, {"seen": page.context["seen"], new_one: "keep"})
    assert "decide on each of them first" in refused.content.decode()
    assert next(row["chosen"] for row in refused.context["rows"] if row["called"] == "A2") == "keep"
    assert Stand.objects.get().x == 6
    office.post(address, {"seen": page.context["seen"], new_one: "keep", "rest": "take"})
    assert Stand.objects.get().x == 18
    assert Stand.objects.get().occupancies.count() == 1


def test_the_next_drawing_begins_with_what_was_chosen_and_only_tells_what_differs(office: Client) -> None:
    bring(office, "hall.dxf", dxf(("A1", 6)))
    choose(office, layer_0="stand")
    address, page = changes(office)
    office.post(address, {"seen": page.context["seen"]})
    bring(office, "hall.dxf", dxf(("A1", 6)))
    choose(office)
    address, page = changes(office)
    assert "Nothing differs" in page.content.decode()
    office.post(address, {"discard": "1"})
    assert PlanDrawing.objects.filter(state="discarded").count() == 1
    assert office.get(f"{PLANS}halls/1/").content.decode().count("</svg>discarded") == 1


def test_what_cannot_be_read_is_said_on_the_plan_and_nothing_changes(office: Client) -> None:
    answer = bring(office, "hall.dwg", b"AC1027")
    assert "is a DWG" in answer.content.decode()
    answer = bring(office, "hall.dxf", b"nothing")
    assert answer.status_code == 422 and "cannot be read as DXF" in answer.content.decode()
    assert not PlanDrawing.objects.exists()
    assert not Stand.objects.exists()


def test_a_list_of_stands_goes_straight_to_the_changes(office: Client) -> None:
    header = b"Number,X in m,Y in m,Width in m,Depth in m,Corners\nB1,6,6,3,4.5,\n"
    refused = bring(office, "stands.csv", header + b'B2,6,,,,""\n')
    assert "The first is row 3" in refused.content.decode()
    bring(office, "stands.csv", header + b'B2,,,,,"12,6;18,6;12,12"\n')
    address, page = changes(office)
    office.post(address, {"seen": page.context["seen"]})
    assert list(Stand.objects.values_list("number", "area_m2", "depth", "corners")) == [
        ("B1", 14, 4.5, []), ("B2", 18, 6, [[12, 6], [18, 6], [12, 12]]),
    ]  # fmt: skip


def test_faults_show_at_their_place_and_in_a_list(office: Client, edition: Edition) -> None:
    hall = edition.halls.get()
    for x in (6, 7):
        stand = make.make_stand(hall, 9, "standard")
        stand.x, stand.y = x, 6
        stand.save()
    page = office.get(f"{PLANS}halls/1/").content.decode()
    assert 'href="#finding-1"' in page and 'id="finding-1"' in page
    assert "overlap by 6 m²" in page
    assert "1 fault" in office.get(PLANS).content.decode()
    page = office.get(f"{PLANS}rules/")
    typed = {field.html_name: field.value() for field in page.context["form"]}
    office.post(f"{PLANS}rules/", {**typed, "overlap": "ignore"})
    assert "sound" in office.get(PLANS).content.decode()
    assert office.post(f"{PLANS}rules/", {**typed, "least_aisle_m": "0"}).status_code == 422


@pytest.mark.parametrize("kind", ["dxf", "geojson", "svg", "xlsx"])
def test_the_plan_goes_out_as_a_file(office: Client, kind: str) -> None:
    answer = office.get(f"{PLANS}halls/1/{kind}/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="expo-hall-1-{kind}.{kind}"'
    assert len(answer.content) > 300
    assert office.get(f"{PLANS}halls/1/png/").status_code == 404


def test_paper_has_the_plan_at_a_scale(office: Client, edition: Edition) -> None:
    make.make_stand(edition.halls.get(), 9, "standard")
    content = office.get(f"{PLANS}halls/1/a3/").content
    with open_pdf(BytesIO(content)) as document:
        [page] = document.pages
        assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 420]


@pytest.mark.parametrize(
    ("floor", "paper", "scale"),
    [((32, 32), "a3", (125, False)), ((272, 110), "a3", (750, True)), ((272, 110), "a0", (250, True)),
     ((20, 60), "a3", (200, False))],
)  # fmt: skip
def test_the_scale_is_the_largest_usual_one_that_fits(floor: Any, paper: str, scale: Any) -> None:
    assert scale_for(*floor, paper) == scale


def test_only_who_works_on_halls_sees_drawings(edition: Edition, office: Client) -> None:
    gate = people.signed_in(people.make_staff(people.make_person("gate@expo.example"), "gate"))
    assert gate.get(PLANS).status_code == 403
    assert Client().get(PLANS).status_code == 302
    assert office.get(f"{PLANS}drawings/999/").status_code == 404
    other = make.make_hall(make.make_edition(5), "9")
    strange = PlanDrawing.objects.create(hall=other, name="x", content_type="x", size=1, uploaded=make.NOON)
    assert office.get(f"{PLANS}drawings/{strange.pk}/changes/").status_code == 404
