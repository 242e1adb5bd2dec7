"""One drawn talk under review: its text beside the criteria. The read is on the trail before a word leaves."""

from collections.abc import Set
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.actions.reading import duty_session, key_beside
from havn.helpline.models import Turn
from havn.helpline.retention.queries import goes_at
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.rules.visibility import SUPERVISOR
from havn.helpline.views.desk_answers import actor_of, keys_of, reader_of, turn_here
from havn.live import api as live
from havn.quality.actions import reviewing
from havn.quality.forms import notes_sent, scores_sent
from havn.quality.models import Review
from havn.quality.permissions import check_can_review, check_can_score
from havn.quality.queries.criteria import criteria_numbered
from havn.quality.rules.criteria import Criterion, unscored
from havn.quality.sealing import notes_in
from havn.quality.views.around import around
from havn.quality.words import value_words
from havn.tenancy.models import Service


@staff(*SUPERVISES)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, talk: int) -> HttpResponse:
    """Read, score, keep, send. Only by the one who took it; what the child answered about the talk is not here."""
    turn = turn_here(request, talk)
    found = _review_here(turn)
    check_can_score(actor_of(request), found)
    if request.method == "POST":
        return _sent(request, turn, found)
    _check_is_over(turn)
    key = _key_of(request, turn)
    return _page(request, turn, found, shown=messages_of(found, key, found.reviewer_id), notes=notes_in(found, key))


def _sent(request: HttpRequest, turn: Turn, found: Review) -> HttpResponse:
    """Keep it, and say what is missing. What cannot be kept is shown as it was typed."""
    criteria, asked = criteria_numbered(turn.service_id, found.criteria or 0), request.POST.get("done") == "1"
    scores, notes = scores_sent(request.POST, criteria), notes_sent(request.POST, criteria)
    try:
        _check_is_over(turn)
        key = _key_of(request, turn)
        kept = reviewing.save_review(
            actor=actor_of(request),
            conversation_id=turn.pk,
            scores=scores,
            notes=notes,
            done=asked,
            key=key,
            now_ms=now_ms(),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        found.scores = scores
        return _page(request, turn, found, shown=[], notes=notes, refused=refusal.sentence)
    if kept.done_at_ms is not None:
        messages.success(request, _("Sent. The counsellor sees it."))
        return _list(turn.service)
    if not asked:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("quality:review", args=[turn.pk]))
    lacking = set(unscored(criteria, kept.scores))
    shown = messages_of(kept, key, kept.reviewer_id)
    return _page(request, turn, kept, shown=shown, notes=notes_in(kept, key), lacking=lacking)


def _page(
    request: HttpRequest,
    turn: Turn,
    found: Review,
    *,
    shown: list[dict[str, Any]],
    notes: dict[str, str],
    lacking: Set[str] = frozenset(),
    refused: str = "",
) -> HttpResponse:
    criteria = criteria_numbered(turn.service_id, found.criteria or 0)
    context = {
        **around(request, turn.service, "reviews", *SUPERVISES),
        "turn": turn,
        "messages_shown": shown,
        "rows": rows_of(found, criteria, notes, lacking),
        "whole": notes.get(reviewing.WHOLE, ""),
        "longest": reviewing.LONGEST_NOTE,
        "lacking": len(lacking),
        "refused": refused,
        "talked": from_ms(turn.waiting_since_ms),
        "goes": goes_at(turn),
    }
    return render(request, "quality/review.html", context, status=409 if lacking or refused else 200)


def _check_is_over(turn: Turn) -> None:
    if turn.state != Turn.State.ENDED:
        raise Refused(_("The child has come back. The talk is reviewed when it is over again."))


def _key_of(request: HttpRequest, turn: Turn) -> bytes:
    """The talk's key, after the read stands on the trail."""
    reader = reader_of(request)
    session = duty_session(reader.user.pk, turn.service_id, reader.session_hash)
    return key_beside(actor=reader.user, turn=turn, keyring=reader.keyring, session=session)


@staff(*SUPERVISES)
@require_POST
def take(request: HttpRequest, talk: int) -> HttpResponse:
    """Take it, and open it."""
    turn = turn_here(request, talk)
    check_can_review(actor_of(request), _review_here(turn))
    try:
        reviewing.take_review(actor=actor_of(request), conversation_id=turn.pk, keyring=keys_of(request))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _list(turn.service)
    return HttpResponseRedirect(reverse("quality:review", args=[turn.pk]))


@staff(*SUPERVISES)
@require_POST
def lay_back(request: HttpRequest, talk: int) -> HttpResponse:
    """Leave it to a colleague."""
    turn = turn_here(request, talk)
    _review_here(turn)
    reviewing.lay_back(actor=actor_of(request), conversation_id=turn.pk)
    return _list(turn.service)


def messages_of(found: Review, key: bytes, user_id: int | None) -> list[dict[str, Any]]:
    """What the child and the counsellors wrote, and nothing else: no name, no event, no note; and nothing that was
    written after the review was sent."""
    viewer = live.Viewer(0, SUPERVISOR, user_id)
    log = live.messages(conversation_id=found.pk, key=key, viewer=viewer, language=reader_language())
    until = found.done_at_ms
    written = [one for one in log if one.kind == "text" and (until is None or one.at_ms <= until)]
    return [{"one": one, "at": from_ms(one.at_ms)} for one in written]


def rows_of(found: Review, criteria: list[Criterion], notes: dict[str, str], lacking: Set[str]) -> list[dict[str, Any]]:
    """Each criterion as it is shown: its text, its answers, what was answered and noted."""
    rows = []
    for one in criteria:
        text, spoken = one.said_in(reader_language())
        given = found.scores.get(one.code)
        rows.append(
            {
                "code": one.code,
                "text": text,
                "language": spoken,
                "values": value_words(one.scale),
                "given": given,
                "said": dict(value_words(one.scale)).get(given, "") if given is not None else "",
                "note": notes.get(one.code, ""),
                "lacks": one.code in lacking,
            }
        )
    return rows


def _review_here(turn: Turn) -> Review:
    found = Review.objects.filter(pk=turn.pk).first()
    if found is None:
        raise NotAllowed(_("This talk was not drawn for review."))
    found.service = turn.service
    return found


def _list(service: Service) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('quality:reviews')}?service={service.pk}")
