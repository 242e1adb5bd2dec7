"""Members: made, changed and removed."""

from collections.abc import Callable, Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts import hooks
from havn.accounts.actions.signing_in import confirm_password, sign_out_everywhere
from havn.accounts.models import Invitation, Membership, RecoveryCode, Role, SecondFactor, User
from havn.accounts.permissions import check_may, not_allowed_sentence
from havn.accounts.queries import roles_of
from havn.accounts.rules.roles import may_manage, roles_one_may_give
from havn.audit import api as audit
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Organisation

EVERY_ROLE = frozenset(str(role) for role in Role)


def make_member(
    *,
    organisation: Organisation,
    username: str,
    name: str,
    shown_name: str,
    password: str,
    roles: Iterable[str],
    speaks: Iterable[str] = (),
    language: str = "en",
    on_store: Callable[[User], None] | None = None,
) -> User:
    """A new person with roles in one organisation, a password and a key pair. `on_store` runs in the transaction.

    Takes two Argon2 computations: never call it inside a transaction. Refused if the username is taken.
    """
    user = User(
        username=User.normalize_username(username).strip().lower(),
        name=name.strip(),
        shown_name=shown_name.strip(),
        language=language,
        speaks=list(speaks),
        password=make_password(password),
    )
    store_keys = hooks.make_keys(user, password)
    with transaction.atomic():
        if User.objects.filter(username=user.username).exists():
            raise Refused(_("This username is taken. Choose another."))
        user.save(force_insert=True)
        store_keys()
        for role in sorted(set(roles)):
            Membership.objects.create(user=user, organisation=organisation, role=role)
            audit.record(
                centre_id=organisation.centre_id,
                actor_id=user.pk,
                action="accounts.role.given",
                subject=f"user:{user.pk}",
                role=role,
                organisation=organisation.pk,
            )
        if on_store is not None:
            on_store(user)
    return user


def check_can_manage(actor: User, member: User, organisation: Organisation) -> None:
    """Raise NotAllowed unless the actor may change this member's roles in the organisation."""
    check_may(actor, organisation.pk, "members.manage")
    if actor.pk == member.pk:
        raise NotAllowed(_("Nobody changes their own roles. Ask another coordinator or administrator."))
    if not may_manage(roles_of(actor, organisation.pk), roles_of(member, organisation.pk), EVERY_ROLE):
        raise NotAllowed(not_allowed_sentence((Role.ADMINISTRATOR,)))


def check_can_reset(actor: User, member: User) -> None:
    """Raise NotAllowed unless the actor may manage the member everywhere: who resets a sign-in could take it over."""
    for organisation in Organisation.objects.filter(memberships__user=member).distinct():
        if not roles_of(actor, organisation.pk):
            raise NotAllowed(
                _("This person also works for %(organisation)s. Somebody who may change members in both must do this.")
                % {"organisation": organisation.name}
            )
        check_can_manage(actor, member, organisation)


@transaction.atomic
def change_roles(*, actor: User, member: User, organisation: Organisation, roles: Iterable[str]) -> None:
    """Give the member exactly these roles in the organisation; at least one, and only such as the actor may give."""
    member = _locked(member)
    check_can_manage(actor, member, organisation)
    wanted, held = frozenset(roles), frozenset(str(role) for role in roles_of(member, organisation.pk))
    if not wanted:
        raise Refused(_("A member has at least one role. To take them all away, remove the member."))
    if not held:
        raise Refused(_("This person is no longer a member here."))
    if not (wanted ^ held) <= roles_one_may_give(roles_of(actor, organisation.pk), EVERY_ROLE):
        raise NotAllowed(not_allowed_sentence((Role.ADMINISTRATOR,)))
    Membership.objects.filter(user=member, organisation=organisation).exclude(role__in=wanted).delete()
    if held - wanted:
        _withdraw_links_of(member, organisation)
    for role in sorted(wanted - held):
        Membership.objects.create(user=member, organisation=organisation, role=role)
    for verb, changed in (("given", wanted - held), ("taken", held - wanted)):
        for role in sorted(changed):
            audit.record(
                centre_id=organisation.centre_id,
                actor_id=actor.pk,
                action=f"accounts.role.{verb}",
                subject=f"user:{member.pk}",
                role=role,
                organisation=organisation.pk,
            )
    hooks.session_changed(member.pk)


@transaction.atomic
def remove_member(*, actor: User, member: User, organisation: Organisation) -> None:
    """Take a member out of the organisation: roles, sessions and keys go; without any other, the account closes."""
    member = _locked(member)
    check_can_manage(actor, member, organisation)
    Membership.objects.filter(user=member, organisation=organisation).delete()
    _withdraw_links_of(member, organisation)
    hooks.member_removed(user_id=member.pk, organisation_id=organisation.pk, actor_id=actor.pk)
    if not Membership.objects.filter(user=member).exists():
        close_account(member)
    sign_out_everywhere(user=member, centre_id=organisation.centre_id)
    audit.record(
        centre_id=organisation.centre_id,
        actor_id=actor.pk,
        action="accounts.member.removed",
        subject=f"user:{member.pk}",
        organisation=organisation.pk,
    )
    hooks.session_changed(member.pk)


def close_account(member: User) -> None:
    """Nobody signs in with it any more; what the person did keeps their name."""
    member.is_active = False
    member.set_unusable_password()
    member.save(update_fields=["is_active", "password"])
    SecondFactor.objects.filter(user=member).delete()
    RecoveryCode.objects.filter(user=member).delete()
    Invitation.objects.filter(user=member, used_at__isnull=True).delete()


@transaction.atomic
def reset_second_factor(*, actor: User, member: User, organisation: Organisation) -> None:
    """The telephone and the recovery codes are lost: the next sign-in sets up a new app after the password."""
    member = _locked(member)
    check_can_reset(actor, member)
    SecondFactor.objects.filter(user=member).delete()
    RecoveryCode.objects.filter(user=member).delete()
    sign_out_everywhere(user=member, centre_id=organisation.centre_id)
    audit.record(
        centre_id=organisation.centre_id,
        actor_id=actor.pk,
        action="accounts.second_factor.reset",
        subject=f"user:{member.pk}",
    )


def change_profile(*, user: User, name: str, shown_name: str, language: str, speaks: Iterable[str]) -> None:
    """What a person may say of themselves."""
    user.name, user.shown_name, user.language, user.speaks = name.strip(), shown_name.strip(), language, list(speaks)
    user.save(update_fields=["name", "shown_name", "language", "speaks"])


def change_password(*, user: User, old: str, new: str, centre_id: int, session_id_hash: bytes) -> bool:
    """A new password for the same keys; other sessions end. False if the old one does not fit or a wait runs.

    Takes three Argon2 computations: never call it inside a transaction.
    """
    if not confirm_password(user=user, password=old):
        return False
    encoded = make_password(new)
    store_keys = hooks.rewrap_keys(user, old, new)
    with transaction.atomic():
        user = _locked(user)
        user.password = encoded
        user.save(update_fields=["password"])
        store_keys()
        audit.record(centre_id=centre_id, actor_id=user.pk, action="accounts.password.changed")
        sign_out_everywhere(user=user, centre_id=centre_id, but=session_id_hash)
    return True


def _withdraw_links_of(member: User, organisation: Organisation) -> None:
    """Links they made and nobody used: who loses a role must not come back by one of their own."""
    Invitation.objects.filter(made_by=member, organisation=organisation, used_at__isnull=True).delete()


def _locked(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)
