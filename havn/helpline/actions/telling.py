"""Writing an event into a talk and waking whoever looks at the service."""

from havn.live import api as live


def tell(conversation_id: int, key: bytes | None, code: str, **values: str | int) -> None:
    """Append an event of `words.py`. A sweep holds no key (None): then only the code and its values are stored."""
    live.append_event(conversation_id, key, code, participant_id=None, **values)


def queue_changed(service_id: int) -> None:
    """The queue or a seat of the service changed: bumped in this transaction, published on commit."""
    live.bump(f"queue:{service_id}")


def duty_changed(service_id: int) -> None:
    """Somebody came or went: the wall, the desk and the waits are all drawn from the queue's snapshot."""
    live.bump(f"queue:{service_id}")
