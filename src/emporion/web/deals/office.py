"""The ledger of deals and investments."""

from __future__ import annotations

from django.contrib import admin
from unfold.admin import TabularInline

from emporion.domain.deals.models import Deal, Evidence, Investment
from emporion.domain.staff.rules import FINANCE
from emporion.web.shell.admin import ReadOnlyAdmin


class EvidenceInline(TabularInline):
    model = Evidence
    extra = 0
    can_delete = False
    fields = readonly_fields = ("name", "sha256", "added", "added_by")

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Deal)
class DealAdmin(ReadOnlyAdmin):
    reads = (FINANCE,)
    fair = "edition__fair"
    list_display = (
        "number",
        "exhibitor",
        "buyer",
        "amount",
        "currency",
        "signed",
        "exhibitor_confirmed",
        "buyer_confirmed",
    )
    list_filter = ("edition", "kind", "currency", "signed")
    list_select_related = ("exhibitor__organisation", "buyer__organisation")
    search_fields = ("number",)
    named = ("exhibitor__organisation__found_by", "buyer__organisation__found_by")
    inlines = (EvidenceInline,)


@admin.register(Investment)
class InvestmentAdmin(ReadOnlyAdmin):
    reads = (FINANCE,)
    list_display = ("number", "organisation", "first_year", "last_year", "amount", "currency", "confirmed", "source")
    list_select_related = ("organisation",)
    search_fields = ("organisation__registered_number",)
    named = ("organisation__found_by",)
