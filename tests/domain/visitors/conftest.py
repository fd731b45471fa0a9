"""An edition with a trading group of two sub-groups, and who registers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from emporion.domain.editions.models import Edition, Phase
from emporion.domain.visitors.models import Delegation
from tests.make import COUNTRIES, make_country, make_edition

AT = datetime(2023, 9, 1, 8, tzinfo=UTC)
OPENS, CLOSES = datetime(2023, 6, 1, tzinfo=UTC), datetime(2023, 10, 25, tzinfo=UTC)


@pytest.fixture
def edition(db: None) -> Edition:
    for code in COUNTRIES:
        make_country(code)
    edition = make_edition(6)
    Phase.objects.create(edition=edition, kind=Phase.Kind.REGISTRATION, opens=OPENS, closes=CLOSES)
    harbour = Delegation.objects.create(edition=edition, path="07", name_en="Harbour", name_zh="港口")
    for path, name in (("07.031", "Food"), ("07.032", "Machines")):
        Delegation.objects.create(edition=edition, path=path, name_en=name, name_zh=name, parent=harbour)
    # A path that begins alike and is no branch of it.
    Delegation.objects.create(edition=edition, path="071", name_en="Hills", name_zh="山")
    return edition


@pytest.fixture
def food(edition: Edition) -> Delegation:
    return edition.delegations.get(path="07.031")
