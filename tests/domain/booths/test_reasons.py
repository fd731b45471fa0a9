"""Why a stand has no place is stored as a code and data, and read in the reader's language."""

from __future__ import annotations

import pytest

from emporion.domain.booths.models import AllocationRun, Unplaced
from emporion.domain.booths.rules import PavilionFull, why_no_place
from emporion.domain.reason import Name, restored, stored
from emporion.kernels import allocation
from emporion.language import translate
from tests import make

FOOD, BENIN = Name("Food", "食品"), Name("Benin", "贝宁馆")
OLD = "Every place left was too near to a stand it must be kept apart from."


def test_every_code_of_the_kernel_has_a_reason_that_survives_being_stored():
    reasons = [why_no_place(code, FOOD, BENIN, 36, 2) for code in allocation.CODES]

    assert len({reason.code for reason in reasons}) == len(allocation.CODES) == 6
    assert [restored(stored(reason)) for reason in reasons] == reasons


def test_a_reader_of_chinese_reads_the_names_of_the_area_and_the_pavilion_in_chinese():
    assert translate(why_no_place("hall_full", FOOD, BENIN, 36, 2), "en") == (
        "The halls of Food are full: no 36 m² with 2 of its sides open was left."
    )
    assert translate(why_no_place("hall_full", FOOD, BENIN, 36, 2), "zh-hans") == (
        "“食品”展区的展馆已满，没有 36 平方米、2 面开口的展位可用。"
    )
    assert translate(PavilionFull(BENIN), "zh-hans") == "“贝宁馆”所在展馆已满，而同一馆的展位须在同一展馆内。"


@pytest.mark.django_db
def test_a_sentence_stored_by_an_earlier_version_stays_readable():
    edition = make.make_show()
    giant = make.make_exhibitor(edition, "Giant")
    run = AllocationRun.objects.create(edition=edition, finished=make.NOON, seed=1, objective=0, bound=0)
    Unplaced.objects.create(run=run, exhibitor=giant, reason=OLD)

    assert Unplaced.objects.get().why == OLD
