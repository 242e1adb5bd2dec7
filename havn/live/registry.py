"""What strands tell `live` about themselves, once, in `AppConfig.ready()`. `live` itself knows no strand."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _

from havn.common.errors import Refused

if TYPE_CHECKING:
    from havn.live.http import LiveRequest, LiveResponse
    from havn.live.streams import Stream

HALF_HOUR_MS = 30 * 60_000
TEN_MINUTES_MS = 10 * 60_000

# JSON that goes to a browser.
Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone who reads or writes a conversation: a participant and their role in it."""

    participant_id: int
    role: str
    user_id: int | None = None


def _sees_what_is_not_a_note(viewer: Viewer, author: str, kind: str, participant_id: int | None) -> bool:
    return kind != "note" or viewer.role != "visitor"


def _writes_while_it_lasts(viewer: Viewer, message_kind: str, state: str) -> None:
    if state == "ended":
        raise Refused(_("This conversation has ended."))


def _no_words(code: str, values: Mapping[str, Any], language: str, viewer_role: str) -> str:
    return ""


def _usual_patience(state: str) -> int:
    return TEN_MINUTES_MS if state == "waiting" else HALF_HOUR_MS


@dataclass(frozen=True)
class Kind:
    """A kind of conversation. All functions are pure and fast: they run for every message.

    may_see(viewer, author, message_kind, participant_id): does this viewer see such a message?
    may_post(viewer, message_kind, state): raises `Refused` if not; `state` is waiting, open or ended.
    event_words(code, values, language, viewer_role): the sentence shown for an event, "" to show none.
    session_ms(state): how long a visitor's browser may be silent before its cookie is refused.
    staff_only: codes of events that no visitor is told of, not even that something happened.
    shuts_at_end: a browser that was there when the conversation ended reads no word of it any more; a session opened
    with the return code afterwards does.
    reading_session(user_id, service_id, session_id_hash): names the session of work in which a read stands on the
    trail once, the same on every screen of the strand. The one that is neither pure nor fast: it runs in a thread,
    before the first text. None: the sign-in is the session.

    may_post_here(viewer, message_kind, conversation_id): raises `Refused` where this very conversation takes no such
    message of theirs. text_stored(conversation_id, author, at_ms): told of every new text. Both run in the transaction
    that stores it and may ask the database, so that the messages of such a kind are stored one at a time.
    """

    name: str
    may_see: Callable[[Viewer, str, str, int | None], bool] = _sees_what_is_not_a_note
    may_post: Callable[[Viewer, str, str], None] = _writes_while_it_lasts
    event_words: Callable[[str, Mapping[str, Any], str, str], str] = _no_words
    session_ms: Callable[[str], int] = _usual_patience
    staff_only: frozenset[str] = frozenset()
    shuts_at_end: bool = False
    reading_session: Callable[[int, int, bytes], str] | None = None
    may_post_here: Callable[[Viewer, str, int], None] | None = None
    text_stored: Callable[[int, str, int], None] | None = None

    @property
    def one_at_a_time(self) -> bool:
        """Whether the strand has a word in the transaction that stores a message."""
        return self.may_post_here is not None or self.text_stored is not None

    def shows(self, viewer: Viewer, author: str, kind: str, participant_id: int | None, code: str) -> bool:
        """Whether this viewer is told of such a message at all."""
        if code and code in self.staff_only and viewer.role == "visitor":
            return False
        return self.may_see(viewer, author, kind, participant_id)


@dataclass(frozen=True)
class Topic:
    """A snapshot of a service told to many, such as its queue. Beacon "<prefix>:<service id>" says it changed.

    load(service_id) reads it (blocking, in a thread). for_visitor(snapshot, conversation_id) and
    for_staff(snapshot, user_id) pick what one reader is told, or None: pure, fast, no database.
    A visitor's payload with "near": True goes at once, others at most every 5 s; `near` names those
    conversations, so that ten thousand need not be looked through each second.
    """

    prefix: str
    load: Callable[[int], Any]
    for_visitor: Callable[[Any, int], Payload | None] | None = None
    for_staff: Callable[[Any, int], Payload | None] | None = None
    near: Callable[[Any], Iterable[int]] | None = None
    visitor_event: str = "place"
    staff_event: str = "queue"


