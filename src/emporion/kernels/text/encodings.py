"""In which encoding a text is written, told from its bytes.

UTF-8 and UTF-16 with its mark prove themselves. The others do not: GB18030 gives a meaning to nearly any bytes. They
are told apart by how plausible the signs are that each makes of the bytes: text of any language is mostly made of few
hundred signs, and a wrong encoding makes rare ones. Where none is plausible, or two are nearly alike, none is named.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from emporion.kernels.text.han import simplified

MARKS_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Signs that make up most of a text, and of names of people, firms, goods and places in it.
CHINESE = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都"
    "然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实"
    "回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听"
    "世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期"
    "叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色"
    "字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候"
    "七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研"
    "像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴苏精须故集团限有"
    "贸易进出口企业公司食品农水果饮料酒茶油粮肉鱼虾蛋奶糖盐医药器械汽车机械电子能源服务投资金融银行集团股份责任经理主任总裁董"
    "采购商参展名称国家姓职位邮箱编号需求产品数量价格地址单位展区展位面积标准观众代表团联系备注上海北京广州深圳杭州南京成都重庆武"
    "汉天津苏州厦门青岛大连宁波陈刘杨赵吴徐孙朱胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔向汤伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞"
    "兰梅桂英华玉萍红平刚辉鹏宇浩然晨欣怡思远佳雪婷慧莹洁颖琳晶倩云峰波斌亮建国志明春晓东海燕文玲"
)
TRADITIONAL = frozenset(
    "臺灣國際貿易進出口業產品聯絡電話郵箱職稱團體員會館區號單價數量需備註設計經濟發展農漁實車機構選廠買賣對話學術醫藥藝術環"
    "個為們時來說過還這樣開關長門東車馬魚鳥龍飛風華麗貝見書畫陳劉楊趙吳孫馬鄭謝許韓馮鄧蕭葉蔣呂盧鍾譚陸賈韋鄒賀顧龔錢嚴湯傑"
)
JAPANESE = frozenset(
    "社会株式日本京都大阪東県市区町村田中山川木林井上下小高野原島石松佐藤鈴渡辺伊加吉清水森池橋阿部村岡本商事工業製作所産貿易食"
    "品機械電気化学薬医療自動車部門営業担当者様名前住所国際展示会場企画開発販売購買輸入出新長代表取締役"
)
KOREAN = frozenset(
    "이다의에는가을를은로한하고지사기자인서도대어리해수으시일아정그과나부주제보전상있경원들장조스여소동라구마공관만인선국중안"
    "유신니성우계면생무산연오바세회김박최강윤임한권황송류홍양주식회사무역상사식품산업기업물산전자자동차부품기계화학의료개발연구소"
    "서울부산인천광주울산경기충청전라제주영호민현준진희숙미은혜재훈석철용태환종창병문승건규백남노하허심곽천방변함염"
)
CYRILLIC = frozenset("оеаинтсрвлкмОЕАИНТСРВЛКМ")
GREEK = frozenset("αοιετσνηυρπκμλςάίόέΑΟΙΕΤΣΝΗΥΡΠΚΜΛ")
KANA = re.compile(r"[\u3041-\u30ff]")
LEAST_SCORE, LEAST_MARGIN = 0.3, 0.12
# Of few signs any may be chance: they must score higher and stand further apart; fewer still tell nothing.
LEAST_SIGNS, FEW_SIGNS = 4, 12
LEAST_SCORE_OF_FEW, LEAST_MARGIN_OF_FEW = 0.55, 0.3
SAMPLE = 20_000


@dataclass(frozen=True)
class Encoding:
    """An encoding by Python's name, as people call it, and the signs that are common in what is written in it."""

    codec: str
    name: str
    common: frozenset[str]
    # Letters of an alphabet stand in words of their own; a word of two alphabets was made by a wrong encoding.
    alphabet: str = ""


ENCODINGS = (
    Encoding("gb18030", "GB18030", CHINESE),
    Encoding("cp950", "Big5 (traditional Chinese)", TRADITIONAL | CHINESE),
    Encoding("cp932", "Shift-JIS (Japanese)", JAPANESE),
    Encoding("euc_jp", "EUC-JP (Japanese)", JAPANESE),
    Encoding("cp949", "EUC-KR (Korean)", KOREAN),
    Encoding("cp1251", "Windows-1251 (Cyrillic)", CYRILLIC, "CYRILLIC"),
    Encoding("koi8_r", "KOI8-R (Cyrillic)", CYRILLIC, "CYRILLIC"),
    Encoding("cp866", "CP866 (Cyrillic)", CYRILLIC, "CYRILLIC"),
    Encoding("cp1253", "Windows-1253 (Greek)", GREEK, "GREEK"),
)
NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"} | {one.codec: one.name for one in ENCODINGS}


def encoding_of(data: bytes) -> str:
    """The encoding of a whole text: ``utf-16`` with its mark, a plausible one, else ``utf-8-sig``, fit or not."""
    if data.startswith(MARKS_UTF_16):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return plausible(data) or "utf-8-sig"
    return "utf-8-sig"


def plausible(data: bytes) -> str | None:
    """The encoding, other than UTF-8, in which the bytes make by far the most plausible text; ``None`` in doubt."""
    sample = b"\n".join([line for line in data.splitlines() if not line.isascii()])[:SAMPLE]
    scored = sorted(((_score(one, sample), one.codec) for one in ENCODINGS), reverse=True)
    (best, codec), (second, _) = scored[:2]
    few = len(_signs(sample.decode(codec, "ignore"))) < FEW_SIGNS
    least, margin = (LEAST_SCORE_OF_FEW, LEAST_MARGIN_OF_FEW) if few else (LEAST_SCORE, LEAST_MARGIN)
    return codec if best >= least and best - second >= margin else None


def _score(encoding: Encoding, sample: bytes) -> float:
    """The share of common signs among those outside ASCII that the encoding makes of the bytes; 0 where it cannot."""
    # A sample may end within a sign.
    try:
        text = codecs.getincrementaldecoder(encoding.codec)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    signs = _signs(text)
    if len(signs) < LEAST_SIGNS or (encoding.alphabet and not _in_own_words(text, encoding.alphabet)):
        return 0.0
    return sum(_is_common(sign, encoding) for sign in signs) / len(signs)


def _is_common(sign: str, encoding: Encoding) -> bool:
    if encoding.codec == "cp950":
        return sign in encoding.common or (simplified(sign) in CHINESE and sign not in CHINESE)
    return sign in encoding.common or bool(encoding.common is JAPANESE and KANA.match(sign))


def _signs(text: str) -> list[str]:
    """The letters and characters outside ASCII, without punctuation."""
    return [sign for sign in text if not sign.isascii() and unicodedata.category(sign)[0] not in "PZN"]


def _in_own_words(text: str, alphabet: str) -> bool:
    """Whether words with letters of the alphabet have no others, and no capital behind a small letter."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    return all(_is_word(word, alphabet) for word in words)


def _is_word(word: str, alphabet: str) -> bool:
    own = all(unicodedata.name(sign, "").startswith(alphabet) for sign in word)
    return own and not any(sign.isupper() and before.islower() for before, sign in pairwise(word))
