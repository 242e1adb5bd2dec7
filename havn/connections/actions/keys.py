"""Making and revoking keys."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.connections import revoked
from havn.connections.models import ApiKey
from havn.connections.permissions import check_can_end, check_can_give_rounds, for_rounds_alone
from havn.connections.rules.keys import Scope, new_key
from havn.tenancy.models import Centre, Service

MOST = 50


@transaction.atomic
def make_key(
    *,
    actor: User,
    centre: Centre,
    service: Service | None,
    name: str,
    scopes: Collection[str],
    grain: str,
    expires_on: dt.date | None,
) -> str:
    """Make a key. Returns it; it is shown once, and only its prefix and a hash are kept.

    A key for rounds alone is of the whole centre, whichever service is chosen: the centre is asked, not a service.
    """
    chosen = sorted(set(scopes) & set(Scope))
    service = None if for_rounds_alone(chosen) else service
    check_can_end(actor, centre, service, chosen)
    if not chosen:
        raise Refused(_("Choose what the key may read."))
    if Scope.ROUNDS in chosen:
        check_can_give_rounds(actor, centre)
        if service is not None:
            raise Refused(_("A key for rounds is one of the whole centre. Choose nothing else with it."))
    if ApiKey.objects.filter(centre=centre).count() >= MOST:
        raise Refused(_("There are fifty keys already. Revoke one first."))
    made = new_key()
    ApiKey.objects.create(
        centre=centre,
        service=service,
        name=name,
        prefix=made.prefix,
        digest=made.digest,
        scopes=chosen,
        grain=grain,
        made_at=now(),
        made_by=actor,
        expires_on=expires_on,
    )
    _trail(actor, centre, service, "connections.key.made", made.prefix)
    return made.token


@transaction.atomic
def revoke_key(*, actor: User, centre: Centre, key_id: int) -> None:
    """End a key at once, also for a backup that is brought back."""
    row = ApiKey.objects.select_for_update(of=("self",)).filter(pk=key_id, centre=centre).first()
    if row is None:
        raise Refused(_("This key is no longer here."))
    check_can_end(actor, centre, row.service, row.scopes)
    prefix, service = row.prefix, row.service
    revoked.remember_key(prefix)
    row.delete()
    _trail(actor, centre, service, "connections.key.revoked", prefix)


def note_use(key: ApiKey, today: dt.date) -> None:
    """The day on which it was used last, written once a day."""
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)


def _trail(actor: User, centre: Centre, service: Service | None, action: str, prefix: str) -> None:
    audit.record(
        centre_id=centre.pk,
        actor_id=actor.pk,
        service_id=service.pk if service else None,
        action=action,
        subject=f"key:{prefix}",
    )
