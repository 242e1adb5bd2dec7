"""A test event, signed here and taken by the same way as one from outside."""

from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.common.signatures import sign
from havn.helpline.permissions import check_can_manage
from havn.phone.actions.receiving import receive
from havn.phone.sealing import signing_keys
from havn.tenancy.models import Service


def send_test(*, actor: User, service: Service, secret_id: int, now_ms: int) -> None:
    """Raises Refused with what went wrong."""
    check_can_manage(actor, service)
    key = dict(signing_keys(service.pk)).get(secret_id)
    if key is None:
        raise Refused(_("This secret is no longer here."))
    body, message_id, timestamp = b'{"type":"test"}', f"test_{random_id()}", now_ms // 1000
    signature = sign(key, message_id=message_id, timestamp=timestamp, body=body)
    headers = {"webhook-id": message_id, "webhook-timestamp": str(timestamp), "webhook-signature": signature}
    answer = receive(service, headers=headers, body=body, now_ms=now_ms)
    if answer.status != 200:
        raise Refused(_("The test event was not taken: %(why)s") % {"why": answer.told["error"]})
