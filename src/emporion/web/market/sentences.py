"""The sentences of an answer in the reader's language.

The rules word a reason in English and fill in countries, days, agreements and sources. Here each such sentence stands
as a message; what was filled in is found again, named in the reader's language, and filled into the translation. A
sentence that is not here is shown as it is.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language, gettext

from emporion.domain.marketaccess import files
from emporion.language import whole_date


def _(message: str) -> str:
    """Marks a message for the catalogue; it is translated when it is told."""
    return message


# The order matters: what adds to another sentence stands before it.
SENTENCES = (
    _("%(reason)s, not verified against the official text"),
    _("%(source)s, as reported by %(name)s"),
    _("as reported by %(name)s"),
    _("%(source)s, in the words of the edition of %(year)s"),
    _("%(source)s, paraphrased"),
    _("NDRC/MOFCOM Order %(rule)s of %(year)s (%(day)s)"),
    _("NDRC/MOFCOM Order %(rule)s of %(year)s"),
    _("MOFCOM Order %(rule)s of %(year)s (%(day)s)"),
    _("MOFCOM Order %(rule)s of %(year)s"),
    _("MOFCOM order (%(day)s)"),
    _("State Council General Office (%(day)s)"),
    _("State Council General Office"),
    _("Negative list for the Hainan Free Trade Port, edition of %(year)s"),
    _("Decree %(rule)s of the General Administration of Customs"),
    _("Decree %(rule)s of the State Council"),
    _("Drug Administration Law"),
    _("%(reason)s; of the rate it says only “%(rate)s”, which cannot be reckoned"),
    _("%(reason)s; some countries or goods are excluded on this line"),
    _("%(reason)s; the stage from %(day)s is printed and later, lower stages are not in the data"),
    _("the stage before %(day)s is not in the data"),
    _("fails the rule of origin: %(reason)s"),
    _("cannot be told to pass the rule of origin: %(reason)s"),
    _("the product-specific rule of this line is not in the data: name it to have it evaluated"),
    _("made in %(place)s, which is no party"),
    _("WO, wholly obtained: stated"),
    _("WO, wholly obtained: stated not to be so"),
    _("WO, wholly obtained: not stated"),
    _("PE, of originating materials only: the inputs are not stated"),
    _("PE, of originating materials only: no input is named"),
    _("PE, of originating materials only: %(amount)s of %(prefix)s inputs come from outside"),
    _("%(rule)s: the inputs are not stated"),
    _("%(rule)s: value or inputs are not stated"),
    _("%(rule)s: no non-originating input shares chapter %(code)s"),
    _("%(rule)s: no non-originating input shares heading %(code)s"),
    _("%(rule)s: no non-originating input shares subheading %(code)s"),
    _("%(rule)s: %(inputs)s share chapter %(code)s"),
    _("%(rule)s: %(inputs)s share heading %(code)s"),
    _("%(rule)s: %(inputs)s share subheading %(code)s"),
    _("%(code)s from %(place)s"),
    _("%(rule)s: %(codes)s and %(code)s need %(prefix)s digits to be compared"),
    _("tolerance of %(rule)s: the goods' value is not stated"),
    _("tolerance: %(rule)s"),
    _("%(place)s is in %(name)s on that day"),
    _("%(place)s is in %(name)s on that day (days not seen in a source)"),
    _("%(name)s for %(place)s enters into force on %(day)s (days not seen in a source)"),
    _("%(name)s for %(place)s enters into force on %(day)s"),
    _("%(name)s enters into force on %(day)s"),
    _("%(name)s for %(place)s lapsed: its last day was before %(day)s (days not seen in a source)"),
    _("%(name)s for %(place)s lapsed: its last day was before %(day)s"),
    _("%(name)s lapsed: its last day was before %(day)s"),
    _("%(place)s graduated from least developed country on %(day)s, after the list of %(name)s"),
    _("the rates of %(name)s are not in the data"),
    _("no agreement of %(place)s is at hand; whether one gives goods of %(other)s a lower rate cannot be told"),
    _("only within the tariff quota, for which a certificate is needed"),
    _("only with a certificate of the tariff quota"),
    _("only with a certificate of the tariff quota (%(source)s)"),
    _("within the tariff quota"),
    _("within the tariff quota (%(source)s)"),
    _("the line names least developed beneficiaries only"),
    _("goods of %(place)s get the MFN rate (%(source)s)"),
    _("a provisional rate stands in its place (%(source)s)"),
    _(
        "%(place)s is outside the WTO; which 33 more countries get the MFN rate by treaty is not in the data "
        "(%(source)s)"
    ),
    _("replaces MFN, and agreement rates above it (%(source)s)"),
    _("is for goods that get the MFN, agreement or special preferential rate, which cannot be told (%(source)s)"),
    _("for origins without MFN treatment"),
    _("for origins without MFN treatment, which cannot be told (%(source)s)"),
    _("for origins without MFN treatment (%(source)s)"),
    _("the origin gets MFN treatment (%(source)s)"),
    _("the general rate, for goods of any origin (%(source)s)"),
    _("whether a DC rate is for %(place)s could not be sourced (%(source)s)"),
    _("what a DC country pays where the line states no DC rate could not be sourced (%(source)s)"),
    _("%(place)s stands in column 2 (%(source)s)"),
    _("column 1, general: normal trade relations (%(source)s)"),
    _("no rate of the line is known to apply"),
    _("whether %(name)s (%(rate)s) is lower depends on the quantity of the goods"),
    _("the day %(day)s: %(title)s answers from %(first)s to %(last)s; load the schedule of that day"),
    _("the line %(code)s: %(title)s has under %(prefix)s only %(codes)s"),
    _("the line %(code)s: it is not in %(title)s; it is an excerpt, so the line may exist"),
    _("the line %(code)s: it is not in %(title)s"),
    _("%(title)s is an excerpt: other lines under %(prefix)s may exist"),
    _("%(title)s lost %(amount)s lines or more under %(prefix)s: only an agreement names them"),
    _("goods that originate in %(place)s itself and come back: what they pay is not in the schedule"),
    _("%(title)s prints its lines as open-ended; what later revisions changed is not in the data"),
    _("in-quota rate: %(rate)s (%(source)s)"),
    _("the duty is reckoned on more than the customs value: give %(rate)s"),
    _("Origin: %(reason)s"),
    _("Proof of origin: %(reason)s (%(source)s)"),
    _(
        "Direct consignment: the goods travel from the party of origin, in transit elsewhere only under customs "
        "control (%(source)s)"
    ),
    _("the article was not seen in a source"),
    _("RCEP article %(rule)s"),
    _("CPTPP article %(rule)s"),
    _("USMCA article %(rule)s"),
    _(
        "the import of goods of %(place)s is prohibited without a licence or an exemption, as the law stood in 2025; "
        "the rate does not change that (%(source)s)"
    ),
    _(
        "the import of some goods of %(place)s, among them crude oil, fish, alcoholic beverages, diamonds and gold, is "
        "prohibited without a licence, as the law stood in 2025; the rate does not change that (%(source)s)"
    ),
    _("31 CFR part %(rule)s, Executive Orders %(more)s"),
    _("31 CFR part %(rule)s"),
    _("%(source)s; parties: %(name)s"),
    _("day compiled from general knowledge"),
    _("beneficiaries compiled from general knowledge"),
    _("beneficiaries of the lapsed programme, compiled from general knowledge"),
    _("RCEP, entry into force; day not seen in a source"),
    _("RCEP, entry into force"),
    _("certificate or declaration of origin in the form of the agreement"),
    _("certificate of origin issued in the country of origin"),
    _("invoice declaration of the place of production"),
    _(
        "certificate of origin, declaration by an approved exporter, or by any exporter or producer where the parties "
        "accept it"
    ),
    _(
        "RCEP chapter 3: wholly obtained, or of originating materials only, or the product-specific rule of annex 3A"
    ),
    _("the origin chapter of the %(name)s; its product-specific rules are not in the data"),
    _("the origin rules of the %(name)s; not in the data"),
    _("China's rules of origin for goods of least developed countries; not in the data"),
    _("China's rules of origin for the zero-tariff treatment of African countries; not in the data"),
    _("%(source)s; its rates are not in the data"),
    _("%(source)s; not in the data"),
    _("tariff quota for %(year)s: %(goods)s %(amount)s t; outside it the ordinary rates apply (%(source)s)"),
    _(
        "Duty is on the CIF value; anti-dumping, countervailing, safeguard and retaliatory duties come on top and are "
        "not in the data (%(source)s)"
    ),
    _(
        "RCEP: the rate of the RCEP country of origin applies; the importer may ask for the highest RCEP rate among "
        "the parties instead (%(source)s)"
    ),
    _(
        "Zero-tariff treatment of 20 African countries from %(first)s to %(last)s was announced; which lines and "
        "quotas it covers was not read (%(source)s)"
    ),
    _(
        "Special safeguard under the China-Australia FTA: beyond %(amount)s t of %(goods)s in %(year)s the agreement "
        "rate may be withdrawn (%(source)s)"
    ),
    _(
        "Additional duties of chapter 99 (sections 201, 232 and 301 and others) come on top, are no part of this rate "
        "and are not in the data (%(source)s)"
    ),
    _(
        "Excise-equivalent rates in dollars are indexed during the year; those printed are of 17 April 2026 "
        "(%(source)s)"
    ),
    _("%(title)s, line %(code)s, column %(column)s (%(source)s); %(reason)s"),
    _("%(title)s, line %(code)s, column %(column)s (%(source)s)"),
    _("%(reason)s (%(title)s, line %(code)s)"),
    _("%(title)s, line %(code)s"),
    _("Import and Export Tariff of the PRC 2026, rules and explanations, %(rule)s"),
    _("Import and Export Tariff of the People's Republic of China 2026, rules and explanations, %(rule)s"),
    _("agreement codes of the Import and Export Tariff of the PRC 2026"),
    _("Import and Export Tariff of the People's Republic of China 2026 (excerpt)"),
    _("State Council Tariff Commission, 2026"),
    _("Harmonized Tariff Schedule of the United States %(year)s, revision %(rule)s"),
    _("Harmonized Tariff Schedule of the United States, general note %(rule)s"),
    _("Harmonized Tariff Schedule, chapter 99"),
    _("United States International Trade Commission, public domain"),
    _("Australian Working Tariff %(year)s"),
    _("Australian Border Force, CC BY 4.0"),
    _("Customs Tariff Act 1995, section %(rule)s"),
    _("Customs Tariff Act 1995, sections %(rule)s and %(more)s"),
    _("Customs Tariff Act 1995, %(rule)s"),
    _("Customs Act 1901, division of Part VIII on preference countries"),
    _(
        "Ministry of Finance, General Administration of Customs, State Taxation Administration, 14 October 2020: "
        "exhibits sold at the CIIE free of import duty, VAT and consumption tax (tellerreport.com, "
        "chinaservicesinfo.com)"
    ),
    _("Decree 233 of the General Administration of Customs of China, in force from 2018-02-01"),
    _("General Agreement on Tariffs and Trade, article I"),
    _("Asia-Pacific Trade Agreement"),
    _("China-%(country)s FTA"),
    _("China-%(country)s early harvest"),
    _("CEPA %(country)s"),
    _("ECFA"),
    _("RCEP (%(country)s)"),
    _("Special preferential rate for least developed countries"),
    _("Zero-tariff treatment of African countries"),
    _("Special preferential rate by exchange of notes with %(place)s"),
    _("Special preferential rate of the Asia-Pacific Trade Agreement"),
    _("Forum Island countries"),
    _("Least developed countries"),
    _("Developing countries (%(rule)s)"),
    _("Developing countries and places (DCT)"),
    _("New Zealand (ANZCERTA)"),
    _("%(country)s, where the line names it"),
    _("%(country)s FTA"),
    _("%(country)s TPA"),
    _("Korea FTA (KORUS)"),
    _("US-Japan Trade Agreement"),
    _("Generalized System of Preferences (GSP)"),
    _("African Growth and Opportunity Act (AGOA)"),
    _("Caribbean Basin Economic Recovery Act (CBERA)"),
    _("wheat"), _("maize"), _("rice long grain"), _("rice medium/short grain"), _("sugar"), _("wool"), _("wool tops"),
    _("cotton"), _("urea"), _("NPK compound fertiliser"), _("diammonium phosphate"), _("beef"), _("milk powder"),
    _("machinery, mechanical appliances, electrical equipment and instruments, other than medical"),
    _("tractors"), _("ships and floating structures"), _("medical or surgical instruments and equipment"),
    _("works of art, collectors' pieces and antiques"), _("tobacco"), _("alcohol"), _("automobiles"),
    _("other exhibits"), _("no quota is set"),
    _("customs declaration with invoice, packing list and transport document"),
    _("Customs"),
    _("inspection and quarantine approval for animals, plants, seeds and their products"),
    _("General Administration of Customs"),
    _("food: registration of the foreign producer and record of exporter and importer"),
    _("prepacked food: Chinese label"),
    _("State Administration for Market Regulation, Customs"),
    _("cosmetics: registration or filing, Chinese label, product and safety papers"),
    _("National Medical Products Administration"),
    _("medicines: drug registration and import drug clearance"),
    _("medical devices: registration certificate or filing number"),
    _("China Compulsory Certification (CCC) where the catalogue names the goods"),
    _("Certification and Accreditation Administration"),
    _("publications: approval of their content"),
    _("National Press and Publication Administration"),
    _("printed as a footnote mark only"),
    _("part of the line has a provisional rate of its own, which was lost at the source"),
    _("Schedule 3 of the source lacks this line; an agreement's schedule names it"),
    _("the rate of the parties other than the United Kingdom was lost at the source"),
    _("%(rate)s for some of the goods of the line"),
    _("%(rate)s is its ad valorem part; the specific part is not in the data"),
    _("ASEAN members"), _("ASEAN"), _("Korea"), _("Macao"), _("Hong Kong"),
    _("Free"), _("not known"), _("at most %(rate)s"),
)  # fmt: skip
SHAPES = {
    "place": r"[A-Z]{2}", "other": r"[A-Z]{2}",
    "day": r"\d{4}-\d\d-\d\d", "first": r"\d{4}-\d\d-\d\d", "last": r"\d{4}-\d\d-\d\d",
    "code": r"\d+", "prefix": r"\d+", "year": r"\d{4}", "amount": r"[\d,]+", "codes": r"[\d, ]+", "column": r"[\w -]+",
}  # fmt: skip
VERBATIM = {"code", "prefix", "year", "amount", "codes", "column", "rule", "more"}
_PLACE = re.compile(r"%\((\w+)\)s")


def told(text: str) -> str:
    """A sentence, name or source of an answer in the reader's language."""
    return _told(text, get_language() or "en")


