"""Answers go out as e-mails, the way their child wants it; what did not arrive is told; no two machines write on."""

import datetime as dt
from typing import Any

import pytest

from havn.common.clock import now, now_ms
from havn.common.errors import Refused
from havn.helpline import letters
from havn.helpline.actions.ending import finish
from havn.helpline.actions.visits import delete_talk
from havn.helpline.models import Turn
from havn.helpline.retention.destroy import purge_centre
from havn.letterbox.models import Draft
from havn.mail import actions as outgoing
from havn.mail.models import LetterOut
from havn.mailbox.actions import tending, wishes
from havn.mailbox.actions.receiving import Taken
from havn.mailbox.models import DayKey, Mailbox, MailOut, MailThread, Receipt
from tests.helpline.factories import Person
from tests.mail.conftest import Server
from tests.mailbox.factories import Box, outbox
from tests.mailbox.mails import ADDRESS, CHILD, mail
from tests.mailbox.test_reading import bounce

pytestmark = pytest.mark.django_db


def test_the_receipt_says_what_a_child_must_know(box: Box) -> None:
    box.takes(mail("hello", subject="Me", message_id="<9@home.example>"))
    (one,) = outbox()
    assert (one.to, one.subject, one.sender, one.automatic) == (
        CHILD,
        "Your e-mail to us",
        ADDRESS,
        "auto-replied",
    )
    assert one.in_reply_to == "9@home.example"
    assert one.reply_to == f"help+{box.facts().token}@centre.example"
    for words in ("within 24 hours", "112", "Whoever can open your mailbox", "https://centre.example/en/chat/code"):
        assert words in one.text
    assert "hello" not in one.text


def test_a_receipt_goes_with_the_first_mail_alone_and_at_most_twice_a_day_to_one_address(box: Box) -> None:
    box.takes(mail("one"))
    box.takes(mail("more", to=outbox()[0].reply_to))
    assert len(outbox()) == 1
    box.takes(mail("two"), mail("three", sender=CHILD.upper()), mail("four"))
    assert len(outbox()) == 2
    box.takes(mail("another child", sender="alex@home.example"))
    assert len(outbox()) == 3
    assert Receipt.objects.count() == 2
    assert tending.forget(now_ms() + 25 * 3_600_000)
    assert not DayKey.objects.exists()
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("headers", [{"precedence": "bulk"}, {"sender": "no-reply@shop.example"}, {"list_id": "<l>"}])
def test_what_answers_by_itself_gets_no_receipt(box: Box, headers: dict[str, str]) -> None:
    assert box.takes(mail("hello", **headers)) == [Taken.NEW]
    assert outbox() == []


def test_two_machines_cannot_write_to_each_other(box: Box) -> None:
    """Our own receipt comes back to us, and an automatic answer to it does."""
    box.takes(mail("hello"))
    (receipt,) = outbox()
    assert box.takes(mail("loop", sender=ADDRESS)) == [Taken.DROPPED]
    assert box.takes(mail("loop", sender=receipt.reply_to)) == [Taken.DROPPED]
    away = mail("I am away", to=receipt.reply_to, auto_submitted="auto-replied")
    assert box.takes(away) == [Taken.NOTED]
    assert box.log()[-1] == ("mail-automatic", "An automatic answer came from the child's side.")
    assert box.takes(mail("I am away", auto_submitted="auto-replied")) == [Taken.DROPPED]
    assert len(outbox()) == 1
    assert MailThread.objects.count() == 1


def test_an_answer_goes_out_whole_and_names_the_mail_it_answers(box: Box, anna: Person, mail_server: Server) -> None:
    box.takes(mail("hello", subject="Re: Me", message_id="<9@home.example>"))
    LetterOut.objects.all().delete()
    box.answers(anna, "you are not alone\n\nAnna")
    (row,) = LetterOut.objects.all()
    assert row.until == row.queued_at + dt.timedelta(hours=24)
    assert outgoing.deliver(letter_id=row.pk)
    (sent,) = mail_server.received
    assert sent["To"] == CHILD
    assert ADDRESS in sent["From"]
    assert sent["Subject"] == "Re: Me"
    assert sent["In-Reply-To"] == sent["References"] == "<9@home.example>"
    assert sent["Auto-Submitted"] is None
    text = str(sent.get_content()).replace("\r\n", "\n")
    assert text.startswith("you are not alone\n\nAnna\n")
    assert "You can answer this e-mail" in text
    tending.follow_outs()
    assert not MailOut.objects.exists()
    assert "mail-undelivered" not in [who for who, _text in box.log()]
    # What the child writes back reaches the thread.
    assert box.takes(mail("thanks", to=str(sent["Reply-To"]))) == [Taken.AGAIN]


