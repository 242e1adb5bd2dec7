"""Words for the codes of the letterbox, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.letterbox.rules.marks import Kind


def state_label(state: str) -> str:
    """A tab of the list."""
    return {
        "open": _("Unanswered"),
        "waiting": _("Waiting"),
        "claimed": _("Somebody writes"),
        "reading": _("Second reading"),
        "answered": _("Answered lately"),
    }[state]


def waited_words(hours: int) -> str:
    """How long a letter has waited, in hours and then in days."""
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d day", "%(count)d days", hours // 24) % {"count": hours // 24}


def kind_label(kind: Kind) -> str:
    """What a mark may give away."""
    return {
        Kind.EMAIL: _("E-mail address"),
        Kind.WEB: _("Web address"),
        Kind.HANDLE: _("User name"),
        Kind.NUMBER: _("Number or date"),
        Kind.SCHOOL: _("School or class"),
        Kind.PLACE: _("Place"),
        Kind.NAME: _("Name"),
    }[kind]


def lacking_label(what: str) -> str:
    """What a version still needs before a second person may publish it."""
    return {
        "title": _("A title"),
        "question": _("The question"),
        "answer": _("The answer"),
        "topics": _("A topic"),
        "marks": _("A decision about each mark"),
    }[what]
