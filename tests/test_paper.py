"""A PDF carries the structure that a screen reader follows."""

from __future__ import annotations

from emporion.paper import laid_out, written


def test_a_document_is_tagged_and_names_its_language() -> None:
    made = written(laid_out('<!doctype html><html lang="en"><title>Steps</title><h1>Steps</h1><p>One.</p></html>'))
    plain = laid_out('<!doctype html><html lang="en"><title>Steps</title><h1>Steps</h1></html>').write_pdf(
        pdf_variant="pdf/ua-1", uncompressed_pdf=True
    )
    assert made.startswith(b"%PDF-1.7")
    assert all(mark in plain for mark in (b"/StructTreeRoot", b"/Lang (en)", b"pdfuaid:part"))
