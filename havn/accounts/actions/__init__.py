"""Writes of accounts, one verb each. What takes Argon2 time is done before the transaction begins."""

from havn.accounts.actions.invitations import accept_invitation, invite, invite_again, join_as, withdraw_invitation
from havn.accounts.actions.members import (
    change_password,
    change_profile,
    change_roles,
    make_member,
    remove_member,
    reset_second_factor,
)
from havn.accounts.actions.second_factor import (
    confirm_second_factor,
    make_recovery_codes,
    pass_second_step,
    prepare_second_factor,
)
from havn.accounts.actions.signing_in import (
    Begun,
    begin_session,
    check_password_throttled,
    complete_demo_session,
    confirm_password,
    sign_out,
    sign_out_everywhere,
    sign_out_there,
    unlock,
)

__all__ = [
    "Begun",
    "accept_invitation",
    "begin_session",
    "change_password",
    "change_profile",
    "change_roles",
    "check_password_throttled",
    "complete_demo_session",
    "confirm_password",
    "confirm_second_factor",
    "invite",
    "invite_again",
    "join_as",
    "make_member",
    "make_recovery_codes",
    "pass_second_step",
    "prepare_second_factor",
    "remove_member",
    "reset_second_factor",
    "sign_out",
    "sign_out_everywhere",
    "sign_out_there",
    "unlock",
    "withdraw_invitation",
]
