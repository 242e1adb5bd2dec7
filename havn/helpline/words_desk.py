"""Short words of the desk: what a talk's row says, labels of codes."""

from django.utils.translation import gettext as _

from havn.helpline.actions.open_talks import TalkLine
from havn.helpline.models import Turn
from havn.tasks.api import disk_room


def state_words(line: TalkLine) -> str:
    """What is special about this talk now, in a few words; empty for an ordinary running talk."""
    turn = line.turn
    if line.reading_along:
        return _("Reading along")
    if turn.state == Turn.State.ENDED:
        return {
            Turn.EndedBy.QUICK_EXIT: _("The child left quickly. Record open"),
            Turn.EndedBy.SILENCE: _("Ended after silence. Record open"),
        }.get(Turn.EndedBy(turn.ended_by) if turn.ended_by else Turn.EndedBy.VISITOR, _("Ended. Record open"))
    if turn.returned_at_ms is not None:
        return _("Offered to others")
    if line.offer is not None:
        name = line.offer.to.name
        return (_("%(name)s declined") if line.offer.declined else _("Offered to %(name)s")) % {"name": name}
    return ""


def disk_words() -> str:
    """One line for those who answer for the shift when the disk is nearly full; empty while there is room."""
    room = disk_room()
    if not room.enough:
        return _(
            "The disk is nearly full: no new talk can start. Open talks are still stored. "
            "Tell whoever looks after the server."
        )
    if room.soon_full:
        words = _("The disk is nearly full: %(free)s GB are free. Tell whoever looks after the server.")
        return words % {"free": f"{room.free_bytes / 1e9:.1f}"}
    return ""


def age_band_label(code: str) -> str:
    """An age band as staff read it; empty for none."""
    return {
        "under-9": _("Under 9"),
        "9-11": _("9–11"),
        "12-14": _("12–14"),
        "15-18": _("15–18"),
        "over-18": _("Over 18"),
    }.get(code, "")


def risk_label(code: str) -> str:
    """A risk as staff read it."""
    return {"none": _("None"), "some": _("Some"), "high": _("High"), "imminent": _("Imminent")}.get(code, "")


def readable_kind(code: str) -> str:
    """What kind of thing the centre has published, as staff read it."""
    return {
        "article": _("Article"),
        "guide": _("Guide"),
        "resource": _("Resource"),
        "law": _("Law explainer"),
        "help-after-report": _("Help after a report"),
        "service": _("Service"),
    }.get(code, _("Page"))
