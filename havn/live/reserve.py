"""Room on the disk for the talks that are open, as the writer and every start ask for it. The file is `tasks`' own."""

from django.utils.translation import gettext_noop as _

from havn.common.errors import Refused
from havn.tasks.reserve import RESERVE_BYTES, free_bytes, release, tend

__all__ = ["RESERVE_BYTES", "NoRoom", "check_room_to_start", "free_bytes", "keep", "release"]


class NoRoom(Refused):
    """No new conversation now: the disk is nearly full (503)."""

    status = 503


def check_room_to_start() -> None:
    """Raises NoRoom when less than the reserve is free. Cheap enough to ask at every start."""
    if free_bytes() < RESERVE_BYTES:
        raise NoRoom(_("We cannot take new conversations just now. Please call us, or try again in a while."))


def keep() -> None:
    """Make the reserve file when it is missing and there is plenty. Called now and then by `live`."""
    tend()
