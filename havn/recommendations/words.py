"""Countries, verbs, states and decisions in the reader's words."""

from babel import Locale
from django.utils.translation import gettext as _

from havn.common.language import reader_language
from havn.recommendations.models import FollowUp, MonitoringRound, SheetChapter
from havn.recommendations.rules.factsheet.document import PRACTICE
from havn.recommendations.rules.factsheet.markdown import LONGEST
from havn.recommendations.rules.rounds import Status, status_named, verbs_of
from havn.tenancy.models import Centre


def country(party: Centre) -> str:
    """ "Norway"; the centre's name where the country is not known."""
    names = Locale.parse(reader_language().split("-")[0]).territories
    return str(names.get(party.country_code, party.name))


def is_named(party: Centre, title: str) -> bool:
    """Whether a title in English or in the reader's language names the country."""
    english = Locale("en").territories.get(party.country_code, "")
    return any(name and name.casefold() in title.casefold() for name in (english, country(party)))


def verb_name(round: MonitoringRound, verb: str) -> str:
    """ "Require", as the round calls it; a dash where no lead sentence names one."""
    return next((one.name for one in verbs_of(round.verbs) if one.verb == verb), verb or "–")


def verb_meaning(round: MonitoringRound, verb: str) -> str:
    """What the verb means in law, as the round says it; "" where nothing does."""
    return next((one.meaning for one in verbs_of(round.verbs) if one.verb == verb), "")


def boxes_sentence(round: MonitoringRound) -> str:
    """What stands in which box, by the verbs of the round."""
    verbs = round.boxes.get(PRACTICE, {}).get("verbs", [])
    named = ", ".join(verb_name(round, verb) for verb in verbs) or "–"
    return _(
        "Measures and observations stand in the orange box. A promising practice stands in the blue box; in this round "
        "it answers only: %(verbs)s."
    ) % {"verbs": named}


def status_of(follow_up: FollowUp) -> Status | None:
    """Its step on the round's scale."""
    return status_named(follow_up.factsheet.round.statuses, follow_up.status)


def parts_named(part: SheetChapter, person: int) -> str:
    """As what somebody is named for a chapter: "responsible, validates"."""
    named = {
        _("responsible"): part.responsible_id, _("alternate contact"): part.alternate_id,
        _("validates"): part.validator_id,
    }  # fmt: skip
    return ", ".join(word for word, who in named.items() if who == person)


def decision_words(code: str) -> str:
    """What the reading decided about a line."""
    return {
        "joined": _("Goes on from the text before the page break."),
        "taken-as-heading": _("Taken as a heading that lost its mark."),
        "heading-level": _("A heading whose level was brought in line with the others."),
        "bullet-level": _("A bullet that stands one step deeper, below the one that lists it."),
        "no-box": _("You said that it stands in a box; there is none above it."),
        "note-not-called": _("A note that no text calls. It is kept."),
        "note-missing": _("A note with this number is called and not there."),
    }[code]


def line_words(code: str) -> str:
    """What a line of a file is, or may be said to be."""
    return {
        "paragraph": _("A paragraph"),
        "bullet": _("A bullet"),
        "heading": _("A heading"),
        "chapter": _("A chapter begins: a Roman number, a full stop and its title"),
        "join": _("Goes on from the text before"),
        "note": _("A footnote with its number, or the rest of the one before"),
        "follow-up": _("The orange box begins: follow-up"),
        "practice": _("The blue box begins: promising practices"),
        "noted": _("A practice that the Committee notes begins"),
        "in-box": _("It stands in the box above"),
        "out-of-box": _("It stands outside the box: the Committee speaks"),
        "furniture": _("Page furniture, leave it out"),
    }[code]


def too_long() -> str:
    """Said of a file that no factsheet is as long as."""
    return _("This is longer than any factsheet (%(most)s characters). Choose another file.") % {"most": f"{LONGEST:,}"}