@lru_cache(maxsize=20_000)
def _told(text: str, language: str) -> str:
    for message, shape in _shapes():
        if found := shape.fullmatch(text):
            filled = {name: _filled(name, value, language) for name, value in found.groupdict().items()}
            return gettext(message) % filled if filled else gettext(message)
    return text


def _filled(name: str, value: str, language: str) -> str:
    if name in VERBATIM:
        return value
    if name == "inputs":
        return ", ".join(_told(one, language) for one in value.split(", "))
    if SHAPES.get(name) == SHAPES["place"]:
        return place(value)
    if name == "country":
        return _country(value, language)
    if SHAPES.get(name) == SHAPES["day"]:
        return whole_date(date.fromisoformat(value))
    return _told(value, language)


def place(code: str) -> str:
    """A country's name by its two letters."""
    names = files.countries().get(code, (code, code))
    return names[(get_language() or "").startswith("zh")]


def _country(name: str, language: str) -> str:
    """A country as an agreement's name gives it."""
    code = _codes().get(name)
    return place(code) if code else _told(name, language)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {names[0]: code for code, names in files.countries().items()}


@lru_cache(maxsize=1)
def _shapes() -> list[tuple[str, re.Pattern[str]]]:
    return [(message, re.compile(_pattern(message), re.DOTALL)) for message in SENTENCES]


def _pattern(message: str) -> str:
    """The pattern that finds again what was filled into a message."""
    pieces = _PLACE.split(message)
    fixed, names = pieces[::2], pieces[1::2]
    between = [f"(?P<{name}>{SHAPES.get(name, '.+?')})" for name in names]
    return "".join(re.escape(text) + gap for text, gap in zip(fixed, [*between, ""], strict=True))
