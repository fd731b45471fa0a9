"""Keeping the words by which products are found."""

from __future__ import annotations

from django.db import connection

from emporion.domain.catalogue.models import Product
from emporion.domain.catalogue.rules import search_vector
from emporion.domain.editions.models import Edition

AT_A_TIME = 5000


def set_words(product: Product) -> None:
    """Cut one product's names and descriptions into words and store them."""
    row = (product.name_en, product.name_zh, product.about_en, product.about_zh)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_product SET words = %s::tsvector WHERE id = %s", [_vector(*row), product.pk])


def set_all_words(edition: Edition) -> int:
    """Cut all products of an edition into words again, as after a change of the rule; gives how many."""
    fields = ("pk", "name_en", "name_zh", "about_en", "about_zh")
    products = Product.objects.filter(edition=edition).order_by("pk").values_list(*fields)
    done = 0
    batch: list[tuple[str, int]] = []
    for pk, *texts in products.iterator(AT_A_TIME):
        batch.append((_vector(*texts), pk))
        if len(batch) == AT_A_TIME:
            done += _store(batch)
            batch = []
    return done + _store(batch)


def _store(batch: list[tuple[str, int]]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_product SET words = cut.words::tsvector"
            " FROM unnest(%s::text[], %s::bigint[]) AS cut (words, id) WHERE catalogue_product.id = cut.id",
            [[words for words, _ in batch], [pk for _, pk in batch]],
        )
    return len(batch)


def _vector(name_en: str, name_zh: str, about_en: str, about_zh: str) -> str:
    return search_vector(f"{name_en} {name_zh}", f"{about_en} {about_zh}")
