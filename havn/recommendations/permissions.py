"""Who prepares a round, who fills a Party's factsheet, who validates, and who comments in which phase."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.errors import NotAllowed, Refused
from havn.recommendations.models import Factsheet, FollowUp, MonitoringRound
from havn.recommendations.rules.rounds import COMMENT, FILL, Dates, phases_on
from havn.recommendations.rules.states import may_validate
from havn.tenancy.models import Centre

READ, FILLS, PREPARES, COMMENTS = (
    "recommendations.read", "recommendations.fill", "recommendations.prepare", "recommendations.comment",
)  # fmt: skip
FILLERS = (Role.COORDINATOR, Role.DATA_OFFICER)
STAKEHOLDERS = (Role.SUPERVISOR, Role.EDITOR, Role.PUBLISHER)
READERS = (*FILLERS, *STAKEHOLDERS, Role.ADMINISTRATOR)
SPEAKERS = (*FILLERS, *STAKEHOLDERS)


def register() -> None:
    """Add the rows. Called from AppConfig.ready()."""
    register_permission(READ, gettext_lazy("Read recommendations and their follow-up"), *READERS)
    register_permission(FILLS, gettext_lazy("Write and validate the follow-up of recommendations"), *FILLERS)
    register_permission(PREPARES, gettext_lazy("Prepare rounds of recommendations, in the network's centre"), *FILLERS)
    register_permission(COMMENTS, gettext_lazy("Comment on the follow-up of recommendations"), *SPEAKERS)


def dates_of(round: MonitoringRound) -> Dates:
    """The days of a round."""
    return Dates(round.fills_from, round.fills_until, round.comments_from, round.comments_until)


def can_prepare(user: User | int, centre: Centre) -> bool:
    """Whether the person is the secretariat: a coordinator or data officer in the network's own centre."""
    return centre.kind == Centre.Kind.NETWORK and _holds(user, centre, PREPARES)


def check_can_prepare(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed unless `can_prepare`."""
    if not can_prepare(user, centre):
        raise NotAllowed(_("Rounds are prepared by coordinators and data officers of the network."))


def check_can_read(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed unless the person holds a role in this centre that reads recommendations."""
    if not _holds(user, centre, READ):
        raise NotAllowed(not_allowed_sentence(roles_that_may(READ)))


def check_can_fill(user: User | int, factsheet: Factsheet, today: dt.date) -> None:
    """Raise NotAllowed for others than the Party, Refused outside the days in which it fills."""
    if not _holds(user, factsheet.party, FILLS):
        raise NotAllowed(_("A Party's follow-up is written by its own coordinators and data officers."))
    if FILL not in phases_on(today, dates_of(factsheet.round)):
        raise Refused(_("In this round follow-up is not being written today. Look at the dates of the round."))


def can_fill(user: User | int, factsheet: Factsheet, today: dt.date) -> bool:
    """The same question for a button."""
    return _passes(check_can_fill, user, factsheet, today)


def check_can_validate(user: User, follow_up: FollowUp) -> None:
    """Raise NotAllowed unless the person fills for this Party and wrote no version of it."""
    if not _holds(user, follow_up.factsheet.party, FILLS):
        raise NotAllowed(_("A Party's follow-up is validated by its own coordinators and data officers."))
    authors = {follow_up.written_by_id, *follow_up.versions.values_list("written_by", flat=True)}
    if not may_validate(authors=authors, validator=user.pk):
        raise NotAllowed(_("You wrote this. Somebody else has to validate it."))


def can_validate(user: User, follow_up: FollowUp) -> bool:
    """The same question for a button."""
    return _passes(check_can_validate, user, follow_up)


def check_can_comment(user: User | int, factsheet: Factsheet, today: dt.date) -> None:
    """Raise NotAllowed for whom the round does not ask, Refused outside the days in which others comment.

    The round asks people of the Party's own centre, or of every centre of the network that works here.
    """
    if not _holds(user, factsheet.party, COMMENTS) and not _is_asked(user, factsheet.round):
        raise NotAllowed(_("Comments come from people of the Party's own centre."))
    if COMMENT not in phases_on(today, dates_of(factsheet.round)):
        raise Refused(_("In this round comments are not being taken today. Look at the dates of the round."))


def can_comment(user: User | int, factsheet: Factsheet, today: dt.date) -> bool:
    """The same question for a button."""
    return _passes(check_can_comment, user, factsheet, today)


def can_speak(user: User | int, centre: Centre) -> bool:
    """Whether the person comments for this centre."""
    return _holds(user, centre, COMMENTS)


def can_validate_in(user: User | int, centre: Centre) -> bool:
    """Whether the person validates for this Party what others wrote."""
    return _holds(user, centre, FILLS)


def _is_asked(user: User | int, round: MonitoringRound) -> bool:
    if round.others != MonitoringRound.Others.EVERYBODY:
        return False
    person = user if isinstance(user, int) else user.pk
    centres = Centre.objects.filter(is_hosted=True, organisations__memberships__user=person).distinct()
    return any(_holds(user, centre, COMMENTS) for centre in centres)


def _holds(user: User | int, centre: Centre, code: str) -> bool:
    return bool(roles_in_centre(user, centre) & set(roles_that_may(code)))


def _passes(check: object, *arguments: object) -> bool:
    assert callable(check)
    try:
        check(*arguments)
    except Refused:
        return False
    return True
