"""Whether a public form that was sent is ours: these pages set no cookie that Django's own token would need."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.common.errors import NotAllowed
from havn.live import origin


def form_token() -> str:
    """For a hidden field of a public form."""
    return origin.form_token("")


def check_own_form(request: HttpRequest) -> None:
    """Raise NotAllowed for a form of another site, or one that was open for too long.

    As the live process does it for what children post.
    """
    told = {b"host": request.get_host().encode()}
    for name in ("Origin", "Sec-Fetch-Site"):
        if name in request.headers:
            told[name.lower().encode()] = request.headers[name].encode()
    ours = origin.check(told)
    if ours is None:
        ours = origin.token_fits(request.POST.get("form_token", "")[:200], "")
    if not ours:
        raise NotAllowed(
            _("This form was open for too long, or came from another page. Open it again and send it once more.")
        )
