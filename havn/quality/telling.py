"""Waking the desks and walls of a helpline. The beacon is its own: no visitor's stream listens to it."""

from havn.live import api as live

PREFIX = "quality"


def quality_changed(service_id: int) -> None:
    """Somebody wants to talk, or has: bumped in this transaction, published on commit."""
    live.bump(f"{PREFIX}:{service_id}")
