"""What happens to exhibitors: applications made and decided, contracts signed, lists taken in."""

from emporion.domain.exhibitors.actions.applications import (
    apply,
    approve,
    reject,
    reopen,
    require_stand,
    submit,
    want_buyers,
    withdraw,
)
from emporion.domain.exhibitors.actions.contracts import (
    approve_all,
    end_contract,
    set_sector,
    sign_contract,
    sign_contracts,
)
from emporion.domain.exhibitors.actions.drafts import add_paper, remove_paper, save_step, send_draft
from emporion.domain.exhibitors.actions.questions import answer_question, ask_applicant

__all__ = [
    "add_paper",
    "answer_question",
    "apply",
    "approve",
    "approve_all",
    "ask_applicant",
    "end_contract",
    "reject",
    "remove_paper",
    "reopen",
    "require_stand",
    "save_step",
    "send_draft",
    "set_sector",
    "sign_contract",
    "sign_contracts",
    "submit",
    "want_buyers",
    "withdraw",
]
