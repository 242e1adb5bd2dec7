"""Which numbers may not be shown by themselves (primary suppression).

small         1 to below the threshold. Zeros are shown: "none" says nothing about a child who was there.
few-centres   fewer than three centres gave to a number of the network: two could subtract themselves
one-centre    one centre gave more than 75 %: the number is nearly its own (the (1,75) dominance rule)
rest-small    without one centre's own number, what is left is small: that centre would read it off (p % rule's kin)
before        left out in an earlier release, where it has the same name
small-change  an earlier release showed a number so near that the difference is a small count itself

Sources: Hundepool et al., Handbook on Statistical Disclosure Control (2nd ed. 2024), chapter 4 (frequency tables) and
its sections on the threshold, (n,k) and p % rules; OECD glossary of statistical terms: thresholds of 3 or 5.
"""

from collections.abc import Iterable, Mapping
from math import ceil

from havn.releases.rules.tables import Codes, Published, Table, name_of

THRESHOLD = 5
LEAST_CENTRES = 3
LARGEST_SHARE = 75

SMALL, FEW, LARGE, REST, BEFORE, CHANGE, PROTECTS = (
    "small", "few-centres", "one-centre", "rest-small", "before", "small-change", "protects",
)  # fmt: skip
WHY = (SMALL, FEW, LARGE, REST, BEFORE, CHANGE, PROTECTS)


def why_hidden(number: int, given: Iterable[int] | None, threshold: int) -> str:
    """Why a number may not be shown; "" when it may. `given`: what each centre gave, None for one centre's table."""
    if 0 < number < threshold:
        return SMALL
    if given is None or number == 0:
        return ""
    largest, *others = sorted((one for one in given if one), reverse=True)
    if 1 + len(others) < LEAST_CENTRES:
        return FEW
    if largest * 100 > LARGEST_SHARE * number:
        return LARGE
    if number - largest < threshold:
        return REST
    return ""


def needed(number: int, given: Iterable[int] | None, threshold: int) -> int:
    """How wide a reader's interval must be: the threshold, and of a number that is nearly one centre's more.

    By the (1,75) rule a number would be safe were it the largest part divided by 0.75; the interval reaches that far.
    """
    if given is None:
        return threshold
    largest = max(given, default=0)
    return max(threshold, ceil(largest * 100 / LARGEST_SHARE) - number)


def primary(table: Table, earlier: Iterable[Published], *, threshold: int) -> dict[Codes, str]:
    """Every number left out for what it is itself, with why. `earlier`: of the same population and period."""
    found: dict[Codes, str] = {}
    shown, hidden = _said(earlier)
    for codes, number in table.whole.items():
        given = None if table.parts is None else [whole[codes] for whole in table.wholes.values()]
        name = name_of(table.dimensions, codes)
        if why := why_hidden(number, given, threshold):
            found[codes] = why
        elif name in hidden:
            found[codes] = BEFORE
        elif any(0 < abs(number - old) < threshold for old in shown.get(name, ())):
            found[codes] = CHANGE
    return found


def _said(earlier: Iterable[Published]) -> tuple[Mapping[object, set[int]], set[object]]:
    shown: dict[object, set[int]] = {}
    hidden: set[object] = set()
    for release in earlier:
        for codes, number in release.shown.items():
            shown.setdefault(name_of(release.dimensions, codes), set()).add(number)
        hidden |= {name_of(release.dimensions, codes) for codes in release.hidden}
    return shown, hidden
