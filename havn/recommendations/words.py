"""Countries, verbs, states and decisions in the reader's words."""

from babel import Locale
from django.utils.translation import gettext as _

from havn.common.language import reader_language
from havn.recommendations.models import FollowUp, MonitoringRound
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


def status_of(follow_up: FollowUp) -> Status | None:
    """Its step on the round's scale."""
    return status_named(follow_up.factsheet.round.statuses, follow_up.status)


def decision_words(code: str) -> str:
    """What the reading decided about a line."""
    return {
        "joined": _("Goes on from the text before the page break."),
        "taken-as-heading": _("Taken as a heading that lost its mark."),
        "heading-level": _("A heading whose level was brought in line with the others."),
        "bullet-level": _("A bullet that stands one step deeper, below the one that lists it."),
        "note-not-called": _("A note that no text calls. It is kept."),
        "note-missing": _("A note with this number is called and not there."),
    }[code]


def too_long() -> str:
    """Said of a file that no factsheet is as long as."""
    return _("This is longer than any factsheet (%(most)s characters). Choose another file.") % {"most": f"{LONGEST:,}"}
