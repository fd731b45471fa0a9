"""What is refused to those who open an account."""

from __future__ import annotations

from emporion.domain.refusal import Refusal


class AddressTaken(Refusal):
    """There is an account with the address {email} already; sign in with it, or use another address."""


class PasswordNeeded(Refusal):
    """An account that somebody opens for themselves needs a password."""
