"""E-mails that wait to go out and are not wanted any more: at their child's wish, and before their letter goes."""

from collections.abc import Sequence

from django.db import transaction

from havn.live.models import Conversation
from havn.mail import api as mail
from havn.mailbox.models import MailOut


@transaction.atomic
def take_back_mails(conversation_ids: Sequence[int]) -> None:
    """Destroy what waits to go out of these letters. What a worker is sending at this moment is tried once.

    Their rows are locked first, as for an answer: none is queued beside it.
    """
    locked = Conversation.objects.select_for_update(of=("self",)).filter(pk__in=conversation_ids).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    for out in list(MailOut.objects.filter(conversation_id__in=ids)):
        if mail.stop(out.letter_id):
            out.delete()
