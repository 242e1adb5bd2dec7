"""Fetching e-mails in the worker: one thread for each mailbox that is on, one worker for each mailbox.

An e-mail is stored, and only then let go of. Whoever is killed in between finds it again, and stores nothing twice.
"""

import logging
import secrets
import threading
import time

from django.db import DatabaseError, close_old_connections, connection
from django.db.models import BigIntegerField, Q, Value
from django.db.models.functions import Coalesce

from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.mailbox import imap
from havn.mailbox.actions.receiving import Taken, take_mails
from havn.mailbox.models import Mailbox
from havn.mailbox.queries.connection import boxes_to_attend, place_of

log = logging.getLogger("havn.mailbox")
LOOK_S = 10.0
# How long one stays connected before the settings are read again, and how often a server without IDLE is asked.
ROUND_S = 30.0
_LEASE_MS = 120_000
_SHORTEST_WAIT_S, _LONGEST_WAIT_S = 10.0, 600.0
AT_ONCE = 10


class Collector(threading.Thread):
    """Attends to all mailboxes of the installation until `stop`. A daemon: the process may end at any moment."""

    def __init__(self) -> None:
        super().__init__(name="mailboxes", daemon=True)
        self._name = secrets.token_hex(8)
        self._ended = threading.Event()
        self._attending: dict[int, threading.Thread] = {}

    def stop(self) -> None:
        """Ask every thread to end."""
        self._ended.set()

    def run(self) -> None:
        """Give each mailbox that is on a thread of its own."""
        while not self._ended.is_set():
            try:
                close_old_connections()
                for service_id in boxes_to_attend():
                    self._attend(service_id)
            except DatabaseError as error:
                log.warning("The database did not answer the mailboxes: %s", type(error).__name__)
            finally:
                connection.close()
            self._ended.wait(LOOK_S)

    def _attend(self, service_id: int) -> None:
        thread = self._attending.get(service_id)
        if thread is None or not thread.is_alive():
            thread = threading.Thread(target=self._stay, args=(service_id,), name=f"mailbox-{service_id}", daemon=True)
            self._attending[service_id] = thread
            thread.start()

    def _stay(self, service_id: int) -> None:
        """Stay connected for as long as this mailbox is on and nobody else holds it."""
        wait_s = _SHORTEST_WAIT_S
        try:
            while not self._ended.is_set():
                close_old_connections()
                if not hold(service_id, self._name, now_ms=now_ms()):
                    return
                try:
                    if self._connected(service_id):
                        wait_s = _SHORTEST_WAIT_S
                        continue
                    return
                except imap.Trouble as trouble:
                    note_trouble(service_id, trouble.code, now_ms=now_ms())
                except Refused:
                    note_trouble(service_id, "no-keys", now_ms=now_ms())
                self._ended.wait(wait_s)
                wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
        except DatabaseError as error:
            log.warning("The database did not answer a mailbox: %s", type(error).__name__)
        finally:
            connection.close()

    def _connected(self, service_id: int) -> bool:
        """One connection, used until the settings change (True) or the mailbox is off or another's (False)."""
        box = Mailbox.objects.filter(pk=service_id, is_on=True).first()
        if box is None:
            return False
        with imap.opened(place_of(box)) as line:
            while not self._ended.is_set():
                collect(box, line, now_ms=now_ms())
                self._listen(line)
                close_old_connections()
                if not hold(service_id, self._name, now_ms=now_ms()):
                    return False
                if boxes_to_attend().get(service_id) != box.version:
                    return True
        return False

    def _listen(self, line: imap.Box) -> None:
        until = time.monotonic() + ROUND_S
        with line.listening() as told:
            while time.monotonic() < until and not self._ended.is_set():
                if not told:
                    self._ended.wait(min(1.0, ROUND_S))
                elif line.hears(1.0):
                    return


def collect(box: Mailbox, line: imap.Box, *, now_ms: int) -> list[Taken]:
    """Take everything that lies in a mailbox now: store some, let go of them, then the next.

    What could not be taken stays there and is counted. Raises `imap.Trouble`, and Refused when no letter can begin.
    """
    taken: list[Taken] = []
    waiting = line.waiting()
    for start in range(0, len(waiting), AT_ONCE):
        found = line.fetch(waiting[start : start + AT_ONCE])
        numbers = sorted(found)
        became = take_mails(box.service, [found[number] for number in numbers], now_ms=now_ms)
        line.let_go([number for number, one in zip(numbers, became, strict=True) if one is not Taken.LEFT])
        taken += became
    left = sum(one is Taken.LEFT for one in taken)
    Mailbox.objects.filter(pk=box.pk).update(looked_at_ms=now_ms, failing_since_ms=None, trouble="", left_lying=left)
    return taken


def hold(service_id: int, name: str, *, now_ms: int) -> bool:
    """Take or keep a mailbox for this worker, by one UPDATE. False while another has it, or when it is off."""
    free = Q(held_by=name) | Q(held_until_ms__lte=now_ms)
    held = Mailbox.objects.filter(free, pk=service_id, is_on=True)
    return bool(held.update(held_by=name, held_until_ms=now_ms + _LEASE_MS))


def note_trouble(service_id: int, code: str, *, now_ms: int) -> None:
    """Keep why a mailbox does not answer, for the settings and "Health"."""
    # Said to be a large number: as a plain one, PostgreSQL would be given its lower half.
    since = Coalesce("failing_since_ms", Value(now_ms, BigIntegerField()))
    Mailbox.objects.filter(pk=service_id).update(trouble=code, failing_since_ms=since)
    log.warning("A mailbox could not be asked: %s", code)


def try_out(box: Mailbox) -> int:
    """Open a mailbox once and say how many e-mails wait in it. Raises `imap.Trouble`."""
    with imap.opened(place_of(box)) as line:
        return len(line.waiting())
