"""Signals out of the roll-up of counts, the clocks that end them, and quarters out of accepted rounds."""

import datetime as dt
from collections import Counter
from types import SimpleNamespace

import pytest

from havn.common.clock import now
from havn.statistics import api as statistics
from havn.tenancy.models import Centre, Service
from havn.trends import rounds_source, tasks
from havn.trends.actions.watching import watch, watch_all
from havn.trends.commands import run
from havn.trends.keeping import KEEP
from havn.trends.models import Break, Fact, Meeting, Observation, Reported, Signal
from havn.trends.queries.warning import WEEK, monday_of, weekly_counts
from havn.trends.words_breaks import break_words

pytestmark = pytest.mark.django_db
# A Wednesday: the last whole week began on 16 November.
AT = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
LAST = dt.date(2026, 11, 16)


def service_of(centre: Centre) -> Service:
    return centre.organisations.get().services.get()


def counted(service: Service, row: list[int], *, code: str = "grooming", within: str = "chat/answered/online") -> None:
    """Weekly contacts up to the last whole week, oldest first, each on the Tuesday."""
    version = "insafe-reasons-2023"
    days = {
        LAST - WEEK * back + dt.timedelta(days=1): Counter({("reason", within, f"{version}:{code}"): number})
        for back, number in enumerate(reversed(row))
        if number
    }
    statistics.add_days(service_id=service.pk, days=days)


def test_weeks_are_put_together_from_days_and_lists(norway: Centre) -> None:
    service = service_of(norway)
    counted(service, [3, 0, 5])
    counted(service, [1, 1, 1], code="sextortion")
    counted(service, [2, 2, 2], code="oscec", within="phone/answered/unknown")
    counted(service, [9, 9, 9], within="chat/answered/offline")
    counted(service, [9, 9, 9], within="chat/left/unknown")
    statistics.add(
        service_id=service.pk,
        day=LAST + dt.timedelta(days=8),
        cells={("reason", "chat/answered/online", "insafe-reasons-2023:grooming"): 50},
    )
    found = weekly_counts(service, LAST)
    assert found["grooming"] == [3, 0, 5]
    assert found["oscec"] == [3, 3, 3]
    assert set(found) == {"grooming", "oscec"}


def test_a_reason_begins_with_its_own_list(norway: Centre) -> None:
    service = service_of(norway)
    begin = monday_of(dt.date(2023, 4, 1))
    weeks = (LAST - begin).days // 7
    counted(service, [1] * (weeks + 20), code="cyberbullying")
    counted(service, [2], code="suicide")
    found = weekly_counts(service, LAST)
    assert len(found["cyberbullying"]) == weeks + 20
    # From the first whole week after 1 April 2023 on, when it could be coded.
    assert len(found["suicide"]) == weeks
    assert found["suicide"][-1] == 2 and sum(found["suicide"]) == 2


def test_a_rise_is_a_signal_of_that_helpline_and_no_other(norway: Centre, denmark: Centre) -> None:
    row = [4, 5, 6, 5, 4] * 8
    counted(service_of(norway), [*row, 25])
    counted(service_of(denmark), [*row, 6])
    assert watch_all(at=AT) == 1
    signal = Signal.objects.get()
    assert (signal.centre, signal.reason, signal.week, signal.count) == (norway, "grooming", LAST, 25)
    assert signal.chance < 0.0005 and not signal.is_long


def test_watching_again_changes_nothing_and_takes_back_what_is_corrected(norway: Centre) -> None:
    service = service_of(norway)
    counted(service, [*[4, 5, 6, 5, 4] * 8, 25])
    watch(service, at=AT)
    first = Signal.objects.get()
    watch(service, at=AT)
    assert Signal.objects.get().pk == first.pk
    statistics.add(
        service_id=service.pk,
        day=LAST + dt.timedelta(days=1),
        cells={("reason", "chat/answered/online", "insafe-reasons-2023:grooming"): -20},
    )
    assert watch(service, at=AT) == 0
    assert not Signal.objects.exists()


