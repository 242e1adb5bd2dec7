"""Invented figures as open data: two quarters of Norway, one of the network. Published once, every number made up."""

import datetime as dt
import random
from collections import Counter

from django.utils.translation import override

from havn.accounts.models import Role, User
from havn.common.clock import now
from havn.helpline.release_tables import MEASURE, ages_table
from havn.helpline.rules.record import AGE_BANDS
from havn.helpline.rules.reports import UNKNOWN
from havn.releases import api as releases
from havn.releases.models import Dataset
from havn.tenancy.models import Centre
from havn.vocabularies import api as vocabularies

_AGES = (*AGE_BANDS, UNKNOWN)
_SHARES = (4, 17, 38, 30, 5, 6)
# How many reasons are lines. All 23 would take ten seconds: the network's table is audited for five readers, each by
# itself, and once more with every release whose days overlap, which is why its quarter is one of its own.
_REASONS = {"norway": 9, "network": 6}
_QUARTERS = {
    "norway": ((dt.date(2025, 7, 1), dt.date(2025, 9, 30)), (dt.date(2025, 10, 1), dt.date(2025, 12, 31))),
    "network": ((dt.date(2025, 4, 1), dt.date(2025, 6, 30)),),
}
# How many invented contacts each centre gave to the network's table.
_GIVEN = {"norway": 840, "denmark": 1040, "poland": 760, "netherlands": 920}
_WORDS = {
    "norway": (
        "nb", "samtaler-grunn-alder", "Samtaler med hjelpelinjen etter grunn og alder",
        "Hver samtale teller én gang, under hovedgrunnen og barnets alder. Alle tall er oppdiktet for demonstrasjonen.",
    ),
    "network": (
        "en", "talks-reason-age", "Talks with helplines of the network, by main reason and age",
        "Every talk counts once, under its main reason and the age of the child. "
        "All numbers are invented for the demonstration.",
    ),
}  # fmt: skip


def load_releases(centre: Centre) -> None:
    """Publish the centre's invented figures, unless it has any."""
    if centre.slug not in _WORDS or Dataset.objects.filter(centre=centre).exists():
        return
    language, key, title, description = _WORDS[centre.slug]
    actor = User.objects.filter(
        memberships__organisation__centre=centre, memberships__role=Role.COORDINATOR
    ).first()  # fmt: skip
    if actor is None:
        raise RuntimeError(f"The demo of {centre.slug} has nobody who may publish.")
    dataset = Dataset(
        centre=centre, key=key, measure=MEASURE, title=title, description=description, language=language,
        source="helpline.reason-age" if centre.slug == "norway" else "", publisher=centre.name, created_at=now(),
    )  # fmt: skip
    releases.save_dataset(actor=actor, dataset=dataset)
    for number, (first, last) in enumerate(_QUARTERS[centre.slug]):
        with override(language):
            table = _own(number) if centre.slug == "norway" else _network()
        names = [] if table.parts is None else [slug.title() for slug in table.parts]
        releases.publish(releases.prepare(dataset, table, first=first, last=last, centres=names), actor)


def _own(seed: int) -> releases.Table:
    return _invented(1150 + 90 * seed, seed, _REASONS["norway"])


def _network() -> releases.Table:
    tables = {slug: _invented(many, slug, _REASONS["network"]) for slug, many in _GIVEN.items()}
    parts = {slug: dict(table.counts) for slug, table in tables.items()}
    added: Counter[releases.Codes] = Counter()
    for counts in parts.values():
        added.update(counts)
    return releases.Table(tables["norway"].dimensions, dict(added), parts)


def _invented(many: int, seed: int | str, lines: int) -> releases.Table:
    """A table of the first so many reasons only."""
    version = vocabularies.versions_of("reason")[-1].code
    reasons = [term.code for term in vocabularies.terms_in(version)][:lines]
    table = ages_table(_talks(many, seed, reasons))
    assert table is not None
    down, across = table.dimensions
    kept = tuple(one for one in down.categories if one.code in reasons)
    return releases.Table((releases.Dimension(down.key, down.title, kept), across), table.counts)


def _talks(many: int, seed: int | str, reasons: list[str]) -> dict[str, Counter[str]]:
    """So many invented talks by reason and age: a few reasons are frequent, most are rare."""
    dice = random.Random(f"releases {seed}")  # noqa: S311 - invented figures, the same on every machine
    weights = [1 / (place + 1.5) for place in range(len(reasons))]
    grid: dict[str, Counter[str]] = {}
    for reason, age in zip(dice.choices(reasons, weights, k=many), dice.choices(_AGES, _SHARES, k=many), strict=True):
        grid.setdefault(reason, Counter())[age] += 1
    return grid
