"""What the desk, the wall and "What goes when" show of letters."""

from typing import Any

from havn.common.clock import from_ms, now_ms
from havn.helpline import letters as registry
from havn.helpline.parts import Screen
from havn.helpline.rules.turns import WRITTEN
from havn.letterbox.models import Consent, Draft, Edition, PublishedAnswer
from havn.letterbox.queries.letters import oldest_unanswered_ms, over_alarm
from havn.letterbox.queries.settings import settings_of
from havn.letterbox.rules.clocks import hours, standing


def at_the_talk(screen: Screen) -> dict[str, Any] | None:
    """Above a letter's words at the desk: its clock, its draft, and who may send."""
    thread = screen.thread
    if thread is None or not thread.mine or thread.line.turn.channel not in WRITTEN:
        return None
    letter, settings = thread.line.turn, settings_of(screen.service.pk)
    clock = getattr(letter.conversation, "letter_clock", None)
    since = clock.unanswered_since_ms if clock else None
    draft = Draft.objects.filter(pk=letter.pk).defer("nonce", "sealed").first()
    return {
        "letter": letter,
        "standing": standing(
            unanswered_since_ms=since,
            aim_hours=settings.aim_hours,
            alarm_hours=settings.alarm_hours,
            now_ms=now_ms(),
        ),
        "since": from_ms(since) if since else None,
        "draft": draft,
        "asked": draft is not None and draft.asked_at_ms is not None,
        "sends_here": registry.may_answer(letter, screen.user.pk),
    }


def on_the_wall(screen: Screen) -> dict[str, Any] | None:
    """How many letters have waited past the alarm; nothing while none has."""
    at = now_ms()
    count = over_alarm(screen.service.pk, now_ms=at)
    oldest = oldest_unanswered_ms(screen.service.pk) if count else None
    if oldest is None:
        return None
    return {"count": count, "hours": hours(at - oldest), "service": screen.service}


def what_goes_when(screen: Screen) -> dict[str, Any] | None:
    """The clocks of the letterbox, with how much there is of each kind. No word of any letter."""
    service, settings = screen.service, settings_of(screen.service.pk)
    of_letters = {"conversation__service": service}
    return {
        "service": service,
        "drafts": Draft.objects.filter(**of_letters).count(),
        "reading_minutes": settings.reading_minutes,
        "consents": Consent.objects.filter(**of_letters).count(),
        "editions": Edition.objects.filter(**of_letters).count(),
        "published": PublishedAnswer.objects.filter(service=service).count(),
        "aim_hours": settings.aim_hours,
        "alarm_hours": settings.alarm_hours,
    }
