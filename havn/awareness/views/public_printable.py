"""A page to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from havn.awareness.counting.uses import counted
from havn.awareness.models import EditorialPage
from havn.awareness.queries import page_at, site_of
from havn.awareness.taking.printing import printed
from havn.common.access import public
from havn.common.language import reader_language
from havn.common.printing import CannotPrint
from havn.tenancy.models import Centre


@public
@require_safe
def printable(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this path as a PDF to keep and print. What is not shown as a page is not printed either (404)."""
    page = page_to_keep(request, path)
    try:
        content = printed(page, request)
    except CannotPrint as refusal:
        return not_now(request, refusal)
    return counted(to_keep(request, page, content, "pdf", "application/pdf"), page, "print")


def page_to_keep(request: HttpRequest, path: str) -> EditorialPage:
    """The visible page at a path, in the language of the address. Raises Http404."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    page = page_at(centre, path.strip("/"), reader_language())
    if page is None:
        raise Http404
    return page


def to_keep(request: HttpRequest, page: EditorialPage, content: bytes, suffix: str, kind: str) -> HttpResponse:
    """A file that the browser saves. Search engines are led to the page itself (RFC 6596)."""
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{page.slug}.{suffix}") or "attachment"
    answer.headers["Link"] = f'<{request.build_absolute_uri(page.get_url(request) or "/")}>; rel="canonical"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def not_now(request: HttpRequest, refusal: CannotPrint) -> HttpResponse:
    """A sentence and, where waiting helps, for how long."""
    context = {"sentence": refusal.sentence, "base": "common/base_public.html", "desk": False}
    answer = render(request, "common/refused.html", context, status=refusal.status)
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer
