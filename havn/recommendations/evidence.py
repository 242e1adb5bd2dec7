"""Things of daily work that show that a recommendation is followed: activities, and every kind that apps register.

What the log of activities can point at (events, pages, …) can be pointed at here too, without being told twice.
"""

from havn.activities import api as activities
from havn.activities.api import EvidenceKind, Thing
from havn.recommendations.models import Chapter, Evidence, FollowUp
from havn.recommendations.rules.proof import proves_of, speaks
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
        (kind.name(), [(f"{kind.code}:{thing.number}", thing.title) for thing in things])
        for kind in kinds().values()
        if (things := kind.things_of(centre))
    ]


def thing_of(centre: Centre, code: str) -> Thing | None:
    """The thing that "event:5" names, of this centre only; None when there is none."""
    kind, _colon, number = code.partition(":")
    known = kinds().get(kind)
    is_number = number.isascii() and number.isdigit() and len(number) <= _DIGITS
    return known.thing(centre, int(number)) if known and is_number else None


def address_of(evidence: Evidence, centre: Centre) -> str:
    """Where it leads: its link, or the thing's own page; "" when that is gone."""
    if evidence.url:
        return evidence.url
    thing = thing_of(centre, f"{evidence.kind}:{evidence.object_id}")
    return thing.url if thing else ""


def proofs_of(chapter: Chapter, centre: Centre) -> list[tuple[str, str, Thing]]:
    """What the centre's own records already show of a chapter: code, kind and thing, the latest first in each kind.

    Which work speaks to which chapter is data of the round (`rules.proof`). What a follow-up of the chapter points at
    already is left out.
    """
    proves = proves_of(chapter.proves)
    follow_ups = FollowUp.objects.filter(chapter=chapter, factsheet__party=centre)
    linked = {
        f"{kind}:{number}"
        for kind, number in Evidence.objects.filter(follow_up__in=follow_ups)
        .exclude(kind="")
        .values_list("kind", "object_id")
    }
    known = kinds()
    found = [
        (f"activity:{one.number}", known["activity"].name(), Thing(one.number, one.title, one.url))
        for one in activities.logged(centre)
        if speaks(proves, kind=one.kind, groups=one.groups)
    ]
    for code in proves.things:
        if code in known:
            found += [(f"{code}:{thing.number}", known[code].name(), thing) for thing in known[code].things_of(centre)]
    return [one for one in found if one[0] not in linked]
