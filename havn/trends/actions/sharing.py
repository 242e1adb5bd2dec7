"""Whether the other members see a centre's shares, and breaks that are added to the series."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.tenancy.models import Centre
from havn.trends.models import Break, Comparison
from havn.trends.permissions import check_can_compare, check_can_write
from havn.trends.queries.network import DIMENSIONS
from havn.trends.rules.quarters import Quarter

LONGEST = 400


@transaction.atomic
def let_compare(*, actor: User, centre: Centre, is_open: bool) -> None:
    """Let the other members see this centre's shares by name, or end it."""
    check_can_compare(actor, centre)
    Comparison.objects.update_or_create(
        centre=centre, defaults={"is_open": is_open, "decided_at": now(), "decided_by": actor}
    )
    record(centre_id=centre.pk, actor_id=actor.pk, action="trends.comparison", open=int(is_open))


@transaction.atomic
def add_break(
    *, actor: User, centre: Centre, quarter: Quarter, kind: str, dimension: str, member: Centre | None, words: str
) -> Break:
    """Mark that the series broke before this quarter. Refused without words, or for what there is not."""
    check_can_write(actor, centre)
    if not words.strip() or len(words) > LONGEST:
        raise Refused(_("Say in one to %(most)s characters what changed.") % {"most": LONGEST})
    if kind not in Break.Kind.values or dimension not in ("", *DIMENSIONS):
        raise Refused(_("There is no such kind of break."))
    if (kind == Break.Kind.MEMBER) != (member is not None):
        raise Refused(_("A break of a member names the member, and no other does."))
    made = Break.objects.create(
        centre=centre, quarter=str(quarter), kind=kind, dimension=dimension, member=member, words=words.strip()
    )
    record(centre_id=centre.pk, actor_id=actor.pk, action="trends.break.added", subject=f"break:{made.pk}")
    return made


@transaction.atomic
def remove_break(*, actor: User, centre: Centre, one: Break) -> None:
    """Take a break away that was added here. Refused for one that comes with Havn."""
    check_can_write(actor, centre)
    if one.key:
        raise Refused(_("This break comes with the published history."))
    record(centre_id=centre.pk, actor_id=actor.pk, action="trends.break.removed", subject=f"break:{one.pk}")
    one.delete()
