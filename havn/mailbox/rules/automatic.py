"""What no person wrote, and what must not be answered by itself (RFC 3834, RFC 3464), so that no loop can begin.

A letter too many is read by a person and put away with one press; a letter lost is a child without an answer. So only
what says of itself that it is an automatic answer or a report is no letter.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from havn.mailbox.rules.tokens import is_token

Header = Callable[[str], str]
_NO_REPLY = re.compile(
    r"^(mailer-daemon|postmaster|no-?_?\.?reply|do-?_?not-?_?reply|noreply.*|bounces?([+=-].*)?|"
    r"listserv|majordomo|.*-request|owner-.*|root|daemon|www-data)$"
)


class Kind(StrEnum):
    """What an e-mail is. LETTER: words of a person, or what may be."""

    LETTER = "letter"
    AUTOMATIC = "automatic"
    BOUNCED = "bounced"
    NOTICE = "notice"


def kind_of(header: Header, *, content_type: str, report_type: str, actions: tuple[str, ...]) -> Kind:
    """Which it is. `actions` are those of a delivery report, such as "failed"; small letters everywhere."""
    if content_type == "multipart/report":
        if report_type == "delivery-status":
            return Kind.BOUNCED if "failed" in actions or not actions else Kind.NOTICE
        return Kind.NOTICE
    local = header("from").rpartition("<")[2].partition("@")[0].strip().lower()
    if header("return-path").strip() == "<>":
        return Kind.BOUNCED if local in ("mailer-daemon", "postmaster") else Kind.AUTOMATIC
    submitted = header("auto-submitted").partition(";")[0].strip().lower()
    if submitted == "auto-replied" or header("x-autoreply") or header("x-autorespond"):
        return Kind.AUTOMATIC
    if header("precedence").strip().lower() == "auto_reply" or header("x-failed-recipients"):
        return Kind.AUTOMATIC if not header("x-failed-recipients") else Kind.BOUNCED
    return Kind.LETTER


def may_be_answered_by_itself(header: Header, *, sender: str, own: Mapping[str, str]) -> bool:
    """Whether an automatic receipt may go to the sender. `own` as for `is_own`."""
    address = sender.lower()
    if not address or is_own(address, own) or _NO_REPLY.match(address.partition("@")[0]):
        return False
    if header("auto-submitted").partition(";")[0].strip().lower() not in ("", "no"):
        return False
    if header("precedence").strip().lower() in ("bulk", "list", "junk", "auto_reply"):
        return False
    suppressed = {one.strip().lower() for one in header("x-auto-response-suppress").split(",")}
    if suppressed & {"all", "oof", "autoreply"}:
        return False
    return not any(header(name) for name in ("list-id", "list-unsubscribe", "list-post", "feedback-id", "x-loop"))


def is_own(address: str, own: Mapping[str, str]) -> bool:
    """Whether an address is ours, with or without a token in it; help-desk@ is not ours where help@ is.

    `own` has our addresses, in small letters, and the sign that stands before a token in each.
    """
    local, _at, domain = address.lower().rpartition("@")
    for one, separator in own.items():
        own_local, _own_at, own_domain = one.rpartition("@")
        if domain != own_domain:
            continue
        before, rest = local[: len(own_local)], local[len(own_local) :]
        if before == own_local and (not rest or (separator and rest[0] == separator and is_token(rest[1:]))):
            return True
    return False
