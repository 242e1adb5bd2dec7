"""The list of letters, and taking one from it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms, now_ms
from havn.common.errors import NotAllowed
from havn.helpline.actions import duty, taking
from havn.helpline.forms_desk import whole_number
from havn.helpline.queries.visits import language_name
from havn.helpline.rules.roles import MANAGES, WORKS
from havn.helpline.views.desk_answers import services_here
from havn.letterbox.forms import read_wish
from havn.letterbox.queries.letters import MOST_COUNTED, STATES, Row, Wish, come_since, counts_of, page_of
from havn.letterbox.rules.clocks import hours
from havn.letterbox.views.desk_shared import actor_of, keys_of, letter_here, refusals_stay
from havn.letterbox.words import state_label, waited_words


@staff(*WORKS)
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """All letters of the helplines where the person works; no word of any. Those that wait longest come first.

    The page draws itself anew when a queue moves, and asks with `since` how many have come meanwhile.
    """
    services = services_here(request)
    if not services:
        raise NotAllowed(_("You don't work at a helpline of this centre."))
    user, at = actor_of(request), now_ms()
    languages = sorted({code for service in services for code in service.languages})
    wish = read_wish(request.GET, languages)
    page = page_of(services, wish, user_id=user.pk, now_ms=at)
    counts = counts_of(services, wish, user_id=user.pk, now_ms=at)
    since = whole_number(request.GET.get("since"), 0)
    context = {
        "rows": [_shown(row, at) for row in page.rows],
        "wish": wish,
        "tabs": [
            {
                "state": state,
                "label": state_label(state),
                "count": f"{counts[state]}+" if counts[state] >= MOST_COUNTED else counts[state],
                "address": _address(Wish(state, wish.language, wish.mine)),
            }
            for state in STATES
        ],
        "languages": [(code, language_name(code)) for code in languages],
        "several": len(services) > 1,
        "next_address": _address(Wish(wish.state, wish.language, wish.mine, page.next_key)) if page.next_key else "",
        "first_address": _address(Wish(wish.state, wish.language, wish.mine)) if wish.after else "",
        "at": at,
        "new_count": come_since(services, wish, user_id=user.pk, since_ms=since) if since else 0,
        "service_ids": [service.pk for service in services],
        "may_manage": bool(set(request.roles) & set(MANAGES)),  # type: ignore[attr-defined]
    }
    return render(request, "letterbox/desk_letters.html", context)


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:letters")
def take(request: HttpRequest, talk: int) -> HttpResponse:
    """Take this letter, whichever it is in the list."""
    letter = letter_here(request, talk)
    taking.take_letter(
        actor=actor_of(request),
        service=letter.service,
        keyring=keys_of(request),
        now_ms=now_ms(),
        conversation_id=letter.pk,
    )
    return HttpResponseRedirect(reverse("letterbox:letter", args=[letter.pk]))


@staff(*WORKS)
@require_POST
@refusals_stay("letterbox:letters")
def lay_back(request: HttpRequest, talk: int) -> HttpResponse:
    """Back among the letters, with its draft, for a colleague."""
    letter = letter_here(request, talk)
    duty.lay_back_letter(actor=actor_of(request), conversation_id=letter.pk, now_ms=now_ms())
    return HttpResponseRedirect(reverse("letterbox:letters"))


def _shown(row: Row, at_ms: int) -> dict[str, Any]:
    since = row.unanswered_since_ms
    return {
        "row": row,
        "since": from_ms(since) if since else None,
        "answered_at": from_ms(row.answered_at_ms) if row.answered_at_ms else None,
        "due": from_ms(row.due_ms) if row.due_ms else None,
        "waited": waited_words(hours(at_ms - since)) if since else "",
        "language": language_name(row.language),
        "may_read": row.state == "reading" and not row.own_words,
    }


def _address(wish: Wish) -> str:
    asked = {"state": wish.state, "language": wish.language, "mine": "1" if wish.mine else ""}
    if wish.after:
        asked["after"] = f"{wish.after[0]}-{wish.after[1]}"
    return "?" + urlencode({name: value for name, value in asked.items() if value})
