"""You and the network: a centre's own numbers beside those of all, where that shows no other centre's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.errors import Refused
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.forms.words import number_words
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.answers import Accepted, accepted_in_round
from havn.rounds.rules.comparing import LEAST_CENTRES, beside, in_steps, whole_threes
from havn.rounds.views.around import around
from havn.rounds.views.asked import assignment_here
from havn.rounds.working import Work


@staff(*ANSWERERS)
@require_safe
def network(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """For a centre whose answer was accepted, and for whoever runs the round."""
    work = Work(assignment_here(request, assignment_id))
    if work.assignment.accepted_at is None:
        raise Refused(_("The network's figures stand here when this answer has been accepted."))
    accepted = accepted_in_round(work.round.pk)
    counted = in_steps(accepted)
    own = next((one for one in accepted if one.assignment_id == work.assignment.pk), None)
    context = {
        **around(request, work, "network"),
        "rows": _rows(work, own, counted),
        "counted": len(counted),
        "accepted": len(accepted),
        "least": LEAST_CENTRES,
        "is_in": any(one.assignment_id == work.assignment.pk for one in counted),
    }
    return render(request, "rounds/network.html", context)


def _rows(work: Work, own: Accepted | None, counted: Sequence[Accepted]) -> list[dict[str, Any]]:
    language, definition = reader_language(), work.definition
    mine = _numbers(definition, own) if own else {}
    theirs = [(one.centre.pk, _numbers(definition, one)) for one in counted]
    paths = dict.fromkeys([*mine, *(path for _centre, numbers in theirs for path in numbers)])
    rows = []
    for path in paths:
        found = beside(_counted(theirs, path), work.assignment.centre_id)
        rows.append(
            {
                "name": forms.path_words(definition, path, language),
                "own": number_words(mine[path]) if path in mine else "",
                "centres": found.centres,
                "total": _word(found.total),
                "middle": _word(found.middle),
                "lower": _word(found.lower),
                "upper": _word(found.upper),
                "why_not": _why_not(found.why_not),
            }
        )
    return rows


def _counted(theirs: Sequence[tuple[int, Mapping[str, float]]], path: str) -> dict[int, float]:
    """Centre to number at a path. An empty cell of a table that was answered is 0."""
    question = path.partition(".")[0]

    def answered(one: tuple[int, Mapping[str, float]]) -> bool:
        return any(each.partition(".")[0] == question for each in one[1])

    return {centre: numbers.get(path, 0) for centre, numbers in whole_threes(theirs, answered)}


def _numbers(definition: forms.Definition, one: Accepted) -> Mapping[str, float]:
    """Path to number, of everything that is counted outside repeated sections: steps of a scale are not."""
    counted = {
        key
        for key, question in definition.questions.items()
        if question.type == forms.Type.NUMBER or question.cell == "number"
    }
    found = forms.numbers_of(definition, one.answers)
    return {path: number.value for path, number in found.items() if path.partition(".")[0] in counted}


def _word(value: float | None) -> str:
    return "" if value is None else number_words(round(value, 1))


def _why_not(why: str) -> str:
    return {
        "": "",
        "few": _("Not shown: fewer than three centres."),
        "one-large": _("Not shown: most of it comes from one centre."),
        "small": _("Not shown: the others have only a few."),
    }[why]
