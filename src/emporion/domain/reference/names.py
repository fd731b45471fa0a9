"""Names of countries and areas in daily use beside those of the data, and how names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from emporion.domain.reference import files
from emporion.kernels.text.han import simplified

# Names in daily use beside those of the data. A name that two countries share is none: the reader must choose.
ALIASES = {
    "US": "USA, U.S., America, United States of America, Estados Unidos, 美利坚合众国",
    "GB": "UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, "
    "United Kingdom of Great Britain and Northern Ireland, 大不列颠及北爱尔兰联合王国",
    "KR": "South Korea, S Korea, Republic of Korea, ROK, 韩国, 大韩民国, 대한민국, 한국",
    "KP": "North Korea, N Korea, DPRK, Democratic People's Republic of Korea, 朝鲜, 朝鲜民主主义人民共和国",
    "RU": "Russia, Russian Federation, Россия, 俄罗斯联邦, 俄联邦",
    "CN": "PRC, PR China, China PR, People's Republic of China, Mainland China, China mainland, 中国大陆, "
    "中华人民共和国",
    "HK": "Hong Kong, Hong Kong SAR, Hong Kong China, Hong Kong SAR China, 香港, 中国香港, 香港特别行政区",
    "MO": "Macau, Macao, Macau SAR, Macao SAR, Macao China, Macau China, Macao SAR China, Macau SAR China, "
    "澳门, 中国澳门, 澳门特别行政区",
    "TW": "Taiwan, Taiwan China, Taiwan Province of China, Taiwan ROC, Chinese Taipei, 台湾, 中国台湾",
    "VN": "Vietnam, Viet Nam",
    "LA": "Laos, Lao PDR, Lao People's Democratic Republic",
    "CZ": "Czech Republic, Czechia, Czech, 捷克共和国",
    "CI": "Ivory Coast, Cote d'Ivoire, Côte d'Ivoire",
    "TR": "Turkey, Türkiye, Turkiye",
    "SZ": "Swaziland, Eswatini",
    "MK": "Macedonia, North Macedonia, FYROM, FYR Macedonia, Former Yugoslav Republic of Macedonia",
    "CV": "Cape Verde, Cabo Verde",
    "MM": "Burma, Myanmar",
    "TL": "East Timor, Timor-Leste",
    "CD": "DR Congo, DRC, Congo DRC, Congo Kinshasa, Zaire, Democratic Republic of the Congo, 刚果民主共和国",
    "CG": "Congo Brazzaville, Republic of the Congo, 刚果共和国",
    "AE": "UAE, Emirates, 阿联酋",
    "SA": "Saudi, KSA, 沙特",
    "NL": "Holland, The Netherlands",
    "SY": "Syria, Syrian Arab Republic",
    "IR": "Iran, Islamic Republic of Iran",
    "TZ": "Tanzania, United Republic of Tanzania",
    "BO": "Bolivia, Plurinational State of Bolivia",
    "VE": "Venezuela, Venezuela RB, Bolivarian Republic of Venezuela",
    "MD": "Moldova, Republic of Moldova",
    "BN": "Brunei, Brunei Darussalam",
    "FM": "Micronesia, Federated States of Micronesia",
    "PS": "Palestine, State of Palestine, Palestinian Territories, Occupied Palestinian Territory, 巴勒斯坦",
    "VA": "Vatican, Holy See, Vatican City State, Holy See Vatican City State, 梵蒂冈",
    "GM": "The Gambia",
    "BS": "The Bahamas",
    "BA": "Bosnia, Bosnia & Herz",
    "SH": "Saint Helena, Saint Helena Ascension and Tristan da Cunha",
    "SX": "Sint Maarten, Sint Maarten Dutch part",
    "MF": "Saint Martin, Saint Martin French part",
    "FK": "Falkland Islands, Malvinas, Falkland Islands Malvinas",
    "UM": "United States Minor Outlying Islands",
    "FR": "France Metropolitan, French Republic",
    "NZ": "Aotearoa, Aotearoa New Zealand",
    "ZA": "RSA, S Africa",
    "LK": "Ceylon, Sri Lanka Ceylon",
    "SS": "S Sudan",
    "CF": "CAR",
    "GQ": "Eq Guinea",
    "KH": "Kampuchea",
    "JP": "日本国",
    "TH": "泰王国",
    "KG": "Kyrgyz Republic",
    "SK": "Slovak Republic",
    "EG": "Arab Republic of Egypt",
    "YE": "Republic of Yemen",
}
SHARED = {
    "korea": "South Korea or North Korea",
    "congo": "Congo Brazzaville or DR Congo",
    "republicchina": "China or Taiwan",
    "刚果": "CG or CD",
}


# Words of a country's name that may be left out or shortened.
_LEFT_OUT = {"of", "the", "and", "d", "de", "islamic", "plurinational", "bolivarian"}
# What a state calls itself before or behind its name.
_STATES = re.compile(
    r"^(?:federal|cooperative|united|socialist)?(?:republic|kingdom|commonwealth|state|sultanate|principality)"
)
_HAN_STATES = re.compile(
    r"(?<=..)(?:人民民主|社会主义|联邦|人民|伊斯兰|阿拉伯)?(?:共和国|王国|联邦|酋长国|公国|大公国)$"
)
_WHOLE_WORDS = {
    "rep": "republic",
    "dem": "democratic",
    "st": "saint",
    "ste": "saint",
    "fed": "federated",
    "sts": "states",
}


def key_of(name: str) -> str:
    """A name as it is compared: without case, accents, blanks or punctuation."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if sign.isalnum())


def country_key(name: str) -> str:
    """The name of a country as it is compared: beside :func:`key_of`, “the”, “of” and short words make no difference,
    and traditional Chinese characters are as simplified ones.
    """
    return "".join(word for word in _words(name) if word not in _LEFT_OUT) or key_of(name)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", simplified(name).casefold()).replace(".", " " if ". " in name else "")
    words = re.findall(r"\w+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return [_WHOLE_WORDS.get(word, word) for word in words]


def country_keys(rows: Iterable[Iterable[str]]) -> dict[str, str]:
    """The codes of countries by the keys of their names; a row begins with the code, the names stand behind it.

    Names in other languages and those in daily use give way to these.
    """
    own = {country_key(name): code for code, *names in rows for name in (code, *names) if name}
    codes = set(own.values())
    foreign = {country_key(row["name"]): row["iso2"] for row in files.rows("countries/names.csv")}
    daily = {country_key(name): code for code, names in ALIASES.items() for name in names.split(", ")}
    return {key: code for key, code in (foreign | daily).items() if code in codes} | own


def country_named(text: str, keys: Mapping[str, str]) -> str | None:
    """The code of the country that a text names, by its :func:`country_keys`; ``None`` for a name that none has.

    ``Korea, Republic of`` and ``Korea (South)`` read as their parts turned round; ``Türkiye (Turkey)`` as either.
    """
    if code := _called(text, keys):
        return code
    first, *others = [part for part in re.split(r"[,()（），/\[\]]+", text) if set(_words(part)) - _LEFT_OUT] or [text]
    if not others:
        return None
    if code := _called(" ".join([*others, first]), keys):
        return code
    named = {_called(part, keys) for part in (first, *others) if country_key(part) not in SHARED}
    return named.pop() if len(named) == 1 else None


def _called(text: str, keys: Mapping[str, str]) -> str | None:
    """The code of a name as it stands, else without “Republic of”, “Kingdom of” and the like."""
    if (key := country_key(text)) in keys or key in SHARED:
        return keys.get(key)
    return keys.get(_HAN_STATES.sub("", _STATES.sub("", key)))
