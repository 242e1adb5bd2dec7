"""Finding what the centre has published and giving it to a child to read, by key at the desk or by plain form."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff, wants_json
from havn.centres.readables import LONGEST_WORDS, Readable, readable, readables
from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline import letters
from havn.helpline.actions import readings as actions
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_work_on
from havn.helpline.queries.visits import language_name
from havn.helpline.rules.readings import laid_out, text_to_send
from havn.helpline.rules.roles import WORKS
from havn.helpline.rules.turns import WRITTEN
from havn.helpline.views.desk_answers import actor_of, answer, desk_address, keys_of, refusals_stay_here, turn_here
from havn.helpline.words_desk import readable_kind

MOST = 8


@staff(*WORKS)
@require_http_methods(["GET", "POST"])
def readings(request: HttpRequest, talk: int) -> HttpResponse:
    """What has the words that were posted: they are about a child, so they stand in no address."""
    turn = turn_here(request, talk)
    check_can_work_on(actor_of(request), turn)
    words = " ".join(request.POST.get("words", "").split())[:LONGEST_WORDS]
    centre = turn.service.organisation.centre
    found = [_row(one) for one in readables(centre, words, turn.language, MOST)]
    if wants_json(request):
        return JsonResponse({"found": found})
    context = {
        "turn": turn,
        "words": words,
        "longest": LONGEST_WORDS,
        "found": found,
        "into_draft": _is_written(turn),
        "back": _back(turn),
    }
    return render(request, "helpline/desk_readings.html", context)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def give_reading(request: HttpRequest, talk: int) -> HttpResponse:
    """Give one of them: into the talk, or into the answer to a letter."""
    turn = turn_here(request, talk)
    found = readable(turn.service.organisation.centre, request.POST.get("key", "")[:40], turn.language)
    if found is None:
        raise Refused(_("This is not published any more."))
    with_link = request.POST.get("link") == "1"
    actor, key = actor_of(request), keys_of(request).conversation_key(turn.pk)
    if _is_written(turn):
        check_can_work_on(actor, turn)
        text = actions.as_plain_text(found, request.build_absolute_uri(found.path) if with_link else "")
        letters.add_to_draft(actor, turn.pk, text, key, now_ms())
    else:
        actions.give_reading(actor=actor, conversation_id=turn.pk, readable=found, with_link=with_link, key=key)
    return answer(request, _back(turn))


def _is_written(turn: Turn) -> bool:
    """Whether the answer is kept as a draft first, on a screen of its own."""
    return turn.channel in WRITTEN and letters.has_drafts()


def _back(turn: Turn) -> str:
    page = letters.desk_page() if _is_written(turn) else ""
    return reverse(page, args=[turn.pk]) if page else desk_address(turn.service, turn.pk)


def _row(one: Readable) -> dict[str, Any]:
    text = text_to_send(one.lead, one.text)
    shown = laid_out(text)
    return {
        "key": one.key,
        "kind": readable_kind(one.kind),
        "title": one.title,
        "language": one.language,
        "language_name": language_name(one.language),
        "now": one.now,
        "first": "\n\n".join(shown.first),
        "more": "\n\n".join(shown.more),
        "path": one.path,
    }
