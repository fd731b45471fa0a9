"""Creditor references by ISO 11649: what a payer writes on a transfer, and how it is found in a bank's text."""

from __future__ import annotations

import re

from stdnum import iso11649
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

# What may be a reference in a text: RF, two check digits, up to 21 characters, blanks as people group them.
LIKELY = re.compile(r"(?=(RF\s?\d{2}(?:\s?[0-9A-Z]){1,21}))")
LONGEST = 25


def reference_of(fair: int, edition: int, serial: int) -> str:
    """The reference of an edition's invoice with that serial; unique among all fairs of the installation."""
    body = f"{fair}{edition:03}{serial:06}"
    return f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"


def grouped(reference: str) -> str:
    """As people read it: in groups of four."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def is_reference(text: str) -> bool:
    """Whether a text is a creditor reference whose check digits are right."""
    try:
        iso11649.validate(text)
    except ValidationError:
        return False
    return True


def references_in(text: str) -> list[str]:
    """All that may be a reference in a text, in its order: words that follow without a sign may pass the check too.

    Which of them is meant is told by the invoices there are.
    """
    found: dict[str, None] = {}
    for likely in LIKELY.findall(text.upper()):
        whole = re.sub(r"\s", "", likely)
        beginnings = (whole[:end] for end in range(min(len(whole), LONGEST), 4, -1))
        found |= dict.fromkeys(one for one in beginnings if is_reference(one))
    return list(found)
