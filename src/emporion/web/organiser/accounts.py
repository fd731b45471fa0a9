"""People who sign in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from emporion.domain.accounts.models import User
from emporion.domain.organisations.actions import appoint
from emporion.domain.organisations.models import Representative
from emporion.web.doors import action_context
from emporion.web.organiser.deeds import StaffAdmin

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, StaffAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (None, {"fields": ("name", "language", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)


@admin.register(Representative)
class RepresentativeAdmin(StaffAdmin):
    """Staff appoints who acts for an organisation; changing or ending that takes a permission of its own."""

    list_display = ("organisation", "user", "position")
    list_select_related = ("organisation", "user")
    autocomplete_fields = ("organisation", "user")
    search_fields = ("organisation__name", "user__email")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def save_model(self, request: HttpRequest, obj: Representative, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        appointed = appoint(obj.organisation, obj.user, position=obj.position, context=action_context(request))
        obj.pk = appointed.pk
