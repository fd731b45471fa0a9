"""Who stands in a contract and on an invoice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from stdnum import bic as bank_identifier
from stdnum import iban
from stdnum.exceptions import ValidationError

from emporion.domain.refusal import Refusal


class AccountNumberWrong(Refusal):
    """{number} looks like an IBAN, but its check digits are wrong; compare it with the bank's statement."""


class BankCodeWrong(Refusal):
    """{code} is no BIC; it has 8 or 11 letters and digits."""


class FapiaoNeedsTaxNumber(Refusal):
    """A special VAT e-fapiao needs your taxpayer number; it has 15 to 20 letters and digits."""


class FapiaoNeedsEmail(Refusal):
    """Give the e-mail address to which the e-fapiao is sent."""


GENERAL, SPECIAL = "general", "special"
FAPIAOS = (GENERAL, SPECIAL)
# The market whose tax office issues them.
MARKET_OF_FAPIAOS = "CN"


@dataclass(frozen=True)
class Seller:
    """The organiser as it stands on paper, with the account to which payments go; ``country`` by its two letters."""

    name_en: str
    name_zh: str
    address: str = ""
    country: str = ""
    tax_number: str = ""
    email: str = ""
    bank: str = ""
    account_holder: str = ""
    account_number: str = ""
    bic: str = ""

    def stored(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{field.name: kept.get(field.name, "") for field in fields(cls)})


@dataclass(frozen=True)
class Buyer:
    """The exhibitor as it stands on paper; ``country`` by its two letters, ``fapiao`` of ``FAPIAOS`` or empty."""

    name: str
    name_zh: str = ""
    address: str = ""
    country: str = ""
    tax_number: str = ""
    email: str = ""
    fapiao: str = ""

    def stored(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{field.name: kept.get(field.name, "") for field in fields(cls)})


def require_account(number: str, code: str) -> None:
    """Refuse an IBAN with wrong check digits and a BIC that is none; account numbers of other kinds pass.

    Raises: AccountNumberWrong, BankCodeWrong.
    """
    compact = re.sub(r"[\s-]", "", number).upper()
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", compact):
        try:
            iban.validate(compact, check_country=False)
        except ValidationError:
            raise AccountNumberWrong(number=number) from None
    if code and not bank_identifier.is_valid(code):
        raise BankCodeWrong(code=code)


def require_fapiao(buyer: Buyer) -> None:
    """What the tax office asks for when an exhibitor wants an e-fapiao.

    Raises: FapiaoNeedsTaxNumber, FapiaoNeedsEmail.
    """
    if buyer.fapiao == SPECIAL and not re.fullmatch(r"[0-9A-Z]{15,20}", buyer.tax_number.strip().upper()):
        raise FapiaoNeedsTaxNumber()
    if buyer.fapiao and not buyer.email:
        raise FapiaoNeedsEmail()
