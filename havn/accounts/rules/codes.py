"""Codes of the second factor: which time step a typed code belongs to, and how recovery codes are written."""

import hmac
import secrets

import pyotp

STEP_SECONDS = 30
# One step to each side: telephones' clocks are a little off.
STEPS_AROUND = 1
RECOVERY_CODES = 10
RECOVERY_CODE_LENGTH = 16

_UNMISTAKABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def step_of_code(secret: str, typed: str, now_seconds: float, last_step: int) -> int | None:
    """The time step whose code was typed, later than `last_step`; None if there is none. No step works twice."""
    digits = "".join(typed.split())
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    totp = pyotp.TOTP(secret)
    present = int(now_seconds) // STEP_SECONDS
    found: int | None = None
    for step in range(present - STEPS_AROUND, present + STEPS_AROUND + 1):
        if hmac.compare_digest(totp.generate_otp(step), digits) and step > last_step:
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Ten fresh codes of 80 bits, such as "7KQ2-MVXB-93TD-HRWE"."""
    return ["-".join(_group() for _ in range(4)) for _ in range(RECOVERY_CODES)]


def normal_recovery_code(typed: str) -> str:
    """What was typed without spaces, hyphens and small letters."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:40]


def _group() -> str:
    return "".join(secrets.choice(_UNMISTAKABLE) for _ in range(4))
