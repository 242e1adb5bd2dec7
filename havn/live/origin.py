"""Whether a post came from our own pages. Instead of Django's CSRF token: public pages send no referrer and set no
cookie before a conversation starts, so browsers say `Origin: null` on their forms.
"""

import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings

from havn.common import clock

TOKEN_SECONDS = 12 * 3600
# An own key for this use, so that a form token is worth nothing elsewhere.
_SCHEME = b"https://" if settings.SECURE else b"http://"
_KEY = hashlib.sha256(b"havn form token 1:" + settings.SECRET_KEY.encode()).digest()


def check(headers: Mapping[bytes, bytes]) -> bool | None:
    """True: ours. False: from elsewhere. None: the browser does not say; a form token decides.

    `Origin` equal to our own address; or null or absent with `Sec-Fetch-Site: same-origin`, which no page of
    another site can send.
    """
    origin = headers.get(b"origin")
    site = headers.get(b"sec-fetch-site")
    if origin is not None and origin != b"null":
        return origin.lower() == own_origin(headers)
    if site is not None:
        return site == b"same-origin"
    return None


def own_origin(headers: Mapping[bytes, bytes]) -> bytes:
    return _SCHEME + headers.get(b"host", b"").lower()


def form_token(cookie: str, now: float | None = None) -> str:
    """A token for a hidden field, good for 12 hours with the same visitor cookie ("" before there is one)."""
    moment = str(int(_now(now)))
    return f"{moment}.{_sign(moment, cookie)}"


def token_fits(token: str, cookie: str, now: float | None = None) -> bool:
    """Whether `form_token` made this for the same cookie, not too long ago and not in the future."""
    moment, _, signature = token.partition(".")
    if not (moment.isascii() and moment.isdigit() and len(moment) < 12):
        return False
    age = _now(now) - int(moment)
    fits = hmac.compare_digest(signature.encode("utf-8", "replace"), _sign(moment, cookie).encode())
    return fits and -60 <= age <= TOKEN_SECONDS


def _sign(moment: str, cookie: str) -> str:
    return hmac.new(_KEY, f"{moment}:{cookie}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _now(given: float | None) -> float:
    return clock.now_ms() / 1000 if given is None else given
