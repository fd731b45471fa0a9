"""What kind of text it is: goods, a service, another script or language."""

import pytest

from emporion.domain.marketaccess import classification
from emporion.domain.reference import files
from emporion.kernels.hs.reading import Reading, is_service, unread


@pytest.mark.parametrize(
    "text",
    [
        "testing and certification services", "patent licensing", "5G network as a service", "cloud ERP software",
        "trade fair organisation", "legal advice on market entry", "licensing of cartoon characters",
        "freight forwarding", "专利许可", "国际货运代理", "检测认证服务", "云计算服务，按年订阅",
    ],
)  # fmt: skip
def test_services_rights_programs_and_events_are_reported_by_the_word_that_names_them(text: str) -> None:
    assert is_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "patent leather shoes", "5G router", "software on DVD", "packaging machine with remote maintenance service",
        "tea service of porcelain", "drilling platform", "服务机器人", "检测仪器", "会议平板电视",
    ],
)  # fmt: skip
def test_goods_that_sound_like_services_stay_goods(text: str) -> None:
    assert not is_service(text)


def test_almost_no_term_of_the_official_index_is_taken_for_a_service() -> None:
    taken = [text for _, text in classification.index_terms() if is_service(text)]
    assert taken == ["contact lens solutions"] or len(taken) <= 2


def test_services_kept_apart_get_no_code_and_goods_keep_theirs() -> None:
    cases = [case for case in files.rows(f"{classification.FOLDER}/cases_outside.csv") if case["part"] == "apart"]
    services = [is_service(case["text"]) for case in cases if case["kind"] == "service"]
    goods = [is_service(case["text"]) for case in cases if case["kind"] == "goods"]
    assert sum(services) / len(services) >= 0.9
    assert sum(goods) == 0


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("кофемашина", Reading.SCRIPT), ("コーヒーメーカー", Reading.SCRIPT), ("電動歯ブラシの替え", Reading.SCRIPT),
        ("커피 머신", Reading.SCRIPT), ("ماكينة قهوة", Reading.SCRIPT), ("เครื่องชงกาแฟ", Reading.SCRIPT),
        ("máquina de café para restaurantes", Reading.LANGUAGE), ("Zahnbürste für Kinder", Reading.LANGUAGE),
        ("jus d'orange avec pulpe et sucre", Reading.LANGUAGE), ("coffee machine", None), ("咖啡机", None),
        ("USB-C充电器", None), ("Zahnbürste", None), ("crème brûlée in a jar", None), ("4K α-lens camera", None),
    ],
)  # fmt: skip
def test_other_scripts_and_languages_are_refused(text: str, reading: Reading | None) -> None:
    assert unread(text, {"coffee", "machine", "camera", "lens"}.__contains__) is reading
