"""Who did what to what, when."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from emporion.domain.editions.models import Edition, Fair
from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.domain.staff.queries import fairs_for
from emporion.domain.staff.rules import AUDITOR, OWNER, REGISTRATION
from emporion.web.shell.admin import ReadOnlyAdmin


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    """What happened in the editions of one's own fairs; what belongs to no edition is the operator's to read."""

    reads = ()

    list_display = ("at", "actor", "event", "subject_kind", "subject_label", "public", "edition")
    list_filter = ("subject_kind", "event", "public", "edition")
    list_select_related = ("actor",)
    search_fields = ("subject_label", "=subject_id")
    date_hierarchy = "at"
    show_full_result_count = False

    def allowed(self, request: HttpRequest, roles: tuple[str, ...], *, reading: bool = False) -> Q:
        """Entries hold editions by their key."""
        if request.user.is_superuser:
            return Q()
        fairs = fairs_for(request.user, *roles, reading=reading) if request.user.is_staff else Fair.objects.none()
        own = (
            fairs if roles else fairs.filter(staff_roles__user=request.user.pk, staff_roles__role__in=[OWNER, AUDITOR])
        )
        return Q(edition__in=Edition.objects.filter(fair__in=own).values("pk"))


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Messages of one's own fairs, to whom and how they went out.

    What fills them nobody reads: among it are codes, and who reads a code can sign in as the person it was sent to.
    """

    reads = (REGISTRATION,)
    fair = "edition__fair"
    exclude = ("context",)
    list_display = ("recipient", "template", "created", "sent", "attempts", "failed", "last_error")
    list_filter = (("sent", admin.EmptyFieldListFilter), ("failed", admin.EmptyFieldListFilter), "template")
    search_fields = ("recipient", "key")
