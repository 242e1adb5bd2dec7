"""Links that work once: for a new member, and for a member who lost the password."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts import hooks
from havn.accounts.actions.members import EVERY_ROLE, check_can_reset, make_member
from havn.accounts.actions.signing_in import sign_out_everywhere
from havn.accounts.models import Invitation, Membership, RecoveryCode, Role, SecondFactor, User
from havn.accounts.permissions import check_may, not_allowed_sentence
from havn.accounts.queries import roles_of
from havn.accounts.rules.roles import roles_one_may_give
from havn.audit import api as audit
from havn.common import clock
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Organisation

VALID_FOR = dt.timedelta(hours=72)


def hash_of_token(token: str) -> bytes:
    """What is kept of a link's secret."""
    return hashlib.sha256(b"havn invitation" + token.encode("utf-8", "replace")).digest()


@transaction.atomic
def invite(*, actor: User | None, organisation: Organisation, roles: Iterable[str]) -> str:
    """A new invitation; returns the link's secret, to be shown this once. `actor` None: the command line."""
    wanted = frozenset(roles)
    if not wanted or not wanted <= EVERY_ROLE:
        raise Refused(_("Choose at least one role."))
    if actor is not None:
        check_may(actor, organisation.pk, "members.manage")
        if not wanted <= roles_one_may_give(roles_of(actor, organisation.pk), EVERY_ROLE):
            raise NotAllowed(not_allowed_sentence((Role.ADMINISTRATOR,)))
    return _make(actor, organisation, wanted, None)


@transaction.atomic
def invite_again(*, actor: User, member: User, organisation: Organisation) -> str:
    """A link for a member who lost the password. The old password, sessions and second factor end now; with the new
    password comes a new key pair, which another member has to let in again. Returns the link's secret."""
    member = User.objects.select_for_update(of=("self",)).get(pk=member.pk)
    check_can_reset(actor, member)
    if not roles_of(member, organisation.pk):
        raise Refused(_("This person is no longer a member here."))
    Invitation.objects.filter(user=member, used_at__isnull=True).delete()
    member.set_unusable_password()
    member.save(update_fields=["password"])
    SecondFactor.objects.filter(user=member).delete()
    RecoveryCode.objects.filter(user=member).delete()
    sign_out_everywhere(user=member, centre_id=organisation.centre_id)
    return _make(actor, organisation, frozenset(), member)


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a link that still works; None for a used, expired, withdrawn or unknown one alike."""
    found = Invitation.objects.filter(
        token_hash=hash_of_token(token[:200]), used_at__isnull=True, expires_at__gt=clock.now()
    )
    return found.select_related("organisation__centre", "user").first()


def accept_invitation(
    *,
    token: str,
    password: str,
    username: str = "",
    name: str = "",
    shown_name: str = "",
    language: str = "en",
    speaks: Iterable[str] = (),
) -> User:
    """Make the account (or give the known one its new password) and its key pair, and use the link up.

    Takes two Argon2 computations: never call it inside a transaction. Refused if the link works no more.
    """
    invitation = open_invitation(token)
    if invitation is None:
        raise Refused(no_longer())
    if invitation.user is not None:
        return _accept_again(invitation, invitation.user, password)
    return make_member(
        organisation=invitation.organisation,
        username=username,
        name=name,
        shown_name=shown_name,
        password=password,
        roles=invitation.roles,
        speaks=speaks,
        language=language,
        on_store=lambda user: _use(invitation, user),
    )


@transaction.atomic
def join_as(*, token: str, user: User) -> None:
    """Take the invitation's roles as somebody who has an account already. NotAllowed for whoever made the link."""
    invitation = open_invitation(token)
    if invitation is None or invitation.user is not None:
        raise Refused(no_longer())
    check_can_open(user.pk, invitation)
    _use(invitation, user)
    for role in sorted(invitation.roles):
        Membership.objects.get_or_create(user=user, organisation=invitation.organisation, role=role)
        audit.record(
            centre_id=invitation.organisation.centre_id,
            actor_id=user.pk,
            action="accounts.role.given",
            subject=f"user:{user.pk}",
            role=role,
            organisation=invitation.organisation_id,
        )
    hooks.session_changed(user.pk)


def check_can_open(person_id: int | None, invitation: Invitation) -> None:
    """Raise NotAllowed when the person signed in here (None: nobody) made the link.

    Nobody changes their own roles, nor makes themselves a second account with other ones. Whoever opens their own
    link in a browser without a session is not known to be the same person; SECURITY.md says so.
    """
    if person_id is not None and invitation.made_by_id == person_id:
        raise NotAllowed(own_link())


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation) -> None:
    """The link stops working."""
    check_may(actor, invitation.organisation_id, "members.manage")
    if Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).delete()[0]:
        _record("withdrawn", actor.pk, invitation)


def no_longer() -> str:
    """What is said of any link that does not work, whatever the reason."""
    return _("This link does not work any more. Ask the person who gave it to you for a new one.")


def own_link() -> str:
    """What somebody hears who opens a link of their own."""
    return _(
        "You made this link yourself, and nobody gives roles to themselves. Send it to the person it is for. "
        "If you share this computer with them, sign out first."
    )


def _make(actor: User | None, organisation: Organisation, roles: frozenset[str], member: User | None) -> str:
    token = secrets.token_urlsafe(32)
    now = clock.now()
    invitation = Invitation.objects.create(
        token_hash=hash_of_token(token),
        organisation=organisation,
        roles=sorted(roles),
        user=member,
        made_by=actor,
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    _record("made", actor.pk if actor else None, invitation)
    return token


def _use(invitation: Invitation, user: User) -> None:
    """Use the link up, in the transaction that stores what it gives. Refused for the slower of two."""
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=clock.now())
    if used != 1:
        raise Refused(no_longer())
    _record("accepted", user.pk, invitation)


def _accept_again(invitation: Invitation, user: User, password: str) -> User:
    encoded = make_password(password)
    store_keys = hooks.make_keys(user, password)
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        _use(invitation, user)
        user.password = encoded
        user.save(update_fields=["password"])
        store_keys()
        hooks.session_changed(user.pk)
    return user


def _record(verb: str, actor_id: int | None, invitation: Invitation) -> None:
    audit.record(
        centre_id=invitation.organisation.centre_id,
        actor_id=actor_id,
        action=f"accounts.invitation.{verb}",
        subject=f"user:{invitation.user_id}" if invitation.user_id else "",
        organisation=invitation.organisation_id,
        roles=",".join(invitation.roles),
    )
