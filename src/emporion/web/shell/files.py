"""Files that people bring and fetch: read no further than they may be long, sent so that no browser runs them."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from emporion.domain.stored_files import StoredFile
from emporion.domain.uploads import require_size

# A file never changes under its address; one that was taken away may be shown for so long.
PUBLIC_SECONDS = 3600


def content_of(file: UploadedFile[bytes], *, most_bytes: int) -> bytes:
    """What was sent; a file that is too large is not read. Raises: FileTooLarge."""
    require_size(file.name or "", file.size or 0, most_bytes=most_bytes)
    return bytes(file.read())


def sent(record: StoredFile, *, inline: bool = False, public: bool = False) -> FileResponse:
    """A stored file to keep; ``inline``: a picture to be drawn on a page of this site; ``public``: caches keep it."""
    if not record.file.name or not record.file.storage.exists(record.file.name):
        raise Http404
    response = FileResponse(
        record.file.open("rb"),
        as_attachment=not (inline and record.is_picture),
        filename=record.name,
        content_type=record.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if public:
        response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
    else:
        add_never_cache_headers(response)
    return response


def pdf_to_keep(name: str, content: bytes) -> HttpResponse:
    """A PDF to be saved; no cache keeps it."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    add_never_cache_headers(answer)
    return answer
