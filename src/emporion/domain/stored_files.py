"""Files that people bring, kept under the installation's home by a name that nobody can guess."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction

from emporion.domain.uploads import LONGEST_NAME, FileKind, plain_name


def place_of(record: models.Model, name: str) -> str:
    """Where a record's file is kept: a folder of its model, and a name by chance with the suffix of its kind."""
    return f"uploads/{record._meta.model_name}/{uuid4().hex}{PurePath(name).suffix}"


class StoredFile(models.Model):
    """A file with the name it came by, what it is, and who brought it when. ``size`` is in bytes."""

    file = models.FileField(upload_to=place_of, max_length=200)
    name = models.CharField(max_length=LONGEST_NAME)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    uploaded = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether browsers draw it."""
        return self.content_type.startswith("image/")


def fill(record: StoredFile, name: str, content: bytes, kind: FileKind, *, at: datetime, by: Any = None) -> None:
    """Give a record its file; the record is saved by its caller. ``by``: the person who brought it."""
    record.name, record.content_type, record.size = plain_name(name), kind.content_type, len(content)
    record.uploaded, record.uploaded_by = at, by
    record.file.save(f"file{kind.suffix}", ContentFile(content), save=False)


def discard(record: StoredFile) -> None:
    """Remove a record, and its file once that is certain."""
    storage, place = record.file.storage, record.file.name
    record.delete()
    if place:
        transaction.on_commit(partial(storage.delete, place))
