"""Waking the desks and walls of a helpline. The beacon is its own: no visitor's stream listens to it."""

from havn.live import api as live

PREFIX = "limits"


def limits_changed(service_id: int) -> None:
    """Something of the limits changed here: bumped in this transaction, published on commit."""
    live.bump(f"{PREFIX}:{service_id}")
