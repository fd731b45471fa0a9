"""What happens to exhibitors: applications made and decided, contracts signed, lists taken in."""

from emporion.domain.exhibitors.actions.applications import (
    apply,
    approve,
    reject,
    reopen,
    submit,
    want_buyers,
    withdraw,
)
from emporion.domain.exhibitors.actions.contracts import approve_all, sign_contract, sign_contracts
from emporion.domain.exhibitors.actions.questions import answer_question, ask_applicant

__all__ = [
    "answer_question",
    "apply",
    "approve",
    "approve_all",
    "ask_applicant",
    "reject",
    "reopen",
    "sign_contract",
    "sign_contracts",
    "submit",
    "want_buyers",
    "withdraw",
]
