"""The description of the API, for programs and for those who write them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.connections.openapi import document


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def description(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, the same at every centre."""
    return JsonResponse(document())
