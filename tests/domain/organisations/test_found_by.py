"""Records found by name as people write names: the same answer for every way of writing it."""

from __future__ import annotations

import pytest

from emporion.domain.name_terms import found_by, renew
from emporion.domain.organisations.models import Organisation
from emporion.kernels.text.names import prefixes, terms
from tests.make import make_organisation

NAMES = [
    ("Société Générale Alimentaire S.A.", ""), ("L'Oliva Import S.r.l.", ""), ("Doppel Handel G.m.b.H.", ""),
    ("Müller & Söhne KG", ""), ("上海示例进出口有限公司", ""), ("Formosa Food Co., Ltd.", "臺灣食品股份有限公司"),
    ("Łódź Spółka z o.o.", ""), ("ООО «Ромашка»", ""), ("Bank of Examples", "示例银行"), ("O’Reilly Trading", ""),
    ("3M Company", ""), ("Ouidah Trading", "威达贸易"), ("Søstrene Ærø AS", ""),
]  # fmt: skip
SOUGHT = [
    ("societe generale", "Société Générale Alimentaire S.A."),
    ("ALIMENTAIRE société", "Société Générale Alimentaire S.A."),
    ("Socie\u0301te\u0301", "Société Générale Alimentaire S.A."),
    ("loliva", "L'Oliva Import S.r.l."),
    ("L’Oliva", "L'Oliva Import S.r.l."),
    ("oliva import srl", "L'Oliva Import S.r.l."),
    ("doppel handel gmbh", "Doppel Handel G.m.b.H."),
    ("DoppelHandel AG", "Doppel Handel G.m.b.H."),
    ("Handel, Doppel", "Doppel Handel G.m.b.H."),
    ("muller", "Müller & Söhne KG"),
    ("Söhne Müller", "Müller & Söhne KG"),
    ("Mu\u0308ller sohne", "Müller & Söhne KG"),
    ("示例进出口", "上海示例进出口有限公司"),
    ("上海 示例", "上海示例进出口有限公司"),
    ("shanghai shili", "上海示例进出口有限公司"),
    ("shanghaishili", "上海示例进出口有限公司"),
    ("shsl", "上海示例进出口有限公司"),
    ("台湾食品", "Formosa Food Co., Ltd."),
    ("臺灣食品有限公司", "Formosa Food Co., Ltd."),
    ("taiwan shipin", "Formosa Food Co., Ltd."),
    ("formosa foo", "Formosa Food Co., Ltd."),
    ("lodz spolka", "Łódź Spółka z o.o."),
    ("ромашка", "ООО «Ромашка»"),
    ("yinhang", "Bank of Examples"),
    ("oreilly", "O’Reilly Trading"),
    ("O'REILLY trading ltd", "O’Reilly Trading"),
    ("3m", "3M Company"),
    ("wdmy", "Ouidah Trading"),
    ("sostrene aero", "Søstrene Ærø AS"),
]


def found(text: str) -> list[str]:
    return list(Organisation.objects.filter(found_by("found_by", text)).values_list("name", flat=True))


@pytest.mark.django_db
def test_every_way_of_writing_a_name_finds_its_organisation_and_no_other() -> None:
    for name, name_zh in NAMES:
        make_organisation(name, name_zh=name_zh)
    assert {text: found(text) for text, _ in SOUGHT} == {text: [name] for text, name in SOUGHT}
    assert [found(""), found(" ' "), found("Nobody"), found("0")] == [[], [], [], []]
    assert found("shili") == ["Bank of Examples", "上海示例进出口有限公司"]


@pytest.mark.django_db
def test_a_changed_name_is_found_by_the_new_one_however_it_was_written() -> None:
    saved, written = make_organisation("Old Saved"), make_organisation("Old Written")
    saved.name = "New Saved"
    saved.save()
    Organisation.objects.filter(pk=written.pk).update(name="New Written")
    renew(Organisation, [written.pk])
    assert [found("old saved"), found("new saved"), found("new written")] == [[], ["New Saved"], ["New Written"]]


def test_a_legal_form_alone_is_looked_for_as_it_stands() -> None:
    assert prefixes("GmbH") == [["gmbh"]]
    assert prefixes("有限公司") == [["有限公司"]]
    assert prefixes("'") == []


def test_terms_are_few_and_short_whatever_the_name() -> None:
    many = terms("很" * 300, "word " * 300)
    assert len(many) <= 120 and max(map(len, many)) <= 60
