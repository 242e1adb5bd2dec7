"""Each attempt once: over random histories the states sum up to what was offered, at every moment of them."""

import contextlib
import datetime as dt
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.accounts.models import Role
from havn.common.clock import from_ms, now_ms
from havn.common.errors import Refused
from havn.helpline.actions import leases
from havn.helpline.actions.counting import count_attempt, count_refusal
from havn.helpline.actions.ending import end_talk, finish, locked
from havn.helpline.actions.record import complete_and_close, save_record
from havn.helpline.models import Contact, Duty, Record, ServiceQueue, Turn
from havn.helpline.queries.attempts import Attempts, attempts_by_channel, midnight_at
from havn.helpline.queries.today import today_at
from tests.helpline.factories import COMPLETE, Child, Line, Person, make_line

pytestmark = pytest.mark.django_db
MINUTE = 60_000


@pytest.fixture
def line() -> Line:
    return make_line(languages=["en"])


def _now(line: Line) -> dict[str, Attempts]:
    since, until = from_ms(now_ms() - 60 * MINUTE), from_ms(now_ms() + MINUTE)
    return attempts_by_channel([line.service], since=since, until=until)


def test_every_attempt_stands_under_one_state(line: Line) -> None:
    anna = line.counsellor(seats=3)
    for _ in range(2):
        line.child(waited_minutes=2)
    line.take(anna)
    leaver = line.child(waited_minutes=7)
    finish(locked(leaver.conversation_id), by=Turn.EndedBy.VISITOR, key=None, now_ms=now_ms())
    count_refusal(service=line.service, channel="chat", language="en", result="closed", now_ms=now_ms())
    count_attempt(
        service=line.service, channel="phone", language="en", result="refused", began_ms=now_ms(), waited_ms=MINUTE
    )
    found = _now(line)
    chat = found["chat"]
    assert (chat.answered, chat.waiting, chat.left, chat.closed, chat.refused) == (1, 1, 1, 1, 0)
    assert (chat.offered, chat.unanswered, chat.closed_or_refused) == (4, 2, 1)
    assert chat.left_after == {"5-15": 1}
    assert chat.answered_percent == 33
    assert (found["phone"].offered, found["phone"].answered_share) == (1, 0.0)
    assert "letter" not in found


def test_nobody_decided_is_no_share(line: Line) -> None:
    line.child()
    chat = _now(line)["chat"]
    assert (chat.offered, chat.answered_share, chat.answered_percent) == (1, None, None)


def test_a_period_counts_what_began_in_it(line: Line) -> None:
    now = now_ms()
    for hours in (1, 30):
        count_refusal(
            service=line.service, channel="chat", language="en", result="left", now_ms=now - hours * 60 * MINUTE
        )
    yesterday = attempts_by_channel(
        [line.service], since=from_ms(now - 31 * 60 * MINUTE), until=from_ms(now - 29 * 60 * MINUTE)
    )
    assert yesterday["chat"].left == 1
    midnight = midnight_at(line.service, now)
    assert (midnight.hour, midnight.minute) == (0, 0)
    assert dt.timedelta(0) <= from_ms(now) - midnight < dt.timedelta(hours=25)


@dataclass
class History:
    """What a random evening did, and how many attempts it made."""

    line: Line
    people: list[Person]
    offered: int = 0
    children: list[Child] = field(default_factory=list)

    def start(self, pick: int) -> None:
        self.children.append(self.line.child(waited_minutes=pick))
        self.offered += 1

    def take(self, pick: int) -> None:
        person = self.people[pick % len(self.people)]
        if any(child.turn.state == "waiting" for child in self.children):
            with contextlib.suppress(Refused):
                self.line.take(person)

    def leave(self, pick: int) -> None:
        self._finish(pick, "waiting", Turn.EndedBy.VISITOR)

    def close(self, pick: int) -> None:
        self._finish(pick, "waiting", Turn.EndedBy.CLOSING)

    def quit(self, pick: int) -> None:
        self._finish(pick, "talking", Turn.EndedBy.QUICK_EXIT)

    def end(self, pick: int) -> None:
        if child := self._some(pick, "talking"):
            person = self._counsellor(child)
            end_talk(actor=person.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())

    def record(self, pick: int) -> None:
        if child := self._some(pick, "ended"):
            record = Record.objects.get(pk=child.conversation_id)
            if record.completed_at is None:
                person = self._counsellor(child)
                save_record(
                    actor=person.user, conversation_id=record.pk, version=record.version,
                    values={**COMPLETE, "outcome": ("listened", "silent")[pick % 2]}, summary=None, key=child.key,
                )  # fmt: skip
                complete_and_close(actor=person.user, conversation_id=record.pk, key=child.key, now_ms=now_ms())

    def crash(self, pick: int) -> None:
        """The desk of a counsellor is lost, long enough for the talk to be offered, and comes back."""
        Duty.objects.filter(user=self.people[pick % len(self.people)].user).update(alive_until_ms=now_ms() - MINUTE)
        leases.sweep_lost(now_ms())
        leases.sweep_lost(now_ms() + 3 * MINUTE)
        leases.renew([person.pk for person in self.people], now_ms())

    def refuse(self, pick: int) -> None:
        result = ("closed", "refused")[pick % 2]
        count_refusal(service=self.line.service, channel="chat", language="en", result=result, now_ms=now_ms())
        self.offered += 1

    def _some(self, pick: int, state: str) -> Child | None:
        fitting = [child for child in self.children if child.turn.state == state]
        return fitting[pick % len(fitting)] if fitting else None

    def _finish(self, pick: int, state: str, by: str) -> None:
        if child := self._some(pick, state):
            finish(locked(child.conversation_id), by=by, key=child.key, now_ms=now_ms())

    def _counsellor(self, child: Child) -> Person:
        return next(person for person in self.people if person.pk == child.turn.counsellor_id)


STEPS = ("start", "start", "take", "leave", "close", "quit", "end", "record", "crash", "refuse")


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), max_size=14))
def test_over_any_history_the_states_sum_up_to_what_was_offered(
    line: Line, evening: list[Person], steps: list[tuple[str, int]]
) -> None:
    history = History(line, evening)
    for name, pick in steps:
        getattr(history, name)(pick)
        _reconciles(history)
    _tidy(history)


@pytest.fixture
def evening(line: Line) -> list[Person]:
    return [line.on_duty(line.member(), role=Role.COUNSELLOR, seats=3) for _ in range(2)]


def _reconciles(history: History) -> None:
    chat = _now(history.line).get("chat", Attempts())
    states = [child.turn.state for child in history.children]
    assert chat.offered == history.offered
    assert chat.waiting == states.count("waiting")
    assert chat.answered == states.count("talking") + states.count("ended")
    assert chat.left + chat.closed + chat.refused == history.offered - chat.answered - chat.waiting
    assert sum(chat.left_after.values()) == chat.left
    if from_ms(now_ms()).hour > 1:
        # Near midnight the day began a moment ago, and the evening reaches into the one before.
        today = today_at(history.line.service.pk, now_ms())
        assert (today.answered, today.left) == (chat.answered, chat.left)


def _tidy(history: History) -> None:
    """Hypothesis plays its examples within one test."""
    for model in (Contact, Turn):
        model.objects.all().delete()  # type: ignore[attr-defined]
    ServiceQueue.objects.update(picks=0)
