"""The child's yes to publishing and its end. All of it runs inside the live process's writer, without anybody's key."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.audit import api as audit
from havn.common.errors import Refused
from havn.common.page_cache import pages_changed
from havn.letterbox import withdrawn
from havn.letterbox.models import Consent, Edition, PublishedAnswer
from havn.letterbox.rules.withdrawing import withdraw_hash
from havn.tenancy.models import Centre


@transaction.atomic
def allow_publishing(*, conversation_id: int, code: str) -> None:
    """The child allows that question and answer are shown without names. Said twice is said once.

    Raises Refused where it was taken back before: that is for good.
    """
    consent = Consent.objects.select_for_update(of=("self",)).filter(pk=conversation_id).first()
    if consent is None:
        Consent.objects.create(pk=conversation_id, state=Consent.State.YES, withdraw_hash=withdraw_hash(code))
    elif consent.state == Consent.State.WITHDRAWN:
        raise Refused(_("You have said no before, and that stays so."))


@transaction.atomic
def take_back(*, centre_id: int, code: str) -> bool:
    """Take the yes back with the return code, whether the letter still exists or not. False when the code finds none.

    What was published of it is destroyed at once, and so is what was being edited. It cannot be published again.
    """
    return _take_back(centre_id, withdraw_hash(code))


@transaction.atomic
def take_back_with_letter(conversation_id: int, centre_id: int) -> None:
    """The child deletes the letter: what was published of it goes with it."""
    found = Consent.objects.filter(pk=conversation_id).values_list("withdraw_hash", flat=True).first()
    if found is not None:
        _take_back(centre_id, bytes(found))


def _take_back(centre_id: int, hashed: bytes) -> bool:
    centre = Centre.objects.filter(pk=centre_id)
    consent = (
        Consent.objects.select_for_update(of=("self",))
        .filter(withdraw_hash=hashed, conversation__centre__in=centre)
        .first()
    )
    published = PublishedAnswer.objects.filter(withdraw_hash=hashed, centre__in=centre)
    if consent is None and not published.exists():
        return False
    withdrawn.remember(hashed)
    if consent is not None:
        consent.state = Consent.State.WITHDRAWN
        consent.save(update_fields=["state"])
        Edition.objects.filter(pk=consent.pk).delete()
    gone = published.count()
    published.delete()
    pages_changed()
    if gone:
        # Whose it was nobody knows: the trail says that one went.
        audit.record(centre_id=centre_id, action="letterbox.answer.withdrawn")
    return True
