"""Films in sign language: in which languages, and which of them a page links to."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from havn.centres.models import SignVideo
from havn.centres.rules.signing import why_not_address
from havn.tenancy.models import Centre, Service

FILE = Path(__file__).parent / "data" / "sign-languages.json"


@dataclass(frozen=True)
class SignLanguage:
    """A sign language: its subtag (BCP 47), its own written name and the language of that name."""

    code: str
    name: str
    written: str


@dataclass(frozen=True)
class Film:
    """A film as a page links to it.

    `outside`: the link leaves this site, where quick exit is not at hand. `shown`: its site is still named, so that a
    page links to it.
    """

    video: SignVideo
    language: SignLanguage
    outside: bool
    shown: bool


@cache
def sign_languages() -> dict[str, SignLanguage]:
    """All that a film may be in, by their code."""
    return {row["code"]: SignLanguage(**row) for row in json.loads(FILE.read_text())["languages"]}


def films_for(centre: Centre, place: str, service: Service | None) -> list[Film]:
    """The films of a page for who came for this service. A site that is named no longer takes its films along."""
    videos = list(SignVideo.objects.filter(centre=centre, place=place))
    wanted = [video for video in videos if video.service_id in (None, service.pk if service else None)]
    return [film for film in _films(centre, wanted) if film.shown]


def all_films(centre: Centre) -> list[Film]:
    """Every film of the centre, page by page, also those that no page links to any more."""
    videos = SignVideo.objects.filter(centre=centre).select_related("service").order_by("place", "pk")
    return _films(centre, list(videos))


def _films(centre: Centre, videos: list[SignVideo]) -> list[Film]:
    sites = set(centre.sign_sites.values_list("host", flat=True)) if videos else set()
    return [
        Film(
            video,
            sign_languages()[video.language],
            outside=not video.address.startswith("/"),
            shown=not why_not_address(video.address, sites),
        )
        for video in videos
        if video.language in sign_languages()
    ]
