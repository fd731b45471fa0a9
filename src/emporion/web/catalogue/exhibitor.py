"""An exhibitor's own products: listed, added, changed and taken out."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from emporion.domain.catalogue.actions import (
    add_picture,
    add_product,
    change_product,
    remove_picture,
    remove_product,
)
from emporion.domain.catalogue.models import Product, ProductPicture
from emporion.domain.catalogue.pictures import MOST_BYTES, MOST_PICTURES
from emporion.domain.catalogue.queries import next_number, pictures_of, products_of
from emporion.domain.exhibitors.models import Exhibitor
from emporion.web.catalogue.forms import FIELDS, PICTURE_FIELDS, PictureForm, ProductForm, first_of
from emporion.web.shell.access import Place, action_context, contracted
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.files import content_of
from emporion.web.shell.respond import accepted, done, form_page, private_page
from emporion.web.shell.whole_numbers import whole_number


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
    shown = {"here": here, "form": form, "own": own, "pictures": pictures_of(own)}
    return form_page(request, "catalogue/own_product.html", here.edition, shown)


def pictures(request: HttpRequest, organisation: int, pk: int) -> HttpResponse:
    """The pictures of a product, a form for one more, and a button to take each away."""
    here, exhibitor = contracted(request, organisation)
    own = products_of(exhibitor).filter(pk=pk).first()
    if own is None:
        raise Http404(_("There is no such product among yours."))
    back = redirect(fair_url(request, "my_product_pictures", organisation, pk))
    if (gone := whole_number(request.POST.get("remove", ""))) is not None:
        for picture in pictures_of(own).filter(pk=gone):
            done(
                request, partial(remove_picture, picture, context=action_context(request)), _("The picture is removed.")
            )
        return back
    sent_in = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PictureForm(*sent_in, chinese=here.edition.fair.speaks_chinese)
    if accepted(form, lambda: _picture(request, own, form), PICTURE_FIELDS):
        messages.success(request, _("The picture is in the catalogue."))
        return back
    shown = {"here": here, "form": form, "own": own, "pictures": pictures_of(own), "most": MOST_PICTURES}
    return form_page(request, "catalogue/own_pictures.html", here.edition, shown)


def _picture(request: HttpRequest, own: Product, form: PictureForm) -> ProductPicture:
    file = form.cleaned_data["file"]
    content = content_of(file, most_bytes=MOST_BYTES)
    return add_picture(own, file.name, content, **form.words(), context=action_context(request))


def _added(request: HttpRequest, exhibitor: Exhibitor, form: ProductForm) -> Product:
    return add_product(exhibitor, form.facts(next_number(exhibitor)), context=action_context(request))


def _changed(request: HttpRequest, own: Product, form: ProductForm) -> Product:
    return change_product(own, form.facts(own.number), context=action_context(request))


def _removed(request: HttpRequest, here: Place, own: Product) -> HttpResponse:
    done(request, lambda: remove_product(own, context=action_context(request)), _("The product is no longer shown."))
    return redirect(fair_url(request, "my_products", here.organisation.pk))
