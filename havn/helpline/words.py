"""What the log of a talk says by itself: the codes of its events, and their sentences for each reader.

An event is stored as its code and values, never as words, so that every reader gets their own language. Values are
plain text or whole numbers; `name` is always the name a counsellor shows, never the real one; `alone` names the
languages in which a person has approved a sentence on safety, so that no English stands beside it. What stands in
`FOR_STAFF_ONLY` never reaches a visitor (the kind of conversation carries this set).
"""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from havn.common.language import plain
from havn.helpline.event_parts import words_of_part
from havn.helpline.safety import ADULT_EVENTS, EVENTS

JOINED = "joined"  # name: a counsellor took the talk
HANDED_OVER = "handed-over"  # name: the new counsellor; the talk went on to a colleague
COUNSELLOR_AWAY = "counsellor-away"  # name, why: "lost" (line dropped) or "locked" (desk idle)
COUNSELLOR_BACK = "counsellor-back"  # name
RETURNED = "returned"  # name, why: "lost" or "given-back"; the talk is offered to others
SILENCE_ASKED = "silence-asked"  # minutes: until it ends
SILENCE_ENDED = "silence-ended"
ENDED = "ended"  # by: "visitor", "counsellor", "closing"
LEFT_QUICKLY = "left-quickly"  # staff only: quick exit
LEFT = "left"  # staff only: the visitor left the waiting room, or stayed away too long
CAME_BACK = "came-back"  # staff only: opened again with the return code
DANGER = "danger"  # number, whose: the child pressed "I'm in danger now"; whose is "child" when a grown-up says it
DANGER_OVER = "danger-over"  # the child took it back
IMMINENT = "imminent"  # number: a counsellor judged the danger imminent; both sides see the emergency number
CLOSING_SOON = "closing-soon"  # at: "22:00" in the centre's time
LINK = "link"  # title, url: a page from the centre's own list, the only address elsewhere that is ever a link
READING = "reading"  # title, text, lang, path: something published, to be read in the talk (`readings.py`)
ASKED_AGAIN = "asked-again"  # the child asks for another talk in the same thread
RECORD_KEPT = "record-kept"  # staff only: the record of the talk before was still open and waits for who comes next

CODES = frozenset(
    {
        JOINED,
        HANDED_OVER,
        COUNSELLOR_AWAY,
        COUNSELLOR_BACK,
        RETURNED,
        SILENCE_ASKED,
        SILENCE_ENDED,
        ENDED,
        LEFT_QUICKLY,
        LEFT,
        CAME_BACK,
        DANGER,
        DANGER_OVER,
        IMMINENT,
        CLOSING_SOON,
        LINK,
        READING,
        ASKED_AGAIN,
        RECORD_KEPT,
    }
)
FOR_STAFF_ONLY = frozenset({LEFT_QUICKLY, LEFT, CAME_BACK, RECORD_KEPT})

Values = Mapping[str, str | int]


def event_words(code: str, values: Values, language: str, viewer_role: str) -> str:
    """The sentence of an event for a reader. `viewer_role` is "visitor" or a staff role, `language` what is spoken.

    An unknown code gives an empty string: an older page simply shows nothing. Never raises for missing values.
    """
    with translation.override(language):
        told = {"name": _("The counsellor"), "number": "112", "minutes": 5, "at": "", "title": "", "url": ""}
        told.update({key: value for key, value in values.items() if value != ""})
        of_part = words_of_part(code, values, for_child=viewer_role == "visitor")
        if of_part:
            return of_part
        if viewer_role == "visitor":
            return _on_safety(code, values, language, told) or _for_the_child(code, values) % told
        return _for_staff(code, values) % told


def _on_safety(code: str, values: Values, language: str, told: Mapping[str, object]) -> str:
    """A sentence on safety, with English on a line below it until a person has approved it in the reader's language."""
    adult = bool(values.get("whose"))
    english = (ADULT_EVENTS if adult else EVENTS).get(code, "")
    words = _(english) % told if english else ""
    alone = language == "en" or plain(language) in str(values.get("alone", "")).split()
    return words if alone or not words else f"{words}\n{english % told}"


