"""Connections for the demo: a key that nobody holds, and an endpoint of nobody, switched off so that nothing leaves."""

import datetime as dt

from django.db import transaction

from havn.common.clock import now
from havn.connections.models import ApiKey, Delivery, Endpoint
from havn.connections.rules.keys import new_key
from havn.tenancy.models import Service

_LOG = (("opening.changed", "arrived", 204, 1), ("waiting.changed", "arrived", 204, 2), ("test", "given-up", 503, 8))


@transaction.atomic
def make_connections(service: Service) -> None:
    """Make them for one helpline, once."""
    if Endpoint.objects.filter(service=service).exists():
        return
    centre = service.organisation.centre
    at, made = now(), new_key()
    ApiKey.objects.create(
        centre=centre,
        service=service,
        name="Intranet",
        prefix=made.prefix,
        digest=made.digest,
        scopes=["opening", "waiting", "statistics"],
        made_at=at - dt.timedelta(days=40),
        expires_on=(at + dt.timedelta(days=325)).date(),
        last_used_on=at.date(),
    )
    endpoint = Endpoint.objects.create(
        centre=centre,
        service=service,
        name="Intranet",
        url="https://intranet.example/havn",
        events=["opening.changed", "waiting.changed"],
        is_on=False,
        made_at=at - dt.timedelta(days=40),
    )
    for number, (event, state, status, tries) in enumerate(_LOG):
        moment = at - dt.timedelta(hours=3 * number + 1)
        Delivery.objects.create(
            endpoint=endpoint,
            message_id=f"msg_demo_{endpoint.pk}_{number}",
            event=event,
            state=state,
            made_at=moment,
            done_at=moment,
            tries=tries,
            status=status,
        )
