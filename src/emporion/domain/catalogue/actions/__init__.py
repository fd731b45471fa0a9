"""What happens in the catalogue."""

from emporion.domain.catalogue.actions.products import add_product, change_product, remove_product

__all__ = ["add_product", "change_product", "remove_product"]
