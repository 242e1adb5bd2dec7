"""Norway's links to a page about the chat in sign language: on the demo's own site, so that nothing leads elsewhere."""

from havn.centres.models import SignVideo
from havn.tenancy.models import Centre

FILMS = {"norway": ("nsl", "Chat og brev på norsk tegnspråk", "/nb/om-oss/tegnsprak")}


def load_films(centre: Centre) -> None:
    """Link every page that can have a film to it, once: what somebody changed while trying the demo stays."""
    film = FILMS.get(centre.slug)
    if film is None or SignVideo.objects.filter(centre=centre).exists():
        return
    language, title, address = film
    for place in SignVideo.Place.values:
        SignVideo.objects.create(centre=centre, place=place, language=language, title=title, address=address)
