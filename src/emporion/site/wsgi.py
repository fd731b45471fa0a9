"""The WSGI application that Granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
# Before NumPy is loaded: a worker answers several people at once, and pools of threads fight for the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
application = get_wsgi_application()

# Importable only after Django is set up.
from django.db import connections  # noqa: E402

from emporion.web.preload import preload, preload_markets, preload_suggestions  # noqa: E402

preload()
preload_markets()
preload_suggestions()
# Pages are answered by other threads, each with a connection of its own.
connections.close_all()
# What is loaded by now stays: the garbage collector need not look through it again, which takes a tenth of a second.
gc.collect()
gc.freeze()
