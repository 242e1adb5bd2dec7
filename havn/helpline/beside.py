"""What the parts of the helpline above keep beside a talk or a duty, and what they are told of both.

Filled in AppConfig.ready() of each part; the helpline itself knows none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from havn.helpline.models import Record, Turn
    from havn.live.api import Viewer
    from havn.tenancy.models import Centre


@dataclass(frozen=True, slots=True)
class Aside:
    """Words beside a talk's log, for some of the staff: they hold no place in it, so no visitor can count them.

    Shown after the message `after_seq`, in the order of `at_ms`. `kind` is a kind of `rules/visibility.py`; `label`
    says in words what it is.
    """

    name: str
    kind: str
    label: str
    who: str
    text: str
    after_seq: int
    at_ms: int
    mine: bool


AsidesOf = Callable[["Turn", bytes, "Viewer"], "Sequence[Aside]"]
Judged = Callable[["Turn", str, int], None]
Handed = Callable[["Turn", int], None]
Stopped = Callable[["Turn", int, int], None]
Finished = Callable[["Turn", int], None]
Coded = Callable[["Turn", "Record", int, int], None]
OffDuty = Callable[[int, int, int], None]
Purge = Callable[["Centre"], None]
EndRule = Callable[["Turn"], None]
Destroyed = Callable[[Sequence[int]], None]

_asides: list[AsidesOf] = []
_judged: list[Judged] = []
_handed: list[Handed] = []
_stopped: list[Stopped] = []
_finished: list[Finished] = []
_coded: list[Coded] = []
_off_duty: list[OffDuty] = []
_purges: list[Purge] = []
_end_rules: list[EndRule] = []
_destroyed: list[Destroyed] = []


def register_asides(find: AsidesOf) -> None:
    """`find(turn, key, viewer)` gives what this viewer sees beside the talk's log, after the read is on the trail."""
    if find not in _asides:
        _asides.append(find)


def asides_of(turn: "Turn", key: bytes, viewer: "Viewer") -> list[Aside]:
    """Everything that parts keep beside this talk and this viewer sees, in order."""
    found = [aside for find in _asides for aside in find(turn, key, viewer)]
    return sorted(found, key=lambda aside: (aside.after_seq, aside.at_ms))


def register_judged(told: Judged) -> None:
    """`told(turn, before, by)` when a talk's risk changed, or when it is taken anew and imminent (before: "").

    `by` is the person who judged it or takes it; in the transaction that changes it, the row locked.
    """
    if told not in _judged:
        _judged.append(told)


def tell_judged(turn: "Turn", before: str, by: int) -> None:
    """The risk of a talk is another than before."""
    for told in _judged:
        told(turn, before, by)


def register_handed(told: Handed) -> None:
    """`told(turn, now_ms)` when a talk's counsellor has it no longer while it goes on, in its transaction, locked."""
    if told not in _handed:
        _handed.append(told)


def tell_handed(turn: "Turn", now_ms: int) -> None:
    """Somebody else has the talk, or nobody."""
    for told in _handed:
        told(turn, now_ms)


def register_stopped(told: Stopped) -> None:
    """`told(turn, user_id, now_ms)` when somebody reads a talk along no more, in its transaction, the row locked."""
    if told not in _stopped:
        _stopped.append(told)


def tell_stopped(turn: "Turn", user_id: int, now_ms: int) -> None:
    """Somebody has stopped reading along."""
    for told in _stopped:
        told(turn, user_id, now_ms)


def register_finished(told: Finished) -> None:
    """`told(turn, now_ms)` when a talk has ended or a child left the line, in its transaction, the row locked."""
    if told not in _finished:
        _finished.append(told)


def tell_finished(turn: "Turn", now_ms: int) -> None:
    """A talk is over."""
    for told in _finished:
        told(turn, now_ms)


def register_coded(told: Coded) -> None:
    """`told(turn, record, by, now_ms)` when a talk's record is closed by this person, in its transaction, the row
    locked. What is kept of it must not lead from the talk to the contact that it becomes."""
    if told not in _coded:
        _coded.append(told)


def tell_coded(turn: "Turn", record: "Record", by: int, now_ms: int) -> None:
    """A record is complete and closed."""
    for told in _coded:
        told(turn, record, by, now_ms)


def register_end_rule(rule: EndRule) -> None:
    """`rule(turn)` raises Refused while its counsellor may not end a running talk; the row is locked."""
    if rule not in _end_rules:
        _end_rules.append(rule)


def check_may_end(turn: "Turn") -> None:
    """Raises Refused while something that a part keeps beside the talk would be stranded by its end."""
    for rule in _end_rules:
        rule(turn)


def register_off_duty(told: OffDuty) -> None:
    """`told(service_id, user_id, now_ms)` when somebody's duty ends, in its transaction."""
    if told not in _off_duty:
        _off_duty.append(told)


def tell_off_duty(service_id: int, user_id: int, now_ms: int) -> None:
    """Somebody's duty has ended."""
    for told in _off_duty:
        told(service_id, user_id, now_ms)


def register_destroyed(told: Destroyed) -> None:
    """`told(conversation_ids)` when talks are destroyed, by their child, the clock or after a restore.

    In the transaction that destroys their keys and before their rows go: what a part queued elsewhere of their words
    goes with them.
    """
    if told not in _destroyed:
        _destroyed.append(told)


def tell_destroyed(conversation_ids: Sequence[int]) -> None:
    """From here on nothing of these talks may be on its way."""
    for told in _destroyed:
        told(conversation_ids)


def register_purge(purge: Purge) -> None:
    """`purge(centre)` destroys what a part keeps by a clock of its own, in the nightly purge. It may run twice."""
    if purge not in _purges:
        _purges.append(purge)


def purge_beside(centre: "Centre") -> None:
    """Let every part destroy what is over."""
    for purge in _purges:
        purge(centre)
