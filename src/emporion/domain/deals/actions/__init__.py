"""What happens to deals and investments: recorded, confirmed by both sides, withdrawn; lists taken in."""

from emporion.domain.deals.actions.investments import record_investment
from emporion.domain.deals.actions.ledger import add_evidence, confirm_deal, record_deal, withdraw_deal

__all__ = ["add_evidence", "confirm_deal", "record_deal", "record_investment", "withdraw_deal"]
