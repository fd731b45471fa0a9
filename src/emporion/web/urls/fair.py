"""Every address of a fair, below ``<fair>/`` for its current edition and ``<fair>/<number>/`` for any."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("my/exhibitor/<int:organisation>/", include("emporion.web.urls.exhibitor")),
    path("my/builder/", include("emporion.web.urls.contractor")),
    path("my/delegation/<str:path>/", include("emporion.web.urls.delegation")),
    path("my/visit/", include("emporion.web.urls.visitor")),
    path("office/", include("emporion.web.urls.office")),
    path("", include("emporion.web.urls.public")),
]
