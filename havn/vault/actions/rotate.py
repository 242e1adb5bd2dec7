"""A new generation of a service's key, and the end of the old ones."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from havn.accounts.api import members_of, roles_that_may
from havn.accounts.models import User
from havn.common import clock
from havn.tenancy.models import Service
from havn.vault import queries
from havn.vault.keyring import Keyring, KeyUnavailable
from havn.vault.models import ConversationKeyWrap, RecoveryKey, StaffKey, TeamKey
from havn.vault.permissions import check_can_rotate
from havn.vault.rules import DoesNotOpen, bindings, new_pair, open_with
from havn.vault.sealing import seal_conversation_key, store_generation
from havn.vault.trail import tell

# So many talks a transaction: SQLite's one write lock is held for a few milliseconds.
BATCH = 100
# A process may still be sealing to a key it read a moment ago, in a transaction not yet committed.
RETIRED_BEFORE_FORGOTTEN = dt.timedelta(hours=1)


def rotate_team_key(*, service: Service, by: User) -> None:
    """Seal new talks to a new key from now on. It needs nobody's private key: the public halves are known."""
    with transaction.atomic():
        Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
        check_can_rotate(by, service)
        new_generation(service)
        tell(service, by.pk, "vault.team.rotated")


def new_generation(service: Service) -> None:
    """Retire today's generation and make the next, for whoever holds today's and may still hold it.

    Called under the service's lock. Before the recovery key is confirmed the set-up is begun anew instead, so then
    this does nothing.
    """
    paper = RecoveryKey.objects.filter(service=service, confirmed_at__isnull=False).first()
    if paper is None:
        return
    current = TeamKey.objects.filter(service=service, retired_at=None)
    may_hold = members_of(service.organisation_id, *roles_that_may("keys.hold"))
    members = StaffKey.objects.filter(user__in=may_hold, user__team_key_wraps__team_key__in=current).distinct()
    members_now = list(members)
    newest = TeamKey.objects.filter(service=service).aggregate(newest=Max("generation"))["newest"] or 0
    current.update(retired_at=clock.now())
    store_generation(
        service_id=service.id, generation=newest + 1, pair=new_pair(), recovery=paper, members=members_now, by=None
    )
    queries.forget_public(service.id)


def reseal_conversations(*, service: Service, by: User, keyring: Keyring) -> int:
    """Seal the keys of older talks to today's generation, so that an old one opens nothing any more.

    Returns how many. Works in small transactions and may be stopped and begun again at any moment; talks under
    generations that `keyring` does not hold stay as they are. Refused by `check_can_rotate`.
    """
    check_can_rotate(by, service)
    done = 0
    last = -1
    while batch := list(
        ConversationKeyWrap.objects.filter(
            team_key__service=service, team_key__retired_at__isnull=False, conversation_id__gt=last
        )
        .select_related("team_key")
        .order_by("conversation_id")[:BATCH]
    ):
        last = batch[-1].conversation_id
        done += _reseal(service, batch, keyring)
    if done:
        with transaction.atomic():
            tell(service, by.pk, "vault.team.resealed", talks=done)
    return done


def _reseal(service: Service, batch: list[ConversationKeyWrap], keyring: Keyring) -> int:
    team = queries.current_team_key(service.id)
    fresh: list[tuple[ConversationKeyWrap, bytes]] = []
    for wrap in batch:
        info = bindings.conversation_info(service.id, wrap.team_key.generation)
        try:
            key = open_with(keyring.team_private(wrap.team_key_id), wrap.wrapped, info)
        except (KeyUnavailable, DoesNotOpen):
            continue
        fresh.append((wrap, seal_conversation_key(key, team)))
    with transaction.atomic():
        return sum(
            ConversationKeyWrap.objects.filter(pk=wrap.pk, team_key_id=wrap.team_key_id).update(
                team_key_id=team.id, wrapped=wrapped
            )
            for wrap, wrapped in fresh
        )


def forget_retired_keys(now: dt.datetime) -> int:
    """Destroy retired generations that no talk is sealed to any more. Returns how many. For the nightly purge."""
    idle = TeamKey.objects.filter(
        retired_at__lt=now - RETIRED_BEFORE_FORGOTTEN, conversation_wraps__isnull=True
    ).select_related("service__organisation")
    count = 0
    for key in idle:
        with transaction.atomic():
            if ConversationKeyWrap.objects.filter(team_key=key).exists():
                continue
            key.delete()
            tell(key.service, None, "vault.team.forgotten")
            count += 1
    return count
