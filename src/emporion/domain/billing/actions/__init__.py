"""What happens to prices, contracts, invoices and payments."""

from emporion.domain.billing.actions.prices import follow_prices, set_prices

__all__ = ["follow_prices", "set_prices"]
