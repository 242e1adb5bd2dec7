"""What is stored of a child: a wave, a week and choices, in no order."""

import datetime as dt
import random

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from havn.audit.models import Entry
from havn.common.clock import now
from havn.surveys.actions import mixing
from havn.surveys.actions.counting import count, waves_to_count
from havn.surveys.actions.forgetting import forget_answers, forget_pages
from havn.surveys.actions.mixing import HANDFUL, TOGETHER, mix
from havn.surveys.actions.taking import SurveyIsOver, TicketIsOver, take
from havn.surveys.models import Answer, SentPage, WaitingAnswer, Wave
from havn.surveys.queries.surveys import answers_step
from havn.surveys.rules.states import TICKET_HOURS, hour_of
from havn.tenancy.models import Centre
from tests.days import today
from tests.surveys.factories import DAY, fill, make_survey, make_wave, over, some_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(centre: Centre) -> Wave:
    return make_wave(make_survey(centre))


def send(wave: Wave, count: int) -> None:
    """Children who send one after the other; each answer names its turn, which no real one does."""
    for turn in range(count):
        take(wave_id=wave.pk, answers={"turn": turn}, number=random.randbytes(16), hour=hour_of(now()))


def turns_by(wave: Wave, order: str) -> list[int]:
    """The turns in the order in which the table gives its rows: by number, or by place on the disk."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT answers FROM surveys_answer WHERE wave_id = %s ORDER BY {order}", [wave.pk])
        rows = [row[0] for row in cursor.fetchall()]
    return [int("".join(letter for letter in str(row) if letter.isdigit())) for row in rows]


def likeness(turns: list[int]) -> float:
    """Spearman's rank correlation with the order in which they came: 1 is the same order, 0 none."""
    count = len(turns)
    distance = sum((place - turn) ** 2 for place, turn in enumerate(turns))
    return 1 - 6 * distance / (count * (count**2 - 1))


def test_an_answer_has_no_other_field() -> None:
    for model in (Answer, WaitingAnswer):
        assert {field.column for field in model._meta.fields} == {"id", "wave_id", "week", "answers"}
    assert {field.column for field in SentPage._meta.fields} == {"digest", "hour"}


def test_nothing_refers_to_an_answer() -> None:
    ours = {Answer, WaitingAnswer, SentPage}
    assert not [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model in ours
    ]


def test_neither_number_nor_place_tells_which_came_when(wave: Wave) -> None:
    send(wave, 120)
    mix(wave)
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    # Of a thousand million orders drawn by lot of 120, hardly one is as alike as this.
    for order in ("id", place):
        turns = turns_by(wave, order)
        assert sorted(turns) == list(range(120))
        assert abs(likeness(turns)) < 0.55


def test_while_it_is_open_place_tells_the_ten_and_not_the_turn(wave: Wave) -> None:
    firsts = []
    for _time in range(12):
        Answer.objects.filter(wave=wave).delete()
        send(wave, TOGETHER)
        place = "ctid" if connection.vendor == "postgresql" else "rowid"
        firsts.append(turns_by(wave, place)[0])
    assert len(set(firsts)) > 2


def test_answers_wait_until_there_are_ten(wave: Wave) -> None:
    send(wave, TOGETHER - 1)
    assert (Answer.objects.count(), WaitingAnswer.objects.count()) == (0, TOGETHER - 1)
    send(wave, 1)
    assert (Answer.objects.count(), WaitingAnswer.objects.count()) == (TOGETHER, 0)


def test_mixing_keeps_every_answer_and_gives_new_numbers(wave: Wave) -> None:
    fill(wave, [{"turn": turn} for turn in range(HANDFUL + 30)])
    before = set(Answer.objects.values_list("pk", flat=True))
    assert mix(wave) == HANDFUL + 30
    assert sorted(each["turn"] for each in Answer.objects.values_list("answers", flat=True)) == list(
        range(HANDFUL + 30)
    )
    assert not before & set(Answer.objects.values_list("pk", flat=True))


