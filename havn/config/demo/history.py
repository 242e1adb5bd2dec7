"""A past for the demo: some ended talks that can be read, and coded contacts of two weeks for the wall."""

import datetime as dt
import random

from django.db import transaction

from havn.accounts.models import User
from havn.common.clock import from_ms, now_ms
from havn.config.demo.words import TALKS
from havn.helpline.actions.counting import count_turn
from havn.helpline.actions.ending import finish
from havn.helpline.actions.taking import give
from havn.helpline.actions.visits import start_visit
from havn.helpline.models import Contact, ContactReason, Record, Turn
from havn.helpline.rules.record import WITHOUT_TALK, half_hour_of
from havn.live import api as live
from havn.statistics.api import count_what_was_never_counted
from havn.tenancy.models import Service
from havn.vocabularies.api import codes_of, version_on

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
CONTACTS_A_DAY = 14
DAYS = 14
# Answered, left while waiting: the field's real trouble, shown as it is.
RESULTS = ["answered"] * 7 + ["left"] * 3
BANDS = ["0-1", "1-5", "5-15", "15-30", "30-60"]


def make_history(service: Service, counsellors: list[User]) -> None:
    """Make the past of one helpline, once. Its keys must be set up."""
    if Contact.objects.filter(service=service).exists() or Turn.objects.filter(service=service).exists():
        return
    dice = random.Random(service.slug)  # noqa: S311 - invented figures, the same on every machine
    _contacts(service, dice)
    started = now_ms() - 5 * 60 * MINUTE
    for language in service.languages:
        for talk in TALKS.get(language, []):
            _talk(service, language, talk, dice.choice(counsellors), started, dice)
            started -= 19 * 60 * MINUTE


@transaction.atomic
def _talk(
    service: Service, language: str, talk: dict[str, object], counsellor: User, at_ms: int, dice: random.Random
) -> None:
    """An ended talk, written by the same actions as a real one, in the past."""
    started = start_visit(
        centre_id=service.organisation.centre_id,
        service_id=service.pk,
        channel="chat",
        language=language,
        now_ms=at_ms,
        secret=dice.randbytes(32),
        age_band=str(talk["age_band"]),
    )
    turn = Turn.objects.select_related("service__organisation").get(pk=started.conversation_id)
    at_ms += 4 * MINUTE
    give(turn, to=counsellor, key=started.key, now_ms=at_ms)
    participant = turn.conversation.participants.get(user=counsellor)
    for who, text in talk["lines"]:  # type: ignore[attr-defined]
        at_ms += dice.randint(20, 90) * 1000
        live.append(
            conversation_id=turn.pk,
            key=started.key,
            author="visitor" if who == "me" else "staff",
            kind="text",
            text=text,
            participant_id=started.participant_id if who == "me" else participant.pk,
            now_ms=at_ms,
        )
    record = Record.objects.get(pk=turn.pk)
    record.reasons = talk["reasons"]
    record.person, record.place, record.online = str(talk["person"]), str(talk["place"]), True
    record.gender, record.risk = dice.choice(["girl-or-woman", "boy-or-man", "unknown"]), "none"
    record.outcome = dice.choice(_outcomes(at_ms))
    record.completed_at = from_ms(at_ms + 2 * MINUTE)
    record.save()
    finish(turn, by=Turn.EndedBy.COUNSELLOR, key=started.key, now_ms=at_ms + MINUTE, name=counsellor.shown_name)
    live.leave(conversation_id=turn.pk, user_id=counsellor.pk, now_ms=at_ms + MINUTE)
    live.end_visitor_sessions(turn.pk)
    count_turn(turn, record=record)


@transaction.atomic
def _contacts(service: Service, dice: random.Random) -> None:
    """Coded contacts without talks, in the afternoons and evenings of the days before today."""
    today = half_hour_of(now_ms())
    vocabulary = version_on("reason", on=from_ms(today).date())
    reasons, outcomes = codes_of("reason", on=from_ms(today).date()), _outcomes(today)
    contacts, coded = [], []
    for day in range(1, DAYS + 1):
        for _number in range(dice.randint(CONTACTS_A_DAY - 5, CONTACTS_A_DAY + 5)):
            moment = from_ms(today - day * DAY).replace(hour=dice.randint(13, 20), minute=dice.choice([0, 30]))
            contact = _contact(service, moment, dice, outcomes)
            contacts.append(contact)
            if contact.result == "answered" and reasons:
                coded.append(
                    ContactReason(contact=contact, vocabulary=vocabulary, code=dice.choice(reasons), main=True)
                )
    Contact.objects.bulk_create(contacts)
    ContactReason.objects.bulk_create(coded)
    count_what_was_never_counted()


def _contact(service: Service, moment: dt.datetime, dice: random.Random, outcomes: list[str]) -> Contact:
    answered = dice.choice(RESULTS) == "answered"
    contact = Contact(
        centre_id=service.organisation.centre_id,
        service=service,
        channel="chat",
        half_hour=moment,
        waiting_band=dice.choice(BANDS[:4]),
        length_band=dice.choice(BANDS[1:]) if answered else "",
        result="answered" if answered else "left",
        language=service.languages[0],
    )
    if answered:
        contact.person = dice.choice(["child-5-11", "teen-12-18", "teen-12-18", "teen-12-18", "parent-or-carer"])
        contact.age_band = dice.choice(["9-11", "12-14", "12-14", "15-18"])
        contact.gender = dice.choice(["girl-or-woman", "girl-or-woman", "boy-or-man", "unknown"])
        contact.online = dice.random() < 0.7
        contact.place = dice.choice(["messaging", "social-media", "gaming"]) if contact.online else ""
        contact.outcome = dice.choice(outcomes)
        contact.risk = dice.choice(["none"] * 6 + ["some"] * 3 + ["high"])
        contact.feedback = dice.choice([3, 3, 3, 2, 2, 1, None, None])
    return contact


def _outcomes(at_ms: int) -> list[str]:
    found = [code for code in codes_of("outcome", on=from_ms(at_ms).date()) if code not in WITHOUT_TALK]
    return found or [""]
