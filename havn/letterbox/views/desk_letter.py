"""One letter: what the child wrote, the answer as it is written, and its second reading."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from havn.accounts.access import staff, wants_json
from havn.common.clock import from_ms, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.models import Turn
from havn.helpline.parts import Screen, parts_of
from havn.helpline.queries.visits import language_name
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import desk_address
from havn.letterbox.actions import drafting, second_reading
from havn.letterbox.forms import seen_place, text_of, version_number
from havn.letterbox.permissions import can_answer, can_read_draft, can_write
from havn.letterbox.queries.drafts import draft_of, opened
from havn.letterbox.queries.settings import may_ask_second_reading, needs_second_reading
from havn.letterbox.rules.clocks import hours
from havn.letterbox.views.desk_shared import (
    actor_of,
    key_after_the_trail,
    keys_of,
    letter_here,
    messages_of,
    refusals_stay,
)
from havn.letterbox.words import waited_words


@staff(*WORKS)
@require_GET
def letter(request: HttpRequest, talk: int) -> HttpResponse:
    """The letter for whoever has it, and for the colleague who reads its answer before it goes."""
    return _page(request, letter_here(request, talk))


@staff(*WORKS)
@require_POST
def keep_draft(request: HttpRequest, talk: int) -> HttpResponse:
    """Keep what stands in the box. The script does it while one types; the button does it without."""
    turn = letter_here(request, talk)
    try:
        draft = drafting.keep_draft(**_writing(request, turn), client_id=_client_id(request))
    except Refused as refusal:
        return _typed_again(request, turn, refusal)
    if wants_json(request):
        return JsonResponse({"version": draft.version})
    if request.POST.get("then") == "insert":
        return HttpResponseRedirect(reverse("helpline:readings", args=[turn.pk]))
    messages.success(request, _("The draft is kept."))
    return HttpResponseRedirect(reverse("letterbox:letter", args=[turn.pk]))


@staff(*WORKS)
@require_POST
def send(request: HttpRequest, talk: int) -> HttpResponse:
    """Send the answer to the child."""
    turn = letter_here(request, talk)
    try:
        drafting.send_answer(**_writing(request, turn), seen=seen_place(request.POST), client_id=_client_id(request))
    except Refused as refusal:
        return _typed_again(request, turn, refusal)
    messages.success(request, _("The answer is with the child. Fill in the record when you are done."))
    return HttpResponseRedirect(desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
def ask_reading(request: HttpRequest, talk: int) -> HttpResponse:
    """Ask a colleague to read the answer before it goes."""
    turn = letter_here(request, talk)
    try:
        drafting.ask_second_reading(**_writing(request, turn), seen=seen_place(request.POST))
    except Refused as refusal:
        return _typed_again(request, turn, refusal)
    messages.success(request, _("A colleague reads it before it goes. You find it under “Second reading”."))
    return HttpResponseRedirect(reverse("letterbox:letter", args=[turn.pk]))


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:letter")
def take_back(request: HttpRequest, talk: int) -> HttpResponse:
    """Go on writing instead of waiting for a reader."""
    turn = letter_here(request, talk)
    drafting.take_back(actor=actor_of(request), conversation_id=turn.pk, now_ms=now_ms())
    return HttpResponseRedirect(reverse("letterbox:letter", args=[turn.pk]))


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:letters")
def claim_reading(request: HttpRequest, talk: int) -> HttpResponse:
    """Take a colleague's answer to read it."""
    turn = letter_here(request, talk)
    second_reading.claim_reading(
        actor=actor_of(request), conversation_id=turn.pk, keyring=keys_of(request), now_ms=now_ms()
    )
    return HttpResponseRedirect(reverse("letterbox:letter", args=[turn.pk]))


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:letter")
def send_read(request: HttpRequest, talk: int) -> HttpResponse:
    """Send what was read, as it is."""
    turn = letter_here(request, talk)
    second_reading.send_read(
        actor=actor_of(request),
        conversation_id=turn.pk,
        version=version_number(request.POST),
        seen=seen_place(request.POST),
        key=keys_of(request).conversation_key(turn.pk),
        now_ms=now_ms(),
    )
    messages.success(request, _("The answer is with the child."))
    return HttpResponseRedirect(reverse("letterbox:letters"))


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:letter")
def give_back(request: HttpRequest, talk: int) -> HttpResponse:
    """Give the answer back with a note."""
    turn = letter_here(request, talk)
    second_reading.give_back(
        actor=actor_of(request),
        conversation_id=turn.pk,
        note=text_of(request.POST, "note"),
        version=version_number(request.POST),
        key=keys_of(request).conversation_key(turn.pk),
        now_ms=now_ms(),
    )
    messages.success(request, _("Given back, with your note."))
    return HttpResponseRedirect(reverse("letterbox:letters"))


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:letters")
def lay_back_reading(request: HttpRequest, talk: int) -> HttpResponse:
    """Let another colleague read it."""
    turn = letter_here(request, talk)
    second_reading.lay_back_reading(actor=actor_of(request), conversation_id=turn.pk, now_ms=now_ms())
    return HttpResponseRedirect(reverse("letterbox:letters"))


