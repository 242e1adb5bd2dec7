"""What children answered in surveys, and marks of pages that were sent."""

import datetime as dt

from havn.surveys.models import Answer, SentPage
from havn.surveys.rules.states import TICKET_HOURS, hour_of
from tests.clocks.places import line
from tests.clocks.rows import Left, Make
from tests.surveys.factories import fill, make_survey, make_wave


def _answers(runs_out: dt.datetime) -> Left:
    closed = runs_out - dt.timedelta(days=30)
    survey = make_survey(line().service.organisation.centre, keep_days=30)
    wave = make_wave(
        survey, opens_at=closed - dt.timedelta(days=20), closes_at=closed, approved_at=closed - dt.timedelta(days=20),
        counted_at=closed, results={"respondents": None, "split_by": [], "groups": [], "tables": []},
    )  # fmt: skip
    fill(wave, [{"plays": True}])
    return lambda: Answer.objects.filter(wave=wave).count()


def _pages(runs_out: dt.datetime) -> Left:
    assert line().service.pk, "counting asks centre by centre"
    digest = runs_out.isoformat().encode()[:32]
    SentPage.objects.create(digest=digest, hour=hour_of(runs_out) - TICKET_HOURS)
    return lambda: SentPage.objects.filter(pk=digest).count()


ROWS: dict[str, Make] = {"surveys.answers": _answers, "surveys.pages": _pages}
