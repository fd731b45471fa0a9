"""Why a rate applies or does not by the law of China, Australia, the United States or any other market."""

from __future__ import annotations

from emporion.domain.marketaccess.rules.reasons import Source
from emporion.domain.reason import Country, Reason


class GetsMfn(Reason):
    """goods of {country} get the MFN rate ({source})"""

    country: Country
    source: Source


class MfnReplaced(Reason):
    """a provisional rate stands in its place ({source})"""

    source: Source


class MfnOpen(Reason):
    """{country} is outside the WTO; which 33 more countries get the MFN rate by treaty is not in the data ({source})"""

    country: Country
    source: Source


class ReplacesMfn(Reason):
    """replaces MFN, and agreement rates above it ({source})"""

    source: Source


class ProvisionalOpen(Reason):
    """is for goods that get the MFN, agreement or special preferential rate, which is not known ({source})"""

    source: Source


class WithinQuota(Reason):
    """within the tariff quota"""


class OutsideQuota(Reason):
    """only with a certificate of the tariff quota"""


class WithoutMfn(Reason):
    """for origins without MFN treatment"""


class WithMfn(Reason):
    """the origin gets MFN treatment ({source})"""

    source: Source


class WithoutMfnOpen(Reason):
    """for origins without MFN treatment, which is not known ({source})"""

    source: Source


class GeneralRate(Reason):
    """the general rate, for goods of any origin ({source})"""

    source: Source


class ClassOpen(Reason):
    """whether a DC rate is for {country} could not be sourced ({source})"""

    country: Country
    source: Source


class ClassRateOpen(Reason):
    """what a DC country pays where the line states no DC rate could not be sourced ({source})"""

    source: Source


class InColumnTwo(Reason):
    """{country} stands in column 2 ({source})"""

    country: Country
    source: Source


class InColumnOne(Reason):
    """column 1, general: normal trade relations ({source})"""

    source: Source


class MostFavoured(Reason):
    """members of the WTO get this rate ({source})"""

    source: Source


class AgreementsOpen(Reason):
    """no agreement of {market} is in the data; whether one gives goods of {country} a lower rate is not known"""

    market: Country
    country: Country


class ApparelOpen(Reason):
    """apparel of {country} may enter free or at a lower rate under chapter 98, which is not in the data ({source})"""

    country: Country
    source: Source
