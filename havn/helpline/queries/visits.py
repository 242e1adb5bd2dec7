"""What a visitor's pages need to know."""

from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO

from havn.centres.api import services_with
from havn.common.clock import now
from havn.helpline.models import Record, Turn
from havn.helpline.retention.queries import is_held
from havn.helpline.rules.visits import Case
from havn.live.models import Message
from havn.tenancy.models import Centre, Service


@dataclass(frozen=True)
class Door:
    """Where a visitor may start: the service and the languages it answers in, with their own names."""

    service: Service
    languages: list[tuple[str, str]]


def door_for(centre: Centre, channel: str, slug: str = "") -> Door | None:
    """The service of the centre to start at by a channel, or None when there is none.

    The one named; else the first for the audience of the one named, so that nothing is ever sealed to people who answer
    somebody else; without a name the first for children.
    """
    services = services_with(centre, channel)
    chosen = next((service for service in services if service.slug == slug), None)
    chosen = chosen or next((s for s in services if s.audience == audience_of(centre, slug)), None)
    if chosen is None:
        return None
    return Door(chosen, [(code, language_name(code)) for code in chosen.languages or centre.languages or ["en"]])


def audience_of(centre: Centre, slug: str) -> str:
    """Whom the service of this name answers; children where no service has it."""
    if not slug:
        return Service.Audience.CHILDREN
    # Compared here: the name comes from an address, and a database refuses some of what can stand there.
    here = Service.objects.filter(organisation__centre=centre).order_by("pk").values_list("slug", "audience")
    return next((audience for name, audience in here if name == slug), Service.Audience.CHILDREN)


def letters_for(service: Service) -> Service | None:
    """Who answers letters of those who came for this service: it itself, else another for the same audience."""
    services = services_with(service.organisation.centre, "letter", audience=service.audience)
    return next((one for one in services if one.pk == service.pk), None) or next(iter(services), None)


def has_words(conversation_id: int) -> bool:
    """Whether anybody has written anything in the talk."""
    return Message.objects.filter(conversation_id=conversation_id, kind=Message.Kind.TEXT).exists()


def language_name(code: str) -> str:
    """A language in its own words."""
    ours = dict(settings.LANGUAGES).get(code)
    known = LANG_INFO.get(code, {}).get("name_local")
    name = str(ours or known or code)
    return name[:1].upper() + name[1:]


def turn_of(conversation_id: int) -> Turn | None:
    """The turn of a conversation with its service, organisation and centre."""
    return (
        Turn.objects.filter(pk=conversation_id).select_related("conversation", "service__organisation__centre").first()
    )


def case_of(turn: Turn) -> Case:
    """What decides whether this talk may be destroyed now."""
    completed = Record.objects.filter(pk=turn.pk).values_list("completed_at", flat=True).first()
    return Case(
        state=turn.state,
        in_danger=turn.in_danger,
        risk=turn.risk,
        record_complete=completed is not None,
        held=is_held(turn, now()),
    )
