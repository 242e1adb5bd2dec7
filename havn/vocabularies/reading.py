"""What the screens of lists show beside the lists themselves."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from havn.common.clock import now
from havn.tenancy.models import Centre
from havn.vocabularies.facts import Term
from havn.vocabularies.queries import as_term, mappings_said, terms_in_version, versions_in
from havn.vocabularies.registry import EditableList, Scheme
from havn.vocabularies.rules.drafts import groups_of
from havn.vocabularies.rules.mapping import laid_over


@dataclass(frozen=True)
class Mapped:
    """Where one term counts in one scheme: the target said ("" nowhere, None nothing said), and the usual one."""

    scheme: Scheme
    said: str | None
    usual: str
    is_itself: bool

    @property
    def target(self) -> str:
        """Where it counts; "" nowhere."""
        return self.usual if self.said is None else self.said


def today_at(centre: Centre) -> dt.date:
    """The day on the centre's clocks."""
    return now().astimezone(ZoneInfo(centre.time_zone)).date()


def terms_to_map(edited: EditableList, centre: Centre) -> list[Term]:
    """The terms that contacts are coded with today or will be, in the order of the newest version; no groups."""
    found: dict[str, Term] = {}
    today = today_at(centre)
    for version in reversed(versions_in(edited.dimension, centre.pk)):
        if version.holds_on(today) or version.valid_from > today:
            rows = [as_term(row) for row in terms_in_version(version.code)]
            groups = groups_of({row.code: row.broader for row in rows})
            found = {**{row.code: row for row in rows if row.code not in groups}, **found}
    return list(found.values())


def mapped_of(edited: EditableList, centre: Centre) -> list[tuple[Term, list[Mapped]]]:
    """Each term with where it counts in each scheme."""
    said, schemes = mappings_said(centre.pk, edited.dimension), edited.schemes()
    usual = {one.name: one.usual(centre.pk) for one in schemes}
    own = {one.name: {code for code, _label in one.targets()} if one.is_version else set() for one in schemes}
    return [
        (
            term,
            [
                Mapped(
                    scheme=one,
                    said=said.get(one.name, {}).get(term.code) if term.code not in own[one.name] else None,
                    usual=usual[one.name].get(term.code, ""),
                    is_itself=term.code in own[one.name],
                )
                for one in schemes
            ],
        )
        for term in terms_to_map(edited, centre)
    ]


def not_mapped(edited: EditableList, centre: Centre) -> list[tuple[Scheme, list[str]]]:
    """Each scheme that counts now with the codes that it has no place for. Versions that are over are left out."""
    today, terms = today_at(centre), {term.code for term in terms_to_map(edited, centre)}
    held = {one.code for one in versions_in(edited.dimension) if one.holds_on(today)}
    said = mappings_said(centre.pk, edited.dimension)
    found = []
    for scheme in edited.schemes():
        if scheme.is_version and scheme.name not in held:
            continue
        places = laid_over(scheme.usual(centre.pk), said.get(scheme.name, {}))
        if lacking := sorted(terms - places.keys()):
            found.append((scheme, lacking))
    return found
