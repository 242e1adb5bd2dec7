"""A page to take along, without a network."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from havn.awareness.counting.uses import counted
from havn.awareness.taking.packing import packed
from havn.awareness.views.public_printable import not_now, page_to_keep, to_keep
from havn.common.access import public
from havn.common.printing import CannotPrint


@public
@require_safe
def pack(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this path with its pictures, films and files as a zip; what is no page is not here (404)."""
    page = page_to_keep(request, path)
    try:
        content = packed(page, request)
    except CannotPrint as refusal:
        return not_now(request, refusal)
    answer = to_keep(request, page, content, "zip", "application/zip")
    # It is compressed already; compressing it once more would hold a thread for seconds.
    answer.headers["Content-Encoding"] = "identity"
    return counted(answer, page, "pack")
