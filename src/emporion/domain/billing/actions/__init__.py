"""What happens to prices, contracts, invoices and payments."""

from emporion.domain.billing.actions.accepting import accept_contract
from emporion.domain.billing.actions.bulk import issue_invoices, record_contracts
from emporion.domain.billing.actions.cancelling import cancel_contract
from emporion.domain.billing.actions.contracts import (
    add_signed_paper,
    keep_document,
    offer_contract,
)
from emporion.domain.billing.actions.invoices import (
    correct_invoice,
    credit_invoice,
    invoice_contract,
    issue_invoice,
)
from emporion.domain.billing.actions.ordered import invoice_services
from emporion.domain.billing.actions.payments import (
    allocate_payment,
    enter_payment,
    remind,
    settle_payment,
    take_bank_file,
)
from emporion.domain.billing.actions.prices import follow_prices, set_prices
from emporion.domain.billing.actions.reminding import remind_of_contracts
from emporion.domain.billing.actions.stands import follow_stand
from emporion.domain.billing.actions.terms import follow_terms, set_invoice_address, set_terms

__all__ = [
    "accept_contract",
    "add_signed_paper",
    "allocate_payment",
    "cancel_contract",
    "correct_invoice",
    "credit_invoice",
    "enter_payment",
    "follow_prices",
    "follow_stand",
    "follow_terms",
    "invoice_contract",
    "invoice_services",
    "issue_invoice",
    "issue_invoices",
    "keep_document",
    "offer_contract",
    "record_contracts",
    "remind",
    "remind_of_contracts",
    "set_invoice_address",
    "set_prices",
    "set_terms",
    "settle_payment",
    "take_bank_file",
]
