"""All surveys of the centre, where their waves stand, and the questions that were asked before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.language import reader_language
from havn.forms.api import frozen_versions_for
from havn.surveys import words
from havn.surveys.actions import reusing
from havn.surveys.permissions import RUNNERS
from havn.surveys.queries.bank import Wording, bank_of, draft_name, newest_version_ids, says, survey_drafts
from havn.surveys.queries.surveys import state_of, surveys_of
from havn.surveys.rules.comparing import Change
from havn.surveys.views.asked import actor_of


@staff(*RUNNERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The list, archived ones last."""
    actor_of(request)
    moment = now()
    rows = [
        {
            "survey": survey,
            "title": words.title_of(survey),
            "waves": [(wave, words.state_words(state_of(wave, moment))) for wave in survey.waves.all()],
        }
        for survey in surveys_of(request.centre).select_related("centre")  # type: ignore[attr-defined]
    ]
    rows.sort(key=lambda row: row["survey"].archived_at is not None)  # type: ignore[attr-defined]
    return render(request, "surveys/desk.html", {"rows": rows})


@staff(*RUNNERS)
@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    """Every question of the centre's surveys with its wordings and the waves that asked it."""
    actor_of(request)
    language = reader_language()
    found = bank_of(request.centre, now().date())  # type: ignore[attr-defined]
    copies = newest_version_ids(request.centre)  # type: ignore[attr-defined]
    drafts = [(one.pk, draft_name(one)) for one in survey_drafts(request.centre)]  # type: ignore[attr-defined]
    sought, form_id = request.GET.get("q", "").strip()[:100], request.GET.get("form", "")
    offered = {str(one.version.form_id): words.label_words(one.definition.title, one.definition, language)
               for wordings in found.values() for one in wordings}  # fmt: skip
    questions = [
        {
            "key": key,
            "wordings": [_wording(one, copies) for one in wordings],
        }
        for key, wordings in found.items()
        if says(key, wordings, sought) and form_id in ("", *(str(one.version.form_id) for one in wordings))
    ]
    context = {"questions": questions, "drafts": drafts, "sought": sought,
               "offered": sorted(offered.items(), key=lambda one: one[1]), "form_id": form_id,
               "is_empty": not found}  # fmt: skip
    return render(request, "surveys/desk_bank.html", context)


@staff(*RUNNERS)
@require_POST
def put_question(request: HttpRequest) -> HttpResponse:
    """A question of the bank into a draft of a form, to be asked again."""
    centre = request.centre  # type: ignore[attr-defined]
    drafts, ids = survey_drafts(centre), [request.POST.get(name, "") for name in ("draft", "version")]
    numbers = [int(one) if one.isascii() and one.isdigit() and len(one) < 15 else 0 for one in ids]
    draft = next((one for one in drafts if one.pk == numbers[0]), None)
    source = frozen_versions_for(centre).filter(pk=numbers[1]).first()
    if draft is None or source is None:
        messages.error(request, _("Choose the draft that it goes into."))
        return redirect("surveys:bank")
    try:
        reusing.put_question(actor=actor_of(request), source=source, key=request.POST.get("key", "")[:40], draft=draft)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("surveys:bank")
    messages.success(request, _("The question is in the draft “%(title)s”.") % {"title": draft_name(draft)})
    return redirect("surveys:bank")


def _wording(one: Wording, copies: dict[int, int]) -> dict[str, Any]:
    language = reader_language()
    return {
        "labels": sorted(one.question.label.items()),
        "choices": [
            words.label_words(choice.label, one.definition, language)
            for choice in (*one.question.rows, *one.question.choices, *one.question.columns)
        ],
        "form": words.label_words(one.definition.title, one.definition, language),
        "version": one.version.number,
        "version_id": one.version.pk,
        "waves": [
            _("%(title)s, wave %(number)s") % {"title": words.title_of(wave.survey).text, "number": wave.number}
            for wave in one.waves
        ],
        "copy": copies.get(one.version.form_id),
        "is_newest": copies.get(one.version.form_id) == one.version.pk,
        "differs": "" if one.differs is Change.NEW else words.change_words(one.differs),
    }
