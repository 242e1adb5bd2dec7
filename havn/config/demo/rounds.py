"""Rounds for the demo: the network asks a dozen centres for the quarter, and each has come another way.

All figures are invented. Norway has begun its answer, and asks itself about two weeks that its records have figures of.
It is also asked for its awareness work of the quarter, and has reported on Safer Internet Day.
"""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

from havn.accounts.models import User
from havn.common.clock import now
from havn.forms import api as forms
from havn.rounds.actions import review
from havn.rounds.actions.drafts import save_draft, take_over
from havn.rounds.actions.rounds import make_round
from havn.rounds.actions.sending import send_in
from havn.rounds.models import Assignment, Round
from havn.rounds.rules.schedule import closing_moment
from havn.rounds.warnings import warnings_of
from havn.rounds.working import Work
from havn.statistics.rules.periods import Kind, Period, before, period_of
from havn.tenancy.models import Centre

FORM, AWARENESS, SAFER_INTERNET_DAY, FRIDAY = "helpline_quarter", "awareness_data", "safer_internet_day", 4
# Country to how far it has come in the running round.
_STATES = {
    "DK": "sent", "SE": "accepted", "FI": "accepted", "IS": "asked", "DE": "sent", "NL": "accepted", "IE": "sent",
    "PL": "draft", "PT": "nothing", "ES": "nothing", "CZ": "accepted", "NO": "half",
}  # fmt: skip
TUESDAY = 1
_EXPLAINED = "A campaign in schools ran all through September."


def load_rounds() -> None:
    """Make the round of the last quarter and the one before it, once."""
    network = Centre.objects.filter(kind=Centre.Kind.NETWORK, is_demo=True).first()
    version = forms.newest_frozen(FORM)
    coordinator = User.objects.filter(username="marta").first()
    if network is None or version is None or coordinator is None or Round.objects.filter(owner=network).exists():
        return
    asked = list(Centre.objects.national().filter(country_code__in=_STATES).order_by("country_code"))
    last = before(period_of(Kind.QUARTER, now().date()))
    dice = random.Random("rounds")  # noqa: S311 - invented figures, the same on every machine
    sizes = {one.pk: dice.randint(150, 1500) for one in asked}
    earlier = _round(network, version, coordinator, before(last), asked)
    for assignment in _assignments(earlier):
        _send(assignment, _answers(Work(assignment).definition, _total(sizes, assignment, 0.95)), coordinator)
        review.accept(actor=coordinator, assignment_id=assignment.pk, revision=1)
        review.publish(actor=coordinator, assignment_id=assignment.pk)
    in_time = closing_moment(earlier.closes_on, network.time_zone) - dt.timedelta(days=1)
    earlier.assignments.update(submitted_at=in_time, accepted_at=in_time)
    _awareness(network, coordinator, last, [one for one in asked if one.country_code == "NO"])
    running = _round(network, version, coordinator, last, asked, closes_on=_next_friday(now().date()))
    for assignment in _assignments(running):
        _bring(assignment, _STATES[assignment.centre.country_code], _total(sizes, assignment, 1.0), coordinator)
    _own_round(version, now().date())


def _awareness(network: Centre, coordinator: User, last: Period, norway: list[Centre]) -> None:
    """The awareness work of the quarter, not begun, and the report on Safer Internet Day, accepted and published."""
    data, report = forms.newest_frozen(AWARENESS), forms.newest_frozen(SAFER_INTERNET_DAY)
    if data is None or report is None:
        return
    _round(network, data, coordinator, last, norway, closes_on=_next_friday(now().date()))
    year = before(period_of(Kind.YEAR, now().date()))
    for assignment in _assignments(_round(network, report, coordinator, year, norway)):
        _send(assignment, _report(year), coordinator)
        review.accept(actor=coordinator, assignment_id=assignment.pk, revision=1)
        review.publish(actor=coordinator, assignment_id=assignment.pk)
        in_time = closing_moment(assignment.round.closes_on, network.time_zone) - dt.timedelta(days=1)
        Assignment.objects.filter(pk=assignment.pk).update(submitted_at=in_time, accepted_at=in_time)


def _report(year: Period) -> dict[str, Any]:
    """What Norway did on the day. It is the second Tuesday of February."""
    first = year.first.replace(month=2)
    day = first + dt.timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)
    numbers = {"events": 3, "guests": 240, "schools": 118, "children": 9_400, "adults": 1_250}
    platforms = {"plays": 5_300, "views": 48_000}
    return {
        "held_on": day.isoformat(),
        "forms": ["school", "campaign", "youth"],
        **numbers, **{f"{key}.basis": "counted" for key in numbers},
        **platforms, **{f"{key}.basis": "platform" for key in platforms},
        "partners": 12,
        "moments": [{"moment_what": "A quiz about sharing pictures, in 118 schools", "moment_who": "Years 5 to 7"}],
        "article_title": "A day for asking first",
        "article": "Pupils in 118 schools talked about asking before one shares a picture of somebody else.",
        "may_publish": True,
    }  # fmt: skip


