"""An e-mail begins a thread or joins the one whose token it carries; nothing of it stands anywhere in clear."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from havn.common.clock import now_ms
from havn.helpline.models import Contact, Turn
from havn.helpline.queries.attempts import attempts_by_channel
from havn.letterbox.models import LetterClock
from havn.letterbox.queries.letters import Wish, page_of
from havn.live import api as live
from havn.live.models import Conversation, ReturnCode
from havn.mailbox.actions import receiving
from havn.mailbox.actions.receiving import Taken
from havn.mailbox.models import MailThread, SeenMail
from havn.mailbox.rules.reading import Mail
from tests.helpline.factories import Person, make_line
from tests.mailbox.factories import Box, make_box, outbox
from tests.mailbox.mails import ADDRESS, CHILD, mail

pytestmark = pytest.mark.django_db


def test_a_first_mail_is_a_letter_among_letters(box: Box, anna: Person) -> None:
    assert box.takes(mail("I am so alone", subject="Help?")) == [Taken.NEW]
    turn = box.turn()
    assert (turn.state, turn.channel, turn.counsellor_id) == ("waiting", "mail", None)
    assert box.texts() == ["Help?\n\nI am so alone"]
    assert LetterClock.objects.get(pk=turn.pk).unanswered_since_ms is not None
    (row,) = page_of([box.line.service], Wish(), user_id=anna.pk, now_ms=now_ms()).rows
    assert (row.conversation_id, row.channel, row.state) == (turn.pk, "mail", "waiting")
    assert Conversation.objects.get(pk=turn.pk).kind == "helpline.mail"


def test_an_answer_with_the_token_joins_its_thread_and_nothing_else_does(box: Box, anna: Person) -> None:
    box.takes(mail("first", subject="Same"))
    box.answers(anna, "we hear you")
    (sent,) = [one for one in outbox() if "we hear you" in one.text]
    thread = box.thread()
    assert box.takes(mail("thank you", to=sent.reply_to, subject="Another subject")) == [Taken.AGAIN]
    assert box.texts(thread)[1:] == ["thank you"]
    assert box.takes(mail("in reply", to=ADDRESS, in_reply_to=f"<{sent.message_id}>")) == [Taken.AGAIN]
    # The same subject and sender, without the token, and with a wrong one: threads of their own.
    assert box.takes(mail("me again", subject="Re: Same")) == [Taken.NEW]
    wrong = sent.reply_to.replace(box.facts(thread).token, "0" * 20)
    assert box.takes(mail("guessing", to=wrong)) == [Taken.NEW]
    assert MailThread.objects.count() == 3
    assert box.texts(thread)[2:] == ["in reply"]


def test_a_token_opens_no_thread_of_another_helpline(box: Box) -> None:
    box.takes(mail("mine"))
    token = box.facts().token
    other = make_box(make_line(centre_fields={"host": None}), address="help@other.example")
    assert other.takes(mail("theirs", to=f"help+{token}@other.example")) == [Taken.NEW]


def test_a_further_mail_opens_what_was_closed_and_starts_the_clock(box: Box, anna: Person) -> None:
    from havn.helpline.actions.ending import finish

    box.takes(mail("first"))
    box.answers(anna)
    turn = Turn.objects.select_related("service__organisation__centre").get()
    finish(turn, by=Turn.EndedBy.COUNSELLOR, key=None, now_ms=now_ms(), name="Anna")
    assert LetterClock.objects.get(pk=turn.pk).unanswered_since_ms is None
    box.takes(mail("one more thing", to=f"help+{box.facts().token}@centre.example"))
    turn.refresh_from_db()
    assert turn.state == "waiting"
    assert LetterClock.objects.get(pk=turn.pk).unanswered_since_ms is not None


def test_the_same_mail_is_stored_once_and_another_with_its_name_is_stored_too(box: Box) -> None:
    one = mail("hello", message_id="<1@home.example>")
    assert box.takes(one, one) == [Taken.NEW, Taken.SEEN]
    assert box.takes(one) == [Taken.SEEN]
    assert box.takes(mail("not the same", message_id="<1@home.example>")) == [Taken.NEW]
    assert SeenMail.objects.count() == 2


def test_who_writes_is_sealed_and_goes_with_the_letter(box: Box) -> None:
    from havn.helpline.retention.destroy import destroy_at_once

    box.takes(mail("hello", subject="about Jake"))
    thread = box.thread()
    assert box.facts() == box.facts(thread)
    assert (box.facts().address, box.facts().subject) == (CHILD, "about Jake")
    assert CHILD.encode() not in bytes(thread.facts_sealed)
    destroy_at_once([thread.pk])
    assert not MailThread.objects.exists()
    assert not ReturnCode.objects.exists()


def test_the_token_is_a_key_that_goes_first(box: Box) -> None:
    from havn.helpline.retention.tables import KEYS

    assert MailThread in KEYS


def test_the_code_of_the_receipt_opens_the_letter_on_our_site(box: Box) -> None:
    import re

    box.takes(mail("hello"))
    (receipt,) = outbox()
    code = re.search(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", receipt.text)
    assert code is not None
    opened = live.open_with_code(code[0], centre_id=box.line.service.organisation.centre_id)
    assert opened is not None
    assert opened.visitor.conversation_id == box.thread().pk


def test_a_letter_by_mail_counts_as_an_attempt_of_its_channel(box: Box, anna: Person) -> None:
    import datetime as dt

    from havn.common.clock import now

    def counted() -> tuple[int, int, int]:
        at = now()
        found = attempts_by_channel(
            [box.line.service], since=at - dt.timedelta(days=1), until=at + dt.timedelta(days=1)
        )
        one = found["mail"]
        return one.offered, one.waiting, one.answered

    box.takes(mail("one"))
    assert counted() == (1, 1, 0)
    box.take(anna)
    assert counted() == (1, 0, 1)
    assert not Contact.objects.exists()


def test_files_are_left_out_and_told_to_both(box: Box) -> None:
    box.takes(mail("look at this", files=2))
    assert ("mail-left-out", "2 files came with the e-mail. They were deleted unopened.") in box.log()
    assert box.thread().left_out == 2
    (receipt,) = outbox()
    assert "We can't take pictures or files." in receipt.text
    assert "PNG" not in "".join(text for _who, text in box.log())


def test_a_long_mail_is_kept_in_pieces_and_cut_where_it_ends(box: Box) -> None:
    box.takes(mail("word " * 9_000))
    assert all(len(text) <= 10_000 for text in box.texts())
    assert 39_000 < sum(len(text) for text in box.texts()) <= 40_010
    assert "mail-cut" in [who for who, _text in box.log()]


def test_one_that_cannot_be_stored_stops_no_other(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = receiving.read

    def read(raw: bytes, *, own: dict[str, str]) -> object:
        if b"poison" in raw:
            raise RuntimeError
        return usual(raw, own=own)

    monkeypatch.setattr(receiving, "read", read)
    assert box.takes(mail("one"), mail("poison"), mail("two")) == [Taken.NEW, Taken.LEFT, Taken.NEW]


def test_one_that_may_join_a_thread_begins_a_transaction(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would wait for whoever works on its letter, holding the queue's row that they wait for."""
    seen: list[str] = []

    @contextmanager
    def atomic() -> Iterator[None]:
        seen.append("begin")
        yield

    def take(_service: object, _box: object, mail: Mail, _now_ms: int) -> Taken:
        seen.append(mail.text)
        return Taken.NEW

    monkeypatch.setattr(receiving, "SHARE_MS", 10_000)
    monkeypatch.setattr(receiving, "transaction", SimpleNamespace(atomic=atomic))
    monkeypatch.setattr(receiving, "_take_safely", take)
    box.takes(mail("one"), mail("two"), mail("again", to=f"help+{'0' * 20}@centre.example"), mail("three"))
    assert seen == ["begin", "one", "two", "begin", "again", "three"]


def test_only_addresses_of_the_own_centre_are_ours(box: Box) -> None:
    other = make_box(make_line(centre_fields={"host": None}), address="help@other.example")
    assert box.takes(mail("can you take over?", sender="help@other.example")) == [Taken.NEW]
    assert other.takes(mail("loop", sender="help@other.example")) == [Taken.DROPPED]


def test_without_keys_nothing_is_taken_and_nothing_marked(box: Box) -> None:
    from havn.common.errors import Refused
    from havn.vault.models import TeamKey

    TeamKey.objects.all().delete()
    with pytest.raises(Refused):
        box.takes(mail("one"))
    assert not SeenMail.objects.exists()
