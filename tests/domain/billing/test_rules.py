"""What a stand costs, to the cent, and when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emporion.domain.billing.rules.instalments import Due, Instalment, dues, open_dues
from emporion.domain.billing.rules.locations import Location, LocationNameMissing, LocationOutOfRange
from emporion.domain.billing.rules.prices import (
    EarlyDayMissing,
    InstalmentsNotWhole,
    PercentOutOfRange,
    PriceNegative,
    Prices,
    PriceTooFine,
    require_instalments,
    require_prices,
)
from emporion.domain.billing.rules.quotes import (
    CoExhibitorFee,
    DiscountsStop,
    EarlyBird,
    FreeBooth,
    FreeBoothUndecided,
    LeastDevelopedDiscount,
    LocationSurcharge,
    OpenSides,
    PavilionDiscount,
    RawSpace,
    RawSpaceAtLeast,
    RegistrationFee,
    StandardBooth,
    UpperDeck,
    Wanted,
    line,
    quote,
)
from emporion.domain.reason import Country, Name

EARLY, LATE = date(2023, 5, 31), date(2023, 6, 1)
BENIN = Name("Benin", "贝宁")
PRICES = Prices(
    currency="USD", standard_booth=Decimal(3000), raw_m2=Decimal(300), open_side_percent=Decimal(10),
    registration=Decimal(150), co_exhibitor=Decimal(200), early_percent=Decimal(5), early_until=EARLY,
    pavilion_percent=Decimal("12.5"), least_developed_percent=Decimal(50), tax_percent=Decimal(6),
)  # fmt: skip
MAIN_AISLE = Location("A", Name("Main aisle", "主通道"), Decimal("7.5"))
BACK_ROW = Location("D", Name("Back row", "后排"), Decimal(-5))
CORNER = Wanted("standard", 18, 2, LATE)


def amounts(wanted: Wanted, prices: Prices = PRICES) -> list[tuple[str, Decimal]]:
    return [(type(one.why).__name__, one.amount) for one in quote(prices, wanted).lines]


def test_a_standard_corner_booth_is_priced_by_module_and_open_side() -> None:
    offer = quote(PRICES, CORNER)
    assert [(one.why, one.amount) for one in offer.lines] == [
        (StandardBooth(18), Decimal("6000.00")),
        (OpenSides(1, Decimal(10)), Decimal("600.00")),
        (RegistrationFee(), Decimal("150.00")),
    ]
    assert (offer.net, offer.tax, offer.total) == (Decimal("6750.00"), Decimal("405.00"), Decimal("7155.00"))
    assert str(offer.notes[-1]).startswith("Each line is rounded to 2 decimals")


def test_raw_space_below_the_least_area_is_charged_at_it_unless_several_share_the_stand() -> None:
    small = Wanted("raw", 30, 1, LATE)
    assert quote(PRICES, small).lines[0].why == RawSpaceAtLeast(30, 36)
    assert amounts(small)[0][1] == Decimal(10_800)
    shared = quote(PRICES, replace(small, shares_stand=True)).lines[0]
    assert (shared.why, shared.amount) == (RawSpace(30), Decimal(9000))


def test_a_class_of_places_and_an_upper_floor_are_lines_of_the_space() -> None:
    prices = replace(PRICES, upper_deck_m2=Decimal("150.25"), locations=(MAIN_AISLE, BACK_ROW))
    wanted = Wanted("raw", 36, 2, EARLY, location="A", upper_deck_m2=20)
    assert [(one.why, one.amount) for one in quote(prices, wanted).lines][:5] == [
        (RawSpace(36), Decimal(10_800)),
        (OpenSides(1, Decimal(10)), Decimal(1_080)),
        (LocationSurcharge("A", Name("Main aisle", "主通道"), Decimal("7.5")), Decimal(810)),
        (UpperDeck(20), Decimal(3_005)),
        (EarlyBird(EARLY, Decimal(5)), Decimal("-784.75")),
    ]
    assert amounts(replace(CORNER, location="D"), prices)[2] == ("LocationSurcharge", Decimal("-300.00"))
    assert "LocationSurcharge" not in dict(amounts(replace(CORNER, location="B"), prices))


def test_the_early_bird_ends_with_its_last_day() -> None:
    early = quote(PRICES, replace(CORNER, day=EARLY)).lines
    assert [(one.why, one.amount) for one in early if isinstance(one.why, EarlyBird)] == [
        (EarlyBird(EARLY, Decimal(5)), Decimal("-330.00"))
    ]
    assert "EarlyBird" not in dict(amounts(replace(CORNER, day=EARLY + timedelta(days=1))))


def test_pavilions_and_least_developed_countries_pay_less_for_the_space_alone() -> None:
    wanted = replace(CORNER, pavilion=BENIN, least_developed=Country("BJ"), co_exhibitors=2)
    offer = dict((one.why, one.amount) for one in quote(PRICES, wanted).lines)
    assert offer[PavilionDiscount(BENIN, Decimal("12.5"))] == Decimal("-825.00")
    assert offer[LeastDevelopedDiscount(Country("BJ"), Decimal(50))] == Decimal("-3300.00")
    assert offer[CoExhibitorFee()] == Decimal("400.00")
    assert offer[RegistrationFee()] == Decimal("150.00")


def test_discounts_never_exceed_the_price_of_the_space() -> None:
    prices = replace(PRICES, early_percent=Decimal(60), registration=Decimal(0))
    wanted = replace(CORNER, day=EARLY, least_developed=Country("BJ"))
    offer = quote(prices, wanted)
    assert [one.amount for one in offer.lines] == [Decimal(6000), Decimal(600), Decimal(-3960), Decimal(-2640)]
    assert offer.total == 0
    assert DiscountsStop() in offer.notes


def test_a_free_booth_is_a_line_of_nothing_with_its_reason() -> None:
    granted = date(2023, 7, 1)
    wanted = replace(CORNER, day=EARLY, free=(granted, 18), least_developed=Country("BJ"))
    offer = quote(PRICES, wanted)
    assert [(one.why, one.amount) for one in offer.lines] == [
        (FreeBooth(18, granted), Decimal(0)), (RegistrationFee(), Decimal(150)),
    ]  # fmt: skip
    assert FreeBoothUndecided() in quote(PRICES, replace(CORNER, free_undecided=True)).notes


def test_yen_have_no_decimals_and_dinars_three() -> None:
    prices = replace(PRICES, tax_percent=Decimal("10.5"), registration=Decimal(1))
    for currency, tax in (("JPY", "693"), ("USD", "693.11"), ("KWD", "693.105")):
        assert quote(replace(prices, currency=currency), CORNER).tax == Decimal(tax)


cents = st.integers(0, 10**9).map(lambda number: Decimal(number) / 100)
percents = st.integers(0, 10_000).map(lambda number: Decimal(number) / 100)
price_lists = st.builds(
    Prices, currency=st.just("EUR"), standard_booth=cents, raw_m2=cents, raw_least_m2=st.integers(1, 200),
    open_side_percent=percents, registration=cents, co_exhibitor=cents, early_percent=percents,
    early_until=st.just(EARLY), pavilion_percent=percents, least_developed_percent=percents, tax_percent=percents,
    upper_deck_m2=cents,
    locations=st.integers(-10_000, 10_000).map(lambda n: (replace(MAIN_AISLE, percent=Decimal(n) / 100),)),
)  # fmt: skip
wishes = st.builds(
    Wanted, stand=st.sampled_from(["standard", "raw"]), area_m2=st.integers(1, 400).map(lambda n: 9 * n),
    open_sides=st.integers(1, 4), day=st.sampled_from([EARLY, LATE]), co_exhibitors=st.integers(0, 9),
    shares_stand=st.booleans(), pavilion=st.sampled_from([None, BENIN]),
    least_developed=st.sampled_from([None, Country("BJ")]), free=st.sampled_from([None, (LATE, 18)]),
    location=st.sampled_from(["", "A", "D"]), upper_deck_m2=st.integers(0, 200),
)  # fmt: skip


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves away from zero, worked out in whole numbers."""
    sign = -1 if value < 0 else 1
    return sign * ((abs(value.numerator) * 2 + value.denominator) // (2 * value.denominator))


def in_cents(prices: Prices, wanted: Wanted) -> tuple[int, int, int]:
    """Net, tax and total in cents, worked out apart from the product, in fractions of whole cents."""

    def cent(amount: Decimal) -> int:
        return int(amount * 100)

    net = cent(prices.registration) + wanted.co_exhibitors * cent(prices.co_exhibitor)
    if not wanted.free:
        if wanted.stand == "standard":
            space = wanted.area_m2 // 9 * cent(prices.standard_booth)
        else:
            least = 0 if wanted.shares_stand else prices.raw_least_m2
            space = max(wanted.area_m2, least) * cent(prices.raw_m2)
        sides = (wanted.open_sides - 1) * half_up(Fraction(space) * Fraction(prices.open_side_percent) / 100)
        surcharge = prices.locations[0].percent if wanted.location == "A" else Decimal(0)
        space += sides + half_up(Fraction(space) * Fraction(surcharge) / 100)
        space += wanted.upper_deck_m2 * cent(prices.upper_deck_m2)
        percents = [
            prices.early_percent if wanted.day <= EARLY else Decimal(0),
            prices.pavilion_percent if wanted.pavilion else Decimal(0),
            prices.least_developed_percent if wanted.least_developed else Decimal(0),
        ]
        off = sum(half_up(Fraction(space) * Fraction(one) / 100) for one in percents)
        net += max(0, space - off)
    tax = half_up(Fraction(net) * Fraction(prices.tax_percent) / 100)
    return net, tax, net + tax


@given(price_lists, wishes)
def test_lines_tax_and_total_add_up_to_the_cent(prices: Prices, wanted: Wanted) -> None:
    offer = quote(prices, wanted)
    assert sum(one.amount for one in offer.lines) == offer.net
    assert offer.net + offer.tax == offer.total
    assert (offer.net * 100, offer.tax * 100, offer.total * 100) == in_cents(prices, wanted)
    assert all(one.amount.as_tuple().exponent == -2 for one in offer.lines)
    assert [line(one.stored()) for one in offer.lines] == list(offer.lines)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"standard_booth": Decimal(-1)}, PriceNegative),
        ({"raw_m2": Decimal("1.005")}, PriceTooFine),
        ({"tax_percent": Decimal(101)}, PercentOutOfRange),
        ({"early_until": None}, EarlyDayMissing),
        ({"locations": (replace(MAIN_AISLE, name=Name(" ", "")),)}, LocationNameMissing),
        ({"locations": (replace(MAIN_AISLE, percent=Decimal("100.5")),)}, LocationOutOfRange),
    ],
)
def test_a_price_list_that_cannot_be_meant_is_refused(change: dict[str, object], refusal: type[Exception]) -> None:
    require_prices(PRICES)
    with pytest.raises(refusal):
        require_prices(replace(PRICES, **change))


