"""The clock of retired keys, and what stays of the vault, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.vault.actions.rotate import RETIRED_BEFORE_FORGOTTEN
from havn.vault.models import TeamKey


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "vault.retired",
            ("vault.TeamKey", "vault.TeamKeyWrap"),
            lambda: _("Keys of a team that were replaced"),
            lambda centre_id: _("As soon as no talk is sealed to them any more"),
            task="helpline.purge",
            over=_over,
            trail="vault.team.forgotten",
        )
    )
    register_stays(
        Stays(
            "vault",
            ("vault.StaffKey", "vault.RecoveryKey"),
            lambda: _("Key pairs of the staff and of the recovery paper; private halves are wrapped"),
            lambda: _("Until the person gets a new key pair, or the recovery paper is made anew."),
        )
    )


def _over(centre_id: int, at: dt.datetime) -> int:
    retired = TeamKey.objects.filter(
        service__organisation__centre_id=centre_id,
        retired_at__lt=at - RETIRED_BEFORE_FORGOTTEN,
        conversation_wraps__isnull=True,
    )
    return retired.count()
