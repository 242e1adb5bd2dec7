"""Words of the child's pages that depend on where a talk stands."""

from django.utils.translation import gettext as _

from havn.helpline.models import Turn


def age_band_words(code: str) -> str:
    """An age band as a child reads it."""
    return {
        "under-9": _("Under 9"),
        "9-11": _("9 to 11"),
        "12-14": _("12 to 14"),
        "15-18": _("15 to 18"),
        "over-18": _("Over 18"),
    }[code]


def ended_words(turn: Turn, *, letters: bool) -> tuple[str, str]:
    """Heading and sentence of the last page. Never blame, always a way back; a letter only where one is answered."""
    if turn.ended_by == Turn.EndedBy.CLOSING:
        return _("We have closed for today"), _closed_words(talked=turn.state == Turn.State.ENDED, letters=letters)
    if turn.ended_by == Turn.EndedBy.AWAY:
        return _("You were away for a while"), _("So the place went to the next. You can get in line again right now.")
    if turn.state == Turn.State.LEFT:
        return _("You have left the line"), _("That is all right. You are welcome back any time.")
    if turn.ended_by == Turn.EndedBy.SILENCE:
        return _("The talk is closed for now"), _("It was quiet for a while. You can come back whenever it suits you.")
    return _("The talk has ended"), _("Thank you for writing with us. You are welcome back any time.")


def _closed_words(*, talked: bool, letters: bool) -> str:
    if talked and letters:
        return _(
            "We are sorry that nobody else could come to you. You can write a letter now, or go on with the talk "
            "another day with your return code."
        )
    if talked:
        return _("We are sorry that nobody else could come to you. With your return code you can go on another day.")
    if letters:
        return _("We are sorry that we did not get to you. You can write a letter now.")
    return _("We are sorry that we did not get to you. You are welcome back when we are open.")


def who_words(names: list[str], state: str) -> str:
    """Who the child writes with."""
    if state in (Turn.State.ENDED, Turn.State.LEFT):
        return _("The talk has ended")
    if not names:
        return _("We are finding someone for you")
    return _("You are writing with %(name)s") % {"name": names[0]}
