"""What the profile of a centre shows: facts of the directory and of tenancy, and the words of each organisation.

A strand is never left out: where nobody wrote, its facts stand alone and the page says that its words are missing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havn.awareness.models import EditorialPage, ProfilePage, ProfilePartPage
from havn.awareness.queries import translations_of, visible_pages
from havn.common.clock import now
from havn.directory.api import (
    CentreEntry,
    Country,
    EntryNow,
    ShownEntry,
    Site,
    country_now,
    doubt_words,
    facts_by_strand,
    rule_words,
    shown,
)
from havn.tenancy.models import Centre, Organisation

Strand = ProfilePartPage.Strand


@dataclass(frozen=True)
class StrandShown:
    """One strand of a centre: what the directory knows of it, and what its organisations say of it."""

    code: str
    label: str
    parts: Sequence[ProfilePartPage] = ()
    entries: Sequence[ShownEntry] = ()
    entry: CentreEntry | None = None
    hours: str = ""
    missing: str = ""
    emergency_number: str = ""


@dataclass(frozen=True)
class Profile:
    """A whole centre. `updated` "": nothing of it is published. `funding_is_ours`: in our words, else the source's."""

    centre: Centre
    strands: Sequence[StrandShown]
    organisations: Sequence[Organisation]
    country: Country | None = None
    updated: str = ""
    funding: str = ""
    funding_is_ours: bool = True
    doubts: Sequence[str] = ()
    dials: bool = True


@dataclass(frozen=True)
class _Facts:
    """What the directory says of the centre at this moment."""

    centre: Centre
    site: Site
    country: Country | None = None
    by_strand: dict[str, list[EntryNow]] = field(default_factory=dict)

    def shown(self, entries: Iterable[EntryNow]) -> list[ShownEntry]:
        assert self.country is not None
        return [shown(one, self.country, self.site) for one in entries]


def profile_of(page: ProfilePage, request: HttpRequest) -> Profile:
    """The profile in the language of its page. Parts that are missing there are shown in the language there is."""
    centre = page.centre
    facts = _facts_of(centre, request)
    parts = _parts_of(page)
    return Profile(
        centre=centre,
        strands=[_strand(code, facts, parts) for code in Strand],
        organisations=list(centre.organisations.order_by("pk")),
        country=facts.country,
        updated=_month([page, *parts], centre),
        funding=funding_words(page.funding, centre) or (facts.country.entry.funding if facts.country else ""),
        funding_is_ours=bool(page.funding),
        doubts=_doubts(facts.country),
        dials=facts.site.dials,
    )


def strand_of(page: ProfilePartPage, request: HttpRequest) -> tuple[StrandShown, bool]:
    """The strand of one part with its facts, and whether its numbers may be links."""
    facts = _facts_of(page.centre, request)
    parent = page.get_parent()
    others = [one for one in _children(parent) if one.pk != page.pk] if parent else []
    found = _strand(page.strand, facts, [page, *others])
    return replace(found, parts=[page]), facts.site.dials


def profile_of_facts(country: Country, request: HttpRequest) -> Profile:
    """The profile of a centre that writes nothing here: what the directory knows, and nothing else."""
    facts = _facts(country.centre, country, request)
    organisations = {one.service.organisation.pk: one.service.organisation for one in country.entries}
    return Profile(
        centre=country.centre,
        strands=[replace(_strand(code, facts, []), missing="") for code in Strand if code != Strand.YOUTH],
        organisations=[one for one in organisations.values() if one.name],
        country=country,
        funding=country.entry.funding,
        funding_is_ours=False,
        doubts=_doubts(country),
        dials=facts.site.dials,
    )


