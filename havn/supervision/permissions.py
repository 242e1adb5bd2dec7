"""Who may whisper, take over, come to help and close. `check_can_x` raises with a sentence."""

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.errors import NotAllowed
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_be_on_duty
from havn.helpline.queries.duty import open_duty
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.live.models import Participant
from havn.supervision.models import Escalation, SideTalk, SideTalkPart, TakeOver
from havn.tenancy.models import Service


def check_can_supervise(actor: User, service: Service) -> None:
    """Supervisors and coordinators of the organisation that runs the helpline."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can do that."))


def check_can_whisper(actor: User, turn: Turn) -> None:
    """Whoever supervises and reads this talk along now."""
    check_can_supervise(actor, turn.service)
    if not _takes_part(actor, turn, Participant.Role.SUPERVISOR):
        raise NotAllowed(_("Read the talk along first."))


def check_can_take_over(actor: User, turn: Turn) -> None:
    """Whoever may whisper in it: nobody takes over a talk unread."""
    check_can_whisper(actor, turn)


def check_can_give_back(actor: User, turn: Turn, taken: TakeOver) -> None:
    """The one who took it over and has it still."""
    check_can_be_on_duty(actor, turn.service)
    if taken.by_id != actor.pk or turn.counsellor_id != actor.pk:
        raise NotAllowed(_("This talk is with a colleague."))


def check_can_open_side_talk(actor: User, turn: Turn) -> None:
    """The talk's own counsellor."""
    check_can_be_on_duty(actor, turn.service)
    if turn.counsellor_id != actor.pk:
        raise NotAllowed(_("This talk is with a colleague."))


def check_takes_part(actor: User, talk: SideTalk) -> None:
    """The one who opened it, and the colleagues who have joined and not left."""
    joined = SideTalkPart.objects.filter(talk=talk, user=actor, joined_at_ms__isnull=False, left_at_ms__isnull=True)
    if talk.opened_by_id != actor.pk and not joined.exists():
        raise NotAllowed(_("You take no part in this talk among colleagues."))


def check_can_see_escalation(actor: User, turn: Turn, escalation: Escalation | None) -> None:
    """The talk's counsellor, the one who opened it, and whoever supervises."""
    opened_by = escalation.opened_by_id if escalation else None
    if actor.pk in {turn.counsellor_id, opened_by} and has_role(actor, turn.service, *WORKS):
        return
    check_can_supervise(actor, turn.service)


def check_can_write_escalation(actor: User, turn: Turn, escalation: Escalation) -> None:
    """The two whose names stand on it, the talk's counsellor of today, and whoever may stand in for the opener."""
    check_can_be_on_duty(actor, turn.service)
    named = {escalation.opened_by_id, escalation.second_id, turn.counsellor_id}
    if actor.pk not in named and not can_stand_in(actor, turn, escalation):
        raise NotAllowed(_("Come as the second person first."))


def signs(actor: User, turn: Turn, escalation: Escalation) -> bool:
    """Whether this is one of the two who close it, or may be."""
    return actor.pk in {escalation.opened_by_id, escalation.second_id} or can_stand_in(actor, turn, escalation)


def may_come(escalation: Escalation, turn: Turn) -> bool:
    """Whether a second person is wanted: none is there, or the one who came is not on duty any more."""
    return escalation.second_id is None or open_duty(turn.service_id, escalation.second_id) is None


def can_stand_in(actor: User, turn: Turn, escalation: Escalation) -> bool:
    """A third person, once a second one is there, for an opener who is unknown or has gone off duty: a supervisor, or
    the counsellor who has the talk now."""
    if escalation.second_id is None or actor.pk in {escalation.opened_by_id, escalation.second_id}:
        return False
    gone = escalation.opened_by_id is None or open_duty(turn.service_id, escalation.opened_by_id) is None
    knows = actor.pk == turn.counsellor_id or has_role(actor, turn.service, *SUPERVISES)
    return gone and escalation.stand_in_id in {None, actor.pk} and knows


def check_can_manage(actor: User, service: Service) -> None:
    """Coordinators decide how supervision works."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can change how the helpline works."))


def _takes_part(actor: User, turn: Turn, role: str) -> bool:
    return Participant.objects.filter(conversation_id=turn.pk, user=actor, role=role, left_at_ms__isnull=True).exists()
