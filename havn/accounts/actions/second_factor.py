"""The second factor: an authenticator app, and ten recovery codes for the day the telephone is gone."""

import hashlib
import hmac

import pyotp
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts import hooks
from havn.accounts.actions import throttle
from havn.accounts.actions.signing_in import complete_session
from havn.accounts.models import RecoveryCode, SecondFactor, StaffSession, User
from havn.accounts.rules.codes import RECOVERY_CODE_LENGTH, new_recovery_codes, normal_recovery_code, step_of_code
from havn.audit import api as audit
from havn.common import clock
from havn.common.errors import Refused


def prepare_second_factor(*, user: User) -> str:
    """A fresh secret to show for setting up (base32). One that waits to be confirmed is forgotten.

    So nobody is ever shown a secret that somebody else may have seen before them: neither one that waits nor that of
    the app in use, which stays in use until the new one is confirmed.
    """
    secret = pyotp.random_base32()
    sealed = hooks.seal_secret(secret.encode(), _purpose(user))
    SecondFactor.objects.update_or_create(user=user, defaults={"waiting_sealed": sealed})
    return secret


def confirm_second_factor(*, row: StaffSession, typed: str, centre_id: int) -> list[str] | None:
    """Take the app into use if the code it shows fits, complete the session, and make the recovery codes.

    Returns the ten codes, to be shown this once; None if the code does not fit or a wait is running. Refused when the
    secret that was shown cannot be read any more.
    """
    factor = SecondFactor.objects.filter(user=row.user, waiting_sealed__isnull=False).first()
    try:
        step = _admitted_step(row.user, factor.waiting_sealed if factor else None, typed, last_step=0)
    except hooks.SecretDoesNotOpen:
        raise Refused(_("This drawing cannot be used any more. Open the page again and scan the new one.")) from None
    if factor is None or step is None:
        return None
    with transaction.atomic():
        SecondFactor.objects.filter(pk=factor.pk).update(
            secret_sealed=factor.waiting_sealed, waiting_sealed=None, confirmed_at=clock.now(), last_step=step
        )
        audit.record(centre_id=centre_id, actor_id=row.user_id, action="accounts.second_factor.set_up")
        codes = make_recovery_codes(user=row.user, centre_id=centre_id)
        if row.second_factor_at is None:
            complete_session(row=row, centre_id=centre_id, by="app")
    return codes


def pass_second_step(*, row: StaffSession, typed: str, centre_id: int) -> bool:
    """Complete the session if the typed code is the app's present one or an unused recovery code.

    Refused with what to do when the app's secret cannot be read any more, as after the server's keys were lost.
    """
    if len(normal_recovery_code(typed)) == RECOVERY_CODE_LENGTH:
        by, fits = "recovery_code", _recovery_code_fits(row.user, typed)
    else:
        try:
            by, fits = "app", _app_code_fits(row.user, typed)
        except hooks.SecretDoesNotOpen:
            raise Refused(unreadable_app()) from None
    if not fits:
        return False
    complete_session(row=row, centre_id=centre_id, by=by)
    return True


@transaction.atomic
def make_recovery_codes(*, user: User, centre_id: int) -> list[str]:
    """Ten new codes, to be shown this once; the older ones stop working."""
    codes = new_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_hash(user.pk, code)) for code in codes)
    audit.record(centre_id=centre_id, actor_id=user.pk, action="accounts.recovery_codes.made")
    return codes


def unreadable_app() -> str:
    """What is said when the secret of somebody's app does not open: their recovery codes still work."""
    return _(
        "This server cannot read the secret of your app any more. Use a recovery code, or ask an administrator "
        "to reset your second step."
    )


def _app_code_fits(user: User, typed: str) -> bool:
    factor = SecondFactor.objects.filter(user=user, secret_sealed__isnull=False).first()
    step = _admitted_step(user, factor.secret_sealed if factor else None, typed, factor.last_step if factor else 0)
    if factor is None or step is None:
        return False
    # Of two at once with the same code one finds the step taken.
    return SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step) == 1


def _admitted_step(user: User, sealed: bytes | memoryview | None, typed: str, last_step: int) -> int | None:
    step = None
    if sealed is not None:
        step = step_of_code(_opened(user, sealed), typed, clock.now().timestamp(), last_step)
    return step if throttle.admit(throttle.key_of("second", str(user.pk)), step is not None) else None


def _opened(user: User, sealed: bytes | memoryview) -> str:
    return hooks.open_secret(bytes(sealed), _purpose(user)).decode()


def _purpose(user: User) -> str:
    """Binds a sealed secret to its person: another's, put in its place in the database, does not open."""
    return f"totp:{user.pk}"


def _recovery_code_fits(user: User, typed: str) -> bool:
    wanted = _hash(user.pk, typed)
    unused = RecoveryCode.objects.filter(user=user, used_at__isnull=True)
    found = [code for code in unused if hmac.compare_digest(bytes(code.code_hash), wanted)]
    if not throttle.admit(throttle.key_of("second", str(user.pk)), bool(found)):
        return False
    return unused.filter(pk=found[0].pk).update(used_at=clock.now()) == 1


def _hash(user_id: int, code: str) -> bytes:
    secret = hashlib.sha256(b"havn recovery code" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(secret, f"{user_id}\n{normal_recovery_code(code)}".encode(), "sha256")
