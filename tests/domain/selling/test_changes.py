"""A stand is requested, confirmed, cut, joined, exchanged, moved and taken back; its money follows to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emporion.domain.billing.actions import credit_invoice, invoice_contract
from emporion.domain.billing.models import Allocation, Invoice, Payment, PriceList
from emporion.domain.billing.rules.locations import Location
from emporion.domain.booths.models import Occupancy, Stand
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.reason import Name
from emporion.domain.selling.actions import (
    accept_with_stand,
    confirm_stand,
    hold_stand,
    merge_stands,
    move_exhibitor,
    request_stand,
    set_location,
    split_stand,
    swap_stands,
    take_back,
)
from emporion.domain.selling.models import StandSale
from emporion.domain.selling.rules.changes import DestinationTaken, ExchangeNeedsTwo
from emporion.domain.selling.rules.holds import ContractBeforeStand, NothingRequested, UpperDeckOnRawSpace
from emporion.domain.selling.rules.shapes import NotOneRectangle, PartTooSmall, StandsOfSeveral
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import make_applicant, offered
from tests.domain.selling.world import NOW, after, make_row, on_sale, state_of

pytestmark = pytest.mark.django_db
LATER = after(days=10)


@pytest.fixture
def edition(edition: Edition) -> Edition:
    """Six booths of 18 m², six by three metres, in a row."""
    make_row(edition, width=6)
    make_prices(edition, early_percent=5, early_until=NOW.at.date())
    return on_sale(edition)


def sale(number: str) -> StandSale:
    return StandSale.objects.select_related("stand", "application").get(stand__number=number)


def settled(edition: Edition, name: str, number: str) -> Application:
    """An exhibitor whose contract is accepted, whose stand is confirmed, and whose invoice is issued."""
    applicant = make_applicant(edition, name)
    hold_stand(edition, applicant.organisation_id, number, context=NOW)
    request_stand(edition, applicant.organisation_id, context=NOW)
    contract = offered(applicant)
    assert contract.document
    accept_with_stand(applicant, contract.document.sha256, context=NOW)
    return applicant


def standing(application: Application) -> Invoice:
    return Invoice.objects.get(application=application, kind="invoice", credit_note=None)


def test_a_contract_accepted_confirms_the_stand_and_is_invoiced_by_it(edition: Edition) -> None:
    aurora = settled(edition, "Aurora Valves", "4.1-A001")
    assert state_of("4.1-A001") == ("confirmed", "Aurora Valves")
    assert Occupancy.objects.get(exhibitor__application=aurora).stand.number == "4.1-A001"
    # 18 m² with two open sides, early; registration; 6 per cent tax.
    assert standing(aurora).net == Decimal("6000") + 600 - 330 + 150
    assert standing(aurora).total == Decimal("6805.20")
    assert Exhibitor.objects.get(application=aurora).fee == Decimal("6805.20")
    assert Notice.objects.filter(template="stand_confirmed").count() == 1
    assert confirm_stand(aurora, context=LATER).state == "confirmed"
    assert Invoice.objects.count() == 1


def test_nothing_is_confirmed_before_the_contract(edition: Edition) -> None:
    aurora = make_applicant(edition)
    with pytest.raises(NothingRequested):
        confirm_stand(aurora, context=NOW)
    hold_stand(edition, aurora.organisation_id, "4.1-A001", context=NOW)
    with pytest.raises(UpperDeckOnRawSpace):
        request_stand(edition, aurora.organisation_id, context=NOW, upper_deck_m2=9)
    request_stand(edition, aurora.organisation_id, context=NOW)
    with pytest.raises(ContractBeforeStand):
        confirm_stand(aurora, context=NOW)


def test_who_signed_elsewhere_pays_for_the_stand_that_the_office_confirms(edition: Edition) -> None:
    aurora = settled(edition, "Aurora Valves", "4.1-A001")
    StandSale.objects.filter(application=aurora).update(state="free", application=None)
    raw = Stand.objects.create(
        edition=edition, hall=edition.halls.get(), number="4.1-B001", kind="special", x=3, y=30, width=9, depth=6,
        area_m2=54, open_sides=3, area=edition.areas.get(),
    )  # fmt: skip
    on_sale(edition)
    PriceList.objects.update(
        upper_deck_m2=100, locations=[Location("A", Name("Aisle", "通道"), Decimal("10")).stored()]
    )
    set_location(edition, [raw], "A", context=NOW)
    hold_stand(edition, aurora.organisation_id, "4.1-B001", context=LATER)
    request_stand(edition, aurora.organisation_id, context=LATER, upper_deck_m2=20)
    assert standing(aurora).total == Decimal("6805.20")
    confirm_stand(aurora, context=LATER)
    # 54 × 300.50 with two more open sides and its class, twenty square metres above, less 5 per cent, and registration.
    space = Decimal("16227") + Decimal("3245.40") + Decimal("1622.70") + 2000
    assert standing(aurora).net == space - Decimal("1154.76") + 150


def test_a_stand_cut_in_two_is_paid_by_what_is_left(edition: Edition) -> None:
    aurora = settled(edition, "Aurora Valves", "4.1-A002")
    first = standing(aurora)
    paid = Payment.objects.create(
        edition=edition, key="k", day=NOW.at.date(), amount=5000, currency="USD", entered=NOW.at
    )
    Allocation.objects.create(payment=paid, invoice=first, amount=5000, at=NOW.at)
    part = split_stand(sale("4.1-A002"), 3, across=True, context=LATER)
    assert (part.stand.number, part.stand.x, part.stand.width, part.state) == ("4.1-A002B", 12, 3, "free")
    kept = sale("4.1-A002").stand
    assert (kept.area_m2, kept.x, kept.width, kept.open_sides) == (9, 9, 3, 2)
    # 9 m²: 3,000 and 10 per cent for the second side, less 5 early as when it applied, and registration.
    assert standing(aurora).net == Decimal("3000") + 300 - 165 + 150
    assert first.credit_note.total == first.total
    assert [one.invoice for one in Allocation.objects.all()] == [standing(aurora)]
    assert Occupancy.objects.get(exhibitor__application=aurora).area_m2 == 9
    assert JournalEntry.objects.get(event="stand.split").data["into"] == ["4.1-A002", "4.1-A002B"]


def test_a_cut_leaves_a_module_on_each_side(edition: Edition) -> None:
    for metres in (2.5, 3.5, 6, 7):
        with pytest.raises(PartTooSmall):
            split_stand(sale("4.1-A001"), metres, across=True, context=NOW)
    assert edition.stands.count() == 6


@pytest.mark.parametrize(("rule", "number"), [("lowest", "4.1-A002"), ("highest", "4.1-A003")])
def test_stands_joined_keep_the_number_of_the_rule_and_their_exhibitor(
    edition: Edition, rule: str, number: str
) -> None:
    on_sale(edition, survivor=rule)
    aurora = settled(edition, "Aurora Valves", "4.1-A002")
    merged = merge_stands([sale("4.1-A003"), sale("4.1-A002")], context=LATER)
    assert (merged.stand.number, merged.stand.x, merged.stand.width, merged.stand.area_m2) == (number, 9, 12, 36)
    assert edition.stands.count() == 5
    assert state_of(number) == ("confirmed", "Aurora Valves")
    assert Occupancy.objects.get(exhibitor__application=aurora).stand.number == number
    assert standing(aurora).net == Decimal("12000") + 1200 - 660 + 150


def test_what_cannot_be_joined_stays(edition: Edition) -> None:
    settled(edition, "Aurora Valves", "4.1-A001"), settled(edition, "Borealis Pumps", "4.1-A002")
    with pytest.raises(StandsOfSeveral):
        merge_stands([sale("4.1-A001"), sale("4.1-A002")], context=LATER)
    with pytest.raises(NotOneRectangle):
        merge_stands([sale("4.1-A003"), sale("4.1-A005")], context=LATER)
    assert edition.stands.count() == 6


def test_two_exhibitors_exchange_and_each_pays_for_what_it_has(edition: Edition) -> None:
    aurora, borealis = settled(edition, "Aurora Valves", "4.1-A001"), settled(edition, "Borealis Pumps", "4.1-A003")
    split_stand(sale("4.1-A003"), 3, across=True, context=LATER)
    small, large = standing(borealis).net, standing(aurora).net
    swap_stands(sale("4.1-A001"), sale("4.1-A003"), context=LATER)
    assert (state_of("4.1-A001")[1], state_of("4.1-A003")[1]) == ("Borealis Pumps", "Aurora Valves")
    assert (standing(aurora).net, standing(borealis).net) == (small, large)
    assert Notice.objects.filter(template="stand_moved").count() == 2
    with pytest.raises(ExchangeNeedsTwo):
        swap_stands(sale("4.1-A001"), sale("4.1-A004"), context=LATER)
    with pytest.raises(ExchangeNeedsTwo):
        swap_stands(sale("4.1-A001"), sale("4.1-A001"), context=LATER)


def test_an_exhibitor_moves_to_a_free_stand_and_nothing_is_charged_for_an_equal_one(edition: Edition) -> None:
    aurora = settled(edition, "Aurora Valves", "4.1-A001")
    settled(edition, "Borealis Pumps", "4.1-A002")
    before = standing(aurora)
    with pytest.raises(DestinationTaken):
        move_exhibitor(sale("4.1-A001"), sale("4.1-A002"), context=LATER)
    move_exhibitor(sale("4.1-A001"), sale("4.1-A004"), context=LATER)
    assert (state_of("4.1-A001"), state_of("4.1-A004")) == (("free", ""), ("confirmed", "Aurora Valves"))
    assert standing(aurora) == before


def test_a_stand_taken_back_ends_the_contract_and_is_sold_again(edition: Edition) -> None:
    aurora = settled(edition, "Aurora Valves", "4.1-A001")
    invoice = standing(aurora)
    take_back(sale("4.1-A001"), reason="Closed.", context=LATER)
    assert state_of("4.1-A001") == ("free", "")
    assert sale("4.1-A001").stand.locked
    aurora.refresh_from_db()
    assert aurora.state == "cancelled"
    assert invoice.credit_note.total == invoice.total
    assert not Occupancy.objects.exists()


def test_an_invoice_issued_after_a_cut_is_of_the_stand_as_it_is(edition: Edition) -> None:
    aurora = settled(edition, "Aurora Valves", "4.1-A001")
    credit_invoice(standing(aurora), "Wrong address.", context=LATER)
    split_stand(sale("4.1-A001"), 3, across=True, context=LATER)
    # Its western side is open too: the booth at the end of the row has three.
    assert invoice_contract(aurora.contracts.get(), context=LATER).net == Decimal("3000") + 600 - 180 + 150
