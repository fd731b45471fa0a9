"""Which edition a command is about: ``--edition N`` and ``--fair SLUG``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emporion.domain.editions.models import Edition


def add_edition_options(parser: ArgumentParser) -> None:
    """Both may stay away: the current edition is meant, of the only fair."""
    parser.add_argument("--edition", type=int, metavar="N", help="number of the edition (default: the current one)")
    parser.add_argument("--fair", metavar="SLUG", help="the fair, as in its addresses; needed where there are several")


def named_edition(options: dict[str, Any]) -> Edition:
    """The edition that the options name.

    Raises: NoSuchFair, NoFair, WhichFair, NoSuchEdition, NoCurrentEdition.
    """
    from emporion.domain.editions.queries import current_edition, edition_numbered, fair_named

    fair, number = fair_named(options["fair"]), options["edition"]
    return current_edition(fair) if number is None else edition_numbered(fair, number)
