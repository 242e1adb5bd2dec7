"""Counts stand beside contacts: after any history they are what counting every row again gives."""

import argparse
import datetime as dt
import random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.common.clock import now_ms
from havn.config.keeping.health import Level, findings
from havn.helpline.actions.counting import count_refusal, count_turn
from havn.helpline.actions.figures import count_answer, take_out
from havn.helpline.actions.visits import answer_how_it_was
from havn.helpline.models import Contact, Feedback, Record, Turn
from havn.helpline.queries import figures
from havn.helpline.rules.figures import Facts, Reason, cells_of
from havn.live.models import Conversation
from havn.statistics import api as statistics
from havn.statistics.actions import rebuild_day
from havn.statistics.checking import check
from havn.statistics.commands import run
from havn.statistics.models import Count
from havn.statistics.registry import source_of
from havn.statistics.tasks import check_counts
from havn.tenancy.models import Service
from tests.helpline.factories import COMPLETE
from tests.helpline.figures import TALK, contact, helpline
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 28, 20, 0, tzinfo=dt.UTC)


def is_right(service: Service) -> bool:
    return not list(check()) and bool(statistics.span_of([service.pk])) == bool(figures.span(service.pk))


def a_turn(service: Service, dice: random.Random, at_ms: int) -> Turn:
    talk = Conversation.objects.create(
        centre_id=service.organisation.centre_id, service=service, kind="helpline.chat",
        started_at_ms=at_ms, last_at_ms=at_ms,
    )  # fmt: skip
    return Turn.objects.create(
        conversation=talk,
        service=service,
        channel=dice.choice(["chat", "letter"]),
        language=dice.choice(["en", "nb"]),
        age_band=dice.choice(["", "9-11"]),
        waiting_since_ms=at_ms,
    )


def finished(turn: Turn, dice: random.Random, at_ms: int) -> Record | None:
    """An attempt that ends somehow: answered with a record, answered without a talk, or not answered."""
    if dice.random() < 0.4:
        turn.state, turn.ended_by = Turn.State.LEFT, dice.choice(["visitor", "closing", "away"])
        turn.taken_at_ms, turn.ended_at_ms = None, at_ms + 400_000
        turn.save()
        return None
    turn.state, turn.ended_by = Turn.State.ENDED, "counsellor"
    turn.taken_at_ms, turn.ended_at_ms = at_ms + dice.randint(0, 900_000), at_ms + 2_000_000
    turn.save()
    values = {
        **COMPLETE,
        "outcome": dice.choice(["listened", "silent", ""]),
        "online": dice.choice([True, False, None]),
    }
    record, _new = Record.objects.update_or_create(pk=turn.pk, defaults=values)
    return record


@given(seed=st.integers(0, 10_000))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_counts_are_what_the_rows_add_up_to_after_any_history(db: None, seed: int) -> None:
    dice = random.Random(seed)
    with transaction.atomic():
        service = helpline(centre=make_centre(host=None))
        _history(service, dice)
        assert is_right(service)
        transaction.set_rollback(True)


def _history(service: Service, dice: random.Random) -> None:
    turns: list[Turn] = []
    for step in range(14):
        at_ms = int((START + dt.timedelta(minutes=12 * step + dice.randint(0, 600))).timestamp() * 1000)
        match dice.choice(["new", "new", "again", "refused", "feedback", "taken out"]):
            case "new":
                turn = a_turn(service, dice, at_ms)
                count_turn(turn, record=finished(turn, dice, at_ms))
                turns.append(turn)
            case "again" if turns:
                turn = dice.choice(turns)
                turn.counted = False
                count_turn(turn, record=finished(turn, dice, at_ms - at_ms % 1_800_000))
            case "refused":
                count_refusal(service=service, channel="chat", language="en", result="refused", now_ms=at_ms)
            case "feedback" if turns:
                answer_how_it_was(conversation_id=dice.choice(turns).pk, value=dice.choice([1, 2, 3]), now_ms=at_ms)
            case "taken out" if found := Contact.objects.first():
                take_out(found)
                found.delete()


