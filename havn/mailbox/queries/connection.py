"""How e-mail comes in to a helpline, for screens, the worker and "Health"."""

from dataclasses import dataclass

from havn.mailbox.models import HookSecret, Mailbox
from havn.mailbox.sealing import password_of
from havn.tenancy.models import Service

# A mailbox that has not answered for so long is told of.
TOLD_AFTER_MS = 10 * 60_000


@dataclass(frozen=True, repr=False)
class Place:
    """Where a mailbox is and how it is opened. `keeps`: e-mails stay there, marked as read."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str
    keeps: bool


def box_of(service_id: int) -> Mailbox:
    """What is set, or the defaults (unsaved)."""
    return Mailbox.objects.filter(pk=service_id).first() or Mailbox(service_id=service_id)


def place_of(box: Mailbox) -> Place:
    """What a connection needs of it."""
    return Place(
        host=box.host,
        port=box.port,
        security=box.security,
        user=box.user,
        password=password_of(box),
        folder=box.folder,
        keeps=box.after == Mailbox.After.KEEP,
    )


def own_addresses(centre_id: int) -> dict[str, str]:
    """The addresses of a centre's helplines, in small letters, each with its sign before a token.

    What comes from one of them is a loop.
    """
    boxes = Mailbox.objects.filter(service__organisation__centre_id=centre_id).exclude(address="")
    return {address.lower(): separator for address, separator in boxes.values_list("address", "separator")}


def boxes_to_attend() -> dict[int, int]:
    """Helpline to version of what is set, for every mailbox that is fetched from."""
    return dict(Mailbox.objects.filter(is_on=True).exclude(host="").values_list("pk", "version"))


def secrets_of(service: Service) -> list[HookSecret]:
    """The secrets that hold, without what they are."""
    return list(HookSecret.objects.filter(service=service).select_related("made_by").order_by("-made_at", "pk"))


def troubled(now_ms: int) -> list[Mailbox]:
    """Mailboxes that have not answered for a while, or in which something lies that could not be taken."""
    boxes = Mailbox.objects.filter(is_on=True).select_related("service").order_by("pk")
    return [one for one in boxes if one.left_lying or (one.failing_since_ms or now_ms) <= now_ms - TOLD_AFTER_MS]


def attended() -> int:
    """How many mailboxes are fetched from."""
    return len(boxes_to_attend())
