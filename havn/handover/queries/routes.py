"""The routes that a centre keeps here, and their words in each language."""

from collections.abc import Mapping

from havn.centres.handovers import Route, Said
from havn.handover.models import HandoverRoute, RouteWords
from havn.mail import api as mail
from havn.tenancy.models import Centre

ENGLISH = "en"


def centre_routes(centre: Centre) -> list[Route]:
    """The routes in use, in order. One by e-mail is left out while no letter of this centre reaches anybody."""
    rows = HandoverRoute.objects.filter(centre=centre, in_use=True).prefetch_related("words")
    can_mail = mail.reaches(centre)
    return [_route(row) for row in rows if row.address and (row.way != HandoverRoute.Way.MAIL or can_mail)]


def languages_of(centre: Centre) -> list[str]:
    """The languages in which a route can have words: the centre's, and English."""
    return list(dict.fromkeys([*centre.languages, ENGLISH]))


def said_in(row: HandoverRoute, words: Mapping[str, RouteWords], language: str) -> Said:
    """What a child reads of it. Words that nobody has approved in this language have the English ones beside them."""
    own, english = words.get(language), words.get(ENGLISH)
    to = (own.to if own else "") or (english.to if english else "") or row.name
    if own is None or not own.does:
        return Said(to)
    if language == ENGLISH or own.approved_at is not None:
        return Said(to, own.does)
    return Said(to, own.does, english.does if english else "")


def _route(row: HandoverRoute) -> Route:
    words = {one.language: one for one in row.words.all()}
    return Route(row.key, row.kind, row.name, row.way, row.address, lambda language: said_in(row, words, language))
