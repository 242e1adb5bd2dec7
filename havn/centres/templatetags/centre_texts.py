"""`{% safety_text "must-tell" organisation="…" %}`: a text on safety, with English beside it until it is approved.

`{% safety_words "danger-now" %}` is the same inside a heading, a button or a sentence of its own.
"""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language

from havn.centres.registry import chosen_text
from havn.centres.safety_texts import approved_keys
from havn.centres.safety_texts import safety_text as words
from havn.common.language import plain
from havn.tenancy.models import Service

register = template.Library()
APPROVED = "_approved_safety_texts"


@register.inclusion_tag("centres/safety_text.html", takes_context=True)
def safety_text(context: Context, key: str, **values: Any) -> dict[str, object]:
    """Render one text in the page's language. Approvals are read once a page."""
    return _found(context, key, values)


@register.inclusion_tag("centres/safety_words.html", takes_context=True)
def safety_words(context: Context, key: str, **values: Any) -> dict[str, object]:
    """As `safety_text`, without a paragraph around it."""
    return _found(context, key, values)


def _found(context: Context, key: str, values: dict[str, object]) -> dict[str, object]:
    request: HttpRequest = context["request"]
    language = get_language() or settings.LANGUAGE_CODE
    approved = getattr(request, APPROVED, None)
    if approved is None:
        approved = approved_keys(request.centre, plain(language))  # type: ignore[attr-defined]
        setattr(request, APPROVED, approved)
    service = context.get("service")
    service_id = service.pk if isinstance(service, Service) else None
    key = chosen_text(request.centre.pk, service_id, key)  # type: ignore[attr-defined]
    return {"words": words(key, language, approved, values)}
