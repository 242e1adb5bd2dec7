"""The door for apps above: sealing and opening for `live` and the strands, the keys of teams for tools and demos."""

from havn.vault.actions.conversations import destroy_conversation_keys, rewrite_key_wraps
from havn.vault.actions.members import let_in, remove_member
from havn.vault.actions.recover import open_with_recovery_key
from havn.vault.actions.rotate import forget_retired_keys, reseal_conversations, rotate_team_key
from havn.vault.actions.set_up import Paper, confirm_recovery_key, renew_recovery_key, set_up_team
from havn.vault.actions.staff_keys import change_password, make_staff_key
from havn.vault.keyring import Keyring, KeyUnavailable
from havn.vault.memory import (
    forget_conversations,
    forget_session,
    forget_user,
    keyring_for,
    keyring_of,
    keyring_of_cookies,
)
from havn.vault.password_keys import open_staff_key
from havn.vault.queries import NoTeamKey, TeamPublic, current_team_key, holders, holds, is_set_up
from havn.vault.sealing import seal_conversation_key
from havn.vault.server_key import open_for_server, seal_for_server

__all__ = [
    "KeyUnavailable",
    "Keyring",
    "NoTeamKey",
    "Paper",
    "TeamPublic",
    "change_password",
    "confirm_recovery_key",
    "current_team_key",
    "destroy_conversation_keys",
    "forget_conversations",
    "forget_retired_keys",
    "forget_session",
    "forget_user",
    "holders",
    "holds",
    "is_set_up",
    "keyring_for",
    "keyring_of",
    "keyring_of_cookies",
    "let_in",
    "make_staff_key",
    "open_for_server",
    "open_staff_key",
    "open_with_recovery_key",
    "remove_member",
    "renew_recovery_key",
    "reseal_conversations",
    "rewrite_key_wraps",
    "rotate_team_key",
    "seal_conversation_key",
    "seal_for_server",
    "set_up_team",
]
