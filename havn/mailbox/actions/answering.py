"""An answer to a letter that came by e-mail: it goes out when it is stored, the way its child wants it."""

from django.utils.translation import gettext as _

from havn.common.errors import Refused
from havn.helpline.models import Turn
from havn.mailbox import letters
from havn.mailbox.actions.posting import post
from havn.mailbox.actions.receiving import note_undelivered
from havn.mailbox.models import MailThread
from havn.mailbox.queries.connection import box_of
from havn.mailbox.sealing import open_facts


def send_answer(letter: Turn, key: bytes, text: str, at_ms: int) -> None:
    """Queue the answer, or that there is one, in the transaction that stores it. Other letters: nothing.

    Where nothing can be queued, the thread says that no e-mail arrived.
    """
    thread = MailThread.objects.filter(pk=letter.pk).first()
    if thread is None or thread.wish == MailThread.Wish.NOTHING:
        return
    service, box = letter.service, box_of(letter.service_id)
    if thread.wish == MailThread.Wish.WHOLE:
        words = letters.answer(service, box, language=letter.language, text=text)
    else:
        words = letters.announcement(service, box, language=letter.language)
    queued = post(
        service,
        box,
        thread,
        open_facts(thread, key),
        language=letter.language,
        text=words,
        kind="mailbox.answer",
        automatic="" if thread.wish == MailThread.Wish.WHOLE else "auto-generated",
        now_ms=at_ms,
    )
    if not queued:
        note_undelivered(thread, letter.service_id, key)


def check_may_answer(conversation_id: int, _user_id: int) -> None:
    """Raises Refused for words in the talk's thread: they would stay here. An e-mail is answered on its own page."""
    if MailThread.objects.filter(pk=conversation_id).exists():
        raise Refused(_("An e-mail is answered on its own page, so that the answer goes out as one e-mail."))
