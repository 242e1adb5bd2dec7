"""Reads of mail. Counts for everybody; content only for the outbox of a demonstration."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from havn.mail.models import LetterOut
from havn.mail.sealing import Content, unseal
from havn.tenancy.models import Centre

SHOWN = 100


@dataclass(frozen=True)
class Counts:
    """How many letters wait, and how many could not be sent in the last thirty days."""

    waiting: int
    given_up: int


@dataclass(frozen=True)
class Shown:
    """A letter of the outbox as the screen shows it."""

    id: int
    kind: str
    queued_at: dt.datetime
    content: Content


def is_set_up() -> bool:
    """Whether this installation knows a mail server and an address to send from."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)


def is_address(text: str) -> bool:
    """Whether it is one address that a letter can go to."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def is_kept_here(centre: Centre) -> bool:
    """Whether letters of this centre never leave the machine."""
    return bool(settings.DEMO) or centre.is_demo


def reaches(centre: Centre) -> bool:
    """Whether a letter of this centre will be read somewhere: by its addressee, or in the outbox of a demo."""
    return is_kept_here(centre) or is_set_up()


def counts(centre: Centre | None = None) -> Counts:
    """Of one centre, or of the whole installation."""
    letters = LetterOut.objects.filter(centre=centre) if centre else LetterOut.objects.all()
    return Counts(
        waiting=letters.filter(state=LetterOut.State.WAITING).count(),
        given_up=letters.filter(state=LetterOut.State.GIVEN_UP).count(),
    )


def state_of(letter_id: int) -> str:
    """A state of `LetterOut`, or "" for a letter that has gone: its row is destroyed then."""
    return LetterOut.objects.filter(pk=letter_id).values_list("state", flat=True).first() or ""


def outbox(centre: Centre) -> list[Shown]:
    """The letters that a demonstration kept instead of sending them, newest first."""
    kept = LetterOut.objects.filter(centre=centre, state=LetterOut.State.KEPT).order_by("-queued_at")[:SHOWN]
    return [Shown(row.pk, row.kind, row.queued_at, unseal(row.pk, row.sealed)) for row in kept if row.sealed]


def due(now: dt.datetime, most: int) -> list[int]:
    """Row numbers of letters whose next try has come, oldest first."""
    found = LetterOut.objects.filter(state=LetterOut.State.WAITING, next_try_at__lte=now)
    return list(found.order_by("next_try_at").values_list("pk", flat=True)[:most])
