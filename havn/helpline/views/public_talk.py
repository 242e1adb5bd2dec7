"""The waiting room and the talk: what the child reads, and writes where there is no script."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from havn.common.clock import from_ms
from havn.helpline.easy import in_easy_words
from havn.helpline.event_parts import below_event, drawn_codes
from havn.helpline.models import Turn
from havn.helpline.pages import letter_url_for
from havn.helpline.queries.queue import snapshot
from havn.helpline.views.public_visit import Visit, reading_page, show, visitor_page
from havn.helpline.words import LINK, place_words
from havn.helpline.words_public import who_words
from havn.live import api as live
from havn.live.models import Participant


@dataclass(frozen=True, repr=False)
class Shown:
    """A message as the page shows it. `url` only where the text is a link from the centre's list.

    `english` stands below a sentence on safety that nobody has approved in the reader's language. `part` is what a part
    of the helpline shows below the sentence of its event.
    """

    view: live.MessageView
    url: str = ""
    title: str = ""
    english: str = ""
    part: dict[str, Any] | None = field(default=None)

    def __getattr__(self, name: str) -> object:
        return getattr(self.view, name)

    @property
    def text(self) -> str:
        return self.title or self.view.text

    @property
    def at(self) -> object:
        return from_ms(self.view.at_ms)


@visitor_page
def waiting(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The waiting room: the place, how long it may take, and something to do."""
    if visit.page != "helpline:waiting":
        return redirect(visit.page)
    place = snapshot(visit.service.pk).place_of(visit.visitor.conversation_id)
    easy = visit.turn.easy_read
    told = place_words(place, easy=easy) | {
        "late": bool(place and place["late"]),
        "near": bool(place and place["near"]),
        "nobody": bool(place and place["sure"] == "nobody"),
    }
    context = {
        "told": told,
        "last": last_number(messages_of(visit)),
        "letter_url": in_easy_words(letter_url_for(visit.service), easy),
    }
    return show(request, visit, "helpline/public_waiting.html", context)


@reading_page
def talk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The talk as it stands. With script it goes on by itself; without, nothing on it can be typed into."""
    if visit.page in ("helpline:waiting", "helpline:letter_read"):
        return redirect(visit.page)
    shown = messages_of(visit)
    if "redraw" not in request.GET:
        read_so_far(visit, shown[-1].view.seq if shown else 0)
    state = "ended" if visit.turn.state in (Turn.State.ENDED, Turn.State.LEFT) else "open"
    context = {
        "messages": shown,
        "last": last_number(shown),
        "state": state,
        "who": who_words(names_of(visit), visit.turn.state),
        "drawn": drawn_codes(),
    }
    return show(request, visit, "helpline/public_talk.html", context)


@reading_page
def write(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A page to write on where there is no script. It never refreshes."""
    if visit.page != "helpline:talk":
        return redirect(visit.page)
    return show(request, visit, "helpline/public_write.html", write_context(visit))


@reading_page
def copy(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The whole talk as plain text, to be marked and copied."""
    return show(request, visit, "helpline/public_copy.html", {"messages": messages_of(visit)})


def write_context(visit: Visit) -> dict[str, object]:
    """The latest words from the other side, and a name for what will be sent."""
    theirs = [one for one in messages_of(visit) if one.view.kind == "text" and not one.view.mine]
    return {"latest": theirs[-1] if theirs else None, "client_id": str(uuid.uuid4())}


def messages_of(visit: Visit) -> list[Shown]:
    """All that this visitor may read, opened, events in the page's language."""
    views = live.messages(
        conversation_id=visit.visitor.conversation_id,
        key=visit.visitor.key,
        viewer=visit.viewer,
        language=get_language() or "en",
    )
    return [_shown(view, visit) for view in views]


def last_number(shown: list[Shown]) -> int:
    """Where the stream goes on: by what this child is shown, never by the log, in which colleagues' notes count too."""
    return shown[-1].view.number if shown else 0


def read_so_far(visit: Visit, seq: int) -> None:
    """Tell the other side that this much was on the screen."""
    with transaction.atomic():
        live.mark_read(participant_id=visit.visitor.participant_id, up_to=seq)


def unread_of(visit: Visit) -> list[Shown]:
    """What the other side wrote and this child has not had on a screen yet."""
    read = Participant.objects.filter(pk=visit.visitor.participant_id).values_list("read_up_to", flat=True).first() or 0
    theirs = [one for one in messages_of(visit) if one.view.kind == "text" and not one.view.mine]
    return [one for one in theirs if one.view.seq > read]


def names_of(visit: Visit) -> list[str]:
    """The shown names of the counsellors who take part now."""
    return list(
        Participant.objects.filter(
            conversation_id=visit.visitor.conversation_id, role="counsellor", left_at_ms__isnull=True
        ).values_list("shown_name", flat=True)
    )


def _shown(view: live.MessageView, visit: Visit) -> Shown:
    if view.kind == "event" and view.code == LINK:
        title, _, url = view.text.partition("\n")
        return Shown(view, url if url.startswith(("https://", "http://")) else "", title)
    if view.kind == "event":
        words, _, english = view.text.partition("\n")
        return Shown(view, title=words, english=english, part=below_event(view.code, view.values, visit.visitor))
    return Shown(view)
