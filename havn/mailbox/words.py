"""Events of e-mail in a talk, and the words for how a mailbox does."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.helpline.event_parts import EventPart

LEFT_OUT = "mail-left-out"  # count: files that were deleted unopened
CUT = "mail-cut"  # the e-mail was longer than is kept
UNDELIVERED = "mail-undelivered"  # an e-mail to the child did not arrive
AUTOMATIC = "mail-automatic"  # an automatic answer came; of its words nothing is kept


def event_parts() -> list[EventPart]:
    """The four events. Of an automatic answer the child is told nothing."""
    return [
        EventPart(LEFT_OUT, lambda _values: _left_out_for_child(), _left_out_for_staff),
        EventPart(
            CUT,
            lambda _values: _("Your e-mail was very long. We kept the first part of it."),
            lambda _values: _("The e-mail was longer than 40,000 characters. The rest was not kept."),
        ),
        EventPart(
            UNDELIVERED,
            lambda _values: _("Our e-mail did not reach you. You can read our answer here."),
            lambda _values: _("An e-mail to the child did not arrive. The answer can still be read with the code."),
        ),
        EventPart(AUTOMATIC, lambda _values: "", lambda _values: _("An automatic answer came from the child's side.")),
    ]


def trouble_words(code: str) -> str:
    """Why a mailbox does not answer, and what to do."""
    return {
        "no-host": _("There is no server of this name. Look at the name of the mail server."),
        "no-answer": _("The mail server does not answer. Look at its name and port, and whether it is running."),
        "certificate": _("The mail server's certificate is not valid for its name. Tell whoever runs it."),
        "sign-in": _("The mail server refused user name or password. Put the password in anew."),
        "folder": _("There is no such folder in this mailbox. Look at its name."),
        "insecure": _("Without encryption only a mail server on this machine is asked."),
        "password": _("The password is not here any more. Put it in anew."),
        "no-keys": _("No letter can begin at this helpline yet: its keys are not set up, or the disk is full."),
    }.get(code, _("The mail server said something that we do not understand. The next try is soon."))


def security_label(code: str) -> str:
    """How a connection to a mail server is kept secret."""
    return {
        "tls": _("TLS (usually port 993)"),
        "starttls": _("STARTTLS (usually port 143)"),
        "none": _("No encryption, only on this machine"),
    }[code]


def _left_out_for_child() -> str:
    return _("We can't take pictures or files. They are deleted, and nobody has looked at them.")


def _left_out_for_staff(values: Any) -> str:
    count = int(values.get("count", 1))
    return ngettext(
        "%(count)d file came with the e-mail. It was deleted unopened.",
        "%(count)d files came with the e-mail. They were deleted unopened.",
        count,
    ) % {"count": count}
