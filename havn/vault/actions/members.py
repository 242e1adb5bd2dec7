"""Letting a member in to a service's key, and taking them out."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from havn.accounts import hooks
from havn.accounts.api import roles_that_may
from havn.accounts.models import Membership, User
from havn.common.errors import Refused
from havn.tenancy.models import Service
from havn.vault import queries
from havn.vault.actions.rotate import new_generation
from havn.vault.keyring import Keyring
from havn.vault.models import StaffKey, TeamKey, TeamKeyWrap
from havn.vault.permissions import check_can_let_in, check_can_remove
from havn.vault.rules.codes import fingerprint
from havn.vault.sealing import member_wrap
from havn.vault.trail import tell


def let_in(*, service: Service, member: User, by: User, keyring: Keyring, key_check: str | None = None) -> None:
    """Seal every generation that `by` holds to the member. Once more for a member who is in changes nothing.

    `key_check` is the one that `by` compared with the member; Refused if the member's key is another one by now.
    None only where nobody was shown one.
    """
    with transaction.atomic():
        Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
        check_can_let_in(by, service, member)
        row = StaffKey.objects.select_for_update().filter(user=member).first()
        if key_check is not None and row and fingerprint(member.pk, bytes(row.public)) != key_check:
            raise Refused(
                _(
                    "This person's key has changed since the page was shown. Load it again and compare the key check "
                    "anew."
                )
            )
        seal_generations_to(service, member, by, keyring)
        hooks.session_changed(member.pk)
        tell(service, by.pk, "vault.member.let_in", user_id=member.pk)


def seal_generations_to(service: Service, member: User, by: User, keyring: Keyring) -> None:
    """Write the member's missing wraps, from those that `keyring` opens. Asks nobody's leave: actions do."""
    row = StaffKey.objects.get(user=member)
    held = TeamKeyWrap.objects.filter(user_id=keyring.user_id, team_key__service=service).values("team_key_id")
    has = TeamKeyWrap.objects.filter(user=member).values("team_key_id")
    keys = TeamKey.objects.filter(service=service, pk__in=held).exclude(pk__in=has)
    TeamKeyWrap.objects.bulk_create(member_wrap(key, keyring.team_private(key.pk), row, by) for key in keys)


def remove_member(*, service: Service, member: User, by: User, even_last: bool = False) -> None:
    """Destroy the member's wraps of every generation and make a new one for those who stay, in one transaction.

    New talks are then sealed to a key the member never had; `reseal_conversations` brings the older ones after it.
    Refused for the last who holds the key unless `even_last`: afterwards only the recovery key opens anything.
    """
    with transaction.atomic():
        Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
        check_can_remove(by, service)
        others = TeamKeyWrap.objects.filter(team_key__service=service, team_key__retired_at=None).exclude(user=member)
        if not others.exists() and queries.holds(member.pk, service.id) and not even_last:
            raise Refused(
                _("This is the last member who holds the key. Let another in first, or confirm that you mean it.")
            )
        _take_out(service, member.pk, by.pk)


def member_left(*, user_id: int, organisation_id: int, actor_id: int) -> None:
    """Called by accounts, in its transaction, when somebody leaves an organisation."""
    held = TeamKeyWrap.objects.filter(user_id=user_id, team_key__service__organisation_id=organisation_id)
    _take_out_of_all(held, user_id, actor_id)


def take_out_where_no_role(user_id: int) -> None:
    """Called when a session or a role of somebody changed: a key that no role allows any more is destroyed.

    The entry has no actor of its own; who changed the role stands in accounts' entry beside it. Of a closed account
    the key pair goes too.
    """
    role = Membership.objects.filter(
        user_id=user_id,
        user__is_active=True,
        organisation_id=OuterRef("team_key__service__organisation_id"),
        role__in=roles_that_may("keys.hold"),
    )
    _take_out_of_all(TeamKeyWrap.objects.filter(~Exists(role), user_id=user_id), user_id, None)
    StaffKey.objects.filter(user_id=user_id, user__is_active=False).delete()


def _take_out_of_all(held: QuerySet[TeamKeyWrap], user_id: int, actor_id: int | None) -> None:
    services = Service.objects.filter(team_keys__wraps__in=held).select_related("organisation").distinct()
    for service in services.order_by("pk"):
        Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
        _take_out(service, user_id, actor_id)


def _take_out(service: Service, user_id: int, actor_id: int | None) -> None:
    destroyed, _per_model = TeamKeyWrap.objects.filter(team_key__service=service, user_id=user_id).delete()
    if not destroyed:
        return
    new_generation(service)
    hooks.session_changed(user_id)
    tell(service, actor_id, "vault.member.removed", user_id=user_id)
