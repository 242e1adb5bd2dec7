"""What a coordinator sets up: secrets, whose extension is whose, and how long a silence is believed."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.common.signatures import new_secret
from havn.helpline.permissions import check_can_manage
from havn.helpline.rules.roles import WORKS
from havn.phone.models import Connection, Extension, Secret
from havn.phone.rules.messages import is_extension
from havn.phone.sealing import seal_secret
from havn.tenancy.models import Service

# Two while one is changed; a third for a system that is tried out.
SECRETS_MOST = 3


@transaction.atomic
def make_secret(*, actor: User, service: Service) -> str:
    """Make a secret that holds from now on, beside those there are. Returns it; it is shown once and kept sealed."""
    check_can_manage(actor, service)
    Connection.objects.get_or_create(pk=service.pk)
    Connection.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if Secret.objects.filter(service=service).count() >= SECRETS_MOST:
        raise Refused(_("There are three secrets already. Remove one first."))
    secret, number = new_secret(), random_id()
    Secret.objects.create(pk=number, service=service, sealed=seal_secret(number, secret), made_at=now(), made_by=actor)
    _trail(actor, service, "phone.secret.made")
    return secret


@transaction.atomic
def remove_secret(*, actor: User, service: Service, secret_id: int) -> None:
    """End a secret: what is signed with it is refused from now on."""
    check_can_manage(actor, service)
    gone, _rows = Secret.objects.filter(pk=secret_id, service=service).delete()
    if not gone:
        raise Refused(_("This secret is no longer here."))
    _trail(actor, service, "phone.secret.removed")


@transaction.atomic
def give_extension(*, actor: User, service: Service, name: str, user_id: int) -> Extension:
    """Say whose an extension is. One that somebody has goes over to the new person."""
    check_can_manage(actor, service)
    name = name.strip()
    if not is_extension(name):
        raise Refused(_("An extension is a line inside the house: up to six digits, or a short name without spaces."))
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not has_role(user, service, *WORKS):
        raise Refused(_("Choose somebody who works at this helpline."))
    extension, _new = Extension.objects.update_or_create(service=service, name=name, defaults={"user": user})
    _trail(actor, service, "phone.extension.given")
    return extension


@transaction.atomic
def remove_extension(*, actor: User, service: Service, extension_id: int) -> None:
    """An extension is nobody's again: calls answered there wait for somebody to claim them."""
    check_can_manage(actor, service)
    gone, _rows = Extension.objects.filter(pk=extension_id, service=service).delete()
    if not gone:
        raise Refused(_("This extension is no longer here."))
    _trail(actor, service, "phone.extension.removed")


@transaction.atomic
def change_clocks(*, actor: User, service: Service, ring_minutes: int, alone_minutes: int) -> Connection:
    """Set how long a ring and a call are believed of which nothing more is heard."""
    check_can_manage(actor, service)
    connection, _new = Connection.objects.update_or_create(
        pk=service.pk, defaults={"ring_minutes": ring_minutes, "alone_minutes": alone_minutes}
    )
    _trail(actor, service, "phone.settings.changed")
    return connection


def _trail(actor: User, service: Service, action: str) -> None:
    audit.record(centre_id=service.organisation.centre_id, actor_id=actor.pk, service_id=service.pk, action=action)
