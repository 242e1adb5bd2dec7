"""A form as whoever answers will see it, to be tried out. Nothing that is typed here is stored."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.language import reader_language
from havn.forms.binding import bind
from havn.forms.listing import title_of
from havn.forms.permissions import WRITERS
from havn.forms.queries import filled_in
from havn.forms.rendering import render as render_form
from havn.forms.rules.answering import Checked, check
from havn.forms.rules.definition import Definition
from havn.forms.rules.parsing import parse_kindly
from havn.forms.views.asked import centre_of, version_of

_LONGEST = 200_000


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, version_id: int) -> HttpResponse:
    """Answer, press "Check", see what fires. With "as last period" the answers become those of the period before."""
    found = version_of(request, version_id)
    definition, faults = parse_kindly(found.definition)
    definition = filled_in(definition, now().date(), centre_of(request))
    language = _language(request, definition)
    before = _before(request)
    answers: dict[str, Any] = {}
    checked: Checked | None = None
    if request.method == "POST" and "anew" not in request.POST:
        bound = bind(definition, request.POST, request.FILES)
        answers = bound.answers
        for path, file in bound.files.items():
            _put_file(answers, path, {"name": file.name or "", "size": file.size or 0, "ref": "preview"})
        if not bound.pressed:
            checked = check(definition, answers, before=before)
        if checked is not None and "as_before" in request.POST:
            before, answers, checked = {**checked.answers, **checked.values}, {}, None
    with override(language if language in dict(settings.LANGUAGES) else reader_language()):
        questions = render_form(definition, answers, language=language, checked=checked, before=before)
    context = {
        "version": found, "title": title_of(found.definition), "language": language,
        "languages": [(code, _name(code), code == language) for code in definition.languages],
        "questions": questions,
        "about": definition.said(definition.about, language), "heading": definition.said(definition.title, language),
        "before": json.dumps(before) if before else "", "is_fine": checked is not None and not checked.faults,
        "is_checked": checked is not None, "faults": len(faults),
    }  # fmt: skip
    return render(request, "forms/desk_preview.html", context)


def _language(request: HttpRequest, definition: Definition) -> str:
    asked = request.GET.get("language", "") or reader_language().split("-")[0]
    return asked if asked in definition.languages else definition.language


def _name(code: str) -> str:
    return dict(settings.LANGUAGES).get(code, code)


def _before(request: HttpRequest) -> dict[str, Any]:
    """What the page itself wrote as answers of the last period; nothing for whatever else was sent."""
    text = request.POST.get("before", "")
    try:
        found = json.loads(text) if 0 < len(text) <= _LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _put_file(answers: dict[str, Any], path: str, file: dict[str, Any]) -> None:
    section, _dot, rest = path.partition(".")
    number, _dot, key = rest.partition(".")
    rows = answers.get(section)
    if key and isinstance(rows, list) and number.isdigit() and int(number) < len(rows):
        rows[int(number)][key] = file
    elif not rest:
        answers[path] = file
