"""The same name written in two ways is the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.organisations.rules import LONGEST_KEY, name_key, number_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACME Co., Ltd.", "Acme Company Limited"),
        ("Müller & Söhne GmbH & Co. KG", "MULLER AND SOHNE GMBH"),
        ("西门子（中国）有限公司", "西门子(中国) 有限公司"),
        ("上海 汽车 集团股份有限公司", "上海汽车集团"),
        ("株式会社 日立製作所", "日立製作所"),
        ("㈜삼성전자", "삼성전자 주식회사"),
        ("ООО «Ромашка»", "Ромашка"),
        ("L'Oréal S.A.", "L’OREAL SA"),
        ("ＡＢＣ　ｃｏ，ｌｔｄ", "Abc Corporation"),
        ("Norden A/S", "NORDEN"),
        ("PT Astra International Tbk", "Astra International"),
    ],
)
def test_the_same_organisation_in_two_spellings(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gold Star", "Goldstar"),
        ("AS Roma", "Roma"),
        ("Benin Shea", "Benin Shea Two"),
        ("がす", "かす"),
        ("Acme Trading", "Acme Holding"),
    ],
)
def test_two_organisations_stay_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_of_nothing_but_a_legal_form_keeps_it() -> None:
    assert (name_key("有限公司"), name_key("S.A."), name_key("...")) == ("有限公司", "sa", "...")


@given(st.text(min_size=1, max_size=250).filter(str.strip))
def test_a_key_is_never_empty_nor_too_long(name: str) -> None:
    assert 1 <= len(name_key(name)) <= LONGEST_KEY


def test_a_number_is_read_as_its_register_writes_it() -> None:
    assert number_key(" 91３１0000 ma1k\u3000x ") == "91310000MA1KX"
