"""Asking a worker for deeds that take longer than a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued

from emporion.domain.editions.models import Edition

# Workers give a sign of life every ten seconds.
SILENCE = timedelta(seconds=60)


def ask_worker(request: HttpRequest, job: str, editions: Iterable[Edition]) -> None:
    """Put the job into the queue for each edition, once; deeds of one edition wait for one another."""
    for edition in editions:
        locks = {"lock": f"edition-{edition.pk}", "queueing_lock": f"{job}-{edition.pk}"}
        facts = {"edition": edition.pk, "asked_by": request.user.pk}
        try:
            with transaction.atomic():
                app.configure_task(job, **locks).defer(**facts)
        except AlreadyEnqueued:
            if worker_seen(timezone.now()):
                told = _("%(edition)s: this waits for a worker already.")
            else:
                told = _("%(edition)s: this waits for a worker already, but none is running: start `emporion worker`.")
            messages.warning(request, told % {"edition": edition})
        else:
            _tell(request, edition)


def _tell(request: HttpRequest, edition: Edition) -> None:
    """Say of a deed in the queue where its end is told, or that nobody works on it."""
    address = reverse("admin:journal_journalentry_changelist")
    facts = {"edition": edition, "journal": format_html('<a href="{}">{}</a>', address, _("the journal"))}
    if worker_seen(timezone.now()):
        told = _("{edition}: asked for. A worker does it; {journal} tells when.")
        messages.success(request, format_html(told, **facts))
    else:
        told = _("{edition}: asked for, but no worker is running: start `emporion worker`. Then {journal} tells when.")
        messages.warning(request, format_html(told, **facts))


def worker_seen(at: datetime) -> bool:
    """Whether a worker has given a sign of life shortly before."""
    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gt=at - SILENCE).exists())
