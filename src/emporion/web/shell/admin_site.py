"""The back office: who may enter it, and that signing in and passwords are the site's own pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.sites import UnfoldAdminSite

from emporion.domain.accounts.models import User
from emporion.domain.editions.models import Fair
from emporion.domain.staff.queries import fairs_for
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.second_factor import has_second_factor, to_setup
from emporion.web.shell.templatetags.fair import words
from emporion.web.shell.whole_numbers import whole_number

# So many fairs' offices the head of every page leads to; the first page leads to all.
MOST_OFFICES = 3


class OfficeSite(UnfoldAdminSite):
    """Open to the staff of a fair and to the operator, each with a second factor."""

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The link to the site leads to the only fair at which the reader works, else to the list of fairs.

        The way back leads to the office of the fair whose records are listed, else to that of each fair of the reader.
        """
        context: dict[str, Any] = super().each_context(request)
        own = fairs_for(request.user)
        edition = _listed_edition(request)
        listed = own.none() if edition is None else own.filter(editions__pk=edition)
        context["offices"] = _offices(list(listed) or list(own[:MOST_OFFICES]))
        few = list(own[:2])
        return {**context, "site_url": fair_url(few[0], "home")} if len(few) == 1 else context

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and user.is_active and user.is_staff and has_second_factor(user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead on: to the sign-in page, to the second factor, or nowhere for those who do not work here."""
        user = request.user
        if not isinstance(user, User):
            goal = request.GET.get("next") or reverse("admin:index")
            return redirect(f"{reverse('account_login')}?{urlencode({'next': goal})}")
        if not user.is_staff:
            raise Http404(_("Only the organiser's staff work here. Sign in with a staff account."))
        return redirect("admin:index") if has_second_factor(user) else to_setup(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("account_settings")


def _listed_edition(request: HttpRequest) -> int | None:
    """The key of the edition whose records a list is limited to; none where it is not."""
    return whole_number(request.GET.get("edition__id__exact", ""))


def _offices(fairs: list[Fair]) -> list[dict[str, str]]:
    """The way to each fair's office, by its name where there are several."""
    one = len(fairs) == 1
    titles = [_("The fair's office") if one else _("Office: %(fair)s") % {"fair": words(fair)} for fair in fairs]
    return [{"address": fair_url(fair, "office"), "title": title} for fair, title in zip(fairs, titles, strict=True)]
