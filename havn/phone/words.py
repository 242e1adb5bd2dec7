"""What a call's log says by itself. Everything else is said as in a chat's."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from havn.helpline import words

KIND = "helpline.phone"


def event_words(code: str, values: Mapping[str, str | int], language: str, viewer_role: str) -> str:
    """The sentence of an event for staff; nobody else reads it."""
    name = values.get("name") or _("The counsellor")
    with translation.override(language):
        match code:
            case words.JOINED:
                return _("%(name)s took the call.") % {"name": name}
            case words.HANDED_OVER:
                return _("The call was handed over to %(name)s.") % {"name": name}
            case words.ENDED if values.get("by") == "caller":
                return _("The call is over.")
            case words.ENDED if values.get("by") == "forgotten":
                return _("Nobody ended the call. It was ended here.")
            case words.ENDED:
                return _("%(name)s ended the call.") % {"name": name}
    return words.event_words(code, values, language, viewer_role)


def outcome_words(code: str) -> str:
    """What a press on one of the short outcomes is called."""
    return {
        "silent": _("Silent"),
        "test": _("Test"),
        "prank": _("Prank"),
        "wrong-number": _("Wrong number"),
        "abandoned": _("Hung up"),
    }[code]


def event_name(kind: str) -> str:
    """An event as the settings screen names it."""
    return {
        "ringing": _("A call rang"),
        "answered": _("A call was answered"),
        "ended": _("A call ended"),
        "test": _("A test event"),
    }.get(kind, "")


def channel_words(channel: str) -> str:
    """A channel as the wall names it."""
    return {"chat": _("Chat"), "phone": _("Phone"), "letter": _("Letter")}.get(channel, channel)
