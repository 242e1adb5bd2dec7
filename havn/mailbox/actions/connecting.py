"""What a coordinator sets up: the address, the mailbox, and secrets of whoever hands e-mail over."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.common.signatures import new_secret
from havn.mailbox.models import HookSecret, Mailbox
from havn.mailbox.permissions import check_can_connect
from havn.mailbox.sealing import seal_hook_secret, seal_password
from havn.tenancy.models import Service

# Two while one is changed; a third for whoever tries something out.
SECRETS_MOST = 3
_WHERE = ("host", "port", "security", "user")


@transaction.atomic
def change_address(
    *, actor: User, service: Service, address: str, separator: str, receipts_a_day: int, site: str
) -> Mailbox:
    """Set from where e-mails go out and where answers come in. `site` is where our pages are.

    Raises Refused for the address of another helpline: an e-mail from there would be taken for a loop, and its answers
    would go astray.
    """
    check_can_connect(actor, service)
    if Mailbox.objects.filter(address__iexact=address).exclude(pk=service.pk).exists():
        raise Refused(_("Another helpline has this address. Each needs one of its own."))
    box = _locked(service)
    box.address, box.separator, box.receipts_a_day, box.site = address, separator, receipts_a_day, site
    box.save(update_fields=["address", "separator", "receipts_a_day", "site"])
    _trail(actor, service, "mailbox.address.changed")
    return box


@transaction.atomic
def change_mailbox(*, actor: User, service: Service, password: str, values: dict[str, Any]) -> Mailbox:
    """Set where e-mails are fetched from. An empty password leaves the one there is.

    Raises Refused without an address of the helpline, and where server or user change without the password: it must
    not be carried to a place that its owner did not mean.
    """
    check_can_connect(actor, service)
    box = _locked(service)
    moved = any(getattr(box, name) != values[name] for name in _WHERE)
    if moved and box.password_sealed and not password:
        raise Refused(_("The mail server or the user is another. Put the password in as well."))
    if values["is_on"] and not box.address:
        raise Refused(_("Set the helpline's e-mail address first."))
    for name, value in values.items():
        setattr(box, name, value)
    if password:
        box.password_sealed = seal_password(service.pk, password)
    box.version += 1
    box.trouble, box.failing_since_ms, box.left_lying = "", None, 0
    box.save()
    _trail(actor, service, "mailbox.connection.changed")
    return box


@transaction.atomic
def make_secret(*, actor: User, service: Service) -> str:
    """Make a secret that holds from now on, beside those there are. Returns it; it is shown once and kept sealed."""
    check_can_connect(actor, service)
    _locked(service)
    if HookSecret.objects.filter(service=service).count() >= SECRETS_MOST:
        raise Refused(_("There are three secrets already. Remove one first."))
    secret, number = new_secret(), random_id()
    HookSecret.objects.create(
        pk=number, service=service, sealed=seal_hook_secret(number, secret), made_at=now(), made_by=actor
    )
    _trail(actor, service, "mailbox.secret.made")
    return secret


@transaction.atomic
def remove_secret(*, actor: User, service: Service, secret_id: int) -> None:
    """End a secret: what is signed with it is refused from now on."""
    check_can_connect(actor, service)
    gone, _rows = HookSecret.objects.filter(pk=secret_id, service=service).delete()
    if not gone:
        raise Refused(_("This secret is no longer here."))
    _trail(actor, service, "mailbox.secret.removed")


def _locked(service: Service) -> Mailbox:
    Mailbox.objects.get_or_create(pk=service.pk)
    return Mailbox.objects.select_for_update(of=("self",)).get(pk=service.pk)


def _trail(actor: User, service: Service, action: str) -> None:
    audit.record(centre_id=service.organisation.centre_id, actor_id=actor.pk, service_id=service.pk, action=action)
