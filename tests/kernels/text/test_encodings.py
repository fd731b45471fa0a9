"""Encodings told by the plausibility of the signs that they make of the bytes; in doubt none is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.kernels.text.encodings import CHINESE, encoding_of, plausible

KOREAN = ["한빛정밀 주식회사", "서울식품산업", "대한전자부품", "김민준,한국무역", "이름,국가\n박서연,KR"]
SIMPLIFIED = [
    "上海示例进出口有限公司",
    "陈思远,采购经理",
    "公司名称,国家\n佩南波椰子公司,贝宁",
    "名称,国家\n祖省腰果合作社,贝宁",
    "李娜\n张伟",
]
TRADITIONAL = ["臺灣貿易股份有限公司", "陳怡君,採購經理", "公司名稱,國家\n臺北食品,臺灣", "香港貿易發展局"]
JAPANESE = ["東京食品株式会社", "株式会社サンプル商事", "トヨタ自動車株式会社"]
RUSSIAN = ["Общество Пример", "Москва,Иванов Иван", "имя,страна\nАнна,RU"]
GREEK = ["Ελληνική Εταιρεία Τροφίμων", "Γιώργος Παπαδόπουλος"]
WRITTEN = [
    *((text, "cp949") for text in KOREAN), *((text, "gb18030") for text in SIMPLIFIED),
    *((text, "cp950") for text in TRADITIONAL), *((text, "cp932") for text in JAPANESE),
    *((text, "euc_jp") for text in JAPANESE), *((text, "cp1251") for text in RUSSIAN),
    *((text, "koi8_r") for text in RUSSIAN), *((text, "cp1253") for text in GREEK),
]  # fmt: skip
LATIN = ["Société Générale", "Müller & Söhne", "Citroën\nRenée", "Ñandú Perú", "Çelik Şirketi", "Łódź Spółka", "Café"]


@pytest.mark.parametrize(("text", "codec"), WRITTEN)
def test_a_small_list_is_read_in_the_encoding_in_which_it_was_written(text: str, codec: str) -> None:
    data = f"name,country\n{text},XX\n".encode(codec)
    assert plausible(data) == codec
    assert data.decode(encoding_of(data)) == f"name,country\n{text},XX\n"


@pytest.mark.parametrize("codec", ["cp1252", "cp1250", "cp1254"])
@pytest.mark.parametrize("text", LATIN)
def test_accents_of_western_encodings_are_not_distinguished_and_become_no_nonsense(text: str, codec: str) -> None:
    data = f"name\n{text}\n".encode(codec, "ignore")
    assert data.isascii() or plausible(data) is None


@pytest.mark.parametrize(("text", "codec"), [("王兰", "gb18030"), ("田中太郎", "euc_jp"), ("РОССИЯ", "koi8_r")])
def test_a_few_signs_may_be_chance_and_tell_nothing(text: str, codec: str) -> None:
    assert plausible(text.encode(codec)) is None


@given(st.lists(st.sampled_from(sorted(CHINESE)), min_size=12, max_size=60).map("".join))
def test_common_chinese_is_always_found(text: str) -> None:
    assert plausible(text.encode("gb18030")) in ("gb18030", None)


@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    codec = plausible(data)
    assert codec is None or isinstance(data.decode(codec, "replace"), str)
