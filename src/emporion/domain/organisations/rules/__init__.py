"""What is allowed: how names are recognised, and what two organisations must share to be looked at as one."""

from emporion.domain.organisations.rules.names import LONGEST_KEY, name_key, number_key

__all__ = ["LONGEST_KEY", "name_key", "number_key"]