HALVES = (Instalment(Decimal(50), "signing", 14), Instalment(Decimal(50), "opening", 60))
OPENING, ISSUED = date(2023, 11, 5), date(2023, 7, 1)


def test_half_is_due_on_signing_and_the_rest_before_the_show() -> None:
    found = dues(Decimal("100.01"), HALVES, issued=ISSUED, opening=OPENING, places=2)
    assert found == (Due(date(2023, 7, 15), Decimal("50.01")), Due(date(2023, 9, 6), Decimal("50.00")))


def test_nothing_is_due_before_its_invoice_is_issued() -> None:
    found = dues(Decimal(100), HALVES, issued=date(2023, 10, 30), opening=OPENING, places=2)
    assert found == (Due(date(2023, 10, 30), Decimal("50.00")), Due(date(2023, 11, 13), Decimal("50.00")))


@given(cents, st.lists(st.integers(1, 100), min_size=1, max_size=4), st.integers(-1, 200))
def test_instalments_add_up_to_the_total(total: Decimal, weights: list[int], days: int) -> None:
    whole = sum(weights)
    parts = [Decimal(10_000 * weight // whole) / 100 for weight in weights]
    parts[-1] = Decimal(100) - sum(parts[:-1])
    rule = [Instalment(one, ("signing", "opening")[index % 2], 10 * index) for index, one in enumerate(parts)]
    issued = OPENING - timedelta(days=days)
    found = dues(total, rule, issued=issued, opening=OPENING, places=2)
    assert sum(one.amount for one in found) == total
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert all(one.day >= issued for one in found)


def test_payments_cover_what_is_due_first() -> None:
    due = [Due(OPENING, Decimal(60)), Due(ISSUED, Decimal(40))]
    assert open_dues(due, Decimal(0)) == [Due(ISSUED, Decimal(40)), Due(OPENING, Decimal(60))]
    assert open_dues(due, Decimal(50)) == [Due(OPENING, Decimal(50))]
    assert open_dues(due, Decimal(101)) == []


def test_instalments_are_the_whole() -> None:
    require_instalments(HALVES)
    with pytest.raises(InstalmentsNotWhole, match="add up to 50 per cent"):
        require_instalments(HALVES[:1])
