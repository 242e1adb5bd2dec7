"""The clock of sessions, and what stays of accounts, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.accounts.models import StaffSession
from havn.accounts.sessions import HALFWAY, LONGEST
from havn.common.keeping import Clock, Stays, register_clock, register_stays


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "accounts.sessions",
            ("accounts.StaffSession",),
            lambda: _("Sign-ins of the staff, with their sealed keys"),
            lambda centre_id: _("%(hours)s hours after signing in, or at signing out") % {"hours": hours(LONGEST)},
            task="accounts.sessions",
            every=dt.timedelta(hours=1),
            over=lambda centre_id, at: _over(at),
        )
    )
    register_stays(
        Stays(
            "accounts",
            ("accounts.User", "accounts.Membership", "accounts.SecondFactor", "accounts.RecoveryCode"),
            lambda: _("Accounts of the staff with their roles and second factor"),
            lambda: _("Until an administrator takes the last role; the name stays beside what the person did."),
        )
    )
    register_stays(
        Stays(
            "accounts.groups",
            ("accounts.User_groups", "accounts.User_user_permissions", "auth.*", "contenttypes.*"),
            lambda: _("Groups and kinds of rows that the editor needs"),
            lambda: _("They hold nothing about a person but the groups of an editor."),
        )
    )


def hours(span: dt.timedelta) -> int:
    """Whole hours of a span."""
    return int(span.total_seconds() // 3600)


def _over(at: dt.datetime) -> int:
    whole = StaffSession.objects.filter(created_at__lt=at - LONGEST, second_factor_at__isnull=False).count()
    return whole + StaffSession.objects.filter(created_at__lt=at - HALFWAY, second_factor_at__isnull=True).count()
