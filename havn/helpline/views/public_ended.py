"""Saying that there is danger, leaving, ending, deleting, and the pages that come after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.centres.api import opening, staffing_of
from havn.common.access import public
from havn.common.clock import now
from havn.helpline.actions.visits import sentence_of
from havn.helpline.chats import end_of, end_parts
from havn.helpline.easy import in_easy_words
from havn.helpline.models import Turn
from havn.helpline.pages import keeping_at, letter_url_for, start_url, with_tokens
from havn.helpline.queries.visits import case_of, has_words
from havn.helpline.rules.turns import OPEN
from havn.helpline.rules.visits import may_ask_again, why_not_delete
from havn.helpline.views.public_code import code_context
from havn.helpline.views.public_talk import read_so_far, unread_of
from havn.helpline.views.public_visit import Visit, show, visitor_page
from havn.helpline.words_public import ended_words


@visitor_page
def danger(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Emergency numbers, and telling us that there is danger."""
    with_somebody = visit.turn.state == Turn.State.TALKING and visit.turn.returned_at_ms is None
    context = {"with_somebody": with_somebody, "may_tell": visit.turn.state in OPEN}
    return show(request, visit, "helpline/public_danger.html", context)


@visitor_page
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Leave the line? Kindly."""
    if visit.page != "helpline:waiting":
        return redirect(visit.page)
    return show(request, visit, "helpline/public_leave.html")


@visitor_page
def end(request: HttpRequest, visit: Visit) -> HttpResponse:
    """End the talk? Kindly."""
    if visit.page != "helpline:talk":
        return redirect(visit.page)
    return show(request, visit, "helpline/public_end.html")


@visitor_page
def ended(request: HttpRequest, visit: Visit) -> HttpResponse:
    """After the talk: how it was, the code once more, and the way back.

    A browser that saw the end reads here what it had not read yet, once, and nothing else of the talk.
    """
    if visit.page != "helpline:ended":
        return redirect(visit.page)
    turn = visit.turn
    moment = now()
    admits = opening(turn.service, "chat", moment, staffing_of(turn.service_id, moment)).admits
    letter_url = in_easy_words(letter_url_for(turn.service), turn.easy_read)
    end = end_of(turn)
    heading, sentence = (end.heading, end.sentence) if end else ended_words(turn, letters=bool(letter_url))
    shut = visit.visitor.is_shut
    unread = unread_of(visit) if shut else []
    if unread:
        read_so_far(visit, unread[-1].view.seq)
    thanks = request.GET.get("thanks") == "1"
    context = code_context(visit) | {
        "heading": heading,
        "sentence": sentence,
        "ask_feedback": turn.state == Turn.State.ENDED and turn.feedback is None and not thanks,
        "thanks": thanks,
        "shut": shut,
        "unread": unread,
        "letter_url": letter_url if end or turn.ended_by == Turn.EndedBy.CLOSING else "",
        "end": end,
        "end_parts": end_parts(visit.visitor),
        "admits": admits and end is None,
        "start_url": in_easy_words(start_url(turn.service.organisation.centre, turn.service.slug), turn.easy_read),
        "may_ask_again": may_ask_again(
            state=turn.state,
            channel=turn.channel,
            admits=admits and end is None,
            shut=shut,
            has_words=has_words(turn.pk),
        ),
    }
    return show(request, visit, "helpline/public_ended.html", context)


@visitor_page
def delete(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Delete the talk? Or why not yet."""
    why = why_not_delete(case_of(visit.turn))
    context = {
        "why_not": sentence_of(why) if why else "",
        "backup_days": keeping_at(visit.service).backup_days,
    }
    return show(request, visit, "helpline/public_delete.html", context)


@public
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """The talk was destroyed."""
    return _gone(request, _("The talk is deleted"), _("What was written is gone, and nobody can bring it back."))


@public
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The visit is closed on this device."""
    return _gone(request, _("All closed here"), _("The talk can no longer be opened on this device without the code."))


def _gone(request: HttpRequest, heading: str, sentence: str) -> HttpResponse:
    return render(
        request, "helpline/public_gone.html", with_tokens(request, {"heading": heading, "sentence": sentence})
    )
