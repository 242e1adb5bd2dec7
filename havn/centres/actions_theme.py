"""Writes of a centre's theme: one verb each."""

from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.centres.logo import made_small
from havn.centres.models import CentreTheme
from havn.centres.permissions import THEME
from havn.centres.rules.theme import HAVN, NAMES, Colours, checks
from havn.centres.words_theme import refusal_words
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre


class Who(TypedDict):
    """Who acts, whether they hold the permission in one of the centre's organisations, and for which centre."""

    actor: User
    actor_may: bool
    centre: Centre


def save_colours(*, actor: User, actor_may: bool, centre: Centre, colours: Colours) -> None:
    """Use the colours on every page of the centre. Refused with the ratios when one cannot be read on its ground."""
    _check_may(actor_may)
    failed = [refusal_words(one) for one in checks(colours) if not one.passes]
    if failed:
        raise Refused(" ".join(failed))
    with transaction.atomic():
        theme = _locked(centre)
        for name in NAMES:
            chosen = getattr(colours, name)
            setattr(theme, name, "" if chosen == getattr(HAVN, name) else chosen)
        theme.save()
        _record(actor, centre, "colours")


def keep_logo(*, actor: User, actor_may: bool, centre: Centre, upload: bytes) -> None:
    """Take a picture in, made small and clean, without showing it yet. Refused when it cannot be used."""
    _check_may(actor_may)
    # Before the transaction: a picture takes its time, and the database has one lock for all writers.
    small = made_small(upload)
    with transaction.atomic():
        theme = _locked(centre)
        theme.next_logo = small
        theme.save()
        _record(actor, centre, "logo-taken-in")


@transaction.atomic
def use_logo(*, actor: User, actor_may: bool, centre: Centre) -> None:
    """Show the picture that was taken in. Refused when there is none."""
    _check_may(actor_may)
    theme = _locked(centre)
    if not theme.next_logo:
        raise Refused(_("There is no picture to use. Take one in first."))
    theme.logo, theme.next_logo = theme.next_logo, b""
    theme.save()
    _record(actor, centre, "logo-used")


@transaction.atomic
def remove_logo(*, actor: User, actor_may: bool, centre: Centre) -> None:
    """Show Havn's mark again and destroy the pictures."""
    _check_may(actor_may)
    theme = _locked(centre)
    theme.logo = theme.next_logo = b""
    theme.save()
    _record(actor, centre, "logo-removed")


def _check_may(actor_may: bool) -> None:
    if not actor_may:
        raise NotAllowed(_("Only a coordinator, a publisher or an administrator may change colours and logo."))


def _locked(centre: Centre) -> CentreTheme:
    CentreTheme.objects.get_or_create(centre=centre)
    return CentreTheme.objects.select_for_update(of=("self",)).get(centre=centre)


def _record(actor: User, centre: Centre, what: str) -> None:
    record(centre_id=centre.pk, actor_id=actor.pk, action=f"{THEME}.changed", subject=f"theme:{what}")
