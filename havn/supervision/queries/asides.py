"""What stands beside a talk's log, for those of the staff who may see it. One function decides: `may_see`."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from havn.helpline.beside import Aside
from havn.helpline.models import Turn
from havn.helpline.rules.visibility import may_see
from havn.helpline.sealing import open_text
from havn.live.api import Viewer
from havn.live.models import Participant
from havn.supervision.models import SideTalkWords, Whisper

WHISPER = "whisper"
ASIDE = "aside"


def asides_beside(turn: Turn, key: bytes, viewer: Viewer) -> list[Aside]:
    """Whispers for supervisors and whom they were for, words of side talks for those who take part in them."""
    found: list[Aside] = []
    if viewer.user_id is not None and may_see(viewer_role=viewer.role, kind=WHISPER):
        found += _whispers(turn, key, viewer)
    if viewer.user_id is not None and may_see(viewer_role=viewer.role, kind=ASIDE):
        found += _side_words(turn, key, viewer)
    return found


def _whispers(turn: Turn, key: bytes, viewer: Viewer) -> Iterator[Aside]:
    rows = Whisper.objects.filter(conversation_id=turn.pk).select_related("by")
    if viewer.role != Participant.Role.SUPERVISOR:
        # A talk changes hands: the counsellor of now reads what was said to them, or what they said themselves.
        rows = rows.filter(Q(to_id=viewer.user_id) | Q(by_id=viewer.user_id))
    for one in rows:
        yield Aside(
            name=f"w{one.pk}",
            kind=WHISPER,
            label=_("Whisper"),
            who=one.by.name,
            text=open_text(one.nonce, one.sealed, conversation_id=turn.pk, field="whisper", key=key),
            after_seq=one.after_seq,
            at_ms=one.at_ms,
            mine=one.by_id == viewer.user_id,
        )


def _side_words(turn: Turn, key: bytes, viewer: Viewer) -> Iterator[Aside]:
    takes_part = Q(talk__opened_by_id=viewer.user_id) | Q(
        talk__parts__user_id=viewer.user_id,
        talk__parts__joined_at_ms__isnull=False,
        talk__parts__left_at_ms__isnull=True,
    )
    rows = SideTalkWords.objects.filter(takes_part, conversation_id=turn.pk).select_related("by").distinct()
    for one in rows:
        yield Aside(
            name=f"s{one.pk}",
            kind=ASIDE,
            label=_("Among colleagues"),
            who=one.by.name,
            text=open_text(one.nonce, one.sealed, conversation_id=turn.pk, field="side-talk", key=key),
            after_seq=one.after_seq,
            at_ms=one.at_ms,
            mine=one.by_id == viewer.user_id,
        )
