"""What is said of hand-overs and reports: in a talk to each reader, and on the staff's screens."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from havn.handover.actions import moving
from havn.helpline.event_parts import Values


def for_child(code: str, values: Values) -> str:
    """The sentence of an event for the child."""
    match code:
        case moving.ASKED:
            words = _("We would like to pass something on to %(to)s, if you agree. You decide.")
            return words % {"to": values.get("to", "")}
        case moving.YES:
            return _("You said yes.")
        case moving.NO:
            return _("You said no. Nothing is sent.")
        case moving.TAKEN_BACK:
            return _("We do not need to send it any more. Nothing was sent.")
        case moving.WENT:
            return _("It has been sent.")
    return ""


def for_staff(code: str, values: Values) -> str:
    """The same for whoever reads the talk at the desk."""
    match code:
        case moving.ASKED:
            words = _("The child was asked whether something may be passed on to %(to)s.")
            return words % {"to": values.get("to", "")}
        case moving.YES:
            return _("Yes to passing it on.")
        case moving.NO:
            return _("No: nothing is passed on.")
        case moving.TAKEN_BACK:
            return _("The question was taken back: nothing is passed on.")
        case moving.WENT:
            return _("It was passed on as agreed.")
    return ""


def state_words(state: str, way: str = "") -> str:
    """How a hand-over stands, in a few words."""
    words: Mapping[str, str] = {
        "asked": _("Asked: no answer yet"),
        "agreed": _("Agreed: someone has to pass it on by hand") if way == "page" else _("Agreed: goes soon"),
        "sending": _("Agreed: on its way"),
        "gone": _("Passed on"),
        "failed": _("Could not be passed on"),
        "declined": _("Declined: nothing passed on"),
        "withdrawn": _("Taken back: nothing passed on"),
    }
    return words.get(state, state)


def kind_words(kind: str) -> str:
    """The kind of a route."""
    words: Mapping[str, str] = {"hotline": _("Hotline"), "police": _("Police"), "complaint": _("Complaint route")}
    return words.get(kind, kind)


def way_words(way: str) -> str:
    """How a route passes things on."""
    words: Mapping[str, str] = {
        "inside": _("to a part of this installation"),
        "mail": _("by e-mail"),
        "page": _("by their own form, filled in by you"),
    }
    return words.get(way, way)


def report_state_words(state: str) -> str:
    """How a report to a platform stands."""
    words: Mapping[str, str] = {
        "raised": _("Raised with the platform"),
        "answered": _("Answered"),
        "removed": _("Removed"),
        "refused": _("Refused"),
    }
    return words.get(state, state)


def report_kind_words(kind: str) -> str:
    """What a report is about."""
    words: Mapping[str, str] = {
        "content": _("Something that is shown"),
        "account": _("An account"),
        "other": _("Something else"),
    }
    return words.get(kind, kind)


def platform_words(platform: str) -> str:
    """A platform's own name; in words for any other."""
    return _("Another one") if platform == "other" else platform


def choices(codes: Any, words: Any) -> list[tuple[str, str]]:
    """(code, words) of each, for a list to choose from."""
    return [(code, words(code)) for code in codes]
