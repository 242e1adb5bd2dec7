"""Pictures and files, given out by the same rule as pages and with headers that let nothing in them run."""

import mimetypes
import re
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from havn.accounts.api import roles_in_centre, staff_session
from havn.awareness.models import PublishedFile, Rendition
from havn.awareness.queries import visible_files
from havn.common.access import public
from havn.tenancy.models import Centre

PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
PLAYED = {".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg", ".vtt": "text/vtt; charset=utf-8"}
PIECE = 1024 * 1024
"""A player asks for the next piece itself: none of our processes ever holds a whole film."""
INERT = "default-src 'none'; sandbox"


@public
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture in one of its sizes. Its name changes when it does, so browsers may keep it."""
    row = Rendition.objects.filter(file=name).first()
    kind = PICTURES.get(Path(name).suffix.lower())
    if row is None or kind is None or not row.file.storage.exists(name):
        raise Http404
    with row.file.open("rb") as source:
        answer = HttpResponse(source.read(), content_type=kind)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Content-Security-Policy"] = INERT
    return answer


@public
@require_safe
def file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A file to keep, or a piece of a film to play. Files for members only are there for people signed in here."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    found = visible_files(centre, to_members=_is_member(request, centre)).filter(pk=number).first()
    if found is None or found.filename != name or not found.file.storage.exists(found.file.name):
        raise Http404
    suffix = Path(name).suffix.lower()
    answer = _piece(request, found, PLAYED[suffix]) if suffix in PLAYED else _whole(found)
    answer.headers["Content-Security-Policy"] = INERT
    # Compressing what may be 50 MB would hold a thread for seconds, and a piece of a film would be another piece.
    answer.headers["Content-Encoding"] = "identity"
    return answer


def _is_member(request: HttpRequest, centre: Centre) -> bool:
    signed_in = staff_session(request.COOKIES)
    return bool(signed_in and not signed_in.locked and roles_in_centre(signed_in.user_id, centre))


def _whole(found: PublishedFile) -> HttpResponseBase:
    kind = mimetypes.guess_type(found.filename)[0] or "application/octet-stream"
    if kind in {"text/html", "image/svg+xml"} or kind.startswith(("text/", "application/xhtml")):
        kind = "application/octet-stream"
    with found.file.open("rb") as source:
        answer = HttpResponse(source.read(), content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    return answer


def _piece(request: HttpRequest, found: PublishedFile, kind: str) -> HttpResponseBase:
    """RFC 9110, 14.2: one range of bytes, at most `PIECE` long; the answer says which."""
    size = found.file.size
    asked = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("Range", ""))
    if asked is None or (size <= PIECE and not asked):
        first, last, partial = 0, size - 1, False
    else:
        first, last = _range(asked[1], asked[2], size)
        partial = True
    if partial and (first >= size or first > last):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if partial:
        last = min(last, first + PIECE - 1)
    with found.file.open("rb") as source:
        source.seek(first)
        body = source.read(last - first + 1)
    answer = HttpResponse(body, status=206 if partial else 200, content_type=kind)
    answer.headers["Accept-Ranges"] = "bytes"
    if partial:
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _range(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last or 0)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
