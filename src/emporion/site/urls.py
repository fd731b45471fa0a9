"""Where each door stands. Every language has its own addresses: English without a prefix, Chinese under zh-hans."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

from emporion.site.security import health

admin.autodiscover()

CLOSED = ("/admin/", "/calendar/", "/my/", "/accounts/", "/signup/")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {at}\nDisallow: /zh-hans{at}\n" for at in CLOSED)

urlpatterns = [
    path("health/", health),
    path("robots.txt", lambda request: HttpResponse(ROBOTS, content_type="text/plain")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("emporion.web.urls.accounts")),
        path("my/exhibitor/<int:organisation>/", include("emporion.web.urls.exhibitor")),
        path("my/visit/", include("emporion.web.urls.visitor")),
        path("my/office/", include("emporion.web.urls.office")),
        path("", include("emporion.web.urls.public")),
        prefix_default_language=False,
    ),
]
handler403 = "emporion.web.shell.errors.forbidden"
handler404 = "emporion.web.shell.errors.not_found"
handler500 = "emporion.web.shell.errors.failed"
