"""Letters of the demo: some that wait, one with a draft, one for the site, and answers that are there already."""

import random
from typing import NamedTuple

from django.db import transaction

from havn.accounts.models import User
from havn.centres.models import ContactPoint
from havn.common.clock import from_ms, now_ms
from havn.helpline.actions.counting import count_turn
from havn.helpline.actions.duty import lay_back_letter
from havn.helpline.actions.ending import finish
from havn.helpline.actions.taking import give
from havn.helpline.actions.visits import start_visit
from havn.helpline.models import Record, Turn
from havn.letterbox.actions.consent import allow_publishing
from havn.letterbox.actions.drafting import deliver, keep_draft
from havn.letterbox.actions.publishing import publish, save_edition
from havn.letterbox.models import Draft
from havn.letterbox.rules.publishing import Version, open_marks
from havn.live import api as live
from havn.tenancy.models import Service
from havn.vocabularies.api import codes_of

MINUTE = 60_000
HOUR = 60 * MINUTE


class Written(NamedTuple):
    """A letter, its answer ("" for none), and the title and topic under which it is on the site ("" for not)."""

    hours_ago: int
    text: str
    answer: str = ""
    title: str = ""
    topic: str = ""


LETTERS: dict[str, list[Written]] = {
    "en": [
        Written(27, "I said yes to something in a game chat and now I get messages all the time. How do I stop it?"),
        Written(6, "my best friend is angry about a story I posted. how do i say sorry?"),
        Written(
            90,
            "somebody shares a picture of me and everybody laughs. i do not dare to tell anyone at home.",
            "What they do is not allowed, and it is not your fault. Pictures can be taken down, and we help with that. "
            "Think of one grown-up who has listened to you before. You can show them this answer, then you need not "
            "find the first words yourself.",
            "Somebody shares a picture of me. Whom can I tell?",
            "ncsii",
        ),
        Written(
            120,
            "i play every night until two and i am tired all day. i want to stop but then i have nobody to talk to.",
            "You have noticed it yourself, and that is a good start. Tell the ones you play with that you log off at "
            "ten on school days: many of them are just as tired. Talk with them in the afternoon instead, and keep one "
            "night at the weekend.",
            "How do I stop playing at night?",
            "internet-usage",
        ),
    ],
    "nb": [
        Written(26, "jeg sa ja til noe i en spillchat, og nå får jeg meldinger hele tida. hvordan stopper jeg det?"),
        Written(5, "bestevennen min er sur for en story jeg la ut. hvordan sier jeg unnskyld?"),
        Written(
            100,
            "noen deler et bilde av meg, og alle ler. jeg tør ikke si det hjemme.",
            "Det de gjør er ikke lov, og det er ikke din feil. Bilder kan tas ned, og det hjelper vi deg med. Tenk på "
            "en voksen som har hørt på deg før. Du kan vise dette svaret, så slipper du å finne de første ordene selv.",
            "Noen deler et bilde av meg. Hvem kan jeg si det til?",
            "ncsii",
        ),
    ],
    "da": [
        Written(26, "jeg sagde ja til noget i en spilchat, og nu får jeg beskeder hele tiden. hvordan stopper det?"),
        Written(
            100,
            "nogen deler et billede af mig, og alle griner. jeg tør ikke sige det derhjemme.",
            "Det de gør er ikke tilladt, og det er ikke din skyld. Billeder kan tages ned, og det hjælper vi dig med. "
            "Tænk på en voksen, som har lyttet til dig før. Du kan vise dette svar, så behøver du ikke selv finde de "
            "første ord.",
            "Nogen deler et billede af mig. Hvem kan jeg sige det til?",
            "ncsii",
        ),
    ],
}
FOR_THE_SITE = Written(
    30,
    "everybody in 7B has the new game, only i may not. i feel left out. please help, Robin",
    "It hurts to stand outside. Ask at home what worries them about the game, and whether you may try it together.",
)
DRAFTS = {
    "en": "Thank you for telling us. The first thing: you may block somebody at any time, without saying why.",
    "nb": "Takk for at du forteller det. Det første: du kan blokkere noen når som helst, uten å si hvorfor.",
    "da": "Tak fordi du fortæller det. Det første: du må blokere nogen når som helst, uden at sige hvorfor.",
}


