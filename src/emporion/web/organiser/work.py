"""Asking a worker for deeds that take longer than a page."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from emporion.domain.editions.models import Edition


def ask_worker(request: HttpRequest, job: str, editions: Iterable[Edition]) -> None:
    """Put the job into the queue for each edition, once; deeds of one edition wait for one another."""
    for edition in editions:
        locks = {"lock": f"edition-{edition.pk}", "queueing_lock": f"{job}-{edition.pk}"}
        facts = {"edition": edition.pk, "asked_by": request.user.pk}
        try:
            with transaction.atomic():
                app.configure_task(job, **locks).defer(**facts)
        except AlreadyEnqueued:
            messages.warning(request, _("%(edition)s: this waits for a worker already.") % {"edition": edition})
        else:
            messages.success(
                request, _("%(edition)s: asked for. A worker does it; the journal tells when.") % {"edition": edition}
            )
