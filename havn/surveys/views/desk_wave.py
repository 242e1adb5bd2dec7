"""One wave: draft, ready, open, closed; what came of it, and publishing."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.accounts.models import User
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.surveys import words
from havn.surveys.actions import editing, ending
from havn.surveys.forms import OutcomeForm, WaveForm, version_name
from havn.surveys.models import Survey, Wave
from havn.surveys.permissions import RUNNERS
from havn.surveys.queries.surveys import answers_step, definition_of, state_of
from havn.surveys.rules.states import State, answers_go_at
from havn.surveys.views.asked import actor_of, survey_of, wave_of
from havn.surveys.views.public_survey import start_context

_DONE: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "approve": (editing.approve, lambda: _("The wave is ready. It opens and closes by itself on its days.")),
    "take-back": (ending.take_back, lambda: _("The wave is a draft again.")),
    "close": (ending.close_now, lambda: _("The wave is closed. It is counted in about an hour.")),
    "publish": (ending.publish, lambda: _("Everybody can read the results now.")),
}


@staff(*RUNNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_wave(request: HttpRequest, survey_id: int) -> HttpResponse:
    """A new wave, which begins as a draft; the form and split of the wave before are proposed."""
    return _form(request, survey_of(request, survey_id), None)


@staff(*RUNNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Change a draft."""
    wave = wave_of(request, wave_id)
    if wave.approved_at is not None:
        messages.error(request, _("This wave is ready already. It cannot be changed any more."))
        return redirect("surveys:wave", wave_id=wave_id)
    return _form(request, wave.survey, wave)


@staff(*RUNNERS)
@require_safe
def wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Where it stands, and what comes next."""
    found = wave_of(request, wave_id)
    return _page(request, found, OutcomeForm(wave=found))


@staff(*RUNNERS)
@require_safe
def preview(request: HttpRequest, wave_id: int) -> HttpResponse:
    """All that a child will read, on one page."""
    found = wave_of(request, wave_id)
    questions = forms.render(definition_of(found), {}, language=reader_language(), values_shown=False)
    context = start_context(found.survey, found) | {"wave": found, "questions": questions}
    return render(request, "surveys/desk_preview.html", context)


@staff(*RUNNERS)
@require_POST
def step(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Make ready, take back, close or publish: the button says which."""
    found, actor = wave_of(request, wave_id), actor_of(request)
    action, told = _DONE.get(request.POST.get("step", ""), (_nothing, lambda: ""))
    try:
        action(actor=actor, wave=found)
        messages.success(request, told())
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("surveys:wave", wave_id=wave_id)


@staff(*RUNNERS)
@require_POST
def outcome(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Say what happened with the answers."""
    found = wave_of(request, wave_id)
    form = OutcomeForm(request.POST, wave=found)
    if form.is_valid():
        try:
            ending.write_outcome(actor=actor_of(request), wave=found, outcome=form.text("outcome"))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Saved. Children read it on the page of the survey."))
            return redirect("surveys:wave", wave_id=wave_id)
    return _page(request, found, form, status=422)


@staff(*RUNNERS)
@require_POST
def delete_wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Throw away a draft."""
    found = wave_of(request, wave_id)
    try:
        editing.delete_wave(actor=actor_of(request), wave=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("surveys:wave", wave_id=wave_id)
    messages.success(request, _("The draft is deleted."))
    return redirect("surveys:desk_survey", survey_id=found.survey_id)


def _nothing(*, actor: User, wave: Wave) -> None:
    raise Refused(_("Choose what to do."))


def _page(request: HttpRequest, found: Wave, form: OutcomeForm, status: int = 200) -> HttpResponse:
    state = state_of(found, now())
    definition = definition_of(found)
    splits = [words.label_words(definition.questions[key].label, definition, reader_language())
              for key in found.split_by if key in definition.questions]  # fmt: skip
    context = {
        "wave": found,
        "survey": found.survey,
        "title": words.title_of(found.survey),
        "form_name": version_name(found.form_version),
        "splits": splits,
        "state": state,
        "state_words": words.state_words(state),
        "step": words.step_words(answers_step(found)) if state in (State.OPEN, State.CLOSED) else "",
        "not_ready": editing.why_not_ready(found) if state is State.DRAFT else [],
        "lacking": editing.lacking_languages(found) if state is State.DRAFT else [],
        "outcome_form": form,
        "answers_go": answers_go_at(found.closes_at, found.survey.keep_days),
    }
    return render(request, "surveys/desk_wave.html", context, status=status)


def _form(request: HttpRequest, survey: Survey, found: Wave | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = WaveForm(posted, survey=survey, wave=found, like=survey.waves.order_by("-number").first())
    if posted is not None and form.is_valid():
        try:
            saved = editing.save_wave(actor=actor_of(request), wave=form.wave(found))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The wave is saved as a draft."))
            return redirect("surveys:wave", wave_id=saved.pk)
    context = {"form": form, "survey": survey, "wave": found, "title": words.title_of(survey)}
    return render(request, "surveys/desk_wave_edit.html", context, status=422 if form.errors else 200)
