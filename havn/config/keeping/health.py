"""Whether this installation does what it promised: one finding for each thing that must happen by itself."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from havn.audit.checked import last_checked
from havn.audit.heads import heads_folder
from havn.audit.models import Entry
from havn.common.clock import from_ms, now, now_ms
from havn.config.keeping import backup
from havn.connections.queries import failing
from havn.helpline.retention.queries import PURGED
from havn.mail import queries as mail
from havn.mailbox.queries import connection as mailbox
from havn.mailbox.words import trouble_words
from havn.phone.queries.silence import silent_lines
from havn.statistics import api as statistics
from havn.tasks import reserve
from havn.tasks.models import QueuedTask, ScheduledTask, Worker

ALIVE = dt.timedelta(seconds=60)
# Nightly work, with two hours for a slow night.
NIGHTLY = dt.timedelta(hours=26)
WAITING_TOO_LONG_MS = 10 * 60_000


class Level(StrEnum):
    """How bad it is: `soon` wants somebody to do something, `bad` breaks a promise now."""

    GOOD = "good"
    SOON = "soon"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `words` is a sentence for an administrator; `at` when it last happened."""

    name: str
    level: Level
    words: str
    at: dt.datetime | None = None


def findings(*, running: bool = True) -> Iterator[Finding]:
    """Everything, the gravest things first in the order of the list. `running` False leaves out who is alive."""
    looks: list[Callable[[], Finding]] = [
        _disk, _purge, _backups, _trail, _figures, _tasks, _mail, _mailboxes, _connections, _telephone,
    ]  # fmt: skip
    if running:
        looks.insert(0, _worker)
    for look in looks:
        yield look()


def _worker() -> Finding:
    seen = Worker.objects.aggregate(at=Max("seen_at_ms"))["at"]
    at = from_ms(seen) if seen else None
    if at and now() - at < ALIVE:
        return Finding(_("Background work"), Level.GOOD, _("A worker is alive."), at)
    words = _("No worker is alive: nothing is destroyed and no backup made.")
    return Finding(_("Background work"), Level.BAD, words, at)


def _disk() -> Finding:
    room = reserve.look()
    free = {"free": f"{room.free_bytes / 1e9:.1f}"}
    if not room.enough:
        words = _("Only %(free)s GB are free: no new talk can start. Open talks are still stored.") % free
        return Finding(_("Room on the disk"), Level.BAD, words)
    if room.soon_full:
        words = _("%(free)s GB are free. Make room before new talks are turned away.") % free
        return Finding(_("Room on the disk"), Level.SOON, words)
    return Finding(_("Room on the disk"), Level.GOOD, _("%(free)s GB are free.") % free)


def _purge() -> Finding:
    at_ms = Entry.objects.filter(action=PURGED).aggregate(at=Max("at_ms"))["at"]
    return _nightly(
        _("Destroying what is over"), "helpline.purge", from_ms(at_ms) if at_ms else None,
        good=_("The last purge has run."), bad=_("No purge ran last night: talks are kept longer than promised."),
    )  # fmt: skip


def _backups() -> Finding:
    name = _("Backups")
    if settings.DEMO:
        return Finding(name, Level.GOOD, _("The demonstration makes none."))
    if any(now() - backup.made_at(path) > backup.KEPT + NIGHTLY for path in backup.too_old()):
        words = _("A backup older than seven days is still there: talks are kept longer than promised.")
        return Finding(name, Level.BAD, words)
    if not backup.is_set_up():
        words = _("No backup is made: there is no backup key yet. On the server, run: havn backup new-key")
        return Finding(name, Level.SOON, words)
    kept = backup.kept()
    at = backup.made_at(kept[0]) if kept else None
    good = _("The last backup was read back whole.")
    return _nightly(name, "keeping.backup", at, good=good, bad=_("No backup was made last night."))


def _trail() -> Finding:
    """The check of every entry, and the signing of the end: what it lacks, else when it was checked."""
    name, signed, checked = _("Audit trail"), _heads(), last_checked()
    if checked is not None and checked.findings:
        words = _("It was changed, or its end was cut off. On the server, run: havn audit verify")
        return Finding(name, Level.BAD, words, from_ms(checked.at_ms))
    if signed.level is not Level.GOOD:
        return signed
    at = from_ms(checked.at_ms) if checked else None
    good = _("Its end was signed. All %(count)s entries were checked and follow from one another.")
    bad = _("Its entries were not checked last night: a change would not be seen.")
    found = _nightly(name, "audit.check", at, good=good % {"count": checked.entries if checked else 0}, bad=bad)
    # Before the first check the signing alone is told.
    return signed if at is None and found.level is Level.GOOD else found


