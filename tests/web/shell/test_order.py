"""Countries stand in the order of their names in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from emporion.domain.reference import files
from emporion.domain.reference.models import Country
from emporion.web.shell.forms import by_name, place_of_name

# As they are read: Ā'ěrjílìyà, Àodàlìyà, Bìlǔ, Déguó, Fàndìgāng, Fěijì, Fēnlán, Nánfēi, Nǎolǔ, Níbó'ěr, Rìběn and
# Zhōngguó.
PINYIN = ["DZ", "AU", "PE", "DE", "VA", "FJ", "FI", "ZA", "NR", "NP", "JP", "CN"]


@pytest.mark.django_db
def test_in_chinese_countries_stand_by_pinyin_and_in_english_by_the_alphabet() -> None:
    for row in files.rows("countries/countries.csv"):
        if row["iso2"] in PINYIN:
            names = {"name_en": row["name_en"], "name_zh": row["name_zh"]}
            Country.objects.get_or_create(
                iso2=row["iso2"], defaults={"iso3": row["iso3"], "numeric": row["numeric"], **names}
            )
    own = Country.objects.filter(iso2__in=PINYIN)
    with override("zh-hans"):
        assert [one.iso2 for one in own.order_by(by_name())] == PINYIN
        assert sorted((one.name_zh for one in own), key=place_of_name) == [
            Country.objects.get(iso2=code).name_zh for code in PINYIN
        ]
    with override("en"):
        assert [one.name_en for one in own.order_by(by_name())] == sorted(one.name_en for one in own)
