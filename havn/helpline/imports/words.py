"""The words of taking contacts in: fields, states, and what is wrong with a row."""

from django.utils.translation import gettext as _

from havn.helpline import words_reports
from havn.helpline.imports.rules import Problem
from havn.helpline.models import ContactBatch

_DIMENSIONS = {"age_band": "age", "reasons": "reason"}


def field_label(name: str) -> str:
    """A field of a contact."""
    return {
        "day": _("Day"),
        "time": _("Time of day"),
        "channel": _("Channel"),
        "result": _("What became of it"),
        "language": _("Language"),
        "reason": _("Main reason"),
        "reasons": _("Further reasons, with commas between"),
        "person": _("Who made contact"),
        "age_band": _("Age"),
        "gender": _("Gender"),
        "online": _("About something online"),
        "place": _("Where online"),
        "platform": _("On which platform"),
        "outcome": _("How it ended"),
        "risk": _("Risk"),
        "feedback": _("Did it help?"),
        "waiting": _("Minutes waited"),
        "length": _("Minutes of talk"),
    }[name]


def code_label(name: str, code: str) -> str:
    """A code of a field."""
    if name == "online":
        return _("Yes") if code == "yes" else _("No")
    if name == "result":
        return words_reports.end_label(code) if code != "answered" else _("Answered")
    return words_reports.label_of(_DIMENSIONS.get(name, name), code)


def state_label(batch: ContactBatch) -> str:
    """Where a file stands."""
    return {
        "staged": _("Not applied yet"),
        "applying": _("Being applied"),
        "applied": _("Applied"),
        "undoing": _("Being taken back"),
        "undone": _("Taken back"),
    }[batch.state]


def problem_words(problem: Problem) -> str:
    """What is wrong, in a sentence."""
    name = field_label(problem.field)
    sentences = {
        "missing": _("%(field)s: nothing there."),
        "day": _("%(field)s: “%(word)s” is no day."),
        "time": _("%(field)s: “%(word)s” is no time of day."),
        "when": _("%(field)s: “%(word)s” lies before 2000 or in the future."),
        "unmapped": _("%(field)s: nobody said what “%(word)s” means."),
        "unknown": _("%(field)s: “%(word)s” means something that no list knows."),
        "not-then": _("%(field)s: “%(word)s” was not in the list on that day."),
        "minutes": _("%(field)s: “%(word)s” is no number of minutes."),
    }
    word = code_label("reason", problem.word) if problem.code == "not-then" else problem.word
    return sentences[problem.code] % {"field": name, "word": word}