def make_letters(service: Service, counsellors: list[User], leads: list[User]) -> None:
    """Make the letters of one helpline that answers letters, once. Its keys must be set up."""
    if not ContactPoint.objects.filter(service=service, channel="letter").exists():
        return
    if Turn.objects.filter(service=service, channel=Turn.Channel.LETTER).exists() or len(leads) < 1:
        return
    dice = random.Random(f"letters {service.slug}")  # noqa: S311 - invented letters, the same on every machine
    writer = counsellors[0]
    for language in service.languages:
        for number, one in enumerate(LETTERS.get(language, [])):
            first = number == 0 and language == service.languages[0]
            _letter(service, language, one, writer, leads[0], dice, draft=first)
    if "en" in service.languages:
        _letter(service, "en", FOR_THE_SITE, writer, leads[0], dice, allow=True)


@transaction.atomic
def _letter(
    service: Service,
    language: str,
    one: Written,
    writer: User,
    lead: User,
    dice: random.Random,
    *,
    draft: bool = False,
    allow: bool = False,
) -> None:
    """A letter by the same actions as a real one, in the past; where it has a title, it is published."""
    at_ms = now_ms() - one.hours_ago * HOUR
    letter = start_visit(
        centre_id=service.organisation.centre_id,
        service_id=service.pk,
        channel="letter",
        language=language,
        now_ms=at_ms,
        secret=dice.randbytes(32),
        letter=one.text,
    )
    live.end_visitor_sessions(letter.conversation_id)
    if one.title or allow:
        allow_publishing(conversation_id=letter.conversation_id, code=letter.code)
    turn = Turn.objects.select_related("service__organisation__centre").get(pk=letter.conversation_id)
    if draft or one.answer:
        give(turn, to=writer, key=letter.key, now_ms=at_ms + HOUR)
    if draft:
        text = DRAFTS.get(language, DRAFTS["en"])
        keep_draft(actor=writer, conversation_id=turn.pk, text=text, version=0, key=letter.key, now_ms=at_ms + 2 * HOUR)
        lay_back_letter(actor=writer, conversation_id=turn.pk, now_ms=now_ms())
    if one.answer:
        _answer(turn, letter.key, one, writer, at_ms + 5 * HOUR)
        if one.title:
            _publish(turn, letter.key, language, one, writer, lead, at_ms + 9 * HOUR)
        _close(turn, writer, at_ms + 6 * HOUR)


def _answer(turn: Turn, key: bytes, one: Written, writer: User, at_ms: int) -> None:
    draft = Draft.objects.create(pk=turn.pk, saved_at_ms=at_ms)
    deliver(turn, draft, text=one.answer, writer=writer, key=key, client_id=None, now_ms=at_ms)


def _close(turn: Turn, writer: User, at_ms: int) -> None:
    """The record filled in and put away, as after every letter."""
    record = Record.objects.get(pk=turn.pk)
    record.reasons, record.person, record.online = ["cyberbullying"], "teen-12-18", True
    record.place, record.gender, record.risk = "messaging", "unknown", "none"
    record.outcome = next(iter(codes_of("outcome", on=from_ms(at_ms).date())), "")
    record.completed_at = from_ms(at_ms)
    record.save()
    fresh = Turn.objects.select_related("service__organisation").get(pk=turn.pk)
    finish(fresh, by=Turn.EndedBy.COUNSELLOR, key=None, now_ms=at_ms, name=writer.shown_name)
    live.leave(conversation_id=turn.pk, user_id=writer.pk, now_ms=at_ms)
    count_turn(fresh, record=record)


def _publish(turn: Turn, key: bytes, language: str, one: Written, writer: User, lead: User, at_ms: int) -> None:
    topics = tuple(code for code in codes_of("topic", on=from_ms(at_ms).date()) if code == one.topic)
    version = Version(one.title, one.text, one.answer, language, topics)
    kept = tuple(mark.key for mark in open_marks(version))
    save_edition(
        actor=writer,
        conversation_id=turn.pk,
        version=Version(one.title, one.text, one.answer, language, topics, kept),
        number=0,
        key=key,
        now_ms=at_ms,
        ready=True,
    )
    publish(actor=lead, conversation_id=turn.pk, number=1, key=key, now_ms=at_ms)
