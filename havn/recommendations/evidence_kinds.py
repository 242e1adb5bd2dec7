"""Kinds of evidence that the log of activities does not point at: what was answered, asked and released."""

from django.urls import reverse
from django.utils.translation import gettext as _

from havn.activities.api import EvidenceKind, Thing, logged
from havn.recommendations.evidence import as_thing, register_kind
from havn.releases import api as releases
from havn.releases.models import Release
from havn.rounds import api as rounds
from havn.surveys import api as surveys
from havn.tenancy.models import Centre


def register() -> None:
    """Activities, accepted answers of rounds, surveys, and releases. Called from AppConfig.ready()."""
    register_kind(EvidenceKind("activity", lambda: _("Activity"), _activities, _activity))
    register_kind(EvidenceKind("answer", lambda: _("Answer in a round"), _answers, _answer))
    register_kind(EvidenceKind("survey", lambda: _("Survey"), _surveys, _survey))
    register_kind(EvidenceKind("release", lambda: _("Release of figures"), _releases, _release))


def _activities(centre: Centre) -> list[Thing]:
    return [as_thing(one) for one in logged(centre)]


def _activity(centre: Centre, number: int) -> Thing | None:
    return _numbered(_activities(centre), number)


def _answers(centre: Centre) -> list[Thing]:
    return [Thing(one.number, one.title, one.url, one.day) for one in rounds.answered_by(centre)]


def _answer(centre: Centre, number: int) -> Thing | None:
    return _numbered(_answers(centre), number)


def _surveys(centre: Centre) -> list[Thing]:
    return [Thing(one.number, one.title, one.url, one.day) for one in surveys.held_by(centre)]


def _survey(centre: Centre, number: int) -> Thing | None:
    return _numbered(_surveys(centre), number)


def _releases(centre: Centre) -> list[Thing]:
    return [_as_thing(release) for release in releases.releases_of(centre)]


def _release(centre: Centre, number: int) -> Thing | None:
    found = releases.releases_of(centre).filter(pk=number).first()
    return _as_thing(found) if found else None


def _as_thing(release: Release) -> Thing:
    days = f"{release.first.isoformat()} – {release.last.isoformat()}"
    return Thing(
        release.pk,
        f"{release.dataset.title}, {days}",
        reverse("releases:release", args=[release.pk]),
        release.published_at.date(),
    )


def _numbered(things: list[Thing], number: int) -> Thing | None:
    return next((thing for thing in things if thing.number == number), None)
