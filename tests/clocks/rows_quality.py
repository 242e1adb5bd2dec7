"""What somebody had and answered, draws, and who was reviewed in a half-year."""

import datetime as dt

from havn.quality.models import Answer, Debrief, Draw, DutyLoad, ReviewedPerson, TalkWish
from havn.quality.queries.settings import day_at, quality_of
from havn.quality.rules.load import ASKED_FOR_MS
from tests.clocks.places import line
from tests.clocks.rows import Left, Make


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _kept() -> dt.timedelta:
    return dt.timedelta(weeks=quality_of(line().service.pk).keep_weeks)


def _load(runs_out: dt.datetime) -> Left:
    row = DutyLoad.objects.create(service=line().service, user=line().member().user, day=_day(runs_out), talks=1)
    return lambda: DutyLoad.objects.filter(pk=row.pk).count()


def _answer(runs_out: dt.datetime) -> Left:
    row = Answer.objects.create(service=line().service, user=line().member().user, day=_day(runs_out), wish="no")
    return lambda: Answer.objects.filter(pk=row.pk).count()


def _question(runs_out: dt.datetime) -> Left:
    asked = _ms(runs_out) - ASKED_FOR_MS
    row = Debrief.objects.create(service=line().service, user=line().member().user, asked_at_ms=asked)
    return lambda: Debrief.objects.filter(pk=row.pk).count()


def _wish(runs_out: dt.datetime) -> Left:
    row = TalkWish.objects.create(
        service=line().service, user=line().member().user, wish="later", since_ms=_ms(runs_out - _kept())
    )
    return lambda: TalkWish.objects.filter(pk=row.pk).count()


def _draw(runs_out: dt.datetime) -> Left:
    at = runs_out - _kept()
    row = Draw.objects.create(
        service=line().service, week=at.date(), seed=b"seed", each="all", among=1, drawn=1, at_ms=_ms(at)
    )
    return lambda: Draw.objects.filter(pk=row.pk).count()


def _person(runs_out: dt.datetime) -> Left:
    last = day_at(line().service, _ms(runs_out)) - dt.timedelta(days=1)
    row = ReviewedPerson.objects.create(
        service=line().service, half_year="2026-1", user=line().member().user, until=last
    )
    return lambda: ReviewedPerson.objects.filter(pk=row.pk).count()


def _day(runs_out: dt.datetime) -> dt.date:
    return day_at(line().service, _ms(runs_out)) - _kept()


ROWS: dict[str, Make] = {
    "quality.answers": _answer,
    "quality.draws": _draw,
    "quality.load": _load,
    "quality.people": _person,
    "quality.questions": _question,
    "quality.wishes": _wish,
}
