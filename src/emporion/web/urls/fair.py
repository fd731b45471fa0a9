"""Every address of a fair, below ``<fair>/`` for its current edition and ``<fair>/<number>/`` for any."""

from __future__ import annotations

from django.urls import include, path

from emporion.web.shell.acting import managing
from emporion.web.visitors import unit

urlpatterns = [
    path("my/exhibitor/<int:organisation>/", include("emporion.web.urls.exhibitor")),
    path("my/builder/", include("emporion.web.urls.contractor")),
    path("my/delegation/<str:path>/", include("emporion.web.urls.delegation")),
    path("my/unit/<int:organisation>/", managing(unit.unit), name="my_unit"),
    path("my/unit/<int:organisation>/questions/<int:pk>/", managing(unit.answer), name="my_unit_question"),
    path("my/visit/", include("emporion.web.urls.visitor")),
    path("office/", include("emporion.web.urls.office")),
    path("", include("emporion.web.urls.public")),
]
