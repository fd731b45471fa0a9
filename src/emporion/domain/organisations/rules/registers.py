"""The number of an organisation in its country's register; in China the unified social credit code."""

from __future__ import annotations

from emporion.domain.refusal import Refusal

# Hong Kong, Macao and Taiwan have registers of their own, and codes of ISO 3166 of their own.
CREDIT_CODE_COUNTRY = "CN"
CREDIT_CODE_LENGTH = 18
# The 31 characters of GB 32100-2015 in the order of their values: digits and letters without I, O, S, V and Z.
CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(CREDIT_CODE_CHARACTERS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(CREDIT_CODE_LENGTH - 1))


class CreditCodeWrong(Refusal):
    """{code} is not a unified social credit code: its last character should be {expected}. Copy it from the licence."""


class CreditCodeMisspelt(Refusal):
    """{code} is not a unified social credit code: it has {length} characters, of which these are not allowed:
    {invalid}. Enter 18 digits and capital letters, without I, O, S, V and Z."""


def check_character(first: str) -> str:
    """The 18th character of a unified social credit code, from its first seventeen (GB 32100-2015, 4.2.5).

    The values of the characters are weighted with the powers of 3 modulo 31. Raises ``KeyError`` for a character that
    cannot stand in a code.
    """
    total = sum(_VALUES[character] * weight for character, weight in zip(first, _WEIGHTS, strict=True))
    return CREDIT_CODE_CHARACTERS[-total % 31]


def require_credit_code(code: str) -> None:
    """Refuse a unified social credit code that cannot be one."""
    invalid = {character for character in code if character not in _VALUES}
    if len(code) != CREDIT_CODE_LENGTH or invalid:
        raise CreditCodeMisspelt(code=code, length=len(code), invalid=" ".join(sorted(invalid)) or "none")
    if (expected := check_character(code[:-1])) != code[-1]:
        raise CreditCodeWrong(code=code, expected=expected)


def require_registered_number(country: str, number: str) -> None:
    """Refuse a Chinese organisation's registered number of 18 characters that is no unified social credit code.

    Shorter numbers (the registration numbers in use until 2015, numbers of offices) and numbers of other countries
    are taken as they are.

    Raises: CreditCodeWrong, CreditCodeMisspelt.
    """
    if country == CREDIT_CODE_COUNTRY and len(number) == CREDIT_CODE_LENGTH:
        require_credit_code(number)
