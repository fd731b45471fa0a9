"""What happens to organisations: recognised in bulk, registered one by one, likely duplicates listed and decided."""

from emporion.domain.organisations.actions.duplicates import decide_duplicate, list_likely_duplicates
from emporion.domain.organisations.actions.registration import appoint, register_organisation

__all__ = ["appoint", "decide_duplicate", "list_likely_duplicates", "register_organisation"]
