"""The generated documents are those of the code as it is."""

from __future__ import annotations

from django.core.management import call_command


def test_generated_documents_are_fresh():
    call_command("docs", "--check")