@dataclass(frozen=True)
class LiveRoute:
    """An address of the live process. `access` ("public", "visitor", "staff") is enforced before the endpoint."""

    path: str
    methods: tuple[str, ...]
    endpoint: "Callable[[LiveRequest], Awaitable[LiveResponse | Stream | None]]"
    access: str


@dataclass(frozen=True)
class Sweep:
    """Work done every so often in a thread of `live`. Must be short and safe to run in several processes at once."""

    every_seconds: float
    run: Callable[[int], None]


@dataclass(frozen=True)
class Brake:
    """Makes a visitor's messages in some conversations slower.

    holds(conversation_id): whether it may hold here; in memory, asked for every message. check(conversation_id, seq,
    at_ms) raises `HttpError` with the wait when the text just stored at that place came too soon: it is undone then. It
    runs in the transaction that stores the text.
    """

    holds: Callable[[int], bool]
    check: Callable[[int, int, int], None]


kinds: dict[str, Kind] = {}
topics: dict[str, Topic] = {}
sweeps: list[Sweep] = []
presences: list[Callable[[frozenset[int], int], None]] = []
pongs: list[Callable[[frozenset[int], int], None]] = []
typings: list[Callable[[frozenset[int], int], None]] = []
startups: list[Callable[[int], None]] = []
brakes: list[Brake] = []
routes: dict[str, LiveRoute] = {}
# Which services' topics a signed-in person is told: set by a strand, else nobody is told anything.
services_of: list[Callable[[int], Iterable[int]]] = []
# A page for a refused plain form: (status, sentence, language, way back) -> html. The last registered is used.
refusal_pages: list[Callable[[int, str, str, str], bytes]] = []


def register_kind(kind: Kind) -> None:
    kinds[kind.name] = kind


def register_topic(topic: Topic) -> None:
    topics[topic.prefix] = topic


def register_sweep(every_seconds: float, run: Callable[[int], None]) -> None:
    """`run(now_ms)` every so often, in a thread, one at a time."""
    sweeps.append(Sweep(every_seconds, run))


def register_presence(run: Callable[[frozenset[int], int], None]) -> None:
    """`run(connected conversation ids, now_ms)` every 10 s, and when a visitor has been gone 30 s or comes back."""
    presences.append(run)


def register_pong(run: Callable[[frozenset[int], int], None]) -> None:
    """`run(user ids whose desk answered, now_ms)`, gathered for 4 s: a lease must outlast ping, gathering and sweep."""
    pongs.append(run)


def register_typing(run: Callable[[frozenset[int], int], None]) -> None:
    """`run(conversations whose visitor was writing, now_ms)`, gathered for 4 s. For clocks of silence; never stored."""
    typings.append(run)


def register_brake(brake: Brake) -> None:
    """Have a word in how fast visitors write."""
    if brake not in brakes:
        brakes.append(brake)


def braked(conversation_id: int) -> bool:
    """Whether a visitor's text of this conversation is stored in a step of its own, with `check_brakes` after it."""
    return any(brake.holds(conversation_id) for brake in brakes)


def check_brakes(conversation_id: int, seq: int, at_ms: int) -> None:
    """Raises where a brake holds and the text at this place came too soon. In the transaction that stored it."""
    for brake in brakes:
        if brake.holds(conversation_id):
            brake.check(conversation_id, seq, at_ms)


def register_startup(run: Callable[[int], None]) -> None:
    """`run(now_ms)` once, before the first request is answered."""
    startups.append(run)


def register_services_of(run: Callable[[int], Iterable[int]]) -> None:
    """`run(user_id)` names the services whose topics this person's stream carries (blocking, in a thread)."""
    services_of.append(run)


def register_refusal_page(page: Callable[[int, str, str, str], bytes]) -> None:
    refusal_pages.append(page)


def register_routes(new: Iterable[LiveRoute]) -> None:
    """Raises ValueError for an address taken twice or an unknown access."""
    for route in new:
        if route.access not in {"public", "visitor", "staff"}:
            raise ValueError(f"{route.path}: access must be public, visitor or staff.")
        if routes.get(route.path, route) != route:
            raise ValueError(f"{route.path} is registered twice.")
        routes[route.path] = route


def kind_of(name: str) -> Kind:
    """The registered kind, or one with the careful defaults: no notes for visitors, no words for events."""
    return kinds.get(name) or Kind(name)