def test_one_contact_stands_once_in_every_dimension() -> None:
    reasons = (Reason("v", "grooming", True), Reason("v", "gaming", False))
    facts = Facts(half_hour=dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC), reasons=reasons, **TALK)
    cells = cells_of(facts, ZoneInfo("Europe/Oslo"))
    assert set(cells.values()) == {1}
    assert {within for _dimension, within, _code in cells} == {"chat/answered/online"}
    named = [dimension for dimension, _within, _code in cells if dimension != "reason-any"]
    assert len(named) == len(set(named))
    assert len(cells) - len(named) == 2
    # Half past ten in the evening of Greenwich is past midnight in Oslo's summer: Thursday.
    assert ("half-hour", "chat/answered/online", "3-00:30") in cells


def test_what_was_not_a_talk_is_coded_no_further() -> None:
    facts = Facts(half_hour=START, **{**TALK, "outcome": "silent"})
    cells = cells_of(facts, ZoneInfo("Europe/Oslo"))
    assert ("outcome", "chat/without-talk/online", "silent") in cells
    assert not [cell for cell in cells if cell[0] in ("person", "reason", "gender", "place")]


def test_a_late_answer_is_counted_by_itself() -> None:
    service = helpline()
    Feedback.objects.create(service=service, half_hour=START, value=3)
    count_answer(service_id=service.pk, value=3, half_hour=START)
    assert is_right(service)
    found = statistics.counted([service.pk], START.date(), START.date(), ["feedback"])
    assert found == {("feedback", "later", "3"): 1}


def test_a_span_reads_the_same_from_months_and_from_days() -> None:
    service = helpline()
    for day in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
        contact(service, day, "grooming")
    both = statistics.counted([service.pk], dt.date(2026, 1, 31), dt.date(2026, 4, 1), ["contacts"])
    assert both == {("contacts", "chat/answered/online", "all"): 6}
    inner = statistics.counted([service.pk], dt.date(2026, 2, 1), dt.date(2026, 3, 30), ["contacts"])
    assert inner == {("contacts", "chat/answered/online", "all"): 3}
    assert not statistics.counted([service.pk + 1], dt.date(2026, 1, 1), dt.date(2026, 12, 31), ["contacts"])


@pytest.mark.parametrize("grain", ["d", "m"])
def test_a_wrong_count_is_found_said_and_brought_right(grain: str, capsys: pytest.CaptureFixture[str]) -> None:
    service = helpline()
    contact(service, "2026-03-10", "grooming")
    assert run(_options("check")) == 0
    Count.objects.filter(grain=grain, dimension="age").update(count=5)
    assert run(_options("check")) == 1
    said = capsys.readouterr().out
    assert "age 12-14 (chat/answered/online) is 5, should be" in said
    assert "havn statistics rebuild" in said
    assert run(_options("rebuild")) == 0
    assert is_right(service)


def test_a_contact_that_was_never_counted_is_found_and_counted_after_an_update() -> None:
    service = helpline()
    made = contact(service, "2026-03-10", "grooming")
    Count.objects.all().delete()
    assert list(check())
    statistics.count_what_was_never_counted()
    assert is_right(service)
    made.delete()
    assert rebuild_day(source_of("helpline"), service_id=service.pk, day=dt.date(2026, 3, 10)) > 0


def test_health_says_when_figures_are_wrong() -> None:
    service = helpline()
    with time_machine.travel(START, tick=False):
        contact(service, "2026-03-27", "grooming")
        assert check_counts.func() == 0
        assert _health().level is Level.GOOD
        Count.objects.filter(dimension="age", grain="d").update(count=7)
        assert check_counts.func() > 0
        assert _health().level is Level.BAD


def test_counting_again_leaves_a_contact_that_is_counted_meanwhile() -> None:
    service = helpline()
    contact(service, "2026-03-10", "grooming")
    count_refusal(service=service, channel="chat", language="en", result="closed", now_ms=now_ms())
    assert run(_options("rebuild", since="2026-03-01")) == 0
    assert is_right(service)


def _health() -> Any:
    return next(one for one in findings(running=False) if one.name == "Figures")


def _options(verb: str, since: str | None = None) -> argparse.Namespace:
    return argparse.Namespace(verb=verb, since=since)
