"""What kind of text it is: goods in a language that is read, another language or script, or a service."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

from emporion.kernels.text.words import is_chinese, tokens


class Reading(StrEnum):
    """How a text was read; only goods get proposals."""

    GOODS = "goods"
    SERVICE = "service"
    SCRIPT = "script"
    LANGUAGE = "language"
    NOTHING = "nothing"


LANGUAGES_READ = ("English", "Chinese")
# Of the letters of a text, as many of another script leave too little to read.
OTHER_SCRIPT = 0.3
KNOWN_WORDS = 0.5
# Japanese writes Chinese characters too: one syllable sign tells it apart.
_SYLLABLES = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FOREIGN_WORDS = (
    "der die das und für mit aus zum zur eine ein les des du et pour avec une aux sur el los las del para "
    "con por una y os da dos com uma não il gli della di per het een voor met dla ze ve için ile untuk "
    "dan dengan yang cho và của bằng la le de en"
)
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
_ENGLISH_WORDS = "the of for with and in on to a an by from at as is are made or its"
_ENGLISH = frozenset(_ENGLISH_WORDS.split())


def unread(text: str, is_known: Callable[[str], bool]) -> Reading | None:
    """Whether a text stands in a script or a language that is not read; ``is_known`` knows stems of English words."""
    letters = [character for character in text if character.isalpha()]
    other = sum(not (is_chinese(one) or unicodedata.name(one, "").startswith("LATIN")) for one in letters)
    if _SYLLABLES.search(text) or other > OTHER_SCRIPT * max(len(letters), 1):
        return Reading.SCRIPT
    return None if is_chinese(text) or not _is_foreign(text, is_known) else Reading.LANGUAGE


def _is_foreign(text: str, is_known: Callable[[str], bool]) -> bool:
    words = [word.lower() for word in _WORDS.findall(text)]
    if len(words) < 2 or any(word in _ENGLISH for word in words):
        return False
    content = [word for word in words if word not in _FOREIGN]
    known = sum(all(is_known(token) for token in tokens(word)) and word.isascii() for word in content)
    strange = any(not word.isascii() for word in content) or len(content) < len(words)
    return strange and known < KNOWN_WORDS * max(len(content), 1)


_SERVICES_WORDS = (
    "service services licensing licence licences license licenses consulting consultancy consultation "
    "subscription subscriptions leasing lease rental hire advice advisory forwarding brokerage insurance "
    "reinsurance financing finance hosting outsourcing tourism certification accreditation translation "
    "interpretation registration agency agencies promotion management marketing research franchise "
    "franchising saas programme program programmes programs conference conferences event events "
    "exhibition exhibitions fair fairs course courses tour tours rights right patent patents trademark "
    "trademarks copyright copyrights software app apps application applications clearance recruitment "
    "staffing training education tuition maintenance repair repairs installation inspection audit "
    "auditing accounting taxation logistics warehousing transport transportation shipping freight "
    "distribution procurement sourcing retailing banking payments payment lending loans credit credits "
    "investment investments fund funds trading monitoring telemedicine streaming broadcasting advertising "
    "publishing design engineering architecture planning organisation organization development "
    "integration digitalisation digitalization transformation analytics computing platform platforms "
    "marketplace e-commerce ecommerce travel hospitality catering healthcare trial trials matchmaking "
    "negotiation arbitration litigation mediation booking bookings reservation reservations ticketing "
    "transfer exchange cooperation collaboration partnership membership api crowdfunding "
    "telecommunications connectivity consultants consultant advisers broker brokers"
)
_SERVICES = frozenset(_SERVICES_WORDS.split())
_SERVICE_PHRASES = re.compile(
    r"\bas[- ]a[- ]service\b|\b(?:by|on|annual|monthly) subscription\b|\blegal advice\b|\bexchange programme\b|"
    r"\b(?:market entry|trade promotion|investment promotion|technology transfer)\b|\brights? (?:of|to)\b|"
    r"\b(?:patent|trade ?mark|software|brand|technology|character|music|film) licen[cs](?:es?|ing)\b|"
    r"\blicen[cs](?:e|ing) of\b|\b(?:contract|toll) (?:manufacturing|research)\b|"
    r"\b(?:business|digital|software|it|smart|payment|logistics|financing|cloud|enterprise) solutions?\b|"
    r"\btransfer of (?:\w+ )?(?:technology|patents?|know-how)\b"
)
# What carries a program or a film is goods.
_CARRIERS = re.compile(r"\b(?:discs?|disks?|dvds?|cds?|usb|cartridges?|optical media|tapes?|paper|printed|porcelain)\b")
# “Drilling platform” and “poster advertising” name things.
_THINGS = re.compile(
    r"\b(?:drilling|offshore|lifting|loading|work|working|aerial|vibration|weighing|driver'?s?'?) \w+$"
)
_CLAUSE_END = re.compile(r"[,;:()\[\]/]|\s-\s|\b(?:for|of|with|in|on|at|by|from|under)\b")
_CHINESE_SERVICES_WORDS = (
    "服务 咨询 代理 平台 外包 许可 授权 转让 租赁 经纪 保险 培训 认证 检测 调研 推介 展会 会展 会议 论坛 "
    "物流 仓储 货运 金融 贷款 交易 版权 软件 集成 解决方案 云计算 推广 旅游 旅行 留学 教育 审计 招商 投资 "
    "合作 赛事 演出 设计 运营 管理 营销 广告 融资 理财 支付 清关 报关 转移 加盟 直播 研发 签证 体检 路线 "
    "线路 维修 维护 安装 策划 翻译 招聘 直销"
)
_CHINESE_SERVICES = tuple(_CHINESE_SERVICES_WORDS.split())
_CHINESE_END = re.compile(r"[，,。；;（(]")


def is_service(text: str) -> bool:
    """Whether the thing a text names is a service, a right, a program or an event, by the word that names it."""
    if is_chinese(text):
        return _CHINESE_END.split(text.strip())[0].strip().endswith(_CHINESE_SERVICES)
    low = text.lower().replace("’", "'")
    if _CARRIERS.search(low):
        return False
    return bool(_SERVICE_PHRASES.search(low)) or _head(low) in _SERVICES


def _head(low: str) -> str:
    """The last word of the first clause, which names the thing."""
    clause = next((part.strip() for part in _CLAUSE_END.split(low) if part.strip()), "")
    words = re.findall(r"[a-z][a-z'-]*", clause)
    return words[-1] if words and not _THINGS.search(clause) else ""
