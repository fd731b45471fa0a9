"""Names in Chinese characters for readers of English: by pinyin, marked so."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.organisations.models import Organisation
from emporion.domain.reason import ProperName, restored, stored
from emporion.domain.visitors.models import Visitor
from emporion.language import written
from emporion.language.romanised import HAN, in_latin_letters, pinyin
from emporion.web.shell.templatetags import fair


@pytest.mark.parametrize(
    ("name", "person", "read"),
    [
        ("王兰", True, "Wang Lan"), ("王小兰", True, "Wang Xiaolan"), ("欧阳修", True, "Ouyang Xiu"),
        ("欧阳", True, "Ou Yang"), ("曾国藩", True, "Zeng Guofan"), ("吕布", True, "Lü Bu"),
        ("上海食品有限公司", False, "Shanghai Shipin Youxiangongsi"), ("上海ABC食品", False, "Shanghai ABC Shipin"),
    ],
)  # fmt: skip
def test_a_name_is_read_word_by_word_and_a_surname_as_a_surname(name: str, person: bool, read: str) -> None:
    assert pinyin(name, person=person) == read
    assert in_latin_letters(name, person=person) == f"{read} ({name}, pinyin)"


@given(st.text(st.characters(max_codepoint=0x2FF)))
def test_a_name_in_latin_letters_stays_as_it_is(name: str) -> None:
    assert in_latin_letters(name) == name


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8))
def test_nothing_of_a_chinese_name_is_left_unread(name: str) -> None:
    assert not HAN.search(pinyin(name)) and pinyin(name)


def test_a_page_in_english_reads_it_and_one_in_chinese_does_not() -> None:
    local = Organisation(name="上海食品", name_zh="上海食品")
    given_name = Organisation(name="Shanghai Foods", name_zh="上海食品")
    with translation.override("en"):
        assert fair.words(Visitor(name="王兰")) == "Wang Lan (王兰, pinyin)"
        assert fair.words(Visitor(name="王兰", name_latin="Lan Wang")) == "Lan Wang"
        assert fair.words(local) == "Shanghai Shipin (上海食品, pinyin)"
        assert fair.words(given_name) == "Shanghai Foods"
    with translation.override("zh-hans"):
        shown = (fair.words(Visitor(name="王兰", name_latin="Lan Wang")), fair.words(local), fair.words(given_name))
        assert shown == ("王兰", "上海食品", "上海食品")


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        (ProperName("Lan Wang", "王兰", is_person=True), "Lan Wang", "王兰"),
        (ProperName("", "欧阳修", is_person=True), "Ouyang Xiu (欧阳修, pinyin)", "欧阳修"),
        (ProperName("", "Amina Adjovi", is_person=True), "Amina Adjovi", "Amina Adjovi"),
        # A name that was typed in Chinese as the one in Latin letters counts as none.
        (ProperName("王兰", "王兰", is_person=True), "Wang Lan (王兰, pinyin)", "王兰"),
        (ProperName("Shea & Sons", "乳木果公司"), "Shea & Sons", "乳木果公司"),
        (ProperName("上海食品", ""), "Shanghai Shipin (上海食品, pinyin)", "上海食品"),
    ],
)
def test_given_comes_before_pinyin_and_the_name_itself_last(name: ProperName, english: str, chinese: str) -> None:
    kept = restored(stored(name))
    assert (written(kept, "en"), written(kept, "zh-hans")) == (english, chinese)
