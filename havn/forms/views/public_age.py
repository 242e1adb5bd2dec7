"""Age assurance: explained to children, and a self-assessment for whoever asks people how old they are."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from havn.common.access import public
from havn.common.bucket import Bucket
from havn.common.clock import now, now_ms
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.forms.actions.assessing import FullToday, keep
from havn.forms.kept import day_at, opened_by
from havn.forms.pages_age import points_of, rights
from havn.forms.rules.keeping import Earlier, Kept
from havn.live.public_forms import check_own_form, form_token
from havn.tenancy.models import Centre

KEY = "age_assurance"
# Keeping writes to the database: a machine that does it for ever has to wait, a conference of providers has not.
_bucket = Bucket(per_second=0.5, burst=60)


@public
@require_safe
def age_assurance(request: HttpRequest) -> HttpResponse:
    """What age checks are, how they are made, and the six rights that they are weighed by."""
    return render(request, "forms/public_age.html", {"rights": rights()})


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment(request: HttpRequest) -> HttpResponse:
    """The questions; sent, the points on the spot. Kept only when asked for, under a code. Nothing else is stored."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    version = forms.newest_frozen(KEY)
    if version is None:
        raise Http404
    definition = forms.definition_on(version, day_at(centre, now()), centre)
    if request.method != "POST":
        return _page(request, definition, Kept({}, ()))
    check_own_form(request)
    code = request.POST.get("code", "")[:200]
    found = opened_by(code, centre) if code.strip() else None
    earlier = found[1].earlier if found else ()
    if "open" in request.POST:
        if found is None:
            return _page(request, definition, Kept({}, ()), problem="code", status=422)
        return _opened(request, definition, found[1], code)
    raw = forms.bind(definition, request.POST, prefix="q").answers
    checked = forms.check(definition, raw)
    if checked.errors or "keep" not in request.POST:
        status = 422 if checked.errors else 200
        return _page(
            request, definition, Kept(raw, earlier), checked=checked, code=code if found else "", status=status
        )
    if not _bucket.take(centre.pk, now_ms()):
        return _page(request, definition, Kept(raw, earlier), checked=checked, problem="busy", status=503)
    try:
        kept = keep(centre=centre, version=version, answers=checked.answers, values=checked.values, code=code)
    except FullToday:
        return _page(request, definition, Kept(raw, earlier), checked=checked, problem="full", status=503)
    return _page(request, definition, Kept(raw, earlier), checked=checked, code=kept, is_kept=True)


def _opened(request: HttpRequest, definition: forms.Definition, kept: Kept, code: str) -> HttpResponse:
    """What was kept, with its day and points at once; beside them those of the time before."""
    checked = forms.check(definition, kept.answers)
    day = kept.earlier[-1].day if kept.earlier else None
    before = Kept(kept.answers, kept.earlier[:-1])
    return _page(
        request, definition, before, checked=None if checked.errors else checked, code=code, opened=day
    )  # fmt: skip


def _page(
    request: HttpRequest, definition: forms.Definition, kept: Kept, *, checked: forms.Checked | None = None,
    code: str = "", is_kept: bool = False, opened: dt.date | None = None, problem: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    language = reader_language()
    last: Earlier | None = kept.earlier[-1] if kept.earlier else None
    context: dict[str, Any] = {
        "title": definition.said(definition.title, language),
        "about": definition.said(definition.about, language),
        "questions": forms.render(definition, kept.answers, language=language, checked=checked, values_shown=False),
        "points": points_of(definition, checked, last, language) if checked and not checked.errors else [],
        "last": last,
        "code": code,
        "is_kept": is_kept,
        "opened": opened,
        "problem": problem,
        "form_token": form_token(),
    }
    return render(request, "forms/public_assessment.html", context, status=status)
