"""Waking whoever looks at the calls of a helpline."""

from havn.live import api as live


def calls_changed(service_id: int) -> None:
    """Bumped in this transaction, published on commit."""
    live.bump(f"phone:{service_id}")
