"""The services of a centre's country as text: what for, how to reach them, when they answer."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.translation import override

from havn.centres.readables import Readable
from havn.centres.words import channel_name
from havn.common.clock import now
from havn.directory import words as said
from havn.directory.listing import Country, EntryNow, PointNow
from havn.directory.queries import country_now
from havn.directory.rules.hours import zone_of
from havn.tenancy.models import Centre

_PREFIX = "service:"


def find(centre: Centre, words: str, language: str, limit: int) -> list[Readable]:
    """Services in the country of the centre with all these words: those in their names first."""
    country = country_now(centre.country_code, now())
    if country is None:
        return []
    wanted = words.casefold().split()
    with override(language):
        found = [one for entry in country.entries if entry.name and (one := _readable(entry, country, language))]
    fitting = [one for one in found if _has(f"{one.title} {one.lead} {one.text}", wanted)]
    return sorted(fitting, key=lambda one: not _has(one.title, wanted))[:limit]


def read(centre: Centre, key: str, language: str) -> Readable | None:
    """One service by its key."""
    number = key.removeprefix(_PREFIX)
    country = country_now(centre.country_code, now()) if key.startswith(_PREFIX) else None
    if country is None or not re.fullmatch(r"[0-9]{1,15}", number):
        return None
    entry = next((one for one in country.entries if one.name and one.service.pk == int(number)), None)
    if entry is None:
        return None
    with override(language):
        return _readable(entry, country, language)


def _readable(entry: EntryNow, country: Country, language: str) -> Readable:
    return Readable(
        kind="service",
        title=entry.name,
        lead=said.audiences_words(entry),
        text="\n\n".join(_paragraphs(entry)),
        path=_path(country, language),
        language=language,
        key=f"{_PREFIX}{entry.service.pk}",
        now=" ".join(dict.fromkeys(_now(entry))),
    )


def _path(country: Country, language: str) -> str:
    """The page in the language of what is read, whichever page is being answered."""
    before = get_script_prefix()
    set_script_prefix(f"/{language}/" if language in dict(settings.LANGUAGES) else "/")
    try:
        return reverse("directory:country", args=[country.path])
    finally:
        set_script_prefix(before)


def _paragraphs(entry: EntryNow) -> Iterator[str]:
    if entry.organisation.name and entry.organisation.name != entry.name:
        yield entry.organisation.name
    if entry.topics:
        yield ", ".join(said.topic_name(code) for code in entry.topics)
    yield from (_way(point, entry) for point in entry.points if point.known)
    if facts := [words for words in (said.ages_words(entry.entry), *_facts(entry)) if words]:
        yield "\n".join(facts)
    if not entry.certain:
        yield said.age_words(entry)


def _facts(entry: EntryNow) -> Iterator[str]:
    if entry.entry.free is not None:
        yield said.free_words(entry.entry.free)
    if entry.entry.anonymous is not None:
        yield said.anonymous_words(entry.entry.anonymous)
    if entry.service.languages:
        yield said.languages_words(entry)


def _way(point: PointNow, entry: EntryNow) -> str:
    today = now().astimezone(zone_of(entry.centre.time_zone)).date()
    first = ": ".join(part for part in (channel_name(point.channel), point.value or point.point.label) if part)
    return "\n".join([first, *said.usual_hours(point, entry.centre.time_zone, today)])


def _now(entry: EntryNow) -> Iterator[str]:
    for point in entry.points:
        if point.known and (words := said.now_words(point, entry.centre.time_zone, now(), certain=entry.certain)):
            yield f"{channel_name(point.channel)}: {words}."


def _has(text: str, wanted: list[str]) -> bool:
    there = text.casefold()
    return all(word in there for word in wanted)
