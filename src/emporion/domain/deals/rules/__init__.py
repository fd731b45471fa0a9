"""What is allowed of deals and investments, and the rows of the lists that bring them."""

from emporion.domain.deals.rules.rows import DealRow, InvestmentRow

__all__ = ["DealRow", "InvestmentRow"]
