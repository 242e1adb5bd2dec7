"""What the desk screens of pages share: choosing a list of the own trees."""

from django.http import HttpRequest

from havn.awareness.models import ListingPage
from havn.awareness.sharing.homes import listings_of
from havn.common.language import reader_language
from havn.directory.countries import language_name
from havn.tenancy.models import Centre


def listing_choices(centre: Centre) -> list[tuple[str, list[ListingPage]]]:
    """The centre's lists by the name of their language."""
    by_language: dict[str, list[ListingPage]] = {}
    for listing in listings_of(centre):
        by_language.setdefault(listing.language, []).append(listing)
    reader = reader_language()
    return [(language_name(code, reader), rows) for code, rows in by_language.items()]


def asked_listing(request: HttpRequest) -> ListingPage | None:
    """The list of the own trees that a form names; None when it names none."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    number = request.POST.get("listing", "")
    return next((one for one in listings_of(centre) if str(one.pk) == number), None)
