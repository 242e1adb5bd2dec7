"""What came of reviews of one's own talks: for the counsellor, while the talk is there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.clock import from_ms
from havn.common.errors import NotAllowed
from havn.helpline.actions.reading import duty_session, key_beside
from havn.helpline.models import Turn
from havn.helpline.retention.queries import goes_at
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import actor_of, reader_of, service_here, turn_here
from havn.quality.actions.reviewing import WHOLE, mark_seen
from havn.quality.models import Review
from havn.quality.permissions import check_can_see_result
from havn.quality.queries.criteria import criteria_numbered
from havn.quality.queries.reviews import results_of
from havn.quality.sealing import notes_in
from havn.quality.views.around import around
from havn.quality.views.review import messages_of, rows_of


@staff(*WORKS)
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The list, with what goes when."""
    service = service_here(request)
    rows = [
        {"review": one, "talked": from_ms(one.conversation.started_at_ms), "goes": goes_at(one.conversation.turn)}
        for one in results_of(actor_of(request).pk, service.pk)
    ]
    return render(request, "quality/results.html", {**around(request, service, "results"), "rows": rows})


@staff(*WORKS)
@require_safe
def result(request: HttpRequest, talk: int) -> HttpResponse:
    """One of them, with the reviewer's name, beside the talk as it was reviewed: not while its child is back, and not
    where somebody else has had it since."""
    turn = turn_here(request, talk)
    found = Review.objects.select_related("reviewer").filter(pk=turn.pk, done_at_ms__isnull=False).first()
    if found is None:
        raise NotAllowed(_("This talk was not drawn for review."))
    found.service, reader = turn.service, reader_of(request)
    check_can_see_result(reader.user, found)
    # Who else has the talk, or has had it since, wrote and read what is theirs.
    mine = turn.state == Turn.State.ENDED and turn.counsellor_id == reader.user.pk
    session = duty_session(reader.user.pk, turn.service_id, reader.session_hash)
    key = key_beside(actor=reader.user, turn=turn, keyring=reader.keyring, session=session)
    mark_seen(actor=reader.user, conversation_id=turn.pk)
    notes = notes_in(found, key)
    context = {
        **around(request, turn.service, "results"),
        "review": found,
        "mine": mine,
        "messages_shown": messages_of(found, key, reader.user.pk) if mine else [],
        "rows": rows_of(found, criteria_numbered(turn.service_id, found.criteria or 0), notes, set()),
        "whole": notes.get(WHOLE, ""),
        "talked": from_ms(turn.waiting_since_ms),
        "goes": goes_at(turn),
    }
    return render(request, "quality/result.html", context)
