"""Who is told when answers are accepted. Apps above hang themselves here in AppConfig.ready()."""

from collections.abc import Callable

from django.db import transaction

_accepted: list[Callable[[int], None]] = []


def register_accepted(tell: Callable[[int], None]) -> None:
    """Let `tell(assignment_id)` be called after the commit of each acceptance."""
    if tell not in _accepted:
        _accepted.append(tell)


def acceptance_told(assignment_id: int) -> None:
    """Tell everybody when the transaction has been stored."""
    for tell in _accepted:
        transaction.on_commit(lambda tell=tell: tell(assignment_id))  # type: ignore[misc]
