"""Traits that decide between subheadings: what a thing is made of, for whom, in what state, a machine, a part.

A trait has values; words of a text or of a title name them, and some chapters and headings have one by their nature. A
subheading whose title names no value of a trait is open to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from emporion.kernels.hs.nomenclature import without_exclusions

MACHINE, PART, MATERIAL, STATE, PACKING, FABRIC, WEARER, PLACE = (
    "machine", "part", "material", "state", "packing", "fabric", "wearer", "place"
)  # fmt: skip


@dataclass(frozen=True)
class Trait:
    """``words`` names each value in English and Chinese; ``codes`` gives values to chapters and headings.

    ``only`` are the chapters in which words of a title name a value at all.
    """

    key: str
    words: Mapping[str, str]
    codes: Mapping[str, str] = field(default_factory=dict)
    only: str = ""

    @property
    def values(self) -> frozenset[str]:
        """Every value of the trait."""
        return frozenset(value for one in (*self.words, *self.codes.values()) for value in one.split())

    def of_code(self, code: str, title: str) -> frozenset[str]:
        """The values of a subheading; none where it is open."""
        for length in (6, 4, 2):
            if value := self.codes.get(code[:length]):
                return frozenset(value.split())
        if self.only and code[:2] not in self.only.split():
            return frozenset()
        return self.of_text(without_exclusions(title))

    def of_text(self, text: str) -> frozenset[str]:
        """The values that a text names."""
        low = text.lower()
        return frozenset(value for value, pattern in _patterns(self).items() if pattern.search(low))


_COMPILED: dict[str, dict[str, re.Pattern[str]]] = {}


def _patterns(trait: Trait) -> dict[str, re.Pattern[str]]:
    """The words of each value as a pattern: English words whole, Chinese ones anywhere."""
    if trait.key not in _COMPILED:
        _COMPILED[trait.key] = {value: _pattern(words) for value, words in trait.words.items()}
    return _COMPILED[trait.key]


def _pattern(words: str) -> re.Pattern[str]:
    listed = words.split("|")
    english = [word for word in listed if word.isascii()]
    chinese = [word for word in listed if not word.isascii()]
    joined = [rf"\b(?:{'|'.join(english)})\b"] if english else []
    return re.compile("|".join([*joined, *chinese]))


def _chapters(first: int, last: int, value: str) -> dict[str, str]:
    return {f"{chapter:02}": value for chapter in range(first, last + 1)}


TRAITS = (
    Trait(
        MACHINE,
        {
            "machine": "machines?|machinery|apparatus|equipment|press|presses|roasters?|pasteuri[sz]ers?|"
            "refrigerators?|ovens?|mixers?|grinders?|cutters?|crushers?|dryers?|incubators?|pumps?|engines?|motors?|robots?|printers?|"
            "fillers?|sorters?|peelers?|slicers?|mills?|sterili[sz]ers?|cabinets?|appliances?|devices?|instruments?|"
            "(?<!有)机(?!织)|设备|装置|仪|仪器|炉|生产线|机组|压榨机|烘焙机|柜",
        },
        {
            **_chapters(1, 83, "goods"), **_chapters(84, 90, "machine"), **_chapters(91, 97, "goods"),
            # Clocks, musical instruments, furniture and sports equipment are called machines and instruments too.
            **dict.fromkeys(("91", "92", "94", "95"), "machine goods"),
        },
    ),
    Trait(PART, {"part": "parts?|accessor(?:y|ies)|components?|spares?|零件|配件|部件|附件"}),
    Trait(
        MATERIAL,
        {
            "cotton": "cotton|denim|棉|牛仔",
            "wool": "wool(?:len)?|cashmere|merino|fine animal hair|羊毛|羊绒|毛制|动物细毛",
            "silk": "silk|丝绸|真丝|蚕丝|丝制",
            "synthetic": "synthetic|man-made|polyester|nylon|acrylic|spandex|elastane|polyamide|microfib(?:re|er)|"
            "化纤|涤纶|尼龙|腈纶|合成纤维|化学纤维",
            "linen": "linen|flax|hemp|jute|ramie|亚麻|黄麻",
            "leather": "leather|皮革|真皮|牛皮|羊皮",
            "plastic": "plastics?|pvc|polyethylene|polypropylene|silicone|polycarbonate|acrylic sheet|"
            "塑料|硅胶|聚丙烯|聚乙烯",
            "rubber": "rubber|latex|橡胶|乳胶|丁腈",
            "wood": "wood(?:en)?|timber|oak|pine|plywood|fib(?:re|er)board|mdf|particle board|木|木制|橡木",
            "bamboo": "bamboo|rattan|wicker|竹|藤",
            "paper": "paper|paperboard|cardboard|纸|纸板",
            "glass": "glass|crystal|玻璃|水晶",
            "ceramic": "ceramic|porcelain|china|stoneware|earthenware|陶瓷|瓷|陶",
            "stone": "stone|marble|granite|石材|大理石|花岗岩",
            "iron": "iron|steel|stainless|铁|钢|不锈钢",
            "copper": "copper|brass|bronze|铜|黄铜",
            "aluminium": "alumini?um|铝|铝合金",
            "precious": "gold|silver|platinum|precious metal|金制|银制|纯银|黄金|贵金属",
        },
        {"39": "plastic", "40": "rubber", "44": "wood", "48": "paper", "70": "glass", "69": "ceramic",
         "72": "iron", "73": "iron", "74": "copper", "76": "aluminium", "46": "bamboo"},
        "40 42 43 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 71 82 83 91 94 95 96 68",
    ),
    Trait(
        STATE,
        {
            "live": "live|活|活体", "fresh": "fresh|chilled|鲜|冰鲜|冷藏|新鲜", "frozen": "frozen|iqf|冷冻|冻|速冻",
            "dried": "dried|salted|smoked|brine|dehydrated|freeze-dried|干|盐渍|熏|冻干|脱水|腌",
            "prepared": "prepared|preserved|cooked|canned|pickled|roasted|fried|candied|in vinegar|in syrup|puree|"
            "制作|保藏|罐头|腌制|油炸|熟|烘烤|糖渍|调味|烤",
        },
        {**_chapters(16, 16, "prepared"), **_chapters(18, 22, "prepared")},
        "01 02 03 04 05 07 08 09 20",
    ),
    Trait(
        PACKING,
        {
            "retail": "retail(?: sale| packed| packs?)?|tablets?|capsules?|bottles? of|sachets?|tubes?|gummies|drops|"
            "measured doses|零售|片剂|胶囊|瓶装|盒装|袋装|软胶囊|口服液",
            "bulk": "bulk|drums?|in powder|raw material|industrial|active ingredient|api|"
            "原料|原料药|散装|桶装|大包装|工业级",
        },
        {**_chapters(28, 29, "bulk"), "3003": "bulk", "3004": "retail", "2106": "retail", "3305": "retail",
         "3304": "retail"},
        "30 31 32 33 34 35 38 52 54 55 09 12",
    ),
    Trait(
        FABRIC,
        {
            "knitted": "knit|knitted|crocheted|jersey|fleece|t-shirts?|sweaters?|hoodies?|pullovers?|socks|leggings|"
            "针织|钩编|卫衣|毛衣|抓绒",
            "woven": "woven|denim|poplin|twill|canvas|jeans|机织|梭织|牛仔",
        },
        {"60": "knitted", "61": "knitted", "62": "woven"},
        "58 63 65",
    ),
    Trait(
        WEARER,
        {
            "men": "men|mens|men's|boys?|boys'|man's|gentlemen's|male|男|男式|男装|男童",
            "women": "women|womens|women's|girls?|girls'|ladies|ladies'|lady's|woman's|female|女|女式|女装|女童",
            "babies": "bab(?:y|ies)|babies'|infants?|toddlers?|newborns?|婴儿|婴幼儿|幼儿",
        },
        {"6103": "men", "6101": "men", "6105": "men", "6107": "men", "6201": "men", "6203": "men", "6205": "men",
         "6207": "men", "6102": "women", "6104": "women", "6106": "women", "6108": "women", "6202": "women",
         "6204": "women", "6206": "women", "6208": "women", "6212": "women", "6111": "babies", "6209": "babies",
         # The nomenclature does not divide these by who wears them.
         **dict.fromkeys(("6109", "6110", "6115", "6116"), "men women")},
        "61 62 64",
    ),
    Trait(
        PLACE,
        {
            "household": "household|domestic|home|kitchen|family|家用|家庭|厨房",
            "industry": "industrial|commercial|factory|plant|professional|workshop|bakery|restaurant|hotel|shop|"
            "商用|工业|工厂|酒店|餐厅",
            "medical": "medical|surgical|clinical|hospital|patients?|dental|veterinary|医用|医疗|临床|手术|牙科|患者",
        },
        {**dict.fromkeys(("9018", "9019", "9021", "9022", "9402"), "medical"),
         **dict.fromkeys(("8509", "8516"), "household"),
         **dict.fromkeys(("8417", "8419", "8434", "8435", "8436", "8437", "8438"), "industry")},
        "84 85 90 94",
    ),
)  # fmt: skip
BY_KEY = {trait.key: trait for trait in TRAITS}


def traits_of(codes: Iterable[str], titles: Mapping[str, str]) -> dict[str, list[frozenset[str]]]:
    """For each trait the values of each subheading."""
    listed = list(codes)
    return {trait.key: [trait.of_code(code, titles[code]) for code in listed] for trait in TRAITS}
