"""What returns by the clock, in one list. Times are those of the centre's clocks (Europe/Oslo)."""

from django.db import transaction

from havn.accounts.models import Invitation, SignInThrottle
from havn.accounts.sessions import SessionStore
from havn.audit import api as audit
from havn.audit.checked import check_and_keep
from havn.awareness import tasks as awareness
from havn.common.clock import now, now_ms
from havn.config.keeping import backup
from havn.config.keeping.clocks import DONE_KEPT_MS, FAILED_KEPT_MS, INVITATION_KEPT, MARKS_KEPT_MS, THROTTLE_KEPT
from havn.connections import tasks as connections
from havn.directory.tasks import remind
from havn.events import tasks as events
from havn.forms import tasks as forms
from havn.handover import tasks as handover
from havn.helpline.imports.tasks import forget_staged, go_on
from havn.helpline.retention.tasks import purge
from havn.mail import tasks as mail
from havn.mailbox import tasks as mailbox
from havn.phone import tasks as phone
from havn.quality.tasks import draw_talks
from havn.releases import tasks as releases
from havn.rounds import tasks as rounds
from havn.statistics.tasks import check_counts
from havn.surveys import tasks as surveys
from havn.tasks.api import daily, every, task
from havn.tasks.models import QueuedTask
from havn.tenancy.models import Centre
from havn.trends import tasks as trends


def register() -> None:
    """Fill the schedule. Called by the worker before it starts.

    The purge comes before the backup, so that no backup holds what is over.
    """
    daily("helpline.purge", purge, hour=3, minute=10)
    daily("events.forget", events.forget, hour=3, minute=20)
    daily("helpline.imports", forget_staged, hour=3, minute=25)
    daily("helpline.imports.go_on", go_on, hour=5, minute=30)
    daily("mail.forget", mail.forget, hour=3, minute=30)
    daily("connections.forget", connections.forget, hour=3, minute=35)
    daily("releases.forget", releases.forget, hour=3, minute=36)
    daily("trends.forget", trends.forget, hour=3, minute=38)
    daily("surveys.forget", surveys.forget, hour=3, minute=38)
    daily("rounds.forget_files", rounds.forget_files, hour=3, minute=39)
    daily("rounds.forget_changes", rounds.forget_changes, hour=3, minute=41)
    daily("forms.forget", forms.forget, hour=3, minute=37)
    daily("keeping.tidy", tidy, hour=3, minute=40)
    daily("audit.heads", audit_heads, hour=3, minute=50)
    daily("keeping.backup", back_up, hour=4, minute=10)
    daily("audit.check", check_trail, hour=4, minute=40)
    daily("statistics.check", check_counts, hour=5, minute=10)
    daily("quality.draw", draw_talks, hour=5, minute=40)
    daily("trends.watch", trends.watch, hour=5, minute=50)
    daily("directory.remind", remind, hour=7, minute=30)
    every("accounts.sessions", end_old_sessions, seconds=3600)
    every("rounds.remind", rounds.send_reminders, seconds=3600)
    every("events.remind", events.remind, seconds=3600)
    every("awareness.dates", awareness.follow_dates, seconds=60)
    every("mail.due", mail.send_due, seconds=60)
    every("handover.due", handover.pass_due, seconds=60)
    every("mailbox.tend", mailbox.tend, seconds=60)
    every("phone.forget", phone.forget, seconds=600)
    every("surveys.tend", surveys.tend, seconds=600)
    every("connections.look", connections.look, seconds=30)
    every("connections.due", connections.send_due, seconds=60)


@task
def tidy() -> int:
    """Destroy finished tasks, old throttles and invitations, and audit entries over five years. Returns how many.

    The trail of every centre says what went, by counts; the cut of the trail says so itself.
    """
    done = QueuedTask.objects.filter(state=QueuedTask.State.DONE, finished_at_ms__lt=now_ms() - DONE_KEPT_MS)
    failed = QueuedTask.objects.filter(state=QueuedTask.State.FAILED, finished_at_ms__lt=now_ms() - FAILED_KEPT_MS)
    gone = {
        "tasks": done.delete()[0] + failed.delete()[0],
        "throttles": SignInThrottle.objects.filter(updated_at__lt=now() - THROTTLE_KEPT).delete()[0],
        "links": Invitation.objects.filter(expires_at__lt=now() - INVITATION_KEPT).delete()[0],
        "marks": audit.forget_read_marks(older_than_ms=now_ms() - MARKS_KEPT_MS),
    }
    if any(gone.values()):
        with transaction.atomic():
            for centre_id in Centre.objects.hosted().order_by("pk").values_list("pk", flat=True):
                audit.record(centre_id=centre_id, action="keeping.tidied", subject="", **gone)
    return sum(gone.values()) + audit.cut_old()


@task
def audit_heads() -> None:
    """Sign the ends of the chains and write them to the second folder."""
    audit.write_heads()


@task(lease_s=600)
def check_trail() -> int:
    """Check every chain of the trail and keep the result for the screen "Health". Returns how many findings."""
    return len(check_and_keep().findings)


@task(attempts=4, lease_s=120)
def back_up() -> int:
    """Destroy the backups over seven days, then make the day's. Without a key none is made; health says so.

    In this order: what was promised to be gone goes whether or not a new one can be written.
    """
    backup.destroy_old()
    return backup.make().rows if backup.is_set_up() else 0


@task
def end_old_sessions() -> None:
    """Remove sessions that are too old to be used, with the sealed keys they hold."""
    SessionStore.clear_expired()
