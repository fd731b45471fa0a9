"""A delegation's sheets: on screen, as PDF, and at the private address of its leader."""

from __future__ import annotations

import pytest
from django.test import Client

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.meetings.models import DelegationLink
from emporion.domain.meetings.rules import limits
from emporion.domain.visitors.models import Delegation, Visitor
from emporion.domain.work.rules import PDFLibraryMissing
from emporion.jobs.sheets import joined, laid_out
from tests import fair
from tests.worker import do_what_waits

pytestmark = pytest.mark.django_db


def test_a_delegation_has_a_sheet_for_each_person_on_screen_and_as_pdf(
    edition: Edition, visitor: Visitor, seller: Exhibitor, office: Client
) -> None:
    fair.meet(visitor, seller, 10)
    group = Delegation.objects.create(edition=edition, path="07", name_en="Shanghai group", name_zh="上海交易团")
    assert visitor.unit is not None
    visitor.unit.delegation = group
    visitor.unit.save()
    inside = Delegation.objects.create(edition=edition, path="07.01", name_en="Food sub-group", name_zh="食品分团")
    visitor.unit.delegation = inside
    visitor.unit.save()
    links = fair.page_text(office.get("/expo/office/timetable/"))
    for path in ("07", "07.01"):
        assert f'href="/expo/office/delegations/{path}/sheets/"' in links
    page = fair.page_text(office.get("/expo/office/delegations/07/sheets/"))
    for shown in ("Shanghai group", "Wang Lan", "Shea du Bénin", "10:00"):
        assert shown in page
    assert "Make a PDF" in page
    pdf = "/expo/office/delegations/07/sheets.pdf"
    assert office.get(pdf).headers["Location"] == "/expo/office/delegations/07/sheets/#pdf"
    for _press in range(2):
        office.post(pdf)
    assert 'hx-trigger="every 2s"' in fair.page_text(office.get("/expo/office/delegations/07/sheets/"))
    [task] = do_what_waits()
    if task.state == "done":
        assert task.result == {"people": 1}
        assert office.get(pdf).content.startswith(b"%PDF-")
        assert "Make the PDF anew" in fair.page_text(office.get("/expo/office/delegations/07/sheets/"))
    else:
        assert "the Pango library is missing" in fair.page_text(office.get("/expo/office/delegations/07/sheets/"))


def test_the_sheets_of_many_are_laid_out_some_at_a_time_into_one_file() -> None:
    page = "<!doctype html><title>A</title><body>Wang Lan"
    try:
        parts = [laid_out(page) for _part in range(3)]
    except PDFLibraryMissing:
        pytest.skip("no Pango on this machine")
    whole = joined(parts)
    assert whole.startswith(b"%PDF-")
    assert len(parts[0].copy([leaf for part in parts for leaf in part.pages]).pages) == 3


def test_a_leader_reads_the_delegations_sheets_at_a_private_address_until_it_ends(
    edition: Edition, visitor: Visitor, seller: Exhibitor, office: Client, as_visitor: Client
) -> None:
    fair.meet(visitor, seller, 10)
    group = Delegation.objects.create(edition=edition, path="07", name_en="Shanghai group", name_zh="上海交易团")
    other = Delegation.objects.create(edition=edition, path="08", name_en="Ningbo group", name_zh="宁波交易团")
    colleague, _user = fair.make_buyer(edition, "Li Wei", "Ningbo Foods")
    fair.meet(colleague, seller, 11)
    for one, delegation in ((visitor, group), (colleague, other)):
        assert one.unit is not None
        one.unit.delegation = delegation
        one.unit.save()
    group = "/expo/office/delegations/07/"
    assert "Make a private address" in fair.page_text(office.get(f"{group}sheets/"))
    office.post(f"{group}share/", {"action": "make"})
    address = f"/sheets/{DelegationLink.objects.get().token}/"
    assert address in fair.page_text(office.get(f"{group}sheets/"))
    answer = as_visitor.get(address)
    page = fair.page_text(answer)
    assert "Wang Lan" in page and "Li Wei" not in page and "Shea du Bénin" in page
    assert "For the delegation's leader" not in page and group not in page
    assert "no-store" in answer.headers["Cache-Control"] and 'content="noindex"' in page
    as_visitor.post(f"{address[:-1]}.pdf")
    [task] = do_what_waits()
    assert (task.kind, task.requested_by) == ("delegation_sheets", None)
    assert task.arguments == {"delegation": "07", "language": "en"}
    pdf = as_visitor.get(f"{address[:-1]}.pdf")
    assert pdf.content.startswith(b"%PDF-") if task.state == "done" else pdf.headers["Location"] == f"{address}#pdf"
    office.post(f"{group}share/", {"action": "make"})
    assert "not shared" in fair.page_text(as_visitor.get(address))
    newer = f"/sheets/{DelegationLink.objects.get().token}/"
    assert newer != address and "Wang Lan" in fair.page_text(as_visitor.get(newer))
    office.post(f"{group}share/", {"action": "revoke"})
    assert as_visitor.get(newer).status_code == 404 and as_visitor.get(f"{newer[:-1]}.pdf").status_code == 404
    assert as_visitor.post(f"{group}share/", {"action": "make"}).status_code in (302, 404)
    assert not DelegationLink.objects.exists()


def test_the_sheets_of_many_begin_with_an_index_of_them(
    edition: Edition, visitor: Visitor, seller: Exhibitor, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague, _user = fair.make_buyer(edition, "Li Wei", "Ningbo Foods")
    group = Delegation.objects.create(edition=edition, path="07", name_en="Shanghai group", name_zh="上海交易团")
    for hour, one in ((10, visitor), (11, colleague)):
        fair.meet(one, seller, hour)
        assert one.unit is not None
        one.unit.delegation = group
        one.unit.save()
    page = fair.page_text(office.get("/expo/office/delegations/07/sheets/"))
    for one in (visitor, colleague):
        assert f'<a href="#v-{one.pk}">{one.name}</a>' in page and f'id="v-{one.pk}"' in page
    monkeypatch.setattr(limits, "MAX_IN_PDF", 1)
    office.post("/expo/office/delegations/07/sheets.pdf")
    do_what_waits()
    page = fair.page_text(office.get("/expo/office/delegations/07/sheets/"))
    assert "2 people are too many for one PDF: take the sub-groups one by one" in page
    assert "Run it again" in page
    colleague.unit.delegation = None  # type: ignore[union-attr]
    colleague.unit.save()  # type: ignore[union-attr]
    assert 'href="#v-' not in fair.page_text(office.get("/expo/office/delegations/07/sheets/"))
