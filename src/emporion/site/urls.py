"""Where each door stands. Every language has its own addresses: English without a prefix, Chinese under zh-hans."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

admin.autodiscover()

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /zh-hans/admin/\n"

urlpatterns = [
    path("robots.txt", lambda request: HttpResponse(ROBOTS, content_type="text/plain")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("emporion.web.public.urls")),
        prefix_default_language=False,
    ),
]
handler403 = "emporion.web.public.errors.forbidden"
handler404 = "emporion.web.public.errors.not_found"
handler500 = "emporion.web.public.errors.failed"
