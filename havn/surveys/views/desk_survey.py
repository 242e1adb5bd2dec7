"""One survey: its texts, its waves, its poster, and putting it away."""

import io

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.common.address import site_of
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.language import reader_language
from havn.surveys import words
from havn.surveys.actions import editing
from havn.surveys.comparisons import compare, counted_waves
from havn.surveys.forms import SurveyForm
from havn.surveys.models import Survey
from havn.surveys.permissions import RUNNERS
from havn.surveys.queries.surveys import state_of, wave_that_is_open
from havn.surveys.views.asked import actor_of, survey_of
from havn.surveys.views.public_survey import TEXTS


@staff(*RUNNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new survey."""
    actor_of(request)
    return _form(request, None)


@staff(*RUNNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Its texts and address."""
    return _form(request, survey_of(request, survey_id))


@staff(*RUNNERS)
@require_safe
def survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Its waves, and what can be done."""
    found = survey_of(request, survey_id)
    waves = [(wave, words.state_words(state_of(wave, now()))) for wave in found.waves.all()]
    first = found.centre.default_language
    context = {
        "survey": found,
        "title": words.title_of(found),
        "waves": waves,
        "address": _address(request, found),
        "missing": [name for name in editing.TEXTS if not getattr(found, name).get(first)],
        "may_delete": not any(wave.approved_at for wave, _state in waves),
        "may_compare": len(counted_waves(found)) > 1,
    }
    return render(request, "surveys/desk_survey.html", context)


@staff(*RUNNERS)
@require_safe
def poster(request: HttpRequest, survey_id: int) -> HttpResponse:
    """A page to print for a class: title, link and QR code."""
    found = survey_of(request, survey_id)
    address = _address(request, found)
    wave = wave_that_is_open(found, now()) or next((one for one in found.waves.all() if one.approved_at), None)
    first = found.centre.default_language
    context = {
        "survey": found,
        "title": words.title_of(found),
        "texts": {name: words.said(getattr(found, name), reader_language(), first) for name in TEXTS},
        "wave": wave,
        "address": address,
        "drawing": _drawing(address),
    }
    return render(request, "surveys/desk_poster.html", context)


@staff(*RUNNERS)
@require_safe
def comparison(request: HttpRequest, survey_id: int) -> HttpResponse:
    """The waves side by side, for questions that stayed the same."""
    found = survey_of(request, survey_id)
    compared, apart = compare(found, reader_language())
    context = {"survey": found, "title": words.title_of(found), "compared": compared, "apart": apart}
    return render(request, "surveys/desk_comparison.html", context)


@staff(*RUNNERS)
@require_POST
def archive(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Put it away; refused before every wave has its outcome."""
    found = survey_of(request, survey_id)
    try:
        editing.archive(actor=actor_of(request), survey=found)
        messages.success(request, _("The survey is archived."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("surveys:desk_survey", survey_id=survey_id)


@staff(*RUNNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Ask once, then throw away what nobody was asked with."""
    found = survey_of(request, survey_id)
    if request.method != "POST":
        return render(request, "surveys/desk_delete.html", {"survey": found, "title": words.title_of(found)})
    try:
        editing.delete_survey(actor=actor_of(request), survey=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("surveys:desk_survey", survey_id=survey_id)
    messages.success(request, _("The survey is deleted."))
    return redirect("surveys:desk")


def _form(request: HttpRequest, found: Survey | None) -> HttpResponse:
    centre = request.centre  # type: ignore[attr-defined]
    form = SurveyForm(request.POST if request.method == "POST" else None, centre=centre, survey=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = editing.save_survey(actor=actor_of(request), survey=form.survey(found))
        except Refused as refused:
            form.add_error("slug", refused.sentence)
        else:
            messages.success(request, _("The survey is saved."))
            return redirect("surveys:desk_survey", survey_id=saved.pk)
    context = {"form": form, "survey": survey_of(request, found.pk) if found else None}
    return render(request, "surveys/desk_edit.html", context, status=422 if form.errors else 200)


def _address(request: HttpRequest, found: Survey) -> str:
    """Without a language, so that each child's own browser chooses."""
    path = reverse("surveys:survey", args=[found.slug]).removeprefix(get_script_prefix())
    return f"{site_of(request)}/{path}"


def _drawing(address: str) -> SafeString:
    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4)
    # Made by segno from our own address: paths only.
    return mark_safe(drawing.getvalue().decode())  # noqa: S308
