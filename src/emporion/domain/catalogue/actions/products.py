"""One product at a time: adding, changing and removing it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from emporion.domain.catalogue.actions.words import set_words
from emporion.domain.catalogue.models import Debut, Product
from emporion.domain.catalogue.rules import HSCodeUnknown, ProductNumberTaken, require_name
from emporion.domain.editions.models import Sector
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.journal.actions import record
from emporion.domain.journal.context import ActionContext
from emporion.domain.reference.models import Country, HSCode
from emporion.domain.stored_files import discard


@dataclass(frozen=True)
class ProductFacts:
    """What an exhibitor says of a product. ``hs`` is a code of two, four or six digits or empty; ``debut`` is a kind
    of debut or empty."""

    number: str
    name_en: str = ""
    name_zh: str = ""
    about_en: str = ""
    about_zh: str = ""
    kind: str = Product.Kind.PRODUCT
    hs: str = ""
    sector: Sector | None = None
    origin: Country | None = None
    debut: str = ""


def add_product(exhibitor: Exhibitor, facts: ProductFacts, *, context: ActionContext) -> Product:
    """Add a product to the catalogue; where no origin is told it is the exhibitor's. One row, its words, the journal.

    Raises ProductNeedsName, HSCodeUnknown, ProductNumberTaken.
    """
    product = Product(edition_id=exhibitor.edition_id, exhibitor=exhibitor)
    return _write(product, facts, "product.added", context=context)


def change_product(product: Product, facts: ProductFacts, *, context: ActionContext) -> Product:
    """Change a product to what the exhibitor says now. Raises what :func:`add_product` does."""
    return _write(product, facts, "product.changed", context=context)


@transaction.atomic
def remove_product(product: Product, *, context: ActionContext) -> None:
    """Take a product out of the catalogue, with its pictures."""
    for picture in product.pictures.all():
        discard(picture)
    record("product.removed", product, context=context, edition=product.edition_id)
    product.delete()


@transaction.atomic
def _write(product: Product, facts: ProductFacts, event: str, *, context: ActionContext) -> Product:
    require_name(facts.name_en, facts.name_zh)
    product.hs = _hs(facts.hs)
    product.origin = facts.origin or product.exhibitor.origin
    for name in ("number", "name_en", "name_zh", "about_en", "about_zh", "kind", "sector"):
        setattr(product, name, getattr(facts, name))
    _save(product)
    _set_debut(product, facts.debut)
    set_words(product)
    record(event, product, context=context, edition=product.edition_id)
    return product


def _hs(code: str) -> HSCode | None:
    if not code:
        return None
    found = HSCode.objects.filter(code=code.replace(".", "")).first()
    if found is None:
        raise HSCodeUnknown(code=code)
    return found


def _save(product: Product) -> None:
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        if "one_product_per_number" in str(error):
            raise ProductNumberTaken(number=product.number) from error
        raise


def _set_debut(product: Product, kind: str) -> None:
    if kind:
        Debut.objects.update_or_create(product=product, defaults={"kind": Debut.Kind(kind)})
    else:
        Debut.objects.filter(product=product).delete()
