"""Who may do what to a letter. `check_can_x` raises with a sentence; `can_x` asks the same question."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.errors import NotAllowed, Refused
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_be_on_duty, check_can_work_on
from havn.helpline.queries.duty import last_counsellor
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.helpline.rules.turns import WRITTEN
from havn.letterbox.models import Draft, Edition
from havn.letterbox.queries.editions import is_answered
from havn.letterbox.rules.second_reading import why_not_read
from havn.tenancy.models import Service

P = ParamSpec("P")


def check_can_write(actor: User, letter: Turn) -> None:
    """Keep a draft: who has the letter; who had it last while nobody has it, so that no sentence is lost."""
    if letter.channel not in WRITTEN:
        raise NotAllowed(_("This is not a letter."))
    if letter.counsellor_id is None and last_counsellor(letter.pk) == actor.pk:
        check_can_be_on_duty(actor, letter.service)
    else:
        check_can_work_on(actor, letter)


def check_can_answer(actor: User, letter: Turn) -> None:
    """Send the answer or ask a colleague to read it: only who has the letter."""
    if letter.channel not in WRITTEN:
        raise NotAllowed(_("This is not a letter."))
    check_can_work_on(actor, letter)


def check_can_read_draft(actor: User, letter: Turn, draft: Draft | None, *, now_ms: int) -> None:
    """Take a colleague's draft to read it: anybody of the helpline whose own words are not in it."""
    check_can_be_on_duty(actor, letter.service)
    match why_not_read(
        user_id=actor.pk,
        writers=draft.writers if draft else (),
        asked=draft is not None and draft.asked_at_ms is not None,
        reader_id=draft.reader_id if draft else None,
        reader_until_ms=draft.reader_until_ms if draft else None,
        now_ms=now_ms,
    ):
        case None:
            return
        case "own":
            raise NotAllowed(_("Your own words are in this answer. A colleague has to read it."))
        case "taken":
            raise Refused(_("A colleague is reading this answer now."))
        case _:
            raise Refused(_("This answer does not wait for a second reading any more."))


def check_can_edit(actor: User, service: Service) -> None:
    """Prepare a question and answer for the public page: whoever answers letters there."""
    if not has_role(actor, service, *WORKS):
        raise NotAllowed(_("You don't work at this helpline."))


def check_is_answered(letter: Turn) -> None:
    """Only an answered letter is prepared for the site: no further eyes read it before those who answer it."""
    if not is_answered(letter.pk):
        raise Refused(_("This letter waits for an answer. Then it can be prepared for the site."))


def check_can_publish(actor: User, service: Service, edition: Edition) -> None:
    """The second person: a supervisor or coordinator who changed nothing of it."""
    check_can_take_off(actor, service)
    if actor.pk in edition.editors:
        raise NotAllowed(_("You have worked on this yourself. A second person has to publish it."))


def check_can_take_off(actor: User, service: Service) -> None:
    """Take a published answer off the site: one supervisor or coordinator is enough."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators decide about published answers."))


def check_can_manage(actor: User, service: Service) -> None:
    """The clocks and the second reading: coordinators."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can change how the letterbox works."))


def _allowed(check: Callable[Concatenate[User, P], None]) -> Callable[Concatenate[User, P], bool]:
    def can(actor: User, /, *args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(actor, *args, **kwargs)
        except Refused:
            return False
        return True

    return can


can_write = _allowed(check_can_write)
can_answer = _allowed(check_can_answer)
can_read_draft = _allowed(check_can_read_draft)
can_publish = _allowed(check_can_publish)
can_take_off = _allowed(check_can_take_off)
can_manage = _allowed(check_can_manage)