def test_two_runs_at_once_write_no_answer_twice(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(wave, [{"turn": turn} for turn in range(30)])
    written = mixing._write

    def a_second_run_in_between(*told: object) -> None:
        monkeypatch.setattr(mixing, "_write", written)
        mix(wave)
        written(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(mixing, "_write", a_second_run_in_between)
    mix(wave)
    assert sorted(each["turn"] for each in Answer.objects.values_list("answers", flat=True)) == list(range(30))


def test_nothing_moves_once_a_wave_is_counted(wave: Wave) -> None:
    fill(wave, [{"turn": turn} for turn in range(30)])
    before = set(Answer.objects.values_list("pk", flat=True))
    Wave.objects.filter(pk=wave.pk).update(counted_at=now())
    assert mix(wave) == 0
    assert set(Answer.objects.values_list("pk", flat=True)) == before


def test_one_run_counts_once_however_often_and_whenever_it_is_sent(wave: Wave) -> None:
    began = now()
    for minutes in (0, 1, 30):
        with time_machine.travel(began + dt.timedelta(minutes=minutes)):
            forget_pages(now())
            take(wave_id=wave.pk, answers={"plays": True}, number=b"1234567890123456", hour=hour_of(began))
    for hours in (TICKET_HOURS, 3, 24):
        with time_machine.travel(began + dt.timedelta(hours=hours)):
            forget_pages(now())
            with pytest.raises(TicketIsOver):
                take(wave_id=wave.pk, answers={"plays": True}, number=b"1234567890123456", hour=hour_of(began))
    assert WaitingAnswer.objects.count() == 1
    assert not SentPage.objects.exists()


def test_the_mark_tells_when_the_page_was_begun_and_not_when_it_was_sent(wave: Wave) -> None:
    began = hour_of(now()) - 1
    take(wave_id=wave.pk, answers={"plays": True}, number=b"1234567890123456", hour=began)
    assert SentPage.objects.get().hour == began


def test_the_mark_of_a_sent_page_goes_after_two_hours(wave: Wave) -> None:
    send(wave, 3)
    assert SentPage.objects.count() == 3
    forget_pages(now())
    assert SentPage.objects.count() == 3
    forget_pages(now() + dt.timedelta(hours=2))
    assert SentPage.objects.count() == 0


def test_only_the_week_is_kept(wave: Wave) -> None:
    send(wave, 1)
    year, week, _day = today().isocalendar()
    assert WaitingAnswer.objects.get().week == f"{year}-W{week:02d}"


def test_no_line_on_the_trail_tells_when(wave: Wave) -> None:
    send(wave, TOGETHER)
    assert not Entry.objects.filter(action__startswith="surveys").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"approved_at": None},
        {"opens_at": now() + DAY, "closes_at": now() + 2 * DAY},
        {"closes_at": now() - dt.timedelta(minutes=61)},
        {"counted_at": now()},
    ],
)
def test_nothing_is_taken_when_it_is_not_open(centre: Centre, fields: dict[str, object]) -> None:
    wave = make_wave(make_survey(centre), **{"opens_at": now() - 3 * DAY, **fields})
    with pytest.raises(SurveyIsOver):
        send(wave, 1)
    assert not SentPage.objects.exists()


def test_how_many_is_told_in_steps_that_count_who_waits(wave: Wave) -> None:
    send(wave, 9)
    assert answers_step(wave) == 0
    send(wave, 1)
    assert answers_step(wave) == 10
    send(wave, 7)
    assert answers_step(wave) == 10


def test_answers_go_by_the_closing_though_nobody_published(centre: Centre) -> None:
    survey = make_survey(centre, keep_days=5)
    published = make_wave(survey, **over(closes_at=now() - 4 * DAY, counted_at=now(), published_at=now(), results={}))
    unpublished = make_wave(survey, **over(closes_at=now() - 6 * DAY, counted_at=now(), results={}))
    for one in (published, unpublished):
        fill(one, some_answers(12))
    assert forget_answers(now()) == 12
    assert [one.answers.count() for one in (published, unpublished)] == [12, 0]
    unpublished.refresh_from_db()
    assert unpublished.answers_gone_at is not None
    assert forget_answers(now() + 2 * DAY) == 12


def test_a_closed_wave_is_counted_once_and_those_who_wait_count(centre: Centre) -> None:
    survey = make_survey(centre)
    wave = make_wave(survey, **over(split_by=["age"]))
    fill(wave, some_answers(40))
    for answers in some_answers(3, seed=9):
        WaitingAnswer.objects.create(wave=wave, week="2026-W48", answers=answers)
    make_wave(survey, number=9)
    assert waves_to_count() == [wave]
    count(wave)
    wave.refresh_from_db()
    assert wave.results["respondents"] == 43
    assert wave.counted_at is not None
    assert waves_to_count() == []
    assert Entry.objects.filter(action="surveys.wave.counted").count() == 1


def test_the_pages_of_a_survey_set_no_cookie_and_are_never_kept(child: Client, wave: Wave) -> None:
    slug = wave.survey.slug
    for response in (child.get(f"/surveys/{slug}"), child.post(f"/surveys/{slug}/questions")):
        assert response.status_code == 200
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
