"""What a centre, its organisations and its services are called in each language."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.api import check_may
from havn.accounts.models import User
from havn.audit.api import record
from havn.centres.permissions import NAMES
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre, Organisation, Service


@transaction.atomic
def set_names(
    *, actor: User, actor_may: bool, row: Centre | Organisation | Service, centre: Centre, names: Mapping[str, str]
) -> bool:
    """Call it so in these languages ("": as everywhere), and leave what it is called in others. Whether that is new.

    `actor_may`: the actor holds the permission somewhere in the centre, which names the centre; an organisation and
    its services are named by those who hold it there. Raises NotAllowed.
    """
    kind = type(row)
    locked = kind.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if isinstance(locked, Centre):
        own, may = locked.pk, actor_may
    else:
        organisation = locked if isinstance(locked, Organisation) else locked.organisation
        own, may = organisation.centre_id, True
        check_may(actor, organisation.pk, NAMES)
    if own != centre.pk or not may:
        raise NotAllowed(_("Only a coordinator or an administrator may change this name."))
    wanted = {language: name.strip() for language, name in names.items()}
    kept = {language: name for language, name in locked.names.items() if language not in wanted}
    changed = kept | {language: name for language, name in wanted.items() if name and name != locked.name}
    if changed == locked.names:
        return False
    locked.names = changed
    locked.save(update_fields=["names"])
    subject = f"{kind.__name__.lower()}:{locked.pk}"
    record(centre_id=centre.pk, actor_id=actor.pk, action="centres.names.changed", subject=subject)
    return True
