"""The ``emporion`` command: every command of the platform behind one name."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command named on the command line; ``emporion help`` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emporion.site.settings")
    # The kernels run one worker per core, each with one BLAS thread: pools inside pools fight for the cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["emporion", *sys.argv[1:]])
