"""What the vault does, one verb each."""

from havn.vault.actions.conversations import destroy_conversation_keys, rewrite_key_wraps
from havn.vault.actions.members import let_in, remove_member
from havn.vault.actions.recover import WrongPaper, open_with_recovery_key
from havn.vault.actions.rotate import forget_retired_keys, reseal_conversations, rotate_team_key
from havn.vault.actions.set_up import (
    Paper,
    WrongPart,
    confirm_recovery_key,
    renew_recovery_key,
    set_up_team,
)
from havn.vault.actions.staff_keys import change_password, make_staff_key, prepare_staff_key

__all__ = [
    "Paper",
    "WrongPaper",
    "WrongPart",
    "change_password",
    "confirm_recovery_key",
    "destroy_conversation_keys",
    "forget_retired_keys",
    "let_in",
    "make_staff_key",
    "open_with_recovery_key",
    "prepare_staff_key",
    "remove_member",
    "renew_recovery_key",
    "reseal_conversations",
    "rewrite_key_wraps",
    "rotate_team_key",
    "set_up_team",
]
