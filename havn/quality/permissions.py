"""Who may see, answer, come, draw, review and decide. `check_can_x` raises with a sentence."""

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.errors import NotAllowed
from havn.helpline.models import Turn
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.quality.models import Review, TalkWish
from havn.quality.queries.reviews import had_talk
from havn.tenancy.models import Service


def check_works(actor: User, service: Service) -> None:
    """Counsellors, supervisors and coordinators of the organisation that runs the helpline."""
    if not has_role(actor, service, *WORKS):
        raise NotAllowed(_("You don't work at this helpline."))


def check_can_care(actor: User, service: Service) -> None:
    """See who wants to talk, and come: supervisors and coordinators."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can do that."))


def check_can_come(actor: User, wish: TalkWish) -> None:
    """Somebody else who supervises."""
    check_can_care(actor, wish.service)
    if wish.user_id == actor.pk:
        raise NotAllowed(_("This is your own wish. A colleague has to come."))


def check_can_end_wish(actor: User, wish: TalkWish) -> None:
    """The person, or whoever supervises."""
    if wish.user_id != actor.pk:
        check_can_care(actor, wish.service)


def check_can_mark(actor: User, turn: Turn) -> None:
    """Say of a talk that it is hard: its counsellor."""
    check_works(actor, turn.service)
    if turn.counsellor_id != actor.pk:
        raise NotAllowed(_("This talk is with a colleague."))


def check_can_manage(actor: User, service: Service) -> None:
    """Settings, criteria, drawing, and sums over people: coordinators."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can change how the helpline works."))


def can_manage(actor: User, service: Service) -> bool:
    """The same question for a button or a table."""
    return has_role(actor, service, *MANAGES)


def check_can_review(actor: User, review: Review) -> None:
    """Whoever supervises and never had this talk as its counsellor."""
    if not has_role(actor, review.service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can review talks."))
    if had_talk(actor.pk, review):
        raise NotAllowed(_("Your own talk is reviewed by somebody else."))


def check_can_score(actor: User, review: Review) -> None:
    """The one who took this review."""
    check_can_review(actor, review)
    if review.reviewer_id != actor.pk:
        raise NotAllowed(_("Take the review first."))


def check_can_see_result(actor: User, review: Review) -> None:
    """The counsellor whose talk it was."""
    check_works(actor, review.service)
    if review.counsellor_id != actor.pk:
        raise NotAllowed(_("This is a colleague's result."))
