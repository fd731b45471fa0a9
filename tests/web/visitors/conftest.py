"""The open fair, its seller and its buyer."""

from tests.web.world import as_visitor as client
from tests.web.world import edition, seller, visitor

__all__ = ["client", "edition", "seller", "visitor"]
