"""The draft of the quarterly article: sentences out of computed numbers alone, each number with where it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from havn.trends import words
from havn.trends.rules.bound import Bound
from havn.trends.rules.draft import seen_part
from havn.trends.rules.numbers import Percent, Points
from havn.trends.rules.phrases import say_count, say_share
from havn.trends.rules.quarters import quarter_named

Figures = Mapping[str, Any]
# Below this a change of a count, or a move of a share, is told as none.
_STILL_PERCENT, _STILL_POINTS = 1.0, 0.5


@dataclass(frozen=True)
class Sentence:
    """One paragraph of the draft under its key, and the numbers in it."""

    key: str
    text: str
    bound: tuple[Bound, ...]


@dataclass(frozen=True)
class Draft:
    """A whole draft in one language."""

    title: str
    sentences: list[Sentence]


def compose(figures: Figures, language: str) -> Draft:
    """Write the draft. A sentence whose numbers are unknown or left out is not written."""
    with override(language):
        made = [write(figures) for write in _SENTENCES]
        title = _("Helpline trends, %(quarter)s") % {"quarter": words.quarter_label(figures["quarter"])}
        return Draft(title, [one for one in made if one is not None])


def _total(figures: Figures) -> Sentence | None:
    if figures["total"] is None:
        return None
    quarter = quarter_named(figures["quarter"])
    phrase = words.count_phrase(say_count(figures["total"]))
    first, last = words.day(quarter.first), words.day(quarter.last)
    reported, asked = len(figures["reported"]), len(figures["reported"]) + len(figures["missing"])
    text = _(
        "From %(first)s to %(last)s, %(reported)s of %(asked)s helplines reported %(total)s contacts about something "
        "online."
    ) % {"first": first, "last": last, "reported": reported, "asked": asked, "total": phrase}
    total = words.number(figures["total"])
    return Sentence(
        "total",
        text,
        (
            Bound(first, _("The first day of the quarter.")),
            Bound(last, _("The last day of the quarter.")),
            Bound(str(reported), _("The helplines whose quarter was accepted.")),
            Bound(str(asked), _("The helplines that were asked.")),
            Bound(phrase, _("The sum of the accepted totals: %(total)s.") % {"total": total}),
        ),
    )


def _since_quarter(figures: Figures) -> Sentence | None:
    found = figures["since"]["quarter"]
    if found is None:
        return None
    moved = Percent(found["percent"])
    sentence = {
        1: _("In the %(count)s helplines that also reported the quarter before, contacts rose by %(change)s."),
        -1: _("In the %(count)s helplines that also reported the quarter before, contacts fell by %(change)s."),
        0: _("In the %(count)s helplines that also reported the quarter before, contacts stayed about the same."),
    }[_direction(moved.value, _STILL_PERCENT)]
    return _matched("since-quarter", sentence, found["centres"], moved)


def _since_year(figures: Figures) -> Sentence | None:
    found = figures["since"]["year"]
    if found is None:
        return _since_printed_year(figures)
    moved = Percent(found["percent"])
    sentence = {
        1: _("Compared with the same quarter a year before, contacts rose by %(change)s in the %(count)s helplines "
             "that reported both."),
        -1: _("Compared with the same quarter a year before, contacts fell by %(change)s in the %(count)s helplines "
              "that reported both."),
        0: _("Compared with the same quarter a year before, contacts stayed about the same in the %(count)s "
             "helplines that reported both."),
    }[_direction(moved.value, _STILL_PERCENT)]  # fmt: skip
    return _matched("since-year", sentence, found["centres"], moved)


def _matched(key: str, sentence: str, centres: int, moved: Percent) -> Sentence:
    phrase = words.percent_phrase(say_share(abs(moved.value)))
    bound = [Bound(str(centres), _("The helplines that reported both quarters and did not change how they count."))]
    if "%(change)s" in sentence:
        exact = words.number(moved.value, 1)
        bound.append(Bound(phrase, _("The change of the sum of their totals: %(change)s %%.") % {"change": exact}))
    return Sentence(key, sentence % {"count": centres, "change": phrase}, tuple(bound))


def _since_printed_year(figures: Figures) -> Sentence | None:
    """Beside a figure of the published history there is no saying who is in it: it is told, and not compared."""
    printed = figures["printed"].get("year")
    if printed is None:
        return None
    phrase = words.printed(printed["value"], printed["qualifier"], "total")
    text = _(
        "For the same quarter a year before, %(total)s contacts were published; which helplines are in that is not "
        "known."
    ) % {"total": phrase}
    return Sentence("since-year", text, (Bound(phrase, _("The published history.")),))


def _missing(figures: Figures) -> Sentence | None:
    if not figures["missing"]:
        return None
    names = ", ".join(figures["missing"])
    text = ngettext(
        "One centre is not in these figures: %(names)s.",
        "Not in these figures are: %(names)s.",
        len(figures["missing"]),
    ) % {"names": names}
    bound = [
        Bound(name, _("The name of a centre."), is_name=True)
        for name in figures["missing"]
        if any(map(str.isdigit, name))
    ]
    return Sentence("missing", text, tuple(bound))


def _persons(figures: Figures) -> Sentence | None:
    text = _(
        "%(first_share)s of the contacts of which it is known came from this group: %(first)s. Next came %(second)s, "
        "with %(second_share)s."
    )
    return _two_largest(figures, "person", text)


def _gender(figures: Figures) -> Sentence | None:
    text = _(
        "Where the gender is known, %(first_share)s were in the group “%(first)s” and %(second_share)s in the group "
        "“%(second)s”."
    )
    return _two_largest(figures, "gender", text)


def _channels(figures: Figures) -> Sentence | None:
    text = _(
        "The channel used most was %(first)s, with %(first_share)s of contacts, before %(second)s with "
        "%(second_share)s."
    )
    return _two_largest(figures, "channel", text)


def _places(figures: Figures) -> Sentence | None:
    text = _(
        "Where the place is known, it happened most often here: %(first)s (%(first_share)s), then %(second)s "
        "(%(second_share)s)."
    )
    return _two_largest(figures, "place", text)


def _two_largest(figures: Figures, dimension: str, sentence: str) -> Sentence | None:
    largest = _largest(figures, dimension)[:2]
    if len(largest) < 2:
        return None
    (one, one_share), (two, two_share) = largest
    return _shares(figures, dimension, sentence, {"first": (one, one_share), "second": (two, two_share)})


def _reasons(figures: Figures) -> Sentence | None:
    largest = _largest(figures, "reason")[:3]
    if len(largest) < 3:
        return None
    text = _(
        "The reasons named most were %(first)s (%(first_share)s), %(second)s (%(second_share)s) and %(third)s "
        "(%(third_share)s)."
    )
    return _shares(figures, "reason", text, dict(zip(("first", "second", "third"), largest, strict=True)))


def _shares(figures: Figures, dimension: str, sentence: str, named: Mapping[str, tuple[str, Percent]]) -> Sentence:
    part = figures["parts"][dimension]
    known = words.number(part["known"])
    said: dict[str, str] = {}
    bound = []
    for name, (code, one) in named.items():
        label, phrase = words.label(dimension, code), words.percent_phrase(say_share(one.value))
        said |= {name: label, f"{name}_share": phrase}
        origin = _("%(label)s: %(number)s of %(known)s contacts of which it is known, %(share)s %%.") % {
            "label": label, "number": words.number(part["codes"][code]), "known": known,
            "share": words.number(one.value, 1),
        }  # fmt: skip
        bound += [Bound(phrase, origin, of=label), Bound(label, _("The name of the group."), is_name=True)]
    text = sentence % said
    return Sentence(dimension, text[:1].upper() + text[1:], tuple(bound))


def _rising(figures: Figures) -> Sentence | None:
    """The reason whose share rose most since the quarter before, in the helplines that answered both times."""
    found = figures["moved"]["quarter"].get("reason")
    if found is None:
        return None
    most, code = max((Percent(now) - Percent(before), code) for code, (before, now) in found["codes"].items())
    if most < Points(_STILL_POINTS):
        return None
    before, now = found["codes"][code]
    name, phrase = words.label("reason", code), words.points_phrase(most.value)
    old, new = (words.percent_phrase(say_share(one)) for one in (before, now))
    text = _(
        "In the %(count)s helplines that reported both quarters, the share of one reason rose most, by %(points)s: "
        "%(reason)s, from %(before)s to %(now)s."
    )
    origin = _("The difference of the shares %(now)s %% and %(before)s %%, in percentage points.") % {
        "now": words.number(now, 1), "before": words.number(before, 1),
    }  # fmt: skip
    bound = (
        Bound(str(found["centres"]), _("The helplines that reported both quarters and did not change how they count.")),
        Bound(phrase, origin),
        Bound(old, _("Its share of the quarter before."), of=name),
        Bound(new, _("Its share of this quarter."), of=name),
        Bound(name, _("The name of the group."), is_name=True),
    )
    said = {"count": found["centres"], "points": phrase, "reason": name, "before": old, "now": new}
    return Sentence("rising", text % said, bound)


def _largest(figures: Figures, dimension: str) -> list[tuple[str, Percent]]:
    part = figures["parts"].get(dimension)
    if part is None:
        return []
    seen = seen_part(part)
    shares = [(code, one) for code in part["codes"] if (one := seen.share(code)) is not None]
    return sorted(shares, key=lambda one: (-one[1].value, one[0]))


def _direction(value: float, still: float) -> int:
    return 0 if abs(value) < still else 1 if value > 0 else -1


_SENTENCES: tuple[Callable[[Figures], Sentence | None], ...] = (
    _total, _since_quarter, _since_year, _missing, _persons, _gender, _channels, _places, _reasons, _rising,
)  # fmt: skip
