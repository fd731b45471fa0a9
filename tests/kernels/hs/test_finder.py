"""The finder over the shipped nomenclature, and over a small one without an encoder."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from emporion.domain.marketaccess import classification
from emporion.domain.reference import files
from emporion.kernels.hs import learned, vectors
from emporion.kernels.hs.answer import Answer, AnswerUnknown
from emporion.kernels.hs.finder import Finder
from emporion.kernels.hs.names import Names
from emporion.kernels.hs.nomenclature import Nomenclature, without_exclusions, without_exclusions_zh
from emporion.kernels.hs.query import parse_query
from emporion.kernels.hs.reading import Reading
from emporion.kernels.hs.traits import traits_of
from emporion.kernels.text.encoder import LexicalEncoder, SentenceEncoder

SMALL = Nomenclature(
    titles={
        "22": "Beverages", "2203": "Beer; made from malt", "220300": "Beer; made from malt", "2204": "Wine of grapes",
        "220410": "Wine; sparkling", "220421": "Wine; still, in containers of 2 litres or less",
    },
    chinese={"22": "饮料"}, national={"220421": ["Pinot noir"]}, lines={"220421": 9, "220410": 1},
    names=[("220410", "champagne"), ("2204", "葡萄酒"), ("220410", "起泡葡萄酒")], words={"啤酒": "beer malt"},
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Finder:
    return classification.finder()


@pytest.fixture(scope="module")
def small() -> Finder:
    return Finder(SMALL, None, None, classification.weights())


@pytest.mark.parametrize(
    ("text", "first", "because"),
    [
        ("champagne", "220410", "champagne"), ("bottle of Pinot Noir", "220421", "pinot"), ("啤酒", "220300", "啤酒"),
        ("起泡葡萄酒", "220410", "起泡葡萄酒"), ("malt", "220300", "malt"),
    ],
)  # fmt: skip
def test_without_an_encoder_words_and_names_lead_and_are_reported(
    small: Finder, text: str, first: str, because: str
) -> None:
    best = small.find(text).found[0]
    assert best.hs6 == first
    assert because in best.because


def test_scores_are_shares_in_falling_order(small: Finder) -> None:
    found = small.find("wine", top=3).found
    assert sorted((one.score for one in found), reverse=True) == [one.score for one in found]
    assert sum(one.score for one in found) == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "  ", "?!", "of the"])
def test_a_text_without_words_gets_no_proposal(small: Finder, text: str) -> None:
    assert small.find(text) == Answer(text, Reading.NOTHING)


def test_many_texts_are_answered_as_one_by_one_and_in_order(shipped: Finder) -> None:
    texts = ["frozen shrimp", "", "不锈钢保温杯", "frozen shrimp"]
    together = shipped.find_all(texts, 3)
    assert [[one.hs6 for one in answer.found] for answer in together] == [
        [one.hs6 for one in shipped.find(text, 3).found] for text in texts
    ]
    assert together[1].found == ()


@pytest.mark.parametrize(
    ("text", "hs6"),
    [
        ("stainless steel vacuum flask", "961700"),
        ("不锈钢保温杯", "961700"),
        ("不锈钢水槽", "732410"),
        ("太阳镜", "900410"),
        ("green coffee beans", "090111"),
    ],
)
def test_plain_goods_are_found_in_both_languages(shipped: Finder, text: str, hs6: str) -> None:
    assert shipped.find(text).found[0].hs6 == hs6


def test_what_follows_for_or_with_weighs_less() -> None:
    read = parse_query("pump for wine", {})
    assert read.weights["pump"] > read.weights["wine"]


def test_in_chinese_what_stands_before_the_thing_weighs_less() -> None:
    words = {"不锈钢": "stainless steel", "保温": "insulated"}
    read = parse_query("不锈钢保温杯", words, lambda segment: "保温杯")
    assert {token for token, weight in read.weights.items() if weight < 1} == {"不锈", "锈钢", "stainless", "steel"}
    assert min(parse_query("不锈钢", words).weights.values()) == 1.0


def test_a_name_before_the_thing_says_less_than_the_name_of_the_thing() -> None:
    names = Names(["葡萄酒", "起泡葡萄酒", "酒杯"])
    assert names.head("葡萄酒杯") == "酒杯"
    assert names.head("酒杯") == ""
    strengths = {hit.name: hit.strength for hit in names.hits(parse_query("葡萄酒和酒杯", {}, names.head))}
    assert strengths == {"葡萄酒": pytest.approx(3 / 5 * 0.75), "酒杯": pytest.approx(2 / 4 * 1.35)}


@pytest.mark.parametrize("text", ["hello world", "谢谢", "zzqqx blorf", "qwertyuiop", "zzzz", "foo bar", "foo baz",
                                  "lorem ipsum dolor", "wwww", "asdf qwer", "blah", "你好世界"])  # fmt: skip
def test_words_of_no_goods_find_nothing(shipped: Finder, text: str) -> None:
    assert shipped.find(text).found == ()


@pytest.mark.parametrize(
    ("text", "hs6"),
    [
        ("electric toothbrush", "850980"), ("toothbrush", "960321"), ("智能手表", "851762"), ("轮椅", "871310"),
        ("electric wheelchair", "871390"), ("电动牙刷", "850980"), ("rice cooker", "851660"),
        ("smartwatch with heart rate", "851762"), ("folding wheelchair", "871310"), ("血氧仪", "901819"),
        ("纸尿裤", "961900"), ("water flosser", "850980"), ("洗面奶", "340130"),
    ],
)  # fmt: skip
def test_a_listed_name_that_is_all_that_is_said_leads(shipped: Finder, text: str, hs6: str) -> None:
    [found] = shipped.find(text, top=1).found
    assert found.hs6 == hs6


def test_a_name_that_two_authorities_class_differently_leads_to_both(shipped: Finder) -> None:
    answer = shipped.find("air fryer", top=2)
    assert {one.hs6 for one in answer.found} == {"851660", "851679"}
    assert not answer.sure
    assert answer.questions


def test_a_text_of_unknown_words_is_found_by_its_meaning(shipped: Finder) -> None:
    [found] = shipped.find("心律转复", top=1).found
    assert found.because == ("meaning",)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("bicicleta", "8712"), ("Zahnbürste", "9603"), ("Fahrrad", "8712"), ("montre", "9102"), ("mate", "0903"),
        ("chocolate bar", "1806"),
    ],
)  # fmt: skip
def test_short_texts_that_name_goods_are_found_in_other_languages_too(shipped: Finder, text: str, heading: str) -> None:
    assert heading in {one.hs6[:4] for one in shipped.find(text, top=12).found}


def test_words_of_a_chinese_title_lead_and_are_reported_whole() -> None:
    titled = replace(SMALL, lines={}, chinese={"22": "饮料", "220300": "麦芽酿造的啤酒", "220421": "静止葡萄酒"})
    found = Finder(titled, None, None, classification.weights()).find("散装麦芽酿造", top=1).found
    assert [(one.hs6, one.because) for one in found] == [("220300", ("麦芽酿造",))]


def test_pairs_of_characters_are_joined_to_the_longest_parts_of_the_text() -> None:
    read = parse_query("铝合金行李箱，带轮", {})
    assert list(read.runs({"铝合", "合金", "李箱", "带轮", "轮铝"})) == ["铝合金", "李箱", "带轮"]
    assert list(read.runs(set())) == []


def test_the_thing_is_found_before_its_material(shipped: Finder) -> None:
    assert [shipped.find(text).found[0].hs6 for text in ("铝合金行李箱", "铝合金拉杆箱")] == ["420212", "420212"]


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("鲜甜瓜，西瓜除外", "鲜甜瓜"),
        ("电动机及发电机（发电机组除外）", "电动机及发电机"),
        ("椰子、巴西果、腰果以外的鲜、干坚果", "鲜、干坚果"),
        ("棉制印花床上用织物制品（非针织或钩编）", "棉制印花床上用织物制品（机织）"),
        ("棉制缝纫线，非供零售用", "棉制缝纫线"),
        ("带壳鲜禽蛋", "带壳鲜禽蛋"),
    ],
)
def test_a_chinese_title_loses_what_it_leaves_out(title: str, meant: str) -> None:
    assert without_exclusions_zh(title) == meant


def test_every_code_has_a_chinese_title_and_no_two_of_a_heading_share_one() -> None:
    book = classification.nomenclature()
    assert set(book.chinese) == set(book.titles)
    shared = Counter((code[:4], title) for code, title in book.chinese.items() if len(code) == 6)
    assert [one for one, times in shared.items() if times > 1] == []


def test_a_title_loses_what_it_leaves_out_and_not_knitted_is_woven() -> None:
    assert without_exclusions("Fish; frozen, excluding fish fillets") == "Fish; frozen,"
    assert without_exclusions("Coats; of wool, not knitted or crocheted") == "Coats; of wool, woven"


def test_the_shipped_vectors_belong_to_the_shipped_texts_and_are_small() -> None:
    kept = classification.text_vectors()
    assert len(kept.rows) == len(classification.nomenclature().texts)
    assert len(files.content(classification.VECTORS)) < 9_500_000


def test_shipped_vectors_are_near_the_encoders_own() -> None:
    book, encoder = classification.nomenclature(), SentenceEncoder()
    kept = classification.text_vectors()
    places = list(range(0, len(book.texts), 2500))
    cosines = kept.cosines(kept.projected(encoder.encode([book.texts[place].text for place in places])))
    assert np.diag(cosines[:, places]).min() > 0.95


def test_vectors_of_other_texts_or_another_encoder_are_refused() -> None:
    made = vectors.build(SMALL, LexicalEncoder())
    assert vectors.load(made, SMALL, LexicalEncoder()).stamp == SMALL.stamp
    with pytest.raises(vectors.VectorsStale):
        vectors.load(made, classification.nomenclature(), LexicalEncoder())
    with pytest.raises(vectors.VectorsStale):
        vectors.load(made, SMALL, LexicalEncoder(64))


@pytest.mark.parametrize("name", ["kept_apart", "tuning"])
def test_the_cases_are_many_distinct_and_lead_to_codes_that_exist(name: str) -> None:
    cases = list(files.rows(f"{classification.FOLDER}/cases_{name}.csv"))
    codes = set(classification.nomenclature().codes)
    assert len({case["text"] for case in cases}) == len(cases) >= 100
    assert [case for case in cases if case["hs6"] not in codes] == []
    assert {case["language"] for case in cases} == {"en", "zh"}


def test_no_case_is_in_both_files() -> None:
    apart, tuning = ({case["text"] for case in files.rows(f"{classification.FOLDER}/cases_{name}.csv")}
                     for name in ("kept_apart", "tuning"))  # fmt: skip
    assert apart & tuning == set()


@pytest.mark.parametrize(
    ("text", "hs6"),
    [
        ("grape press", "843510"), ("coffee roaster", "841981"), ("beer pasteuriser", "841989"),
        ("vegetable crisps", "200599"), ("honey dressing", "210390"), ("glucosamine tablets", "210690"),
        ("enteral feeding tube", "901839"), ("baby incubator", "901890"), ("葡萄压榨机", "843510"),
        ("knee immobiliser with aluminium stays", "902110"), ("men's cotton T-shirt", "610910"),
    ],
)  # fmt: skip
def test_machines_preparations_supplements_devices_and_apparel_are_distinguished_by_what_they_name(
    shipped: Finder, text: str, hs6: str
) -> None:
    assert shipped.find(text).found[0].hs6 == hs6


def test_a_fuel_cell_is_a_generator_and_not_its_fuel(shipped: Finder) -> None:
    assert {one.hs6[:4] for one in shipped.find("hydrogen fuel cell stack", top=3).found} == {"8501"}


def test_probabilities_fall_and_those_of_five_are_no_more_than_that_of_any(shipped: Finder) -> None:
    for answer in shipped.find_all(["cheese", "men's T-shirt", "不锈钢水槽"], top=5):
        scores = [one.score for one in answer.found]
        assert scores == sorted(scores, reverse=True)
        assert scores[0] <= sum(scores) <= answer.among + 1e-6


def test_where_it_is_not_sure_it_asks_one_question_and_an_answer_narrows_the_list(shipped: Finder) -> None:
    asked = shipped.find("women's jacket")
    [question] = asked.questions
    choice = question.choices[0].value
    narrowed = shipped.find("women's jacket", answers={question.key: choice})
    assert not asked.sure
    assert {one.hs6 for one in narrowed.found} != {one.hs6 for one in asked.found}
    assert all(
        choice in shipped.traits[question.key][shipped.nomenclature.codes.index(one.hs6)]
        or not shipped.traits[question.key][shipped.nomenclature.codes.index(one.hs6)]
        for one in narrowed.found
    )


def test_an_answer_that_no_question_has_is_refused(shipped: Finder) -> None:
    for answers in ({"state": "blue"}, {"colour": "blue"}, {"code": "0000"}, {"code": ""}):
        with pytest.raises(AnswerUnknown):
            shipped.find("cheese", answers=answers)
        assert not shipped.is_answer(*next(iter(answers.items())))


def test_a_sure_answer_asks_nothing(shipped: Finder) -> None:
    answer = shipped.find("太阳镜")
    assert answer.sure
    assert answer.questions == ()


def test_what_is_learnt_of_headings_belongs_to_the_shipped_texts() -> None:
    learnt = classification.learnt_headings()
    assert len(learnt.codes) == 1228
    with pytest.raises(vectors.VectorsStale):
        learned.load(files.content(classification.HEADINGS), "other")


def test_every_listed_name_leads_to_a_code_that_exists() -> None:
    titles = classification.nomenclature().titles
    assert [(code, name) for code, name in classification.nomenclature().names if code not in titles] == []


@pytest.mark.slow
def test_the_figures_on_the_kept_apart_cases_hold_their_targets(shipped: Finder) -> None:
    cases = list(files.rows(f"{classification.FOLDER}/cases_kept_apart.csv"))
    found = [
        [one.hs6 for one in some]
        for some in [answer.found for answer in shipped.find_all([case["text"] for case in cases])]
    ]
    right = [case["hs6"] for case in cases]
    assert np.mean([some[0] == hs6 for some, hs6 in zip(found, right, strict=True)]) >= 0.45
    assert np.mean([hs6 in some for some, hs6 in zip(found, right, strict=True)]) >= 0.70
    headings = [{code[:4] for code in some} for some in found]
    assert np.mean([hs6[:4] in some for some, hs6 in zip(headings, right, strict=True)]) >= 0.85


def test_a_listed_name_that_is_the_whole_text_gains_on_its_subheading() -> None:
    names = Names(["toothbrush", "electric toothbrush", "Toothbrush"])
    assert names.that_are(" Toothbrush ") == [0, 2]
    assert names.that_are("toothbrush holder") == []


def test_garments_that_the_nomenclature_does_not_divide_are_for_men_and_women() -> None:
    wearers = traits_of(["610910", "610510", "611120"], classification.nomenclature().titles)["wearer"]
    assert wearers == [{"men", "women"}, {"men"}, {"babies"}]
