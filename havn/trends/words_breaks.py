"""What the shipped breaks of the series are, in the reader's language."""

from django.utils.translation import gettext as _

from havn.trends.models import SYSTEM, Break


def break_words(one: Break) -> str:
    """What changed, in one or two sentences."""
    if one.key.startswith(SYSTEM) and one.member is not None:
        return _("%(member)s counts with another system since this quarter, as it says itself.") % {
            "member": one.member.name
        }
    known = {
        "sextortion-2018": _(
            "A new list of reasons. Sextortion became a reason of its own, and the two reasons about privacy became "
            "one."
        ),
        "under-12-2022": _("Children were printed as “under 12” in this quarter, not as 5–11."),
        "reasons-2023": _(
            "A new list of reasons since 1 April 2023, with suicide, self-harm, pornography, fake news and "
            "radicalisation as reasons of their own. Shares before and after are not of the same list."
        ),
        "ireland-2023": _(
            "The helpline of Ireland moved to a new system and counts in another way since. Most of the rise of this "
            "quarter comes from there."
        ),
        "places-2023": _(
            "Since the new list, helplines that can say where online it happened. Shares are of the contacts of about "
            "half of the helplines."
        ),
        "band-2024": _("Children were printed as 5–12 in this quarter and the next, a band that overlaps 12–18."),
        "five-to-eleven-2023": _("Children are printed as 5–11 again, no longer as “under 12”."),
        "five-to-eleven-2025": _("Children are printed as 5–11 again, no longer as 5–12."),
        "platforms-2024": _("Since this quarter helplines may name the platform too."),
    }
    return known.get(one.key) or one.words