def test_a_signal_that_the_group_closed_stays_closed(norway: Centre) -> None:
    service = service_of(norway)
    counted(service, [*[4, 5, 6, 5, 4] * 8, 25])
    watch(service, at=AT)
    Signal.objects.update(closed_at=AT)
    watch(service, at=AT)
    assert Signal.objects.get().closed_at == AT


def test_a_helpline_without_counts_or_lists_is_quiet(norway: Centre) -> None:
    assert watch_all(at=AT) == 0
    assert weekly_counts(service_of(norway), LAST) == {}


def test_the_clock_destroys_what_is_two_years_old(network: Centre, norway: Centre) -> None:
    old, young = now() - KEEP - dt.timedelta(hours=1), now() - KEEP + dt.timedelta(hours=1)
    for at, reason in ((old, "grooming"), (young, "oscec")):
        Signal.objects.create(
            centre=norway, service=service_of(norway), week=at.date(), reason=reason, count=9, expected=1,
            chance=0.001, is_long=False, found_at=at,
        )  # fmt: skip
        Observation.objects.create(centre=norway, week=at.date(), text="x", language="en", made_at=at)
        Meeting.objects.create(starts_at=at, made_at=at)
    assert tasks.forget.call() == 3
    assert [Signal.objects.count(), Observation.objects.count(), Meeting.objects.count()] == [1, 1, 1]


def test_the_commands_say_what_came_of_them(network: Centre, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("load", "rebuild", "watch"):
        assert run(SimpleNamespace(verb=verb)) == 0  # type: ignore[arg-type]
    said = capsys.readouterr().out
    assert "published figures are here." in said and "accepted quarters were taken in" in said and "0 signals" in said


def accepted(centre: Centre, first: dt.date, last: dt.date) -> SimpleNamespace:
    """What rounds tell of an accepted form."""
    return SimpleNamespace(
        assignment_id=4, centre=centre, period=SimpleNamespace(first=first, last=last), version="v", revision=2,
        answers={"all": 12, "system_changed": True, "why": {
            "sextortion": {"contacts": 5}, "grooming": {"contacts": 6}, "own-1": {"contacts": 1},
        }},
    )  # fmt: skip


def test_an_accepted_form_becomes_facts(network: Centre, norway: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    question = SimpleNamespace
    sections = [
        SimpleNamespace(
            questions=[question(key="all", source="helpline.online"), question(key="why", source="helpline.reason")]
        )
    ]
    monkeypatch.setattr(rounds_source.forms, "parsed", lambda version: SimpleNamespace(sections=sections))
    row = accepted(norway, dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    monkeypatch.setattr(rounds_source.rounds, "accepted_since", lambda form, day: [row])
    rounds_source.take_assignment(4)
    assert (Reported.objects.get().revision, Reported.objects.get().quarter) == (2, "2026Q3")
    counted = Fact.objects.filter(dimension__in=("total", "reason")).values_list("code", "number")
    assert dict(counted) == {"all": 12, "oscec": 5, "grooming": 6, "unknown": 1}
    assert rounds_source.report_of(accepted(norway, dt.date(2026, 1, 1), dt.date(2026, 12, 31))) is None  # type: ignore[arg-type]
    told = Break.objects.get()
    assert (told.quarter, told.member) == ("2026Q3", norway) and "Norway counts with another system" in break_words(
        told
    )
    row.answers = {**row.answers, "system_changed": False}
    rounds_source.take_assignment(4)
    assert not Break.objects.exists()
    rounds_source.take_assignment(5)
    assert Reported.objects.count() == 1


def test_the_demo_shows_what_the_rule_finds() -> None:
    from havn.config.demo.trends import RISEN, judged_week

    judged = judged_week()
    assert judged.is_signal and judged.count == RISEN and 6 < judged.expected < 11
