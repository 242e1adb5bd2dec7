"""What in a helpline's quarter is far from the quarter and the year before, while it can still be looked into.

The same rule as for what is accepted (`rules/outliers.py`), in a round of the network: the centre sees it before it
sends in, whoever reads it before they accept. Reasons are compared only from one list, and nothing over a break of the
centre's series.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from havn.forms import api as forms
from havn.rounds import api as rounds
from havn.rounds.models import Assignment
from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.models import Reported
from havn.trends.queries.network import DIMENSIONS, facts_of
from havn.trends.rounds_source import CHANGED, FORM, facts_of_answers
from havn.trends.rules.numbers import change
from havn.trends.rules.outliers import Flag, flags
from havn.trends.rules.quarters import Quarter, quarter_of
from havn.vocabularies import api as vocabularies


def register() -> None:
    """Let rounds show it. Called from AppConfig.ready()."""
    rounds.register_look(look)


def look(assignment: Assignment, definition: forms.Definition, answers: Mapping[str, Any]) -> list[rounds.Unusual]:
    """Every figure of the form that changed much, the quarter before first, the most unusual before others."""
    one, quarter = assignment.round, quarter_of(assignment.round.first)
    is_quarter = (one.first, one.last) == (quarter.first, quarter.last)
    asked = one.form_version.form.key == FORM and one.owner.kind == Centre.Kind.NETWORK
    if not asked or not is_quarter or answers.get(CHANGED) is True:
        return []
    now = by_dimension(facts_of_answers(definition, answers, assignment.centre_id))
    found = []
    for before, named in (
        (quarter.before, _("the quarter before")),
        (quarter.year_before, _("the same quarter a year before")),
    ):
        found += [
            _told(dimension, flag, named) for dimension, flag in far_from(assignment.centre_id, now, quarter, before)
        ]
    return found


def far_from(
    centre_id: int, now: Mapping[str, Mapping[str, int]], quarter: Quarter, before: Quarter
) -> list[tuple[str, Flag]]:
    """By list what changed much since an accepted quarter; nothing where the centre reported none."""
    old = facts_of(centre_id, before)
    if not old:
        return []
    compared = [one for one in ("total", *DIMENSIONS) if one != "reason" or _has_one_list(centre_id, quarter, before)]
    found = [
        (dimension, flag)
        for dimension in compared
        if now.get(dimension)
        for flag in flags(now[dimension], old.get(dimension, {}))
    ]
    return sorted(found, key=lambda one: -abs(one[1].deviations))


def by_dimension(facts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Facts by list and code."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (dimension, code), number in facts.items():
        found[dimension][code] = number
    return dict(found)


def _has_one_list(centre_id: int, quarter: Quarter, before: Quarter) -> bool:
    scheme = vocabularies.version_on("reason", on=quarter.last)
    return Reported.objects.filter(centre_id=centre_id, quarter=str(before), scheme=scheme).exists()


def _told(dimension: str, flag: Flag, against: str) -> rounds.Unusual:
    moved = change(flag.now, flag.before)
    title = words.dimension_label(dimension)
    return rounds.Unusual(
        what=title if dimension == "total" else f"{title}: {words.label(dimension, flag.code)}",
        now=words.number(flag.now),
        before=words.number(flag.before),
        against=against,
        change=words.change_in_points(moved.value) + " %" if moved is not None else "–",
    )
