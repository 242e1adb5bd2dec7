"""The clocks of what the nightly tidying and the backup destroy, for the list of `havn.common.keeping`."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from havn.accounts.models import Invitation, SignInThrottle
from havn.audit.cut import ACTION, KEPT_YEARS, YEAR_MS
from havn.audit.models import Entry, ReadMark
from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.config.keeping import backup
from havn.tasks.models import QueuedTask

DAY_MS = 86_400_000
# A task that failed for good is kept so long for whoever looks into it.
FAILED_KEPT_MS = 7 * DAY_MS
DONE_KEPT_MS = DAY_MS
MARKS_KEPT_MS = 7 * DAY_MS
THROTTLE_KEPT = dt.timedelta(days=1)
INVITATION_KEPT = dt.timedelta(days=30)
_TASK, _TRAIL = "keeping.tidy", "keeping.tidied"


def register() -> None:
    """Fill the list."""
    _tasks()
    _people()
    _trail()
    register_clock(
        Clock(
            "keeping.backups",
            (),
            lambda: _("Backups"),
            lambda centre_id: _("%(days)s days after they were made") % {"days": backup.KEPT.days},
            task="keeping.backup",
            over=lambda centre_id, at: 0 if settings.DEMO else _backups_over(at),
            trail="backup.destroyed",
        )
    )
    register_stays(
        Stays(
            "pages.memory",
            (),
            lambda: _("Copies of public pages in the memory of the front door"),
            lambda: _("Minutes, and never on a disk; every publication empties them. They hold nothing of a reader."),
        )
    )


def _tasks() -> None:
    for state, kept_ms, what in (
        ("done", DONE_KEPT_MS, lambda: _("Background work that is done")),
        ("failed", FAILED_KEPT_MS, lambda: _("Background work that failed for good")),
    ):
        register_clock(
            Clock(
                f"tasks.{state}",
                ("tasks.QueuedTask",),
                what,
                lambda centre_id, days=kept_ms // DAY_MS: _days_after_the_end(days),  # type: ignore[misc]
                task=_TASK,
                over=lambda centre_id, at, state=state, kept_ms=kept_ms: QueuedTask.objects.filter(  # type: ignore[misc]
                    state=state, finished_at_ms__lt=_ms(at) - kept_ms
                ).count(),
                trail=_TRAIL,
            )
        )
    register_stays(
        Stays(
            "tasks",
            ("tasks.ScheduledTask", "tasks.Worker"),
            lambda: _("When work that returns by the clock is due, and which worker is alive"),
            lambda: _("As long as there is such work."),
        )
    )


def _people() -> None:
    register_clock(
        Clock(
            "accounts.invitations",
            ("accounts.Invitation",),
            lambda: _("Invitations of staff"),
            lambda centre_id: _("%(days)s days after the last day on which they work") % {"days": INVITATION_KEPT.days},
            task=_TASK,
            over=lambda centre_id, at: Invitation.objects.filter(expires_at__lt=at - INVITATION_KEPT).count(),
            trail=_TRAIL,
        )
    )
    register_clock(
        Clock(
            "accounts.throttles",
            ("accounts.SignInThrottle",),
            lambda: _("That somebody signed in with a wrong password, as a keyed mark"),
            lambda centre_id: _("A day after the last time"),
            task=_TASK,
            over=lambda centre_id, at: SignInThrottle.objects.filter(updated_at__lt=at - THROTTLE_KEPT).count(),
            trail=_TRAIL,
        )
    )


def _trail() -> None:
    register_clock(
        Clock(
            "audit.entries",
            ("audit.Entry",),
            lambda: _("The audit trail: who did what, in codes"),
            lambda centre_id: _("%(years)s years after it happened") % {"years": KEPT_YEARS},
            task=_TASK,
            over=lambda centre_id, at: Entry.objects.filter(
                centre_id=centre_id, at_ms__lt=_ms(at) - KEPT_YEARS * YEAR_MS
            ).count(),
            trail=ACTION,
        )
    )
    register_clock(
        Clock(
            "audit.marks",
            ("audit.ReadMark",),
            lambda: _("Marks that a reading stands on the trail already"),
            lambda centre_id: _("%(days)s days after the reading") % {"days": MARKS_KEPT_MS // DAY_MS},
            task=_TASK,
            over=lambda centre_id, at: ReadMark.objects.filter(at_ms__lt=_ms(at) - MARKS_KEPT_MS).count(),
            trail=_TRAIL,
        )
    )
    register_stays(
        Stays(
            "audit",
            ("audit.Head", "audit.Checkpoint"),
            lambda: _("The signed ends of the audit trail, and where it was cut"),
            lambda: _("For good: without them nobody could tell whether entries were removed."),
        )
    )


def _days_after_the_end(days: int) -> str:
    return _("%(days)s days after it ended") % {"days": days}


def _backups_over(at: dt.datetime) -> int:
    return sum(backup.made_at(path) < at - backup.KEPT for path in backup.kept())


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)
