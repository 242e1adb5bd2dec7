"""The child's yes to publishing and its end. All of it runs inside the live process's writer, without anybody's key."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.audit import api as audit
from havn.common.errors import Refused
from havn.common.page_cache import pages_changed
from havn.letterbox import withdrawn
from havn.letterbox.models import Consent, Edition, PublishedAnswer
from havn.letterbox.rules.withdrawing import withdraw_hash
from havn.live.models import ReturnCode
from havn.tenancy.models import Centre


@transaction.atomic
def allow_publishing(*, conversation_id: int, code: str) -> None:
    """The child allows that question and answer are shown without names. Said twice is said once.

    Raises Refused where it was taken back before: that is for good; and without a return code that stays, by which
    alone it can be taken back.
    """
    codes = ReturnCode.objects.select_for_update(of=("self",)).filter(conversation_id=conversation_id, unwanted=False)
    if codes.first() is None:
        raise Refused(_("You need your code to take this back. Keep your code first."))
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


@transaction.atomic
def end_without_code(conversation_id: int, centre_id: int) -> None:
    """The child wants no return code, so that nothing could take a yes back later: it ends now, with all made of it.

    The child has not said no: with the code kept after all there may be a new yes.
    """
    rows = Consent.objects.select_for_update(of=("self",))
    consent = rows.filter(pk=conversation_id, state=Consent.State.YES).first()
    if consent is not None:
        _take_back(centre_id, bytes(consent.withdraw_hash))
        consent.delete()


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
