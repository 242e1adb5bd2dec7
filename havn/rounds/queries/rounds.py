"""Rounds of a centre, those it is asked in, and what waits there for somebody."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from havn.common.clock import now
from havn.common.countries import country_name
from havn.forms import api as forms
from havn.forms.models import Form, FormVersion, Kind
from havn.rounds.models import Assignment, Round, Submission
from havn.rounds.rules.schedule import days_left, is_late, is_open, opening_moment, reminder_due
from havn.rounds.rules.states import DONE, WAITS_FOR_CENTRE, State, handle_order
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre

VISITED = Q(round__form_version__form__kind=Kind.VISIT) & ~Q(round__owner=F("centre"))
"""Of assignments: whoever runs the round writes about the centre, which has nothing to answer."""


@dataclass(frozen=True)
class Place:
    """One centre in a round, with its time: days left, late or not, and the reminder that holds now."""

    assignment: Assignment
    days_left: int
    is_open: bool
    is_late: bool
    reminder: int | None
    revision: int = 0
    """The newest that was sent in; 0 for none, or where the list does not ask."""
    explained: int = 0
    """How many warnings it explains."""
    comments: int = 0

    @property
    def waits_for_centre(self) -> bool:
        """Whether the centre has to do something."""
        return self.assignment.state in WAITS_FOR_CENTRE

    @property
    def waits_late(self) -> bool:
        """Whether the closing has gone by and the centre has not sent."""
        return self.waits_for_centre and self.is_late

    @property
    def was_late(self) -> bool:
        """Whether it was first sent after the closing."""
        sent = self.assignment.submitted_at
        one = self.assignment.round
        return sent is not None and is_late(one.closes_on, self.assignment.centre.time_zone, sent)

    @property
    def order(self) -> tuple[int, str, str]:
        """What is handled first stands first, and centres by their country."""
        centre = self.assignment.centre
        return handle_order(self.assignment.state, late=self.is_late), country_name(centre.country_code), centre.name


def place_of(assignment: Assignment, at: dt.datetime | None = None, **counted: int) -> Place:
    """How one centre stands now. `counted`: revision, explained and comments, where the list asks."""
    moment, one, zone = at or now(), assignment.round, assignment.centre.time_zone
    return Place(
        assignment=assignment,
        days_left=days_left(one.closes_on, zone, moment),
        is_open=is_open(one.opens_on, zone, moment),
        is_late=is_late(one.closes_on, zone, moment),
        reminder=reminder_due(one.closes_on, zone, one.remind_days, moment),
        **counted,
    )


@dataclass(frozen=True)
class Tally:
    """A round with how many centres are where."""

    round: Round
    asked: int
    sent: int
    waiting: int
    done: int


def rounds_run_by(owner: Centre) -> list[Tally]:
    """The rounds that a centre runs, the latest period first."""
    found = Round.objects.filter(owner=owner).select_related("form_version__form", "owner")
    counted = found.annotate(
        n_asked=Count("assignments"),
        n_waiting=Count("assignments", filter=Q(assignments__state=State.SUBMITTED)),
        n_done=Count("assignments", filter=Q(assignments__state__in=DONE)),
        n_sent=Count("assignments", filter=Q(assignments__submitted_at__isnull=False)),
    )
    ordered = counted.order_by("-last", "-pk")
    return [Tally(one, one.n_asked, one.n_sent, one.n_waiting, one.n_done) for one in ordered]


def round_of(owner: Centre, round_id: int) -> Round | None:
    """One round that the centre runs."""
    found = Round.objects.filter(owner=owner, pk=round_id)
    return found.select_related("form_version__form", "owner").first()


def asked_of(centre: Centre) -> QuerySet[Assignment]:
    """Everything that a centre is asked, from the day on which it opens there; the latest closing first."""
    found = Assignment.objects.filter(centre=centre)
    return found.select_related(
        "round__form_version__form", "round__owner", "centre", "responsible", "alternate"
    ).order_by("-round__closes_on", "-pk")


def places_of(centre: Centre) -> list[Place]:
    """The same with their time: what is open first by its closing, then what is done, then what opens later."""
    at = now()
    places = [place_of(one, at) for one in asked_of(centre)]
    open_ones = [one for one in places if one.is_open and one.waits_for_centre and not one.assignment.is_visit]
    others = [one for one in places if one not in open_ones]
    return sorted(open_ones, key=lambda one: one.days_left) + others


def waiting_for(centre: Centre) -> int:
    """How many answers this centre has to give now: what the menu counts."""
    rows = Assignment.objects.filter(centre=centre, state__in=WAITS_FOR_CENTRE).exclude(VISITED)
    at = now()
    opens = rows.values_list("round__opens_on", flat=True)
    return sum(at >= opening_moment(day, centre.time_zone) for day in opens)


def sent_to(owner: Centre) -> int:
    """How many answers wait to be handled in the rounds of this centre."""
    return Assignment.objects.filter(round__owner=owner, state=State.SUBMITTED).count()


def board_of(one: Round) -> list[Place]:
    """Every centre of a round, what is to be handled first."""
    rows = one.assignments.select_related(
        "centre", "responsible", "alternate", "round__owner", "round__form_version__form"
    )  # fmt: skip
    sent = Submission.objects.filter(assignment__round=one).order_by("revision")
    newest = {
        pk: (revision, len(said)) for pk, revision, said in sent.values_list("assignment", "revision", "explained")
    }
    said = dict(one.assignments.order_by().values_list("pk").annotate(number=Count("comments")))
    at, places = now(), []
    for row in rows:
        revision, explained = newest.get(row.pk, (0, 0))
        places.append(place_of(row, at, revision=revision, explained=explained, comments=said.get(row.pk, 0)))
    return sorted(places, key=lambda place: place.order)


def next_to_handle(one: Round, but: int = 0) -> Assignment | None:
    """What came in first and waits for the coordinator, other than the one that is handled now."""
    return one.assignments.filter(state=State.SUBMITTED).exclude(pk=but).order_by("changed_at", "pk").first()


def assignment_seen_by(centre: Centre, assignment_id: int) -> Assignment | None:
    """An assignment that this centre answers or whose round it runs; None for every other."""
    found = Assignment.objects.filter(Q(centre=centre) | Q(round__owner=centre), pk=assignment_id)
    return found.select_related(
        "round__form_version__form", "round__owner", "centre", "responsible", "alternate"
    ).first()


def centres_to_ask(owner: Centre) -> list[Centre]:
    """Whom a centre may ask: the network every country, a country itself."""
    if owner.kind == Centre.Kind.NETWORK:
        return list(Centre.objects.national().order_by("name", "pk"))
    return [owner]


def usable_versions(owner: Centre) -> list[FormVersion]:
    """The newest frozen version of each form that the centre may ask: its own, and those that come with Havn.

    Not surveys of children, nor what comes with Havn for providers: those are asked of nobody by name.
    """
    newest: dict[int, FormVersion] = {}
    found = forms.frozen_versions_for(owner).exclude(form__kind=Kind.SURVEY)
    for row in found.exclude(form__kind=Kind.SELF_ASSESSMENT, form__centre__isnull=True):
        newest.setdefault(row.form_id, row)
    return list(newest.values())


def may_use(owner: Centre, version: FormVersion) -> bool:
    """Whether a centre may ask with this version."""
    return forms.frozen_versions_for(owner).filter(pk=version.pk).exists()


def asked_already(owner: Centre, version: FormVersion, period: Period) -> bool:
    """Whether the centre runs a round of this form, in any version, for these days."""
    same = Round.objects.filter(owner=owner, form_version__form=version.form_id)
    return same.filter(first=period.first, last=period.last).exists()


def newest_version(form: Form) -> FormVersion:
    """The version that a new round of this form asks with."""
    return FormVersion.objects.filter(form=form, frozen_at__isnull=False).select_related("form").latest("number")


def earlier(assignment: Assignment, periods: Sequence[Period]) -> list[Assignment]:
    """What the same centre was asked with the same form, by the same owner, for these periods."""
    one = assignment.round
    same_days = Q()
    for period in periods:
        same_days |= Q(round__first=period.first, round__last=period.last)
    found = Assignment.objects.filter(
        same_days, centre=assignment.centre_id, round__form_version__form__key=one.form_version.form.key,
        round__owner=one.owner_id,
    )  # fmt: skip
    return list(found.exclude(pk=assignment.pk).select_related("round__form_version"))


def centres_asked_last(owner: Centre) -> list[Centre]:
    """Whom the centre asked in its latest round: who is ticked in the next one."""
    last = Round.objects.filter(owner=owner).order_by("-made_at", "-pk").first()
    return [one.centre for one in last.assignments.select_related("centre")] if last else []
