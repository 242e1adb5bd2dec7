"""The door of the directory for the apps above: what is known of a country's centre, strand by strand.

from havn.directory.api import country_now, facts_by_strand
country = country_now("NO", now())
facts_by_strand(country)["helpline"]
"""

from typing import Literal

from havn.directory.countries import country_name, language_name, own_name
from havn.directory.listing import Country, Directory, EntryNow, PointNow
from havn.directory.models import CentreEntry, Confirmation, Doubt, Entry, PublishedHours, Source
from havn.directory.queries import best_for, country_now, entry_now, whole_directory
from havn.directory.rules.freshness import Freshness
from havn.directory.rules.order import Wish
from havn.directory.showing import ShownEntry, Site, shown
from havn.directory.words import age_words, doubt_words, rule_words
from havn.tenancy.models import Service

__all__ = [
    "CentreEntry",
    "Confirmation",
    "Country",
    "Directory",
    "Doubt",
    "Entry",
    "EntryNow",
    "Freshness",
    "PointNow",
    "PublishedHours",
    "ShownEntry",
    "Site",
    "Source",
    "Wish",
    "age_words",
    "best_for",
    "country_name",
    "country_now",
    "doubt_words",
    "entry_now",
    "facts_by_strand",
    "language_name",
    "own_name",
    "rule_words",
    "shown",
    "whole_directory",
]


def facts_by_strand(country: Country) -> dict[Literal["helpline", "hotline"], list[EntryNow]]:
    """A country's entries by strand. The awareness centre's own facts are in `country.entry` (a CentreEntry)."""
    return {
        Service.Kind.HELPLINE.value: country.helplines,  # type: ignore[dict-item]
        Service.Kind.HOTLINE.value: country.hotlines,  # type: ignore[dict-item]
    }
