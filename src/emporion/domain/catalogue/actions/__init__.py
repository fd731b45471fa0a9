"""What happens in the catalogue."""

from emporion.domain.catalogue.actions.pictures import add_picture, remove_picture
from emporion.domain.catalogue.actions.products import add_product, change_product, remove_product

__all__ = ["add_picture", "add_product", "change_product", "remove_picture", "remove_product"]
