"""What the rows of a list of products can have wrong, and how to fix it."""

from __future__ import annotations

from emporion.domain.reason import Reason


class GiveContractNumberOrSign(Reason):
    """Give the contract number, or sign the exhibitor's contract first"""


class NumberOfEachProduct(Reason):
    """Give each product of an exhibitor a number of its own"""


class FillInOneName(Reason):
    """Fill in one of the names"""
