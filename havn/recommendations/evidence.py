"""Things of daily work that show that a recommendation is followed: activities, and every kind that apps register.

What the log of activities can point at (events, pages, …) can be pointed at here too, without being told twice.
"""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from havn.activities import api as activities
from havn.activities.api import EvidenceKind, Thing
from havn.common.dates import day
from havn.recommendations.models import Chapter, Evidence
from havn.recommendations.rules.proof import in_time, on_topic, proves_of, speaks
from havn.tenancy.models import Centre

_kinds: dict[str, EvidenceKind] = {}
_DIGITS = 15


def register_kind(kind: EvidenceKind) -> None:
    """Let follow-ups point at things of this kind. Called from AppConfig.ready()."""
    _kinds[kind.code] = kind


def kinds() -> dict[str, EvidenceKind]:
    """All kinds by their code."""
    return {kind.code: kind for kind in activities.evidence_kinds()} | _kinds


def thing_choices(centre: Centre) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a person may choose, by kind: ("Event", [("event:5", "its title"), …])."""
    return [
        (kind.name(), [(f"{kind.code}:{thing.number}", words_of(label_of(kind, thing), thing)) for thing in things])
        for kind in kinds().values()
        if (things := kind.things_of(centre))
    ]


def label_of(kind: EvidenceKind, thing: Thing) -> str:
    """ "Event: Safer Internet Day": what stands by itself, also where no list says the kind."""
    return f"{kind.name()}: {thing.title}"


def words_of(label: str, thing: Thing) -> str:
    """ "Activity: A course, 3 May 2026 (Counted: 40 participants)"."""
    said = f"{label}, {day(thing.day)}" if thing.day else label
    return f"{said} ({thing.figure})" if thing.figure else said


def thing_of(centre: Centre, code: str) -> Thing | None:
    """The thing that "event:5" names, of this centre only; None when there is none."""
    kind, _colon, number = code.partition(":")
    known = kinds().get(kind)
    is_number = number.isascii() and number.isdigit() and len(number) <= _DIGITS
    return known.thing(centre, int(number)) if known and is_number else None


def address_of(evidence: Evidence, centre: Centre) -> str:
    """Where it leads: its link, its document, or the thing's own page; "" when that is gone."""
    if evidence.url:
        return evidence.url
    if evidence.file_id is not None:
        return reverse("recommendations:evidence_file", args=[evidence.pk])
    thing = thing_of(centre, f"{evidence.kind}:{evidence.object_id}")
    return thing.url if thing else ""


@dataclass(frozen=True)
class Proof:
    """What the centre's own records show: the code by which a follow-up points at it, its kind in words, and itself."""

    code: str
    kind: str
    thing: Thing


def as_thing(one: activities.Logged) -> Thing:
    """An activity of the log as something to point at."""
    return Thing(one.number, one.title, one.url, one.day, one.figure)


def proofs_of(chapter: Chapter, centre: Centre) -> list[Proof]:
    """What the centre's own records already show of a chapter, the latest first; worked out of them, never typed.

    Which work speaks to which chapter (by kind, topic and groups), and from which day on, is data of the round
    (`rules.proof`). What a follow-up of the chapter points at already is left out.
    """
    proves, since = proves_of(chapter.proves), chapter.round.proves_from
    pointed = Evidence.objects.filter(follow_up__chapter=chapter, follow_up__factsheet__party=centre).exclude(kind="")
    linked = {f"{kind}:{number}" for kind, number in pointed.values_list("kind", "object_id")}
    known = kinds()
    found = [
        Proof(f"activity:{one.number}", known["activity"].name(), as_thing(one))
        for one in activities.logged(centre)
        if speaks(proves, kind=one.kind, groups=one.groups, topics=one.topics)
    ]
    for code in proves.things:
        if code in known:
            things = [thing for thing in known[code].things_of(centre) if on_topic(proves, thing.topics)]
            found += [Proof(f"{code}:{thing.number}", known[code].name(), thing) for thing in things]
    kept = [one for one in found if one.code not in linked and in_time(one.thing.day, since)]
    return sorted(kept, key=lambda one: one.thing.day or dt.date.min, reverse=True)
