"""A contract is offered, accepted by a click, signed on paper, and cancelled with what follows from it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest

from emporion.domain.accounts.models import User
from emporion.domain.billing.actions import (
    accept_contract,
    add_signed_paper,
    cancel_contract,
    keep_document,
    offer_contract,
    set_invoice_address,
    set_terms,
)
from emporion.domain.billing.models import Contract, Document, Invoice
from emporion.domain.billing.rules.contracts import (
    CancellationReasonNeeded,
    ContractChanged,
    ContractNotAccepted,
    CoveredByMain,
    DealsRecorded,
    NoContractToCancel,
    NoPriceList,
    NotYetApproved,
    PaperIsNoPDF,
    PaperTooLarge,
    ShowHasBegun,
    digest,
)
from emporion.domain.billing.rules.parties import AccountNumberWrong, BankCodeWrong, Buyer, Seller
from emporion.domain.billing.rules.terms import USUAL_TERMS
from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.actions import approve, reopen, sign_contract
from emporion.domain.exhibitors.models import Application, Exhibitor
from emporion.domain.journal.context import ActionContext
from emporion.domain.journal.models import JournalEntry
from emporion.domain.meetings.models import MeetingRequest
from emporion.domain.notices.models import Notice
from tests import make
from tests.domain.billing.prices import make_prices
from tests.domain.billing.world import AUGUST, JULY, PAPER, accepted, make_applicant, offered

THEN = ActionContext(JULY)
LATER = ActionContext(AUGUST)


@pytest.fixture
def priced(edition: Edition) -> Edition:
    make_prices(edition)
    return edition


def test_a_contract_says_who_what_and_for_how_much(priced: Edition) -> None:
    application = make_applicant(priced)
    contract = offer_contract(application, at=JULY)
    assert (contract.state, contract.number, contract.document) == ("offered", "", None)
    assert contract.quote.total == Decimal("7155.00")
    assert contract.seller.name_en == priced.fair.name_en
    assert (contract.buyer.name, contract.buyer.country) == ("Aurora Valves", "DE")
    assert contract.content["terms"] == {"en": USUAL_TERMS.en, "zh": USUAL_TERMS.zh}
    assert offer_contract(application, at=AUGUST) == contract
    assert Contract.objects.get().offered == JULY


def test_it_is_offered_to_approved_main_exhibitors_where_there_are_prices(edition: Edition) -> None:
    application = make_applicant(edition)
    with pytest.raises(NoPriceList):
        offer_contract(application, at=JULY)
    make_prices(edition)
    guest = make_applicant(edition, "Aurora Pumps", main=application, area_m2=0)
    with pytest.raises(CoveredByMain):
        offer_contract(guest, at=JULY)
    Application.objects.update(state="submitted")
    with pytest.raises(NotYetApproved):
        offer_contract(application, at=JULY)


def test_a_click_makes_an_exhibitor_and_keeps_moment_person_and_hash(priced: Edition) -> None:
    person = User.objects.create_user("a@aurora.example", "harbour")
    application = make_applicant(priced)
    guest = make_applicant(priced, "Aurora Pumps", main=application, area_m2=0)
    contract = accepted(application, actor=person)
    assert (contract.state, contract.accepted, contract.accepted_by) == ("accepted", JULY, person)
    assert contract.document is not None and contract.document.sha256 == digest(PAPER)
    exhibitor = Exhibitor.objects.get(application=application)
    assert (exhibitor.number, exhibitor.fee, exhibitor.fee_currency_id) == (contract.number, Decimal("7367.00"), "USD")
    assert Exhibitor.objects.get(application=guest).main == exhibitor
    entry = JournalEntry.objects.get(event="contract.accepted")
    assert (entry.actor, entry.data["sha256"]) == (person, digest(PAPER))
    assert Notice.objects.filter(template="contract_accepted").count() == 1
    again = accept_contract(application, digest(PAPER), context=LATER)
    assert (again.pk, again.accepted) == (contract.pk, JULY)
    assert (Exhibitor.objects.count(), Invoice.objects.count()) == (2, 1)


def test_who_has_read_another_contract_reads_again(priced: Edition) -> None:
    application = make_applicant(priced)
    contract = offered(application)
    with pytest.raises(ContractChanged):
        accept_contract(application, digest(b"another"), context=THEN)
    priced.price_list.standard_booth = 4000
    priced.price_list.save()
    with pytest.raises(ContractChanged):
        accept_contract(application, digest(PAPER), context=THEN)
    assert not Exhibitor.objects.exists()
    offer_contract(application, at=JULY)
    with pytest.raises(ContractChanged):
        keep_document(contract, "contract.pdf", PAPER, context=THEN)
    contract.refresh_from_db()
    assert (contract.quote.total, contract.document) == (Decimal("9487.00"), None)
    assert not Document.objects.exists()


def test_prices_that_change_later_leave_an_accepted_contract_alone(priced: Edition) -> None:
    application = make_applicant(priced)
    contract = accepted(application)
    priced.price_list.standard_booth = 4000
    priced.price_list.save()
    assert offer_contract(application, at=AUGUST).quote == contract.quote


def paper(pages: int = 1, **options: object) -> bytes:
    made, file = pikepdf.new(), BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    made.save(file, **options)
    return file.getvalue()


def test_a_paper_signed_by_hand_is_checked_and_kept(priced: Edition) -> None:
    application = make_applicant(priced)
    contract = offered(application)
    with pytest.raises(ContractNotAccepted):
        add_signed_paper(contract, "signed.pdf", paper(), context=THEN)
    contract = accepted(application)
    locked = paper(encryption=pikepdf.Encryption(user="secret", owner="secret"))
    for wrong in (b"", b"%PDF-1.7 cut off", b"GIF89a", b"PK\x03\x04" + paper(), locked, paper(pages=0)):
        with pytest.raises(PaperIsNoPDF):
            add_signed_paper(contract, "signed.pdf", wrong, context=THEN)
    with pytest.raises(PaperTooLarge, match="more than 10 MB"):
        add_signed_paper(contract, "signed.pdf", paper() + b" " * 10 * 1024 * 1024, context=THEN)
    signed = paper()
    kept = add_signed_paper(contract, "signed.pdf", signed, context=THEN)
    assert bytes(kept.content) == signed
    assert add_signed_paper(contract, "again.pdf", signed, context=LATER) == kept
    assert JournalEntry.objects.filter(event="contract.paper_added").count() == 1


def test_a_cancelled_contract_releases_the_stand_and_credits_the_invoice(priced: Edition) -> None:
    application = make_applicant(priced)
    guest = make_applicant(priced, "Aurora Pumps", main=application, area_m2=0)
    contract = accepted(application)
    exhibitor = Exhibitor.objects.get(number=contract.number)
    stand = make.make_stand(make.make_hall(priced, "4.1"), 18, "standard", exhibitor)
    make.make_product(exhibitor, "Valve")
    visitor = make.make_visitor(priced, "Wang Lan")
    MeetingRequest.objects.create(
        edition=priced, visitor=visitor, exhibitor=exhibitor, state="accepted", requested=JULY
    )
    Application.objects.filter(pk=application.pk).update(contact_email="a@aurora.example")
    with pytest.raises(CancellationReasonNeeded):
        cancel_contract(application, reason=" ", context=LATER)
    cancel_contract(application, reason="The firm is closing.", context=LATER)
    application.refresh_from_db(), guest.refresh_from_db(), contract.refresh_from_db(), stand.refresh_from_db()
    assert (application.state, guest.state, contract.state) == ("cancelled", "cancelled", "cancelled")
    assert not Exhibitor.objects.exists() and not stand.occupancies.exists()
    note = Invoice.objects.get(kind="credit_note")
    assert (note.total, note.reason, note.credits.number) == (
        Decimal("7367.00"),
        "The firm is closing.",
        "INV-06-00001",
    )
    told = Notice.objects.get(template="contract_cancelled")
    assert (told.recipient, told.context["reason"]) == ("a@aurora.example", "The firm is closing.")
    assert JournalEntry.objects.filter(event="contract.cancelled").count() == 2
    assert JournalEntry.objects.filter(event="meeting.cancelled").count() == 1
    cancel_contract(application, reason="Again.", context=LATER)
    assert Invoice.objects.filter(kind="credit_note").count() == 1


def test_a_number_that_was_cancelled_is_given_to_no_other(priced: Edition) -> None:
    first = accepted(make_applicant(priced))
    cancel_contract(first.application, reason="Closing.", context=LATER)
    second = accepted(make_applicant(priced, "Borealis"), AUGUST)
    assert (first.number, second.number) == ("06-00001", "06-00002")
    reopen(first.application, context=LATER)
    approve(first.application, context=LATER)
    back = accepted(first.application, AUGUST)
    assert (back.number, Contract.objects.filter(application=first.application).count()) == ("06-00003", 2)


def test_what_has_taken_place_is_not_cancelled(priced: Edition) -> None:
    application = make_applicant(priced)
    with pytest.raises(NoContractToCancel):
        cancel_contract(application, reason="Closing.", context=THEN)
    contract = accepted(application)
    exhibitor = Exhibitor.objects.get(number=contract.number)
    with pytest.raises(ShowHasBegun):
        cancel_contract(application, reason="Closing.", context=ActionContext(make.MORNING))
    make.make_deal(exhibitor, make.make_unit(priced, "Shanghai Foods"), "100")
    with pytest.raises(DealsRecorded):
        cancel_contract(application, reason="Closing.", context=LATER)
    assert Contract.objects.get().state == "accepted"


def test_a_contract_signed_on_paper_alone_is_cancelled_too(edition: Edition) -> None:
    application = make_applicant(edition)
    sign_contract(application, day=JULY.date(), context=THEN)
    cancel_contract(application, reason="Closing.", context=LATER)
    assert (Exhibitor.objects.count(), Contract.objects.count(), Notice.objects.count()) == (0, 0, 1)


def test_organiser_and_exhibitor_say_who_stands_on_their_papers(priced: Edition) -> None:
    application = make_applicant(priced)
    seller = Seller("Expo Ltd", "博览公司", account_number="GB82 WEST 1234 5698 7654 32", bic="nedszajjxxx")
    with pytest.raises(AccountNumberWrong):
        set_terms(priced, Seller("A", "", account_number="GB82WEST12345698765433"), {}, context=THEN)
    with pytest.raises(BankCodeWrong):
        set_terms(priced, Seller("A", "", bic="12345"), {}, context=THEN)
    set_terms(priced, seller, {"terms_en": "Be kind.", "terms_zh": ""}, context=THEN)
    set_invoice_address(application, Buyer("Aurora AG", address="Kai 1", country="DE"), context=THEN)
    contract = offer_contract(application, at=JULY)
    assert (contract.seller.name_en, contract.seller.bic) == ("Expo Ltd", "NEDSZAJJXXX")
    assert (contract.buyer.name, contract.buyer.address) == ("Aurora AG", "Kai 1")
    assert contract.content["terms"] == {"en": "Be kind.", "zh": USUAL_TERMS.zh}
    assert offer_contract(application, at=JULY + timedelta(days=1)).pk == contract.pk
