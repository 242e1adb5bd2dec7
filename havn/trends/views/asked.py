"""What an address asks for: a quarter, and where there is one, the network's own centre."""

from django.http import Http404, HttpRequest

from havn.accounts.models import User
from havn.tenancy.models import Centre
from havn.trends.models import Article
from havn.trends.queries.history import network_centre
from havn.trends.rules.quarters import Quarter, quarter_named


def actor_of(request: HttpRequest) -> User:
    """The signed-in person. `@staff` has made sure that there is one."""
    assert isinstance(request.user, User)
    return request.user


def centre_of(request: HttpRequest) -> Centre:
    """The centre of the host name."""
    centre = request.centre  # type: ignore[attr-defined]
    assert isinstance(centre, Centre)
    return centre


def network_here(request: HttpRequest) -> Centre:
    """The centre of the host name where that is the network's own; elsewhere there is nothing here."""
    centre = centre_of(request)
    if centre.kind != Centre.Kind.NETWORK:
        raise Http404
    return centre


def network_or_404() -> Centre:
    """The network's centre of this installation."""
    centre = network_centre()
    if centre is None:
        raise Http404
    return centre


def quarter_or_404(name: str) -> Quarter:
    """The quarter of an address."""
    try:
        return quarter_named(name)
    except ValueError as error:
        raise Http404 from error


def article_or_404(centre: Centre, quarter: str) -> Article:
    """The article of a quarter, draft or not."""
    found = Article.objects.filter(centre=centre, quarter=str(quarter_or_404(quarter))).select_related("centre").first()
    if found is None:
        raise Http404
    return found
