"""What brings reference data in: the files that ship with the product, and lists of rates."""

from emporion.domain.reference.actions.rates import record_rates
from emporion.domain.reference.actions.shipped import load_reference

__all__ = ["load_reference", "record_rates"]
