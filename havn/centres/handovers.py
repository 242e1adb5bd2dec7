"""Where a centre can pass something on to, with the consent of whom it is about: hotline, police, complaint route.

Routes are offered by apps above (`register_routes`), the doors inside this installation by the strands that stand
behind them (`register_receiver`). Whoever passes something on asks here and knows neither. Filled in AppConfig.ready().
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from havn.tenancy.models import Centre

KINDS = ("hotline", "police", "complaint")
# inside: a strand of this installation takes it. mail: it goes to an address by e-mail. page: somebody opens the other
# party's own form and puts the agreed text in by hand.
WAYS = ("inside", "mail", "page")


@dataclass(frozen=True)
class Said:
    """What somebody who is asked reads of a route in one language.

    `to` names the receiver; `does` says what they will do with it, "" for the usual words on its kind; `english` stands
    beside `does` until a person has approved it in that language ("": not needed).
    """

    to: str
    does: str = ""
    english: str = ""


@dataclass(frozen=True)
class Route:
    """One way to pass something on. `key` is unique in the centre and stays; `said(language)` gives its words.

    `address` is an e-mail address for "mail", the page's address for "page", the receiver's name for "inside". Nothing
    of Havn ever opens the page: a person does.
    """

    key: str
    kind: str
    label: str
    way: str
    address: str
    said: Callable[[str], Said]


@dataclass(frozen=True, repr=False)
class Passed:
    """What a receiver inside is given: the agreed text and nothing else of the talk."""

    centre_id: int
    route: str
    kind: str
    text: str
    language: str


@dataclass(frozen=True)
class Receiver:
    """A door inside this installation. `label()` names it; `open_for(centre_id)` says whether it takes anything there.

    `take(passed)` runs in the worker with nobody signed in, in the transaction that notes that it has gone, so that
    both stand or fall together. It raises Refused for what it does not take.
    """

    name: str
    label: Callable[[], str]
    open_for: Callable[[int], bool]
    take: Callable[[Passed], None]


Find = Callable[[Centre], Sequence[Route]]

_finders: list[Find] = []
_receivers: dict[str, Receiver] = {}


def register_routes(find: Find) -> None:
    """`find(centre)` gives routes of this centre that can be used now, in order."""
    if find not in _finders:
        _finders.append(find)


def register_receiver(receiver: Receiver) -> None:
    """Open a door for routes of the way "inside". ValueError when another one has its name."""
    if _receivers.setdefault(receiver.name, receiver) is not receiver:
        raise ValueError(f"There is a receiver of the name {receiver.name} already.")


def receivers_of(centre_id: int) -> list[Receiver]:
    """The doors inside that take something from this centre."""
    return [one for one in _receivers.values() if one.open_for(centre_id)]


def receiver_named(name: str, centre_id: int) -> Receiver | None:
    """One of them, or None while it takes nothing from this centre."""
    found = _receivers.get(name)
    return found if found is not None and found.open_for(centre_id) else None


def routes_of(centre: Centre) -> list[Route]:
    """All routes that can be used now; one to a door that is not there is left out."""
    every = [route for find in _finders for route in find(centre)]
    return [one for one in every if one.way != "inside" or receiver_named(one.address, centre.pk) is not None]


def route_named(centre: Centre, key: str) -> Route | None:
    """The route with this key, or None when it can't be used (any more)."""
    return next((route for route in routes_of(centre) if route.key == key), None)
