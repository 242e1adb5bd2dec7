"""Changing what is validated: a draft beside it, which takes its place once it is validated itself."""

from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.common.errors import Refused
from havn.recommendations.models import Evidence, EvidenceFile, FollowUp, FollowUpVersion
from havn.recommendations.rules.states import DRAFT, VALIDATED

_WORDS = ("kind", "dated_on", "status", "text", "body", "due_on", "responsible", "alternate", "validator")
_EVIDENCE = ("label", "dated_on", "figure", "url", "kind", "object_id", "file_id")
_PLACE = ("factsheet", "chapter", "ask", "box")


def draft_beside(stored: FollowUp) -> FollowUp:
    """A draft with the same words and evidence. What is validated stays public. Call it with the row locked.

    Refused when it is not validated, and when such a draft is there already.
    """
    if stored.state != VALIDATED:
        raise Refused(_("This follow-up is in another state by now. Look at it again."))
    if FollowUp.objects.filter(replaces=stored).exists():
        raise Refused(_("Somebody is changing this already. Go on with their draft."))
    made = FollowUp(
        state=DRAFT, replaces=stored, version=stored.version, written_by=stored.written_by, changed_at=now(),
        **{name: getattr(stored, name) for name in (*_PLACE, *_WORDS)},
    )  # fmt: skip
    made.save()
    Evidence.objects.bulk_create(
        Evidence(follow_up=made, **{name: getattr(one, name) for name in _EVIDENCE}) for one in stored.evidence.all()
    )
    return made


def put_in_place(draft: FollowUp, replaced: FollowUp) -> FollowUp:
    """Give the words, evidence and versions of a validated draft to what it changes; the draft's row goes.

    Both are locked. Whoever has the address of the first one finds the new words there.
    """
    for name in (*_WORDS, "box", "version", "written_by", "changed_at", "validated_by", "validated_at"):
        setattr(replaced, name, getattr(draft, name))
    replaced.evidence.all().delete()
    Evidence.objects.filter(follow_up=draft).update(follow_up=replaced)
    FollowUpVersion.objects.filter(follow_up=draft).update(follow_up=replaced)
    draft.delete()
    replaced.save()
    forget_unused_files()
    return replaced


def forget_unused_files() -> None:
    """Destroy documents that no evidence points at any more."""
    EvidenceFile.objects.filter(evidence=None).delete()