def _heads() -> Finding:
    name = _("Audit trail")
    newest = max((path.stat().st_mtime for path in heads_folder().glob("heads-*.json")), default=None)
    at = dt.datetime.fromtimestamp(newest, dt.UTC) if newest else None
    bad = _("Its end was not signed last night: a cut-off end would not be seen.")
    found = _nightly(name, "audit.heads", at, good=_("Its end was signed."), bad=bad)
    data = Path(settings.DATA).resolve()
    if found.level is Level.GOOD and not settings.DEMO and Path(settings.AUDIT_HEADS).resolve().is_relative_to(data):
        words = _(
            "Its signed end lies beside the database: who changes one can change both. Name a folder on another disk "
            "or machine in HAVN_AUDIT_HEADS."
        )
        return Finding(name, Level.SOON, words, at)
    return found


def _figures() -> Finding:
    """The nightly comparison of the figures with the contacts that they count."""
    name, checks = _("Figures"), statistics.last_checks()
    at = min((one.at for one in checks), default=None)
    differing = sum(one.differences for one in checks)
    if differing:
        words = _("%(count)s are not what their contacts add up to. On the server, run: havn statistics rebuild")
        return Finding(name, Level.BAD, words % {"count": differing}, at)
    bad = _("The figures were not compared with their contacts last night.")
    return _nightly(name, "statistics.check", at, good=_("They are what their contacts add up to."), bad=bad)


def _tasks() -> Finding:
    name = _("Tasks")
    failed = QueuedTask.objects.filter(state=QueuedTask.State.FAILED).count()
    if failed:
        words = _("%(count)s tasks failed for good in the last seven days. The server's log says which.")
        return Finding(name, Level.SOON, words % {"count": failed})
    late = QueuedTask.objects.filter(
        state=QueuedTask.State.WAITING, run_after_ms__lt=now_ms() - WAITING_TOO_LONG_MS
    ).count()
    if late:
        return Finding(name, Level.BAD, _("%(count)s tasks have waited longer than ten minutes.") % {"count": late})
    return Finding(name, Level.GOOD, _("None has failed and none waits."))


def _mail() -> Finding:
    name, counts = _("E-mail"), mail.counts()
    if settings.DEMO:
        return Finding(name, Level.GOOD, _("The demonstration sends none: it lies in the outbox."))
    if not mail.is_set_up():
        words = _(
            "E-mail is not set up: %(count)s letters wait. Name a mail server in HAVN_SMTP_HOST and HAVN_MAIL_FROM."
        )
        return Finding(name, Level.SOON, words % {"count": counts.waiting})
    if counts.given_up:
        words = _("%(count)s letters could not be sent in the last thirty days. Look at the mail server.")
        return Finding(name, Level.SOON, words % {"count": counts.given_up})
    return Finding(name, Level.GOOD, _("%(count)s letters wait to be sent.") % {"count": counts.waiting})


def _connections() -> Finding:
    """Other systems that are told of changes."""
    name, found = _("Connections"), failing()
    if found.switched_off:
        words = _("%(count)s endpoints were switched off because they kept failing. Look under Connections.")
        return Finding(name, Level.SOON, words % {"count": found.switched_off})
    if found.failing:
        words = _("Nothing arrives at %(count)s endpoints just now. It is tried again by itself.")
        return Finding(name, Level.SOON, words % {"count": found.failing})
    return Finding(name, Level.GOOD, _("No endpoint fails."))


def _telephone() -> Finding:
    """Telephone systems that told of calls every day and have stopped."""
    name, silent = _("Telephone"), silent_lines(now())
    if silent:
        words = _(
            "No call has been told of for hours, though the line is open: %(names)s. Look at the telephone system."
        )
        return Finding(name, Level.SOON, words % {"names": ", ".join(service.name for service in silent)})
    return Finding(name, Level.GOOD, _("No telephone system has fallen silent."))


def _mailboxes() -> Finding:
    """Whether e-mails to the helplines come in."""
    name, troubled = _("E-mails to helplines"), mailbox.troubled(now_ms())
    for box in troubled:
        if box.failing_since_ms:
            return Finding(
                name, Level.BAD, f"{box.service.name}: {trouble_words(box.trouble)}", from_ms(box.failing_since_ms)
            )
    for box in troubled:
        words = _("E-mails to %(name)s could not be taken. They lie in the mailbox still: look at them there.")
        return Finding(name, Level.SOON, words % {"name": box.service.name})
    if not mailbox.attended():
        return Finding(name, Level.GOOD, _("No helpline fetches e-mails from a mailbox."))
    return Finding(name, Level.GOOD, _("Every mailbox answers."))


def _nightly(name: str, scheduled: str, at: dt.datetime | None, *, good: str, bad: str) -> Finding:
    if at is not None and now() - at < NIGHTLY:
        return Finding(name, Level.GOOD, good, at)
    row = ScheduledTask.objects.filter(pk=scheduled).first()
    if at is None and (row is None or row.last_at_ms is None):
        return Finding(name, Level.GOOD, _("For the first time in the coming night."))
    return Finding(name, Level.BAD, bad, at)
