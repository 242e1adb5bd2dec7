"""Load and answers: the person sees and deletes their own, the coordinator sees sums, the night destroys."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from havn.audit.models import Entry
from havn.common.clock import from_ms, now, now_ms
from havn.common.errors import NotAllowed
from havn.common.keeping import clock_named
from havn.config.keeping import rows
from havn.quality.actions.forgetting import forget_answer, forget_mine, purge_care
from havn.quality.models import Answer, Debrief, Draw, DutyLoad, QualitySettings, ReviewedPerson, TalkWish
from havn.quality.queries.care import weeks_of
from havn.quality.queries.settings import day_at
from havn.quality.queries.sums import sums_of
from havn.quality.rules.answers import people_by_step, people_by_week
from havn.quality.rules.load import oldest_day, week_of, whole_weeks
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.quality.conftest import Team
from tests.vault.factories import PASSWORD

TODAY = dt.date(2026, 3, 4)
LAST_WEEK = dt.date(2026, 2, 24)


def _had(team: Team, person: Person, day: dt.date, talks: int) -> None:
    DutyLoad.objects.create(service=team.service, user=person.user, day=day, talks=talks, minutes=talks * 10)


def _people(team: Team, count: int) -> list[Person]:
    return [team.line.member(name=f"Person {number}") for number in range(count)]


def test_weeks_begin_on_monday_and_this_one_is_among_those_kept() -> None:
    assert week_of(TODAY) == dt.date(2026, 3, 2)
    assert oldest_day(TODAY, keep_weeks=1) == dt.date(2026, 2, 26)
    assert whole_weeks(TODAY, keep_weeks=8) == (dt.date(2026, 1, 12), dt.date(2026, 3, 2))
    assert whole_weeks(dt.date(2026, 3, 1), keep_weeks=1) == (dt.date(2026, 2, 23), dt.date(2026, 2, 23))


def test_everybody_sees_their_own_weeks_and_nobody_elses(team: Team) -> None:
    _had(team, team.anna, TODAY, 2)
    _had(team, team.anna, LAST_WEEK, 1)
    _had(team, team.kari, TODAY, 5)
    Answer.objects.create(service=team.service, user=team.anna.user, day=TODAY, step=4, wish="no")
    this, last = weeks_of(team.anna.pk, team.service.pk, today=TODAY)
    assert (this.talks, this.minutes, len(this.answers), last.talks) == (2, 20, 1, 1)
    with time_machine.travel("2026-03-04T12:00:00+00:00"):
        page = signed_in_client(team.anna.user, password=PASSWORD).get(reverse("quality:load")).content.decode()
    assert "Not well" in page
    assert "5 hard talks" not in page


def test_the_person_deletes_one_answer_or_all(team: Team) -> None:
    team.hard()
    first = Answer.objects.create(service=team.service, user=team.anna.user, day=TODAY, step=4, wish="no")
    Answer.objects.create(service=team.service, user=team.anna.user, day=TODAY, step=1, wish="no")
    with pytest.raises(NotAllowed):
        forget_answer(actor=team.kari.user, answer_id=first.pk)
    anna = signed_in_client(team.anna.user, password=PASSWORD)
    anna.post(reverse("quality:forget_answer", args=[first.pk]))
    assert Answer.objects.get().step == 1
    anna.post(reverse("quality:forget"), {"service": team.service.pk})
    assert not any(model._default_manager.exists() for model in (Answer, DutyLoad, Debrief))
    assert forget_mine(actor=team.anna.user, service=team.service) == 0
    assert not Entry.objects.filter(action__startswith="quality.").exists()


@given(
    counts=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=3),
    least=st.integers(3, 8),
)
def test_no_number_of_few_people_is_shown(counts: list[tuple[int, int]], least: int) -> None:
    weeks = [{person: 3 if person < some else 4 for person in range(some + much)} for some, much in counts]
    for (some, much), row in zip(counts, people_by_week(weeks, much=4, least=least), strict=True):
        for shown, truth in ((row.some, some), (row.much, much), (row.people, some + much)):
            assert shown in {None, truth}
            assert shown is None or shown == 0 or shown >= least
        known = {name: number for name, number in (("some", row.some), ("much", row.much)) if number is not None}
        if row.people is not None and len(known) == 1:
            assert row.people - next(iter(known.values())) in {0, *range(least, 99)}


def test_answers_of_few_are_not_told_at_all() -> None:
    few: dict[int, set[int]] = {1: {1, 2}, 2: {3}, 3: {4}, 4: {4}}
    assert people_by_step(few, least=5) is None
    many: dict[int, set[int]] = {1: {1, 2, 3, 4, 5, 6}, 2: {7}, 3: set(), 4: {1, 2, 3, 4, 5}}
    shown = people_by_step(many, least=5)
    assert shown is not None
    assert shown[1] is None
    assert (shown[0], shown[2], shown[3]) == (6, 0, 5)


def test_the_coordinator_sees_whole_weeks_without_a_name(team: Team) -> None:
    for number, person in enumerate(_people(team, 12)):
        _had(team, person, LAST_WEEK, 1 if number < 6 else 5)
        _had(team, person, TODAY, 1)
    sums = sums_of(team.service.pk, today=TODAY)
    ((week, row),) = sums.weeks
    assert (week, row.some, row.much, row.people) == (dt.date(2026, 2, 23), 6, 6, 12)
    assert sums.steps is None
    with time_machine.travel("2026-03-04T12:00:00+00:00", tick=False):
        lead = signed_in_client(team.kari.user, password=PASSWORD)
        page = lead.get(reverse("quality:aftercare")).content.decode()
    assert page.count('<td class="numbers">6</td>') == 2
    assert '<td class="numbers">12</td>' in page
    assert "Person 3" not in page


def test_what_somebody_deleted_is_in_no_backup() -> None:
    tables = {model._meta.db_table for model in (Answer, Debrief, DutyLoad, TalkWish)}
    assert tables <= set(rows.LEFT_OUT)


def test_a_supervisor_sees_wishes_and_no_sums(team: Team) -> None:
    per = team.line.member("supervisor", name="Per Lead")
    page = signed_in_client(per.user, password=PASSWORD).get(reverse("quality:aftercare")).content.decode()
    assert "Want to talk with somebody" in page
    assert "Load by week" not in page


def test_the_night_destroys_what_is_older_than_its_weeks(team: Team) -> None:
    QualitySettings.objects.create(service=team.service, keep_weeks=2)
    with time_machine.travel(from_ms(now_ms()).replace(hour=10), tick=False) as clock:
        team.hard()
        today = day_at(team.service, now_ms())
        Answer.objects.create(service=team.service, user=team.anna.user, day=today, step=4, wish="later")
        TalkWish.objects.create(service=team.service, user=team.anna.user, wish="later", since_ms=now_ms())
        Draw.objects.create(
            service=team.service, week=week_of(today), seed=b"s", each="all", among=0, drawn=0, at_ms=now_ms()
        )
        ReviewedPerson.objects.create(
            service=team.service, half_year="2020-1", user=team.anna.user, until=dt.date(2020, 6, 30)
        )
        centre = team.service.organisation.centre
        clock.shift(3600)
        purge_care(centre)
        assert (Answer.objects.count(), DutyLoad.objects.count(), Debrief.objects.count()) == (1, 1, 1)
        assert not ReviewedPerson.objects.exists()
        clock.shift(dt.timedelta(days=13))
        purge_care(centre)
        assert (Answer.objects.count(), DutyLoad.objects.count(), TalkWish.objects.count()) == (1, 1, 1)
        clock.shift(dt.timedelta(days=1))
        names = [f"quality.{name}" for name in ("load", "answers", "wishes", "draws", "questions", "people")]
        assert [clock_named(name).over(centre.pk, now()) for name in names] == [1, 1, 1, 1, 0, 0]
        purge_care(centre)
        assert not any(model._default_manager.exists() for model in (Answer, DutyLoad, Debrief, TalkWish, Draw))
        assert sum(clock_named(name).over(centre.pk, now()) for name in names) == 0
        assert Entry.objects.filter(action="quality.care.purged").count() == 3
