"""Who prepares a round, who fills a Party's factsheet, who validates, and who comments in which phase."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission, roles_in_centre, roles_that_may
from havn.accounts.models import Role, User
from havn.accounts.permissions import not_allowed_sentence
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.recommendations.models import Factsheet, FollowUp, MonitoringRound
from havn.recommendations.queries.named import authors_of, validator_of
from havn.recommendations.rules.rounds import COMMENT, FILL, PREPARE, VALIDATE, Dates, phases_on
from havn.recommendations.rules.states import validators
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
    return Dates(
        round.prepares_from, round.prepares_until, round.fills_from, round.fills_until, round.comments_from,
        round.comments_until,
    )  # fmt: skip


def is_secretariat(user: User | int, centre: Centre) -> bool:
    """Whether the person is the secretariat: a coordinator or data officer in the network's own centre."""
    return centre.kind == Centre.Kind.NETWORK and _holds(user, centre, PREPARES)


def check_is_secretariat(user: User | int, centre: Centre) -> None:
    """Raise NotAllowed unless `is_secretariat`: what it does on any day, such as setting days and publishing."""
    if not is_secretariat(user, centre):
        raise NotAllowed(_("Rounds are prepared by coordinators and data officers of the network."))


def check_can_prepare(user: User | int, centre: Centre, round: MonitoringRound) -> None:
    """Raise NotAllowed unless `is_secretariat`, Refused outside the days in which the round is prepared."""
    check_is_secretariat(user, centre)
    if PREPARE not in phases_on(today_in(centre), dates_of(round)):
        raise Refused(_("This round is not being prepared today. Change its days first, if it shall be."))


def can_prepare(user: User | int, centre: Centre, round: MonitoringRound) -> bool:
    """The same question for a button."""
    return _passes(check_can_prepare, user, centre, round)


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


def check_can_name(user: User | int, factsheet: Factsheet, today: dt.date) -> None:
    """Raise NotAllowed for others than the Party, Refused when nothing more is written or validated in the round."""
    if not _holds(user, factsheet.party, FILLS):
        raise NotAllowed(_("A Party's follow-up is written and validated by its own coordinators and data officers."))
    if VALIDATE not in phases_on(today, dates_of(factsheet.round)):
        raise Refused(_("In this round nothing is being written or validated today. Look at the dates of the round."))


def can_name(user: User | int, factsheet: Factsheet, today: dt.date) -> bool:
    """The same question for a button."""
    return _passes(check_can_name, user, factsheet, today)


def check_can_validate(user: User, follow_up: FollowUp, today: dt.date) -> None:
    """Raise NotAllowed unless the person may by `rules.states.may_validate`, Refused after the last day for it."""
    party = follow_up.factsheet.party
    if not _holds(user, party, FILLS):
        raise NotAllowed(_("A Party's follow-up is validated by its own coordinators and data officers."))
    if user.pk not in who_validates(follow_up):
        if user.pk in authors_of(follow_up):
            raise NotAllowed(_("You wrote this. Somebody else has to validate it."))
        raise NotAllowed(_("Somebody else was named to validate this. A colleague can name you instead."))
    if VALIDATE not in phases_on(today, dates_of(follow_up.factsheet.round)):
        raise Refused(_("In this round nothing is being validated today. Look at the dates of the round."))


def can_validate(user: User, follow_up: FollowUp, today: dt.date) -> bool:
    """The same question for a button."""
    return _passes(check_can_validate, user, follow_up, today)


def who_validates(follow_up: FollowUp) -> frozenset[int]:
    """Who may validate it today, as far as people go (`rules.states.validators`)."""
    return validators(
        authors=authors_of(follow_up), last=follow_up.written_by_id, named=validator_of(follow_up),
        may=validators_in(follow_up.factsheet.party),
    )  # fmt: skip


def validators_in(party: Centre) -> frozenset[int]:
    """Who validates for a Party at all: its active coordinators and data officers."""
    held = User.objects.filter(
        is_active=True, memberships__organisation__centre=party, memberships__role__in=roles_that_may(FILLS)
    )
    return frozenset(held.values_list("pk", flat=True))


def today_in(centre: Centre) -> dt.date:
    """The day by the centre's own clocks."""
    return now().astimezone(ZoneInfo(centre.time_zone)).date()


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
