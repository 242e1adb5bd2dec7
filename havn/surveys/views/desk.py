"""All surveys of the centre, where their waves stand, and the questions that were asked before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.language import reader_language
from havn.surveys import words
from havn.surveys.permissions import RUNNERS
from havn.surveys.queries.bank import bank_of, newest_version_ids
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
    questions = [
        {
            "key": key,
            "wordings": [
                {
                    "labels": sorted(one.question.label.items()),
                    "choices": [
                        words.label_words(choice.label, one.definition, language)
                        for choice in (*one.question.rows, *one.question.choices, *one.question.columns)
                    ],
                    "form": words.label_words(one.definition.title, one.definition, language),
                    "version": one.version.number,
                    "waves": [
                        _("%(title)s, wave %(number)s")
                        % {"title": words.title_of(wave.survey).text, "number": wave.number}
                        for wave in one.waves
                    ],
                    "copy": copies.get(one.version.form_id),
                    "is_newest": copies.get(one.version.form_id) == one.version.pk,
                    "differs": "" if one.differs is Change.NEW else words.change_words(one.differs),
                }
                for one in wordings
            ],
        }
        for key, wordings in found.items()
    ]
    return render(request, "surveys/desk_bank.html", {"questions": questions})
