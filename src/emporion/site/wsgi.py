"""The WSGI application that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
application = get_wsgi_application()

# Importable only after Django is set up.
from emporion.web.warm import warm, warm_behind, warm_suggestions  # noqa: E402

warm()
warm_suggestions()
warm_behind()
