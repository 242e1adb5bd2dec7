"""The clocks of connections, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.connections import revoked
from havn.connections.models import Delivery, EndpointSecret
from havn.connections.queries import settings_of
from havn.helpline.retention.journal import KEPT

_TASK = "connections.forget"


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "connections.log",
            ("connections.Delivery",),
            lambda: _("What became of messages to other systems"),
            lambda centre_id: _("%(days)s days after the message") % {"days": settings_of(centre_id).log_days},
            task=_TASK,
            over=_log_over,
            settings="connections:connections",
        )
    )
    register_clock(
        Clock(
            "connections.secrets",
            ("connections.EndpointSecret",),
            lambda: _("An older secret of an endpoint, when another took its place"),
            lambda centre_id: _("The night after the day on which both hold"),
            task=_TASK,
            over=lambda centre_id, at: EndpointSecret.objects.filter(
                endpoint__centre_id=centre_id, until__lte=at
            ).count(),
        )
    )
    register_clock(
        Clock(
            "connections.revoked",
            (),
            lambda: _("That a key or an endpoint was ended, so that no restore opens it again"),
            lambda centre_id: _("%(days)s days later, as long as backups reach") % {"days": KEPT.days},
            task=_TASK,
            over=lambda centre_id, at: revoked.older_than(at),
        )
    )
    register_stays(
        Stays(
            "connections",
            (
                "connections.ConnectionsSettings",
                "connections.ApiKey",
                "connections.Endpoint",
                "connections.Told",
            ),
            lambda: _("Keys and endpoints of other systems: of a key only its prefix, a hash and the day of last use"),
            lambda: _("Until somebody revokes or removes them."),
        )
    )


def _log_over(centre_id: int, at: dt.datetime) -> int:
    days = dt.timedelta(days=settings_of(centre_id).log_days)
    return Delivery.objects.filter(endpoint__centre_id=centre_id, made_at__lt=at - days).count()