def _writing(request: HttpRequest, turn: Turn) -> dict[str, Any]:
    return {
        "actor": actor_of(request),
        "conversation_id": turn.pk,
        "text": text_of(request.POST),
        "version": version_number(request.POST),
        "key": keys_of(request).conversation_key(turn.pk),
        "now_ms": now_ms(),
    }


def _client_id(request: HttpRequest) -> str:
    given = request.POST.get("client_id", "")
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid4())


def _typed_again(request: HttpRequest, turn: Turn, refusal: Refused) -> HttpResponse:
    """The letter once more with every word that was typed, and why it could not be taken."""
    if wants_json(request):
        return JsonResponse({"sentence": refusal.sentence}, status=refusal.status)
    if isinstance(refusal, NotAllowed) and not can_write(actor_of(request), turn):
        raise refusal
    return _page(request, turn, typed=text_of(request.POST), error=refusal.sentence, status=refusal.status)


def _page(
    request: HttpRequest, turn: Turn, *, typed: str | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    actor, at = actor_of(request), now_ms()
    row = draft_of(turn.pk)
    writes = can_write(actor, turn)
    reads = can_read_draft(actor, turn, row, now_ms=at)
    if not writes and not reads:
        raise NotAllowed(_("This letter is with a colleague. Take it from the list, or read its answer there."))
    has_it = row is not None and row.reader_id == actor.pk
    if not writes and not has_it:
        # The words are shown only to whoever took them to read.
        return render(request, "letterbox/desk_letter_claim.html", {"letter": turn, "draft": row})
    key = key_after_the_trail(request, turn)
    may_answer = can_answer(actor, turn)
    # Who laid the letter back goes on with their own words, and reads no later ones of the child.
    shown = messages_of(request, turn, key) if may_answer or has_it else []
    clock = getattr(turn.conversation, "letter_clock", None)
    since = clock.unanswered_since_ms if clock else None
    screen = Screen(actor, turn.service, keys_of(request), letter=turn)
    context = {
        **parts_of(screen, "letter"),
        "letter": turn,
        "written_in": language_name(turn.language),
        "messages_shown": [{"one": one, "at": from_ms(one.at_ms)} for one in shown],
        "seen": max((one.seq for one in shown), default=0),
        "draft": opened(row, key, now_ms=at),
        "may_read": reads and not has_it,
        "reads": reads and has_it,
        "may_answer": may_answer,
        "needs_reading": needs_second_reading(turn.service_id, actor.pk),
        "may_ask": may_ask_second_reading(turn.service_id),
        "typed": typed,
        "error": error,
        "client_id": str(uuid.uuid4()),
        "waited": waited_words(hours(at - since)) if since else "",
        "desk": desk_address(turn.service, turn.pk),
        "longest": drafting.LONGEST,
        "note_longest": second_reading.NOTE_LONGEST,
    }
    return render(request, "letterbox/desk_letter.html", context, status=status)
