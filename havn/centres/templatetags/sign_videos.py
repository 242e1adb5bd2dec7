"""`{% sign_videos "start" %}`: links to the centre's films in sign language for a page."""

from django import template
from django.http import HttpRequest
from django.template import Context

from havn.centres.signing import films_for
from havn.tenancy.models import Service

register = template.Library()


@register.inclusion_tag("centres/public_sign_videos.html", takes_context=True)
def sign_videos(context: Context, place: str) -> dict[str, object]:
    """The films for this page and the service that it is about; nothing where there is none."""
    request: HttpRequest = context["request"]
    service = context.get("service")
    centre = request.centre  # type: ignore[attr-defined]
    films = films_for(centre, place, service if isinstance(service, Service) else None)
    return {
        "films": films,
        "request": request,
        "service": service,
        "centre": centre,
        # A child in line keeps the place in this tab.
        "apart": place == "waiting",
        "outside": any(film.outside for film in films),
    }
