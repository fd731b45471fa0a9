"""How an organisation's name is normalised, so that the same name written in two ways is the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_KEY = 200

# Legal forms that may end or begin a name, as words after normalisation. Source: ISO 20275 (entity
# legal forms) for what they are; the spelling here is after dots were dropped and "&" became "and".
_FORMS = """
company limited, co limited, co ltd, coltd, company ltd, co, company, ltd, limited, corp, corporation, inc,
incorporated, llc, llp, lp, plc, pte ltd, pte limited, pty ltd, pty limited, pvt ltd, pvt limited, private limited,
public limited company, public company limited, pcl, sdn bhd, bhd, joint stock company, jsc, ojsc, cjsc, pjsc, gmbh,
mbh, gmbh and co kg, gmbh co kg, co kg, ag, kg, kgaa, ag and co kgaa, ohg, ug, ev, sa, sas, sasu, sarl, eurl, spa,
srl, sl, slu, sau, s a, sa de cv, s de rl de cv, srl de cv, sapi de cv, de cv, bv, nv, ab, as, a s, asa, aps, oy,
oyj, kft, zrt, nyrt, doo, dd, sro, s r o, spol s ro, sp z oo, sp zoo, ooo, oao, pao, zao, ао, ооо, пао, оао, зао,
тоо, too, kk, gk, pt, tbk, ood, eood, sia, uab, sal, saoc, saog, wll, fzco, fze, fz llc, dmcc, ltda, eireli, sac,
saa, cia, cia ltda, se, 주식회사, 주, 유한회사
"""
_ENDINGS = frozenset(tuple(form.split()) for form in _FORMS.split(","))
_LONGEST_FORM = max(map(len, _ENDINGS))
# Before the name only these stand: elsewhere "as", "sa" or "co" begin names of their own.
_BEGINNINGS = frozenset({"pt", "ооо", "ао", "пао", "оао", "зао", "тоо", "ooo", "oao", "주식회사", "주", "유한회사"})
_HAN_FORM = (
    "股份有限公司|股份有限責任公司|股份有限责任公司|有限责任公司|有限責任公司|股份公司|有限公司|公司|"
    "株式会社|有限会社|合同会社|株式會社"
)
_HAN_ENDING = re.compile(f"(?:{_HAN_FORM})+$")
_HAN_BEGINNING = re.compile("^(?:株式会社|有限会社|合同会社|株式會社)")

_DROPPED = re.compile("[.'’‘`´\u0300-\u036f]")
_BREAKS = re.compile(r"[\W_]+")
_BETWEEN_HAN = re.compile("(?<=[\u3040-\u30ff\u3400-\u9fff]) | (?=[\u3040-\u30ff\u3400-\u9fff])")


def _plain_latin() -> dict[int, str]:
    """Latin letters with marks → without, by code point: é → e, ø → o. Other scripts keep theirs: が is not か."""
    plain = {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("æ"): "ae", ord("œ"): "oe", ord("ı"): "i", ord("þ"): "th"}
    for point in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(point))[0]
        if base != chr(point) and base.isascii():
            plain[point] = base
    return plain | {ord("&"): " and ", ord("+"): " and "}


_PLAIN = _plain_latin()


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """The name by which an organisation is recognised within its country; at most 200 characters.

    Width, case, accents, punctuation, spaces around Chinese and Japanese characters and legal forms (GmbH, Co., Ltd.,
    S.A., 有限公司 …) make no difference. A name of nothing but a legal form keeps it.
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(_PLAIN)
    text = _BREAKS.sub(" ", _DROPPED.sub("", text)).strip()
    key = _without_han_forms(_BETWEEN_HAN.sub("", " ".join(_without_forms(text.split()))))
    return (key or text or name.strip())[:LONGEST_KEY]


def number_key(number: str) -> str:
    """A number as its register writes it: full-width digits made plain, in capitals, without spaces."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


def _without_forms(words: list[str]) -> list[str]:
    """The words without the legal forms at their end and their beginning; never none."""
    while len(words) > 1 and words[0] in _BEGINNINGS:
        words = words[1:]
    while length := _ending(words):
        words = words[:-length]
    return words


def _ending(words: list[str]) -> int:
    """How many words at the end are one legal form, the longest there is; 0 when nothing would be left."""
    for length in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if tuple(words[-length:]) in _ENDINGS:
            return length
    # "Muster & Co" loses its "co" above; the word that joined it has nothing left to join.
    return 1 if len(words) > 1 and words[-1] == "and" else 0


def _without_han_forms(text: str) -> str:
    """The text without Chinese or Japanese legal forms before or behind it; never empty unless it was."""
    return _HAN_ENDING.sub("", _HAN_BEGINNING.sub("", text)).strip() or text
