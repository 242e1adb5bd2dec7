"""What somebody looks for on the page of all lines. A plain form, read from the address; nothing in it is refused."""

from collections.abc import Iterable

from django.http import QueryDict

from havn.common.language import reader_language
from havn.directory.countries import language_name, own_name
from havn.directory.listing import Directory
from havn.directory.rules.order import Wish
from havn.directory.rules.topics import ABUSE_MATERIAL, TOPICS
from havn.directory.words import audience_name, topic_name
from havn.tenancy.models import Service

Choices = list[tuple[str, str]]


def wish_from(asked: QueryDict, directory: Directory) -> Wish:
    """The wish in the address. What the directory does not know counts as no wish."""
    return Wish(
        country=_known(asked.get("country", "").upper(), {country.code for country in directory.countries}),
        language=_known(asked.get("language", ""), languages_of(directory)),
        audience=_known(asked.get("for", ""), Service.Audience.values),
        topic=_known(asked.get("about", ""), TOPICS),
    )


def languages_of(directory: Directory) -> list[str]:
    """The languages in which some helpline answers, or most likely does, by their own names."""
    found = {code for entry in directory.entries if not entry.is_hotline and entry.points for code in entry.languages}
    return sorted(found, key=lambda code: own_name(code).casefold())


def choices_of(directory: Directory) -> dict[str, Choices]:
    """What each field of the form offers, in the reader's language; languages also in their own."""
    language = reader_language()
    return {
        "countries": sorted(((one.code, one.name) for one in directory.countries), key=lambda one: one[1].casefold()),
        "languages": [(code, _language(code, language)) for code in languages_of(directory)],
        "audiences": [(code, audience_name(code)) for code in Service.Audience.values],
        "topics": [(code, topic_name(code)) for code in TOPICS if code != ABUSE_MATERIAL],
    }


def _language(code: str, language: str) -> str:
    own, here = own_name(code), language_name(code, language)
    return own if own.casefold() == here.casefold() else f"{own} – {here}"


def _known(wish: str, known: Iterable[str]) -> str:
    return wish if wish in set(known) else ""