@pytest.mark.parametrize(("wish", "words"), [("announce", "There is an answer for you."), ("nothing", None)])
def test_a_child_may_have_answers_announced_or_no_mail_at_all(
    box: Box, anna: Person, wish: str, words: str | None
) -> None:
    box.takes(mail("hello"))
    LetterOut.objects.all().delete()
    wishes.choose(conversation_id=box.thread().pk, wish=wish)
    box.answers(anna, "a secret answer")
    assert "a secret answer" in [text for _who, text in box.log()]
    sent = outbox()
    assert len(sent) == (1 if words else 0)
    assert all(str(words) in one.text and "secret" not in one.text for one in sent)
    assert all(one.automatic == "auto-generated" for one in sent)


def test_only_what_a_person_wrote_says_the_childs_subject_again(box: Box, anna: Person) -> None:
    box.takes(mail("hello", subject="about my father"))
    wishes.choose(conversation_id=box.thread().pk, wish="announce")
    box.answers(anna)
    assert [one.subject for one in outbox()] == ["Your e-mail to us"]
    wishes.choose(conversation_id=box.thread().pk, wish="whole")
    box.takes(mail("more", to=outbox()[0].reply_to))
    Draft.objects.all().delete()
    box.answers(anna, "you are not alone")
    assert [one.subject for one in outbox()] == ["Your e-mail to us", "Re: about my father"]


def test_a_child_that_wants_no_mails_gets_none_that_waits(box: Box, anna: Person, mail_server: Server) -> None:
    box.takes(mail("hello"))
    box.answers(anna, "a secret answer")
    mail_server.answers = ["451 later", "451 later"]
    assert not any(outgoing.deliver(letter_id=row.pk) for row in LetterOut.objects.all())
    wishes.choose(conversation_id=box.thread().pk, wish="whole")
    assert MailOut.objects.count() == LetterOut.objects.count() == 2
    wishes.choose(conversation_id=box.thread().pk, wish="nothing")
    assert not LetterOut.objects.exists()
    assert not MailOut.objects.exists()


def test_what_is_being_sent_when_the_child_says_no_is_not_tried_again(
    box: Box, monkeypatch: pytest.MonkeyPatch, mail_server: Server
) -> None:
    box.takes(mail("hello"))
    (row,) = LetterOut.objects.all()
    usual = outgoing._message

    def meanwhile(letter: LetterOut) -> Any:
        wishes.choose(conversation_id=box.thread().pk, wish="nothing")
        outgoing.forget_timed(moment=now())
        return usual(letter)

    monkeypatch.setattr(outgoing, "_message", meanwhile)
    mail_server.answers = ["451 later"]
    assert not outgoing.deliver(letter_id=row.pk)
    row.refresh_from_db()
    assert (row.state, MailOut.objects.count()) == ("waiting", 1)
    outgoing.forget_timed(moment=now())
    row.refresh_from_db()
    assert (row.state, row.sealed) == ("given-up", None)


def test_mails_go_with_their_letter_when_the_child_deletes_it_and_by_the_clock(box: Box, anna: Person) -> None:
    def go(how: str) -> None:
        box.takes(mail("hello", sender=f"{how}@home.example"))
        box.answers(anna, "a secret answer")
        assert LetterOut.objects.exists()
        turn = Turn.objects.select_related("service__organisation__centre").get()
        if how == "child":
            delete_talk(conversation_id=turn.pk, key=box.key(), now_ms=now_ms())
        else:
            finish(turn, by=Turn.EndedBy.COUNSELLOR, key=None, now_ms=now_ms())
            purge_centre(box.line.service.organisation.centre, now=now() + dt.timedelta(days=100))
        assert not MailThread.objects.exists()
        assert not LetterOut.objects.exists()

    go("child")
    go("clock")


