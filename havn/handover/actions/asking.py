"""The counsellor's side before anything passes: the question to the child, and taking it back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.centres.handovers import Route, route_named
from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.handover.actions import moving
from havn.handover.models import Handover, HandoverCount
from havn.handover.permissions import check_can_ask, check_can_pass_on
from havn.handover.queries.routes import languages_of
from havn.handover.rules import states
from havn.handover.rules.composing import why_not
from havn.handover.sealing import Asked, seal_asked
from havn.helpline import letters
from havn.helpline.actions.ending import locked
from havn.helpline.models import Turn
from havn.helpline.rules.record import half_hour_of
from havn.live.texts import clean


@transaction.atomic
def ask_child(
    *, actor: User, conversation_id: int, route: str, text: str, once: str, key: bytes, now_ms: int
) -> Handover:
    """Ask whether exactly this text may go to that route. The same press (`once`) again gives the same hand-over.

    Raises Refused for a talk that is over, a route that is not there, a text that is empty or too long, and while
    another question about this route is open.
    """
    turn = locked(conversation_id)
    check_can_ask(actor, turn)
    there = Handover.objects.filter(conversation_id=turn.pk, once=once).first()
    if there is not None:
        return there
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    if turn.channel == Turn.Channel.LETTER:
        letters.check_may_answer(turn.pk, actor.pk)
    where = route_named(turn.service.organisation.centre, route)
    if where is None:
        raise Refused(_("Choose where it should go."))
    text = clean(text)
    _check_text(text)
    if Handover.objects.filter(conversation_id=turn.pk, route=where.key, state__in=states.OPEN).exists():
        raise Refused(_("The child is being asked about this route already."))
    try:
        with transaction.atomic():
            handover = _create(actor, turn, where, text, once, key, now_ms)
    except IntegrityError:
        raise Refused(_("The child is being asked about this route already.")) from None
    moving.put(handover, states.ASKED, key=key, code=moving.ASKED, actor_id=actor.pk, to=where.label)
    return handover


@transaction.atomic
def take_question_back(*, actor: User, handover_id: int, key: bytes) -> Handover:
    """The helpline does not want it any more: nothing goes. Not once it is on its way."""
    handover = moving.locked(handover_id)
    check_can_pass_on(actor, handover.service)
    moving.move(handover, states.WITHDRAWN, key=key, code=moving.TAKEN_BACK, actor_id=actor.pk)
    return handover


def _check_text(text: str) -> None:
    match why_not(text):
        case "empty":
            raise Refused(_("Write what should be passed on, or tick messages of the child."))
        case "long":
            words = _("At most %(most)s characters can be passed on. Shorten it.")
            raise Refused(words % {"most": states.TEXT_MOST})


def _create(actor: User, turn: Turn, route: Route, text: str, once: str, key: bytes, now_ms: int) -> Handover:
    centre, handover_id = turn.service.organisation.centre, random_id()
    said = {language: route.said(language) for language in languages_of(centre)}
    asked = Asked(text.strip(), route.label, route.address, said)
    nonce, sealed = seal_asked(asked, handover_id=handover_id, conversation_id=turn.pk, key=key)
    count = HandoverCount.objects.create(
        service_id=turn.service_id,
        route=route.key,
        kind=route.kind,
        state=states.ASKED,
        half_hour_ms=half_hour_of(now_ms),
    )
    handover = Handover(
        id=handover_id,
        conversation_id=turn.pk,
        service=turn.service,
        count=count,
        route=route.key,
        kind=route.kind,
        way=route.way,
        once=once,
        asked_by=actor,
        asked_at_ms=now_ms,
        nonce=nonce,
        sealed=sealed,
    )
    handover.save(force_insert=True)
    return handover
