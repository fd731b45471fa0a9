"""Pictures of products are drawn anew: small, upright, on white, and without what the camera noted."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from emporion.domain.catalogue.actions import add_picture, remove_picture, remove_product
from emporion.domain.catalogue.models import Product, ProductPicture
from emporion.domain.catalogue.pictures import (
    LONGEST_SIDE,
    MOST_PICTURES,
    PictureNeedsText,
    PictureTooManyPixels,
    PictureUnreadable,
    TooManyPictures,
    drawn_anew,
)
from emporion.domain.editions.models import Edition
from emporion.domain.journal.context import ActionContext
from emporion.domain.uploads import FileDamaged, FileOfOtherKind
from tests.domain.catalogue.drawing import make_picture
from tests.make import IN_JUNE, make_exhibitor, make_product

JUNE = ActionContext(IN_JUNE)
ORIENTATION, GPS = 0x0112, 0x8825


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_what_the_camera_noted_is_gone_and_the_picture_stands_upright() -> None:
    noted = Image.Exif()
    noted[ORIENTATION] = 6  # to be turned by a quarter
    noted.get_ifd(GPS)[1] = "N"
    content = make_picture(80, 60, "JPEG", exif=noted.tobytes(), comment=b"at home")
    assert opened(content).getexif()[ORIENTATION] == 6
    drawn = drawn_anew("photo.jpg", content)
    kept = opened(drawn.content)
    assert (drawn.width, drawn.height) == kept.size == (60, 80)
    assert not kept.getexif() and "comment" not in kept.info and b"at home" not in drawn.content
    # The left half was red; turned by a quarter it is the upper one.
    assert kept.getpixel((30, 10))[0] > 200 and kept.getpixel((30, 70))[0] < 50


def test_a_large_picture_becomes_small_and_what_is_transparent_white() -> None:
    drawn = drawn_anew("large.png", make_picture(2000, 1000, mode="RGBA"))
    assert (drawn.width, drawn.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert opened(drawn.content).getpixel((1500, 10)) == (255, 255, 255)
    assert drawn_anew("small.png", make_picture(20, 10))[1:] == (20, 10)


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"<svg></svg>", FileOfOtherKind),
        (make_picture(8, 6)[:-8], FileDamaged),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50 + b"IEND\xaeB`\x82", PictureUnreadable),
        (make_picture(9000, 7000, mode="L"), PictureTooManyPixels),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(content: bytes, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        drawn_anew("p.png", content)


@pytest.fixture
def butter(edition: Edition) -> Product:
    return make_product(make_exhibitor(edition, "Shea", "BJ"), "Butter")


def test_a_product_has_a_few_pictures_each_with_words(butter: Product) -> None:
    content = make_picture(8, 6)
    with pytest.raises(PictureNeedsText):
        add_picture(butter, "b.png", content, alt_en=" ", context=JUNE)
    for _number in range(MOST_PICTURES):
        add_picture(butter, "b.png", content, alt_en="A jar.", context=JUNE)
    with pytest.raises(TooManyPictures):
        add_picture(butter, "b.png", content, alt_en="A jar.", context=JUNE)


@pytest.mark.django_db(transaction=True)
def test_with_a_picture_its_file_goes(edition: Edition) -> None:
    product = make_product(make_exhibitor(edition, "Shea", "BJ"), "Butter")
    first, second = (
        add_picture(product, "b.png", make_picture(8, 6), alt_en="A jar.", context=JUNE) for _number in range(2)
    )
    storage = first.file.storage
    remove_picture(first, context=JUNE)
    remove_product(product, context=JUNE)
    assert not storage.exists(first.file.name) and not storage.exists(second.file.name)
    assert not ProductPicture.objects.exists()
