"""Writing an event into a talk and waking whoever looks at the service."""

from havn.centres.safety_texts import languages_that_stand_alone
from havn.helpline.models import Turn
from havn.helpline.safety import event_key
from havn.live import api as live
from havn.tenancy.models import Service


def tell(conversation_id: int, key: bytes | None, code: str, **values: str | int) -> None:
    """Append an event of `words.py`. A sweep holds no key (None): then only the code and its values are stored.

    A sentence on safety carries whom it is said to, and in which languages a person has approved it.
    """
    if event_key(code, adult=False):
        values |= _about_safety(conversation_id, code)
    live.append_event(conversation_id, key, code, participant_id=None, **values)


def _about_safety(conversation_id: int, code: str) -> dict[str, str]:
    centre_id, audience = Turn.objects.values_list("service__organisation__centre_id", "service__audience").get(
        pk=conversation_id
    )
    adult = audience != Service.Audience.CHILDREN
    alone = languages_that_stand_alone(centre_id, event_key(code, adult=adult))
    return ({"whose": "child"} if adult else {}) | ({"alone": " ".join(alone)} if alone else {})


def queue_changed(service_id: int) -> None:
    """The queue or a seat of the service changed: bumped in this transaction, published on commit."""
    live.bump(f"queue:{service_id}")


def duty_changed(service_id: int) -> None:
    """Somebody came or went: the wall, the desk and the waits are all drawn from the queue's snapshot."""
    live.bump(f"queue:{service_id}")
