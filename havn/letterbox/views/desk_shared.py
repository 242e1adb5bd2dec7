"""What the views of letters share: refusals that come back to the letter with every word that was typed."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from havn.accounts.access import wants_json
from havn.audit import api as audit
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.reading import duty_session
from havn.helpline.models import Turn
from havn.helpline.rules.turns import WRITTEN
from havn.helpline.views.desk_answers import actor_of, keys_of, reader_of, turn_here
from havn.live import api as live
from havn.live.models import Participant

P = ParamSpec("P")


def letter_here(request: HttpRequest, talk: int) -> Turn:
    """A letter of this centre's helplines where the person works. The same sentence for none and for others'."""
    turn = turn_here(request, talk)
    if turn.channel not in WRITTEN:
        raise NotAllowed(_("This talk is not at your helpline."))
    return turn


def key_after_the_trail(request: HttpRequest, letter: Turn) -> bytes:
    """The letter's key, after the read stands on the trail. The caller has checked that the person may read it."""
    reader = reader_of(request)
    key = keys_of(request).conversation_key(letter.pk)
    audit.record_read(
        centre_id=letter.service.organisation.centre_id,
        actor_id=reader.user.pk,
        conversation_id=letter.pk,
        session=duty_session(reader.user.pk, letter.service_id, reader.session_hash),
    )
    return key


def messages_of(request: HttpRequest, letter: Turn, key: bytes) -> list[live.MessageView]:
    """The letter's log as a colleague reads it."""
    reader = reader_of(request)
    part = Participant.objects.filter(conversation_id=letter.pk, user=reader.user, left_at_ms__isnull=True).first()
    viewer = live.Viewer(part.pk if part else 0, Participant.Role.COUNSELLOR, reader.user.pk)
    shown = live.messages(conversation_id=letter.pk, key=key, viewer=viewer, language=reader.language)
    if part and shown:
        live.mark_read(participant_id=part.pk, up_to=shown[-1].seq)
    return shown


def refusals_stay(
    to: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Tell a refusal where it was pressed: a script gets the sentence, a form is sent to `to` (a url name)."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def answering(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Refused as refusal:
                if wants_json(request):
                    return JsonResponse({"sentence": refusal.sentence}, status=refusal.status)
                if isinstance(refusal, NotAllowed):
                    raise
                messages.error(request, refusal.sentence)
                talk = kwargs.get("talk") if to != "letterbox:letters" else None
                return HttpResponseRedirect(reverse(to, args=[talk] if talk is not None else []))

        return answering

    return decorate


__all__ = ["actor_of", "key_after_the_trail", "keys_of", "letter_here", "messages_of", "refusals_stay"]
