"""The open fair, its seller and its buyer."""

from tests.web.world import edition, seller, visitor

__all__ = ["edition", "seller", "visitor"]