def _for_the_child(code: str, values: Values) -> str:
    match code:
        case "joined":
            return _("%(name)s is here now.")
        case "handed-over":
            return _("From here on %(name)s writes with you. %(name)s can read what you have written so far.")
        case "counsellor-away" if values.get("why") == "locked":
            return _("%(name)s is away from the desk for a moment. Your words are kept. You can go on writing.")
        case "counsellor-away":
            return _("%(name)s has lost the connection. Your words are kept. If it takes long, someone else comes.")
        case "counsellor-back":
            return _("%(name)s is back.")
        case "returned":
            return _("We are finding someone else for you. You are first in line, and nothing you wrote is lost.")
        case "silence-asked":
            return _("Are you still there? Take the time you need. A single word is enough.")
        case "silence-ended":
            return _("It has been quiet for a while, so this talk is closed for now. You are welcome back any time.")
        case "ended" if values.get("by") == "visitor":
            return _("You ended the talk.")
        case "ended" if values.get("by") == "closing":
            return _("We have closed for today, and the talk has ended.")
        case "ended":
            return _("%(name)s ended the talk.")
        case "closing-soon":
            return _("We close at %(at)s. There is still time to end this well.")
        case "link":
            # Two lines: the page shows the first as a link to the second, and makes no other text a link.
            return "%(title)s\n%(url)s"
        case "asked-again":
            return _("You asked to talk again.")
    return ""


def _for_staff(code: str, values: Values) -> str:
    match code:
        case "joined":
            return _("%(name)s took the talk.")
        case "handed-over":
            return _("The talk was handed over to %(name)s.")
        case "counsellor-away" if values.get("why") == "locked":
            return _("%(name)s's desk is locked. The child was told.")
        case "counsellor-away":
            return _("%(name)s lost the connection. The child was told.")
        case "counsellor-back":
            return _("%(name)s is back.")
        case "returned" if values.get("why") == "given-back":
            return _("%(name)s went off duty and gave the talk back. It was offered to others.")
        case "returned":
            return _("The talk was offered to others, because %(name)s was lost.")
        case "silence-asked":
            return _("The child was asked whether they are still there.")
        case "silence-ended":
            return _("The talk ended after a long silence.")
        case "ended" if values.get("by") == "visitor":
            return _("The child ended the talk.")
        case "ended" if values.get("by") == "closing":
            return _("The talk ended because the service closed.")
        case "ended":
            return _("%(name)s ended the talk.")
        case "left-quickly":
            return _("The child left quickly.")
        case "left":
            return _("The child left while waiting.")
        case "came-back":
            return _("The child came back with the return code.")
        case "danger" if values.get("whose"):
            return _("They say: a child is in danger now.")
        case "danger-over" if values.get("whose"):
            return _("They say: the child is not in danger any more.")
        case "danger":
            return _("The child says: I'm in danger now.")
        case "danger-over":
            return _("The child says: I'm not in danger any more.")
        case "imminent":
            return _("The danger was judged imminent. Emergency number: %(number)s.")
        case "closing-soon":
            return _("The child was told that we close at %(at)s.")
        case "link":
            return "%(title)s (%(url)s)"
        case "asked-again":
            return _("The child asked to talk again.")
        case "record-kept":
            return _("The contact record of the talk before is still open. It holds what was filled in so far.")
    return ""


Place = Mapping[str, object]


def place_words(place: Place | None, *, easy: bool = False) -> dict[str, str]:
    """A place in the queue (as `queries.queue` tells it) in three sentences: `number`, `time` and `sure`.

    The waiting room's script says the same with the same sentences (`public_place_words.html`), in easy words too.
    """
    if place is None:
        return {"number": "", "time": _("We cannot say yet how long it takes"), "sure": ""}
    number = place["place"]
    if place["sure"] == "nobody":
        return {
            "number": _("You are number %(number)s") % {"number": number},
            "time": _("Nobody who answers in your language is here right now."),
            "sure": _("We keep your place."),
        }
    first = _("You are next") if number == 1 else _("You are number %(number)s") % {"number": number}
    time = _time(place["minutes_from"], place["minutes_to"])
    return {"number": first, "time": time, "sure": _easily_sure() if easy else _sure(str(place["sure"]))}


def _easily_sure() -> str:
    return _("It can be sooner or later.")


def _sure(code: str) -> str:
    return {
        "good": _("This is how long it has usually taken lately."),
        "rough": _("This is a rough guess. It can be sooner or later."),
    }.get(code, _("We know too little today to be sure. You see here when we know more."))


def _time(shortest: object, longest: object) -> str:
    values = {"from": shortest, "to": longest}
    if shortest is None or longest is None:
        return _("We cannot say yet how long it takes")
    if shortest == 0:
        return _("It takes up to %(to)s minutes") % values
    if shortest == longest:
        return _("It takes about %(to)s minutes") % values
    return _("It takes about %(from)s to %(to)s minutes") % values