def test_an_answer_that_cannot_be_queued_is_told_in_the_thread(box: Box, anna: Person) -> None:
    box.takes(mail("hello"))
    LetterOut.objects.all().delete()
    Mailbox.objects.update(address="")
    box.answers(anna)
    assert outbox() == []
    assert [who for who, _text in box.log()][-1] == "mail-undelivered"
    assert box.thread().undelivered == 1


def test_an_address_that_cannot_be_written_to_is_none(box: Box) -> None:
    box.takes(mail("hello", sender=".kim@home.example"))
    assert box.facts().address == ".kim@home.example"
    assert not box.thread().has_address


def test_a_wish_is_one_of_three_and_of_a_letter_by_mail(box: Box) -> None:
    box.takes(mail("hello"))
    with pytest.raises(Refused):
        wishes.choose(conversation_id=box.thread().pk, wish="other")
    with pytest.raises(Refused):
        wishes.choose(conversation_id=1, wish="whole")


def test_what_could_not_be_delivered_within_a_day_is_told_in_the_thread(
    box: Box, anna: Person, mail_server: Server
) -> None:
    box.takes(mail("hello"))
    box.answers(anna)
    assert LetterOut.objects.count() == 2
    outgoing.forget_timed(moment=now() + dt.timedelta(hours=23))
    assert tending.follow_outs() == 0
    outgoing.forget_timed(moment=now() + dt.timedelta(hours=24, minutes=1))
    assert not LetterOut.objects.filter(sealed__isnull=False).exists()
    assert tending.follow_outs() == 2
    told = [text for who, text in box.log() if who == "mail-undelivered"]
    assert told == ["An e-mail to the child did not arrive. The answer can still be read with the code."] * 2
    assert box.thread().undelivered == 2
    assert tending.follow_outs() == 0


def test_a_bounce_is_told_in_the_thread_it_belongs_to(box: Box) -> None:
    box.takes(mail("hello"))
    report = bounce("failed").replace(b"abcdefghjkmnpqrstvwx", box.facts().token.encode())
    assert box.takes(report) == [Taken.NOTED]
    assert box.takes(report) == [Taken.SEEN]
    assert box.thread().undelivered == 1
    assert box.takes(bounce("failed")) == [Taken.DROPPED]
    assert MailThread.objects.count() == 1


def test_a_mail_without_an_address_is_a_letter_all_the_same(box: Box, anna: Person) -> None:
    assert box.takes(b"Subject: no sender\n\nhelp me") == [Taken.NEW]
    assert not box.thread().has_address
    box.answers(anna)
    assert outbox() == []


def test_words_in_the_desks_thread_would_not_go_out_and_are_refused(box: Box, anna: Person) -> None:
    box.takes(mail("hello"))
    turn = box.take(anna)
    assert not letters.may_answer(turn, anna.pk)


def test_a_second_reader_sends_it_too(box: Box, anna: Person, line: Any) -> None:
    from havn.letterbox.actions import second_reading
    from havn.letterbox.models import LetterboxSettings
    from tests.helpline.factories import Child
    from tests.letterbox.factories import Letters

    LetterboxSettings.objects.create(pk=line.service.pk, second_reading="always")
    box.takes(mail("hello"))
    box.take(anna)
    child = Child(box.thread().pk, 0, box.key(), "")
    Letters(line).ask(anna, child, "read twice")
    assert not [one for one in outbox() if "read twice" in one.text]
    second_reading.claim_reading(
        actor=line.people[0].user,
        conversation_id=child.conversation_id,
        keyring=line.people[0].keyring,
        now_ms=now_ms(),
    )
    Letters(line).send_read(line.people[0], child)
    assert len([one for one in outbox() if "read twice" in one.text]) == 1


def test_a_safety_sentence_stands_with_its_english_until_it_is_approved(box: Box) -> None:
    box.takes(mail("jeg vet ikke hva jeg skal gjøre og hun sier noe på skolen"))
    assert box.turn().language == "nb"
    (one,) = outbox()
    assert "If you are in danger now, call 112. We do not read e-mails right away." in one.text
    assert "/nb/chat/code" in one.text
