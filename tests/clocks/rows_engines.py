"""Letters by e-mail, keys, events and the directory."""

import datetime as dt
import secrets

from havn.common.clock import now
from havn.directory.models import ConfirmLink
from havn.directory.tasks import LINKS_KEPT
from havn.events.models import Event, Feedback, Registration
from havn.mail.models import LetterOut
from havn.mail.rules import COUNTED_FOR, SHOWN_FOR, TRIED_FOR
from havn.mail.sealing import Content, seal
from havn.vault.actions.rotate import RETIRED_BEFORE_FORGOTTEN
from havn.vault.models import TeamKey, TeamKeyWrap
from tests.clocks.places import line, person
from tests.clocks.rows import Left, Make
from tests.events.factories import make_event, register


def _letter(**fields: object) -> LetterOut:
    row = LetterOut(centre=line().service.organisation.centre, kind="events.confirmed", queued_at=now())
    for name, value in fields.items():
        setattr(row, name, value)
    if row.state != "given-up":
        row.sealed = seal(row.pk, Content(to="kari@example.org", subject="Your place", text="The door is green"))
    row.save(force_insert=True)
    return row


def _waiting(runs_out: dt.datetime) -> Left:
    tried = runs_out - TRIED_FOR
    row = _letter(queued_at=tried, first_try_at=tried, next_try_at=now() + dt.timedelta(days=30), tries=9)
    # Address and words go; that one could not be sent is counted on.
    return lambda: LetterOut.objects.filter(pk=row.pk, sealed__isnull=False).count()


def _given_up(runs_out: dt.datetime) -> Left:
    at = runs_out - COUNTED_FOR
    row = _letter(state="given-up", queued_at=at, given_up_at=at)
    return lambda: LetterOut.objects.filter(pk=row.pk).count()


def _shown(runs_out: dt.datetime) -> Left:
    row = _letter(state="kept", queued_at=runs_out - SHOWN_FOR)
    return lambda: LetterOut.objects.filter(pk=row.pk).count()


def _people(runs_out: dt.datetime) -> Left:
    """Each is one registration: the words of the feedback are counted apart."""
    event = make_event(line().service.organisation.centre, kept_days=30)
    register(event, "Kari")
    ends = runs_out - dt.timedelta(days=30)
    Event.objects.filter(pk=event.pk).update(starts_at=ends - dt.timedelta(hours=1), ends_at=ends)
    feedback = Feedback.objects.create(event=event, rating=3, answer_one="", answer_two="")
    return lambda: (
        Registration.objects.filter(event=event).count()
        + Feedback.objects.filter(pk=feedback.pk).exclude(answer_one="").count()
    )


def _link(runs_out: dt.datetime) -> Left:
    ends = runs_out - LINKS_KEPT
    row = ConfirmLink.objects.create(
        service=line().service, token_hash=secrets.token_bytes(32), made_at=ends - LINKS_KEPT, expires_at=ends
    )
    return lambda: ConfirmLink.objects.filter(pk=row.pk).count()


def _team_key(runs_out: dt.datetime) -> Left:
    """A generation before the present one, with its wrap to a member."""
    at, number = runs_out - RETIRED_BEFORE_FORGOTTEN, 1000 + secrets.randbelow(1_000_000)
    service = line().service
    key = TeamKey.objects.create(
        service=service, generation=number, public=b"p" * 32, recovery_wrapped=b"r", created_at=at, retired_at=at
    )
    TeamKeyWrap.objects.create(team_key=key, user=person().user, wrapped=b"sealed", created_at=at)
    return lambda: TeamKey.objects.filter(pk=key.pk).count() + TeamKeyWrap.objects.filter(team_key_id=key.pk).count()


ROWS: dict[str, Make] = {
    "mail.waiting": _waiting,
    "mail.given-up": _given_up,
    "mail.shown": _shown,
    "events.people": _people,
    "directory.links": _link,
    "vault.retired": _team_key,
}
