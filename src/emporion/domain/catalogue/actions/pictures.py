"""Pictures of a product: added, described, taken away."""

from __future__ import annotations

from django.db import transaction

from emporion.domain.catalogue.models import Product, ProductPicture
from emporion.domain.catalogue.pictures import MOST_PICTURES, PictureNeedsText, TooManyPictures, drawn_anew
from emporion.domain.journal.actions import record, subject_of
from emporion.domain.journal.context import ActionContext
from emporion.domain.stored_files import discard, fill
from emporion.domain.uploads import JPEG


@transaction.atomic
def add_picture(
    product: Product, name: str, content: bytes, *, alt_en: str, alt_zh: str = "", context: ActionContext
) -> ProductPicture:
    """Add a picture to a product, with words for those who do not see it.

    Raises: PictureNeedsText, TooManyPictures, and what ``drawn_anew`` refuses.
    """
    if not (alt_en.strip() or alt_zh.strip()):
        raise PictureNeedsText()
    drawn = drawn_anew(name, content)
    Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    if product.pictures.count() >= MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)
    picture = ProductPicture(
        product=product, width=drawn.width, height=drawn.height, alt_en=alt_en.strip(), alt_zh=alt_zh.strip()
    )
    fill(picture, name, drawn.content, JPEG, at=context.at, by=context.actor)
    picture.save()
    _record("product.picture_added", product, context)
    return picture


@transaction.atomic
def remove_picture(picture: ProductPicture, *, context: ActionContext) -> None:
    """Take a picture away."""
    _record("product.picture_removed", picture.product, context)
    discard(picture)


def _record(event: str, product: Product, context: ActionContext) -> None:
    record(event, subject_of(product, str(product)), context=context, edition=product.edition_id)
