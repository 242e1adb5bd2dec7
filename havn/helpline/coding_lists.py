"""The lists that contacts are coded with, as a centre may edit them: in which lists they count, from when on."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.helpline import words_reports as words
from havn.helpline.mappings import mappings, usual_reasons_to, usual_standard_of
from havn.helpline.models import Contact, Turn
from havn.helpline.rules.record import OF_CALLS, WITHOUT_TALK
from havn.tenancy.models import Centre
from havn.vocabularies import api as vocabularies

FOUR_CS = ("content", "contact", "conduct", "contract")
# What the record and the figures ask for by name.
_OUTCOMES = WITHOUT_TALK | OF_CALLS
_GENDERS = frozenset({"girl-or-woman", "boy-or-man", "other", "unknown"})
DAY = dt.timedelta(days=1)


def register() -> None:
    """Let coordinators edit them."""
    for dimension, title, must_stay in (
        ("reason", lambda: _("Reasons"), frozenset[str]()),
        ("place", lambda: _("Places online"), frozenset[str]()),
        ("person", lambda: _("Who makes contact"), frozenset[str]()),
        ("gender", lambda: _("Gender"), _GENDERS),
        ("outcome", lambda: _("Outcomes"), _OUTCOMES),
    ):
        vocabularies.register_list(
            vocabularies.EditableList(
                dimension=dimension,
                title=title,
                schemes=partial(_schemes, dimension),
                first_free_day=first_free_day,
                must_stay=must_stay,
            )
        )


def first_free_day(centre_id: int) -> dt.date:
    """Today on the centre's clocks while nothing of the day is counted or being coded; else tomorrow."""
    zone = ZoneInfo(Centre.objects.values_list("time_zone", flat=True).get(pk=centre_id))
    today = now().astimezone(zone).date()
    midnight = dt.datetime.combine(today, dt.time(), zone)
    since_ms = int(midnight.timestamp() * 1000)
    turns = Turn.objects.filter(service__organisation__centre_id=centre_id)
    began = turns.filter(taken_at_ms__gte=since_ms) | turns.filter(waiting_since_ms__gte=since_ms)
    if began.exists() or Contact.objects.filter(centre_id=centre_id, half_hour__gte=midnight).exists():
        return today + DAY
    return today


def _schemes(dimension: str) -> Sequence[vocabularies.Scheme]:
    found = [_version_scheme(dimension, one) for one in vocabularies.versions_of(dimension)]
    if dimension == "reason":
        found.append(_other("four_cs", lambda: _("Four kinds of risk"), FOUR_CS, words.four_c_label))
        found.append(
            _other(
                "chi", lambda: _("Groups of the child helplines"), mappings()["chi"]["groups"], words.chi_group_label
            )
        )
    return found


def _version_scheme(dimension: str, version: vocabularies.Version) -> vocabularies.Scheme:
    def targets() -> list[tuple[str, str]]:
        language = words.language()
        return [(term.code, str(vocabularies.label_of(term, language))) for term in vocabularies.terms_in(version.code)]

    year = {"year": version.valid_from.year}
    return vocabularies.Scheme(
        name=version.code,
        label=lambda: _("The network's list of %(year)s") % year,
        targets=targets,
        usual=lambda centre_id: usual_standard_of(dimension, version.code, centre_id),
        is_version=True,
    )


def _other(name: str, label: Callable[[], str], codes: Sequence[str], say: Callable[[str], str]) -> vocabularies.Scheme:
    def usual(centre_id: int) -> Mapping[str, str]:
        return usual_reasons_to(name, centre_id)

    return vocabularies.Scheme(
        name=name, label=label, targets=lambda: [(code, say(code)) for code in codes], usual=usual
    )
