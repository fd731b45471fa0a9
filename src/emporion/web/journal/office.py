"""Who did what to what, when."""

from __future__ import annotations

from django.contrib import admin

from emporion.domain.journal.models import JournalEntry
from emporion.domain.notices.models import Notice
from emporion.web.shell.admin import ReadOnlyAdmin


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "event", "subject_kind", "subject_label", "public", "edition")
    list_filter = ("subject_kind", "event", "public", "edition")
    list_select_related = ("actor",)
    search_fields = ("subject_label", "=subject_id")
    date_hierarchy = "at"
    show_full_result_count = False


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("recipient", "template", "created", "sent", "attempts", "failed", "last_error")
    list_filter = (("sent", admin.EmptyFieldListFilter), ("failed", admin.EmptyFieldListFilter), "template")
    search_fields = ("recipient", "key")
