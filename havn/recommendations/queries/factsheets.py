"""Which factsheets somebody sees, and what stands in one."""

import datetime as dt

from django.db.models import Count, Q, QuerySet

from havn.recommendations.models import Ask, Evidence, Factsheet, FollowUp, MonitoringRound, Passage, Remark
from havn.recommendations.rules.factsheet.document import FOLLOW_UP, PRACTICE
from havn.recommendations.rules.factsheet.verbs import RoundWords
from havn.recommendations.rules.rounds import answers
from havn.tenancy.models import Centre


def words_of_round(round: MonitoringRound) -> RoundWords:
    """The verbs and ids by which its factsheets are read."""
    return RoundWords(tuple(str(one["verb"]) for one in round.verbs), round.id_scheme)


def visible_to(centre: Centre, *, to_secretariat: bool) -> QuerySet[Factsheet]:
    """Those that are worked with on the desk of this centre: a Party's own, and all for the network's secretariat."""
    found = Factsheet.objects.filter(is_ready=True).select_related("round__instrument", "party")
    return found if to_secretariat else found.filter(party=centre)


def published() -> QuerySet[Factsheet]:
    """Those that everybody may read, whatever centre's pages they are on."""
    found = Factsheet.objects.filter(is_ready=True, published_at__isnull=False)
    return found.select_related("round__instrument", "party")


def open_for_comments(today: dt.date) -> QuerySet[Factsheet]:
    """Those on which people of every centre comment today. They see what is validated, and what they say themselves."""
    found = Factsheet.objects.filter(
        is_ready=True, round__others=MonitoringRound.Others.EVERYBODY,
        round__comments_from__lte=today, round__comments_until__gte=today,
    )  # fmt: skip
    return found.select_related("round__instrument", "party")


def follow_ups_visible_to(centre: Centre) -> QuerySet[FollowUp]:
    """What this desk may read of any factsheet: what is validated, and of its own Party everything."""
    return FollowUp.objects.filter(Q(state=FollowUp.State.VALIDATED) | Q(factsheet__party=centre))


def remarks_visible_to(centre: Centre, person: int) -> QuerySet[Remark]:
    """Remarks on its own Party's factsheet, and elsewhere those that the person wrote."""
    return Remark.objects.filter(Q(factsheet__party=centre) | Q(written_by=person))


def documents_of(factsheet: Factsheet) -> QuerySet[Evidence]:
    """Documents that show what is validated of a factsheet, without their contents."""
    found = Evidence.objects.filter(follow_up__factsheet=factsheet, follow_up__state=FollowUp.State.VALIDATED)
    return found.filter(file__isnull=False).select_related("file").defer("file__content")


def counted(factsheets: QuerySet[Factsheet]) -> QuerySet[Factsheet]:
    """With the number of asks, and of follow-ups in each state."""
    return factsheets.annotate(
        ask_count=Count("asks", distinct=True),
        draft_count=Count("follow_ups", filter=Q(follow_ups__state=FollowUp.State.DRAFT), distinct=True),
        waiting_count=Count("follow_ups", filter=Q(follow_ups__state=FollowUp.State.SUBMITTED), distinct=True),
        valid_count=Count("follow_ups", filter=Q(follow_ups__state=FollowUp.State.VALIDATED), distinct=True),
    )


def box_of_ask(ask: Ask) -> Passage | None:
    """The box that stands right below an ask as published, or None."""
    below = ask.passage.order + ask.length
    found = ask.factsheet.passages.filter(order=below, kind=Passage.Kind.FOLLOW_UP, parent=None)
    return found.filter(chapter=ask.chapter_id).first()


def kinds_for(follow_up: FollowUp) -> list[str]:
    """What a follow-up there may be: an orange box takes all, a blue one practices where the round's verbs allow it.

    A practice of a whole chapter needs a blue box in it as published, or an ask that invites to it.
    """
    boxes = follow_up.factsheet.round.boxes
    if follow_up.ask is not None:
        verb = follow_up.ask.verb
        orange = (
            [FollowUp.Kind.MEASURE, FollowUp.Kind.OBSERVATION] if not verb or answers(boxes, FOLLOW_UP, verb) else []
        )
        return [*orange, *([FollowUp.Kind.PRACTICE] if answers(boxes, PRACTICE, verb) else [])]
    verbs = boxes.get(PRACTICE, {}).get("verbs", [])
    invites = follow_up.factsheet.asks.filter(chapter=follow_up.chapter_id, verb__in=verbs).exists()
    has_box = practice_box(follow_up.factsheet, follow_up.chapter_id) is not None
    return [FollowUp.Kind.PRACTICE] if invites or has_box else []


def practice_box(factsheet: Factsheet, chapter_id: int) -> Passage | None:
    """The last box for practices in a chapter as published, or None."""
    return factsheet.passages.filter(chapter=chapter_id, kind=PRACTICE, parent=None).last()