def profile_context(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    """For templates of pages: `profile` of a profile, `strand` and `dials` of a part of one."""
    if isinstance(page, ProfilePage):
        return {"profile": profile_of(page, request)}
    if isinstance(page, ProfilePartPage) and page.strand:
        strand, dials = strand_of(page, request)
        return {"strand": strand, "dials": dials}
    return {}


def funding_words(funding: str, centre: Centre) -> str:
    """The funding note in the kinds of wording that the network uses; "" when the profile does not say."""
    kinds = ProfilePage.Funding
    sentences = {
        kinds.MEMBER_STATE: _(
            "%(centre)s is co-funded by the European Union under the Digital Europe Programme (DIGITAL), "
            "grant agreement for Member States."
        ),
        kinds.NON_MEMBER_STATE: _(
            "%(centre)s is co-funded by the European Union under the Digital Europe Programme (DIGITAL), "
            "grant agreement for non-Member States."
        ),
        kinds.APPLIED: _(
            "%(centre)s is eligible for co-funding by the European Union, but takes no part in the current round. "
            "It has applied."
        ),
        kinds.NONE: _("%(centre)s does not receive co-funding by the European Union at present."),
    }
    return sentences[kinds(funding)] % {"centre": centre.shown_name} if funding else ""


def month_of(moment: dt.datetime | None, centre: Centre) -> str:
    """A moment as a month in the centre's own calendar: "October 2024"; "" for none."""
    return date_format(moment.astimezone(ZoneInfo(centre.time_zone)), "F Y") if moment else ""


def _facts_of(centre: Centre, request: HttpRequest) -> _Facts:
    country = country_now(centre.country_code, now())
    return _facts(centre, country if country and country.centre.pk == centre.pk else None, request)


def _facts(centre: Centre, country: Country | None, request: HttpRequest) -> _Facts:
    site = Site(request, request.centre, now())  # type: ignore[attr-defined]
    return _Facts(centre, site, country, _by_strand(country) if country else {})


def _by_strand(country: Country) -> dict[str, list[EntryNow]]:
    return {str(strand): entries for strand, entries in facts_by_strand(country).items()}


def _parts_of(page: ProfilePage) -> list[ProfilePartPage]:
    """The visible parts below the profile; those that are missing in its language from its translations."""
    found = _children(page)
    told = {(one.strand, one.translation_key) for one in found}
    for other in translations_of(page):
        if other.pk != page.pk:
            more = [one for one in _children(other) if (one.strand, one.translation_key) not in told]
            found += more
            told |= {(one.strand, one.translation_key) for one in more}
    return found


def _children(page: Any) -> list[ProfilePartPage]:
    rows = visible_pages().child_of(page).type(ProfilePartPage).values("pk")
    parts = ProfilePartPage.objects.filter(pk__in=rows).select_related("owner_organisation", "locale")
    return list(parts.order_by("path"))


def _strand(code: str, facts: _Facts, parts: Sequence[ProfilePartPage]) -> StrandShown:
    mine = [one for one in parts if one.strand == code]
    entry = facts.country.entry if facts.country and code == Strand.AWARENESS else None
    return StrandShown(
        code=code,
        label=str(Strand(code).label),
        parts=mine,
        entries=facts.shown(_entries(code, facts, parts)) if facts.country else [],
        entry=entry,
        hours=_hours(entry, facts),
        missing="" if mine else _missing_words(code),
        emergency_number=facts.centre.emergency_number,
    )


def _entries(code: str, facts: _Facts, parts: Sequence[ProfilePartPage]) -> list[EntryNow]:
    """The directory's lines of a strand. What the awareness centre answers to grown-ups is told with its own part."""
    if code == Strand.HOTLINE:
        return facts.by_strand.get("hotline", [])
    owners = {strand: {one.owner_organisation_id for one in parts if one.strand == strand} for strand in Strand}
    for_grown_ups = owners[Strand.AWARENESS] - owners[Strand.HELPLINE]
    lines = facts.by_strand.get("helpline", [])
    if code == Strand.HELPLINE:
        return [one for one in lines if one.organisation.pk not in for_grown_ups]
    return [one for one in lines if one.organisation.pk in for_grown_ups] if code == Strand.AWARENESS else []


def _hours(entry: CentreEntry | None, facts: _Facts) -> str:
    if entry is None or not entry.hours:
        return ""
    zone = facts.centre.time_zone
    return rule_words(entry.hours, zone, facts.site.now.astimezone(ZoneInfo(zone)).date())


def _missing_words(code: str) -> str:
    return {
        Strand.AWARENESS: _("The awareness centre has not written about itself here yet."),
        Strand.HELPLINE: _("The helpline has not written about itself here yet."),
        Strand.HOTLINE: _("The hotline has not written about itself here yet."),
        Strand.YOUTH: _("Nobody has written here yet how young people take part."),
    }[Strand(code)]


def _doubts(country: Country | None) -> list[str]:
    return [doubt_words(doubt) for doubt in country.doubts] if country else []


def _month(pages: Sequence[EditorialPage], centre: Centre) -> str:
    moments = [one.last_published_at for one in pages if one.last_published_at is not None and one.live]
    return month_of(max(moments), centre) if moments else ""
