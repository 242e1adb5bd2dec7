"""Taking a draft into use: from then on it never changes."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.forms.models import FormVersion
from havn.forms.permissions import check_can_write
from havn.forms.rules.faults import DefinitionFaults
from havn.forms.rules.parsing import parse


@transaction.atomic
def freeze(*, actor: User, version: FormVersion) -> FormVersion:
    """Freeze a draft of the actor's centre. Raises Refused while it has faults, and for what is frozen already."""
    locked = FormVersion.objects.select_for_update(of=("self",)).select_related("form__centre").get(pk=version.pk)
    centre = locked.form.centre
    if centre is None:
        raise NotAllowed(_("This form comes with Havn. Copy it to change it."))
    check_can_write(actor, centre)
    if locked.is_frozen:
        raise Refused(_("This version is in use already. Make a new version to change it."))
    try:
        parse(locked.definition)
    except DefinitionFaults as found:
        raise Refused(_("This form still has faults. Mend them first.")) from found
    locked.frozen_at, locked.frozen_by = now(), actor
    locked.save(update_fields=["frozen_at", "frozen_by"])
    locked.steps.all().delete()
    record(centre_id=centre.pk, actor_id=actor.pk, action="forms.version.frozen", subject=f"form_version:{locked.pk}")
    return locked
