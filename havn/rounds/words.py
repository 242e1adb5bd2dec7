"""What states, moves and periods are called."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from havn.common.dates import day
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.forms.models import FormVersion
from havn.forms.rules.definition import Said
from havn.rounds.models import Round
from havn.rounds.rules.states import Move, State
from havn.statistics.rules.periods import Kind, Period


def state_word(state: str) -> str:
    """A state as a tag shows it."""
    return {
        State.OPEN: pgettext("state of an answer", "Not begun"),
        State.DRAFT: pgettext("state of an answer", "Draft"),
        State.SUBMITTED: pgettext("state of an answer", "Sent in"),
        State.QUERY: pgettext("state of an answer", "Asked back"),
        State.ACCEPTED: pgettext("state of an answer", "Accepted"),
        State.PUBLISHED: pgettext("state of an answer", "Published"),
    }[State(state)]


def state_sentence(state: str) -> str:
    """Why something can't be done now."""
    return {
        State.OPEN: _("Nothing has been answered here yet."),
        State.DRAFT: _("These answers have not been sent in."),
        State.SUBMITTED: _("These answers have been sent in. Take them back to change them."),
        State.QUERY: _("These answers have been asked about. They come in again first."),
        State.ACCEPTED: _("These answers have been accepted. They have to be opened again to be changed."),
        State.PUBLISHED: _("These answers have been published. They have to be opened again to be changed."),
    }[State(state)]


def move_sentence(move: str) -> str:
    """A step in the history."""
    return {
        Move.BEGIN: _("Begun"),
        Move.SUBMIT: _("Sent in"),
        Move.TAKE_BACK: _("Taken back by the centre"),
        Move.QUERY: _("Asked back"),
        Move.ACCEPT: _("Accepted"),
        Move.PUBLISH: _("Published"),
        Move.REOPEN: _("Opened again"),
    }[Move(move)]


def state_colour(state: str) -> str:
    """The tone of a tag in the design system."""
    tones = {State.SUBMITTED: "info", State.QUERY: "warning", State.ACCEPTED: "success", State.PUBLISHED: "success"}
    return tones.get(State(state), "neutral")


def period_of_round(one: Round) -> Period:
    """The period that a round asks about."""
    return Period(Kind(one.period_kind), one.first, one.last)


def period_name(period: Period) -> str:
    """A period as people say it: "3rd quarter 2026", "2026", or its days."""
    match period.kind:
        case Kind.QUARTER:
            return _("Quarter %(quarter)s of %(year)s") % {"quarter": period.quarter, "year": period.first.year}
        case Kind.YEAR:
            return str(period.first.year)
    return _("%(first)s to %(last)s") % {"first": day(period.first), "last": day(period.last)}


def form_title(version: FormVersion) -> str:
    """What a form is called in the reader's language, or as near to it as there is."""
    return said_title(version).text


def said_title(version: FormVersion) -> Said:
    """The same with the language that it is in."""
    definition = forms.parsed(version)
    return definition.said(definition.title, reader_language())


def document_fault(why: str, limit: int) -> str:
    """Why a document is not taken."""
    size = {"size": filesizeformat(limit)}
    return {
        "size": _("This document is empty or larger than %(size)s.") % size,
        "kind": _("Send a PDF, DOCX, XLSX or ODT of a kind that is asked. Its ending has to be that of what it is."),
        "carried": _("There are macros, pictures or other files in this document. Take them out and send it again."),
        "outside": _("This document loads a template or a picture from elsewhere. Take that out and send it again."),
        "picture": _("There are pictures in this PDF. Take them out, save it as a PDF again and send that."),
        "program": _("This PDF does something by itself when it is opened. Print it to a new PDF and send that."),
        "locked": _("This PDF is locked with a password. Send it without one."),
        "unreadable": _("This PDF can't be read. Save it again, or print it to a new PDF, and send that."),
        "bomb": _("This document unpacks to more than can be looked at. Save it again, smaller, and send that."),
        "many": _("There are too many documents here already."),
    }[why]
