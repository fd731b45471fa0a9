"""Addresses of a delegation's leader, below ``my/delegation/<path>/``: of their own group or one of its sub-groups."""

from __future__ import annotations

from django.urls import path

from emporion.web.editions import delegation_lists as lists
from emporion.web.meetings import sheets
from emporion.web.shell.leading import leading
from emporion.web.visitors import delegation

urlpatterns = [
    path("", leading(delegation.overview), name="my_delegation"),
    path("people/", leading(delegation.people), name="my_delegation_people"),
    path("invite/", leading(delegation.inviting), name="my_delegation_invite"),
    path("invite/registered/", leading(delegation.inviting_registered), name="my_delegation_invite_registered"),
    path("invite/<int:pk>/", leading(delegation.withdrawal), name="my_delegation_withdrawal"),
    path("leaders/", leading(delegation.leaders), name="my_delegation_leaders"),
    path("leaders/<int:pk>/", leading(delegation.dismissal), name="my_delegation_dismissal"),
    path("sheets/", leading(sheets.own_sheets), name="my_delegation_sheets"),
    path("sheets.pdf", leading(sheets.own_document), name="my_delegation_document"),
    path("lists/", leading(lists.lists), name="my_delegation_lists"),
    path("lists/template.xlsx", leading(lists.template), name="my_delegation_template"),
    path("lists/<int:pk>/", leading(lists.one_list), name="my_delegation_list"),
    path("lists/<int:pk>/rows/", leading(lists.rows_to_mend), name="my_delegation_rows"),
]
