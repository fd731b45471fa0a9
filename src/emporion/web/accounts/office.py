"""People who sign in."""

from __future__ import annotations

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 – allauth registers its records there, before they are taken out below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from emporion.domain.accounts.models import User
from emporion.domain.people.actions import remove_second_factors
from emporion.web.shell.access import action_context
from emporion.web.shell.admin import OperatorAdmin, do_to_each

# Addresses, second factors and sessions are each person's own; the operator only removes second factors that are lost.
admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])


@admin.register(User)
class UserAdmin(DjangoUserAdmin, OperatorAdmin):  # type: ignore[type-arg]
    filter_horizontal = ()
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    ordering = ("email",)
    list_display = ("email", "name", "name_latin", "is_superuser", "is_active", "last_login")
    list_filter = ("is_superuser", "is_active")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (None, {"fields": ("name", "name_latin", "language", "is_active", "is_superuser")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)
    actions = ("remove_second_factors",)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """An address is changed by its owner, who confirms the new one."""
        return ("email",) if obj else ()

    @admin.action(permissions=["act"], description=_("Remove second factors and passkeys that were lost"))
    def remove_second_factors(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        do_to_each(request, chosen, lambda one: remove_second_factors(one, context=action_context(request)))