def _own_round(version: Any, today: dt.date) -> None:
    """Norway asks itself about the days of which the demo has contacts: there its records have figures."""
    officer = User.objects.filter(username="sigrid").first()
    centre = Centre.objects.filter(country_code="NO", is_demo=True).first()
    if officer is None or centre is None:
        return
    days = Period(Kind.SPAN, today - dt.timedelta(days=14), today - dt.timedelta(days=1))
    make_round(
        actor=officer, owner=centre, version=version, period=days, opens_on=today, note="Two weeks, to try it out.",
        centres=[centre],
    )  # fmt: skip


def _round(
    network: Centre, version: Any, coordinator: User, period: Period, asked: list[Centre], **days: dt.date
) -> Round:
    return make_round(
        actor=coordinator, owner=network, version=version, period=period, remind_days=(7, 2, 0),
        note="The list of platforms has not changed. Write to the coordinator when something is unclear.",
        centres=asked, **days,
    )  # fmt: skip


def _bring(assignment: Assignment, state: str, total: int, coordinator: User) -> None:
    """Bring one centre's answer to where it stands."""
    if state == "nothing":
        return
    if state in ("half", "draft"):
        half = {"contacts": total} if state == "draft" else {}
        _save(assignment, half | {"new_in_quarter": "More calls about voice messages that were made up."}, coordinator)
        return
    _send(assignment, _answers(Work(assignment).definition, total), coordinator)
    if state == "accepted":
        review.accept(actor=coordinator, assignment_id=assignment.pk, revision=1)
    if state == "asked":
        question = "This is twice as many as last spring. Is the chat counted here for the first time?"
        review.ask_back(
            actor=coordinator, assignment_id=assignment.pk, revision=1, questions={"contacts": question}
        )  # fmt: skip


def _send(assignment: Assignment, answers: Mapping[str, Any], coordinator: User) -> None:
    person = _save(assignment, answers, coordinator)
    work = Work(assignment)
    checked = work.check(work.draft.answers, final=True)
    assert not checked.errors, checked.errors
    send_in(
        actor=person,
        assignment_id=assignment.pk,
        seen=work.draft.version,
        answers=checked.answers,
        values=checked.values,
        warnings=dict.fromkeys(warnings_of(checked), _EXPLAINED),
    )


def _save(assignment: Assignment, answers: Mapping[str, Any], coordinator: User) -> User:
    """By the centre's own data officer where it runs here, else by whoever runs the round."""
    own = User.objects.filter(
        memberships__role="data_officer", memberships__organisation__centre=assignment.centre_id
    ).first()
    person = own or coordinator
    if own is not None and assignment.responsible_id is None:
        take_over(actor=own, assignment_id=assignment.pk)
    save_draft(actor=person, assignment_id=assignment.pk, answers=answers, seen=None)
    return person


def _answers(definition: forms.Definition, total: int) -> dict[str, Any]:
    """Every number and table of the form so that they add up."""
    found: dict[str, Any] = {
        "contacts": total, "offline": total // 2, "offered": total * 2, "answered": round(total * 1.7),
        "knows_place": True, "system_changed": False,
    }  # fmt: skip
    for question in definition.questions.values():
        if question.type == forms.Type.MATRIX and question.cell == "number" and len(question.columns) == 1:
            whole = total if question.key != "place" else total * 2 // 3
            found[question.key] = _spread(question, whole)
    return found


def _spread(question: forms.Question, whole: int) -> dict[str, dict[str, int]]:
    """The first rows get half of what is left each, the last one the rest."""
    rows, column, left = question.row_codes[:6], question.column_codes[0], whole
    table: dict[str, dict[str, int]] = {}
    for row in rows[:-1]:
        table[row] = {column: left // 2}
        left -= left // 2
    table[rows[-1]] = {column: left}
    return table


def _assignments(one: Round) -> list[Assignment]:
    return list(one.assignments.select_related("round__owner", "round__form_version__form", "centre"))


def _total(sizes: Mapping[int, int], assignment: Assignment, grown: float) -> int:
    return round(sizes[assignment.centre_id] * grown)


def _next_friday(day: dt.date) -> dt.date:
    """At least a week off, so that a visitor of the demo is never late."""
    soonest = day + dt.timedelta(days=7)
    return soonest + dt.timedelta(days=(FRIDAY - soonest.weekday()) % 7)
