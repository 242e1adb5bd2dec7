"""Messages to other systems and older secrets of endpoints."""

import datetime as dt
import secrets

from havn.connections import revoked
from havn.connections.models import Delivery, Endpoint, EndpointSecret
from havn.connections.queries import settings_of
from havn.helpline.retention import journal
from tests.clocks.places import line
from tests.clocks.rows import Left, Make
from tests.connections.factories import add_secret, make_endpoint


def _endpoint() -> Endpoint:
    return make_endpoint(line().service.organisation.centre, "opening.changed")


def _message(runs_out: dt.datetime) -> Left:
    endpoint = _endpoint()
    made = runs_out - dt.timedelta(days=settings_of(endpoint.centre_id).log_days)
    row = Delivery.objects.create(
        endpoint=endpoint, message_id=f"msg_{endpoint.pk}", event="test", state="arrived", made_at=made
    )
    return lambda: Delivery.objects.filter(pk=row.pk).count()


def _secret(runs_out: dt.datetime) -> Left:
    endpoint = _endpoint()
    add_secret(endpoint, until=runs_out)
    return lambda: EndpointSecret.objects.filter(endpoint=endpoint, until__isnull=False).count()


def _line(runs_out: dt.datetime) -> Left:
    line()
    mark = secrets.token_hex(4)
    journal.add_line(revoked.path(), f"{(runs_out - journal.KEPT).date()} {mark}")
    return lambda: sum(text == mark for _day, text in journal.lines_in(revoked.path(), fields=2))


ROWS: dict[str, Make] = {
    "connections.log": _message,
    "connections.secrets": _secret,
    "connections.revoked": _line,
}
