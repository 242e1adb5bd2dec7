"""Stored counters that say "something of this topic changed", so that a lost hint is found again by reading."""

from django.db import transaction

from havn.common import clock
from havn.live import bus, sql

_BUMP = """
INSERT INTO live_beacon (topic, version, at_ms) VALUES (%s, 1, %s)
ON CONFLICT (topic) DO UPDATE SET version = live_beacon.version + 1, at_ms = excluded.at_ms
"""


def bump(*topics: str) -> None:
    """Count the topics up in the caller's transaction, and hint at them once it is committed.

    In the order of their names, so that two transactions never wait for each other in a circle.
    """
    wanted = sorted(set(topics))
    now_ms = clock.now_ms()
    for topic in wanted:
        sql.run(_BUMP, (topic, now_ms))
    transaction.on_commit(lambda: bus.publish([f"b {topic}" for topic in wanted]))


def changed_since(since_ms: int) -> list[tuple[str, int]]:
    """(topic, version) of every beacon touched since, by one indexed query."""
    found = sql.rows("SELECT topic, version FROM live_beacon WHERE at_ms >= %s", (since_ms,))
    return [(topic, version) for topic, version in found]


def sweep(before_ms: int) -> None:
    """Forget beacons of what is long quiet; whoever still listens has read them by then."""
    # ';' is the character after ':'.
    sql.run(
        "DELETE FROM live_beacon WHERE at_ms < %s AND topic >= 'conversation:' AND topic < 'conversation;'",
        (before_ms,),
    )
