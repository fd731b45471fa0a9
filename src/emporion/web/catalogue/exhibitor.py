"""An exhibitor's own products: listed, added, changed and taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.catalogue.actions import add_product, change_product, remove_product
from emporion.domain.catalogue.models import Product
from emporion.domain.catalogue.queries import next_number, products_of
from emporion.domain.exhibitors.models import Exhibitor
from emporion.web.catalogue.forms import FIELDS, ProductForm, first_of
from emporion.web.shell.access import Place, action_context, contracted
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, done, form_page, private_page


def products(request: HttpRequest, organisation: int) -> HttpResponse:
    """The exhibitor's products."""
    here, exhibitor = contracted(request, organisation)
    shown = {"here": here, "products": products_of(exhibitor)}
    return private_page(request, "catalogue/own_products.html", here.edition, shown)


def new_product(request: HttpRequest, organisation: int) -> HttpResponse:
    """Add a product."""
    here, exhibitor = contracted(request, organisation)
    form = ProductForm(request.POST or None, exhibitor=exhibitor)
    if request.method == "POST" and accepted(form, lambda: _added(request, exhibitor, form), FIELDS) is not None:
        messages.success(request, _("The product is in the catalogue."))
        return redirect(fair_url(request, "my_products", organisation))
    return form_page(request, "catalogue/own_product.html", here.edition, {"here": here, "form": form})


def product(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """Change a product, or take it out of the catalogue."""
    here, exhibitor = contracted(request, organisation)
    own = products_of(exhibitor).filter(pk=pk).first()
    if own is None:
        raise Http404(_("There is no such product among yours."))
    if "remove" in request.POST:
        return _removed(request, here, own)
    form = ProductForm(request.POST or None, exhibitor=exhibitor, initial=first_of(own))
    if request.method == "POST" and accepted(form, lambda: _changed(request, own, form), FIELDS) is not None:
        messages.success(request, _("The product is changed."))
        return redirect(fair_url(request, "my_products", organisation))
    return form_page(request, "catalogue/own_product.html", here.edition, {"here": here, "form": form, "own": own})


def _added(request: HttpRequest, exhibitor: Exhibitor, form: ProductForm) -> Product:
    return add_product(exhibitor, form.facts(next_number(exhibitor)), context=action_context(request))


def _changed(request: HttpRequest, own: Product, form: ProductForm) -> Product:
    return change_product(own, form.facts(own.number), context=action_context(request))


def _removed(request: HttpRequest, here: Place, own: Product) -> HttpResponse:
    done(request, lambda: remove_product(own, context=action_context(request)), _("The product is no longer shown."))
    return redirect(fair_url(request, "my_products", here.organisation.pk))
