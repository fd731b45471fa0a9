"""Names of countries and areas in daily use beside those of the data, and how names are compared."""

from __future__ import annotations

import unicodedata

# Names in daily use beside those of the data. A name that two countries share is none: the reader must choose.
ALIASES = {
    "US": "USA, U.S., America, United States of America, 美利坚合众国",
    "GB": "UK, Great Britain, Britain, England, 大不列颠及北爱尔兰联合王国",
    "KR": "South Korea, Republic of Korea, ROK, 大韩民国",
    "KP": "North Korea, DPRK, 朝鲜民主主义人民共和国",
    "RU": "Russia, Russian Federation, 俄联邦",
    "CN": "PRC, People's Republic of China, Mainland China, China mainland, 中国大陆, 中华人民共和国",
    "HK": "Hong Kong, Hong Kong SAR, Hong Kong China, 香港, 中国香港",
    "MO": "Macau, Macao, Macau SAR, Macao China, 澳门, 中国澳门",
    "TW": "Taiwan, Taiwan China, Chinese Taipei, 台湾, 中国台湾",
    "VN": "Vietnam, Viet Nam",
    "LA": "Laos, Lao PDR",
    "CZ": "Czech Republic, Czechia, 捷克共和国",
    "CI": "Ivory Coast, Cote d'Ivoire, Côte d'Ivoire",
    "TR": "Turkey, Türkiye, Turkiye",
    "SZ": "Swaziland, Eswatini",
    "MK": "Macedonia, North Macedonia",
    "CV": "Cape Verde, Cabo Verde",
    "MM": "Burma, Myanmar",
    "TL": "East Timor, Timor-Leste",
    "CD": "DR Congo, DRC, Congo Kinshasa, Democratic Republic of the Congo, 刚果民主共和国",
    "CG": "Congo Brazzaville, Republic of the Congo, 刚果共和国",
    "AE": "UAE, Emirates, 阿联酋",
    "SA": "Saudi, KSA, 沙特",
    "NL": "Holland, The Netherlands",
    "SY": "Syria, Syrian Arab Republic",
    "IR": "Iran, Islamic Republic of Iran",
    "TZ": "Tanzania, United Republic of Tanzania",
    "BO": "Bolivia, Plurinational State of Bolivia",
    "VE": "Venezuela, Bolivarian Republic of Venezuela",
    "MD": "Moldova, Republic of Moldova",
    "BN": "Brunei, Brunei Darussalam",
    "FM": "Micronesia, Federated States of Micronesia",
    "PS": "Palestine, State of Palestine, 巴勒斯坦",
    "VA": "Vatican, Holy See, 梵蒂冈",
    "GM": "The Gambia",
    "BS": "The Bahamas",
}
SHARED = {"korea": "South Korea or North Korea", "congo": "Congo Brazzaville or DR Congo", "刚果": "CG or CD"}


def key_of(name: str) -> str:
    """A name as it is compared: without case, accents, blanks or punctuation."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if sign.isalnum())
