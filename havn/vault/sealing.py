"""How the vault's own keys are wrapped: a team's private half for members and paper, a talk's key for the team."""

from collections.abc import Iterable

from havn.accounts.models import User
from havn.common import clock
from havn.vault.models import RecoveryKey, StaffKey, TeamKey, TeamKeyWrap
from havn.vault.queries import TeamPublic
from havn.vault.rules import KeyPair, bindings, seal_to


def seal_conversation_key(key: bytes, team: TeamPublic) -> bytes:
    """A conversation's key sealed to the team: what `ConversationKeyWrap.wrapped` holds beside `team.id`."""
    return seal_to(team.public, key, bindings.conversation_info(team.service_id, team.generation))


def store_generation(
    *,
    service_id: int,
    generation: int,
    pair: KeyPair,
    recovery: RecoveryKey,
    members: Iterable[StaffKey],
    by: User | None,
) -> TeamKey:
    """Write a new generation, its private half sealed to the recovery key and to each of these members."""
    key = TeamKey.objects.create(
        service_id=service_id,
        generation=generation,
        public=pair.public,
        recovery_wrapped=seal_to(recovery.public, pair.private, bindings.recovery_info(service_id, generation)),
        created_at=clock.now(),
    )
    TeamKeyWrap.objects.bulk_create(member_wrap(key, pair.private, member, by) for member in members)
    return key


def member_wrap(key: TeamKey, private: bytes, member: StaffKey, by: User | None) -> TeamKeyWrap:
    """An unsaved wrap of one generation for one member."""
    info = bindings.member_info(key.service_id, key.generation, member.user_id)
    return TeamKeyWrap(
        team_key=key,
        user_id=member.user_id,
        wrapped=seal_to(member.public, private, info),
        let_in_by=by,
        created_at=clock.now(),
    )
