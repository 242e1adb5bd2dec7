"""`{% safety_text "must-tell" organisation="…" %}`: a text on safety, with English beside it until it is approved."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language

from havn.centres.safety_texts import approved_keys
from havn.centres.safety_texts import safety_text as words

register = template.Library()
APPROVED = "_approved_safety_texts"


@register.inclusion_tag("centres/safety_text.html", takes_context=True)
def safety_text(context: Context, key: str, **values: Any) -> dict[str, object]:
    """Render one text in the page's language. Approvals are read once a page."""
    request: HttpRequest = context["request"]
    language = get_language() or "en"
    approved = getattr(request, APPROVED, None)
    if approved is None:
        approved = approved_keys(request.centre, language)  # type: ignore[attr-defined]
        setattr(request, APPROVED, approved)
    return {"words": words(key, language, approved, values)}
