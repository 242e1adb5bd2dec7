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
from havn.rounds.queries.answers import Accepted, accepted_in_round, published_in_round
from havn.rounds.rules.comparing import LEAST_CENTRES, Three, beside, whole_threes
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
    own = next((one for one in accepted_in_round(work.round.pk) if one.assignment_id == work.assignment.pk), None)
    published = published_in_round(work.round.pk)
    counted = published[: len(published) - len(published) % LEAST_CENTRES]
    context = {
        **around(request, work, "network"),
        "tables": _tables(work, own, counted),
        "counted": len(counted),
        "published": len(published),
        "least": LEAST_CENTRES,
        "is_in": any(one.assignment_id == work.assignment.pk for one in counted),
    }
    return render(request, "rounds/network.html", context)


def _tables(work: Work, own: Accepted | None, counted: Sequence[Accepted]) -> list[dict[str, Any]]:
    """One table of all single numbers, and one of each question that has rows."""
    language, definition = reader_language(), work.definition
    mine = _numbers(definition, own) if own else {}
    theirs = [(one.centre.pk, _numbers(definition, one)) for one in counted]
    paths: dict[str, list[str]] = {}
    for path in dict.fromkeys([*mine, *(path for _centre, numbers in theirs for path in numbers)]):
        paths.setdefault(path.partition(".")[0] if "." in path else "", []).append(path)
    tables = []
    for key, found in paths.items():
        rows = [_row(work, path, mine, theirs) for path in found]
        name = forms.path_words(definition, key, language) if key else _("Single numbers")
        tables.append({"id": key or "numbers", "name": name, "rows": _with_shares(rows) if key else rows})
    return tables


def _row(
    work: Work, path: str, mine: Mapping[str, float], theirs: Sequence[tuple[int, Mapping[str, float]]]
) -> dict[str, Any]:
    definition = work.definition
    key = path.partition(".")[0]
    asked = definition.questions[key]
    found = beside(_threes(theirs, path), work.assignment.centre_id, least=asked.least, most=asked.most)
    # The name of an only column says what the whole table says.
    shown = path.rpartition(".")[0] if len(asked.columns) == 1 else path
    return {
        "name": forms.path_words(definition, shown, reader_language(), within=key if "." in path else ""),
        "own": _word(mine.get(path)), "own_number": mine.get(path), "own_share": "",
        "centres": found.centres,
        "total": _word(found.total), "total_number": found.total, "total_share": "",
        "middle": _word(found.middle), "lower": _word(found.lower), "upper": _word(found.upper),
        "why_not": _why_not(found.why_not),
    }  # fmt: skip


def _with_shares(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Shares of the table beside its numbers, of the network only where every row is shown of the same centres."""
    whole = len({row["centres"] for row in rows}) == 1 and all(row["total_number"] is not None for row in rows)
    for name, there in (("own", True), ("total", whole)):
        numbers = [row[f"{name}_number"] or 0 for row in rows]
        if there and sum(numbers) > 0:
            for row, number in zip(rows, numbers, strict=True):
                row[f"{name}_share"] = _("%(share)s %%") % {"share": number_words(round(100 * number / sum(numbers)))}
    return rows


def _threes(theirs: Sequence[tuple[int, Mapping[str, float]]], path: str) -> list[Three]:
    """Threes of centres with their numbers at a path. An empty cell of a table that was answered is 0."""
    question = path.partition(".")[0]

    def answered(one: tuple[int, Mapping[str, float]]) -> bool:
        return any(each.partition(".")[0] == question for each in one[1])

    return [{centre: numbers.get(path, 0) for centre, numbers in three} for three in whole_threes(theirs, answered)]


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
        "few": _("Not shown: fewer than three centres that all answered."),
        "one-large": _("Not shown: most of it comes from one centre."),
        "small": _("Not shown: it would tell nearly what others said."),
    }[why]
