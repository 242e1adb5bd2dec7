"""What the nightly tidying and the backup destroy."""

import datetime as dt
import secrets

from havn.accounts.models import Invitation, SignInThrottle, StaffSession
from havn.accounts.sessions import LONGEST
from havn.audit.chain import append
from havn.audit.cut import KEPT_YEARS, YEAR_MS
from havn.audit.models import Entry, ReadMark
from havn.config.keeping import backup, clocks
from havn.tasks.models import QueuedTask
from havn.tenancy.models import Centre
from tests.clocks.places import line, person
from tests.clocks.rows import Left, Make
from tests.tenancy.factories import make_centre


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _task(state: str, kept_ms: int) -> Make:
    def make(runs_out: dt.datetime) -> Left:
        row = QueuedTask.objects.create(
            path="havn.mail.tasks.forget", arguments="{}", state=state, run_after_ms=0, enqueued_at_ms=0,
            finished_at_ms=_ms(runs_out) - kept_ms,
        )  # fmt: skip
        line()
        return lambda: QueuedTask.objects.filter(pk=row.pk).count()

    return make


def _session(runs_out: dt.datetime) -> Left:
    user = person().user
    began = runs_out - LONGEST
    row = StaffSession.objects.create(
        id_hash=secrets.token_bytes(32), user=user, created_at=began, active_at=began, second_factor_at=began,
        private_key_nonce=b"n" * 12, private_key_sealed=b"sealed",
    )  # fmt: skip
    return lambda: StaffSession.objects.filter(pk=row.pk).count()


def _invitation(runs_out: dt.datetime) -> Left:
    ends = runs_out - clocks.INVITATION_KEPT
    row = Invitation.objects.create(
        token_hash=secrets.token_bytes(32), organisation=line().service.organisation, roles=["counsellor"],
        made_by=person().user, made_at=ends - dt.timedelta(days=7), expires_at=ends,
    )  # fmt: skip
    return lambda: Invitation.objects.filter(pk=row.pk).count()


def _throttle(runs_out: dt.datetime) -> Left:
    line()
    key = secrets.token_bytes(32)
    SignInThrottle.objects.create(key_hash=key, failures=3, updated_at=runs_out - clocks.THROTTLE_KEPT)
    SignInThrottle.objects.filter(pk=key).update(updated_at=runs_out - clocks.THROTTLE_KEPT)
    return lambda: SignInThrottle.objects.filter(pk=key).count()


def _entry(runs_out: dt.datetime) -> Left:
    # A chain of its own: the first entry that stays decides, and setting up a helpline left some.
    centre = Centre.objects.filter(slug="chain").first() or make_centre(slug="chain", host="chain.test")
    centre_id, word = centre.pk, secrets.token_hex(8)
    append(
        centre_id=centre_id, at_ms=_ms(runs_out) - KEPT_YEARS * YEAR_MS, actor_id=None, action="test.told",
        service_id=None, subject=f"thing:{word}", codes={},
    )  # fmt: skip
    return lambda: Entry.objects.filter(subject=f"thing:{word}").count()


def _mark(runs_out: dt.datetime) -> Left:
    line()
    digest = secrets.token_bytes(32)
    ReadMark.objects.create(digest=digest, at_ms=_ms(runs_out) - clocks.MARKS_KEPT_MS)
    return lambda: ReadMark.objects.filter(pk=digest).count()


def _backup(runs_out: dt.datetime) -> Left:
    line()
    path = backup.folder() / f"havn-{runs_out - backup.KEPT:%Y-%m-%dT%H%M%S}Z-{secrets.token_hex(3)}.backup"
    path.write_bytes(b"sealed rows")
    return lambda: int(path.exists())


ROWS: dict[str, Make] = {
    "tasks.done": _task("done", clocks.DONE_KEPT_MS),
    "tasks.failed": _task("failed", clocks.FAILED_KEPT_MS),
    "accounts.sessions": _session,
    "accounts.invitations": _invitation,
    "accounts.throttles": _throttle,
    "audit.entries": _entry,
    "audit.marks": _mark,
    "keeping.backups": _backup,
}
