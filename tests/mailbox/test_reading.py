"""An e-mail is read into the few things that are kept, whatever it holds, and reading it never fails."""

import time
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havn.mailbox.rules.automatic import Kind
from havn.mailbox.rules.languages import language_of
from havn.mailbox.rules.pieces import LONGEST_PIECE, pieces_of
from havn.mailbox.rules.reading import LONGEST, LONGEST_TEXT, Mail, first_words
from havn.mailbox.rules.reading import read as read_mail
from havn.mailbox.rules.tokens import MOST, address_for_answers, name_of_message, tokens_in
from tests.mailbox.mails import ADDRESS, CHILD, mail

TOKEN = "abcdefghjkmnpqrstvwx"
OWN = {ADDRESS: "+"}


def read(one: EmailMessage | bytes) -> Mail:
    return read_mail(one if isinstance(one, bytes) else one.as_bytes(), own=OWN)


def test_what_is_kept_of_an_honest_mail() -> None:
    found = read(mail("hei på deg", subject="Å nei", files=1, message_id="<7@home.example>"))
    assert (found.sender, found.subject, found.text, found.message_id) == (
        CHILD,
        "Å nei",
        "hei på deg",
        "7@home.example",
    )
    assert (found.kind, found.left_out, found.answerable, found.cut, found.ours) == (Kind.LETTER, 1, True, False, False)
    assert first_words(found) == "Å nei\n\nhei på deg"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "x-unknown", "base64", "\x00", ""])
def test_any_charset(charset: str) -> None:
    body = "blåbær".encode(charset if charset in ("utf-8", "iso-8859-1", "windows-1252") else "utf-8")
    assert read(b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + body).text in (
        "blåbær",
        "blÃ¥bÃ¦r",
    )


def test_the_plain_words_come_before_those_in_html_and_html_is_read_where_it_stands_alone() -> None:
    assert read(mail("plain", html="<p>markup</p>")).text == "plain"
    assert read(mail("  \n", html="<p>only <i>here</i></p>")).text == "only here"


def test_files_inside_alternatives_and_attached_mails_are_left_out_and_not_read() -> None:
    message = mail("look", html="<img src=cid:1>look")
    message.add_attachment(mail("words of another person", sender="other@x.example"))
    found = read(message)
    assert (found.text, found.left_out) == ("look", 1)


@pytest.mark.parametrize(
    ("headers", "kind", "answerable"),
    [
        ({}, Kind.LETTER, True),
        ({"auto_submitted": "no"}, Kind.LETTER, True),
        ({"auto_submitted": "auto-replied"}, Kind.AUTOMATIC, False),
        ({"auto_submitted": "auto-generated"}, Kind.LETTER, False),
        ({"x_autoreply": "yes"}, Kind.AUTOMATIC, False),
        ({"precedence": "auto_reply"}, Kind.AUTOMATIC, False),
        ({"precedence": "bulk"}, Kind.LETTER, False),
        ({"x_auto_response_suppress": "DR, OOF, AutoReply"}, Kind.LETTER, False),
        ({"list_id": "<l.example>"}, Kind.LETTER, False),
        ({"list_unsubscribe": "<https://l.example>"}, Kind.LETTER, False),
        ({"return_path": "<>"}, Kind.AUTOMATIC, False),
        ({"sender": "no-reply@shop.example"}, Kind.LETTER, False),
        ({"sender": "noreply2@shop.example"}, Kind.LETTER, False),
        ({"sender": "MAILER-DAEMON@x.example"}, Kind.LETTER, False),
        ({"sender": "MAILER-DAEMON@x.example", "return_path": "<>"}, Kind.BOUNCED, False),
        ({"sender": ADDRESS}, Kind.LETTER, False),
        ({"sender": f"help+{TOKEN}@centre.example"}, Kind.LETTER, False),
        ({"sender": "help-desk@centre.example"}, Kind.LETTER, True),
        ({"sender": "help+kim@centre.example"}, Kind.LETTER, True),
        ({"sender": f"help-{TOKEN}@centre.example"}, Kind.LETTER, True),
    ],
)
def test_nothing_that_answers_by_itself_is_answered(headers: dict[str, str], kind: Kind, answerable: bool) -> None:
    found = read(mail("hello", **headers))
    assert (found.kind, found.answerable) == (kind, answerable)
    assert found.ours is (headers.get("sender", "") in (ADDRESS, f"help+{TOKEN}@centre.example"))


def bounce(action: str, *, report: str = "delivery-status") -> bytes:
    """A delivery report as RFC 3464 has it, quoting the headers of ours."""
    return (
        "Return-Path: <>\nFrom: Mail Delivery <MAILER-DAEMON@mx.example>\nTo: help@centre.example\nSubject: failure\n"
        f'Content-Type: multipart/report; report-type={report}; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nCould not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; kim@home.example\nAction: {action}\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <1f.{TOKEN}@centre.example>\n\n--b--\n"
    ).encode()


@pytest.mark.parametrize(
    ("action", "kind"), [("failed", Kind.BOUNCED), ("delayed", Kind.NOTICE), ("relayed", Kind.NOTICE)]
)
def test_a_delivery_report_is_told_by_its_action_and_names_our_mail(action: str, kind: Kind) -> None:
    found = read(bounce(action))
    assert found.kind is kind
    if kind is Kind.BOUNCED:
        assert found.tokens == (TOKEN,)
    assert read(bounce(action, report="disposition-notification")).kind is Kind.NOTICE


def test_the_token_is_found_in_every_place_where_programs_leave_it() -> None:
    answers = address_for_answers(ADDRESS, TOKEN, separator="+")
    assert answers == f"help+{TOKEN}@centre.example"
    name = name_of_message(255, TOKEN, ADDRESS)
    assert read(mail("x", to=answers)).tokens == (TOKEN,)
    assert read(mail("x", to=f"Help <{answers.upper()}>")).tokens == (TOKEN,)
    assert read(mail("x", delivered_to=answers)).tokens == (TOKEN,)
    assert read(mail("x", in_reply_to=f"<{name}>")).tokens == (TOKEN,)
    assert read(mail("x", references=f"<a@b> <{name}>")).tokens == (TOKEN,)
    assert read(mail(f"x {answers}", subject=f"Re: {TOKEN}")).tokens == ()
    assert address_for_answers(ADDRESS, TOKEN, separator="") == ADDRESS
    assert len(tokens_in([f"a+{TOKEN[:-2]}{number:02}@b" for number in range(99)], [])) == MOST


@pytest.mark.parametrize(
    "sender",
    [
        "", "nobody", "a@b@c", "<>", "a b@c.example", "x@" + "y" * 300, "kåre@home.example", "a@b..example",
        "a@b.example\nBcc: all@x.example", '"a\x00"@b.example', "@b.example", "undisclosed-recipients:;",
    ],
)  # fmt: skip
def test_an_address_that_could_not_be_written_to_is_none(sender: str) -> None:
    raw = b"From: " + sender.encode().replace(b"\n", b"\r\n ") + b"\r\nSubject: x\r\n\r\nhello"
    found = read(raw)
    # A header that was folded in the middle of an address makes one word of it, on one line.
    assert found.sender in ("", "a@b.exampleBcc")


def test_large_and_deep_and_many_parted_mails_take_no_time() -> None:
    begun = time.monotonic()
    boundaries = "".join(f'--{n}\nContent-Type: multipart/mixed; boundary="{n + 1}"\n\n' for n in range(3000))
    for raw in (
        f'Content-Type: multipart/mixed; boundary="0"\n\n{boundaries}hello'.encode(),
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 10_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nhello",
        b"\n".join(b"X-%d: y" % n for n in range(5_000)) + b"\n\nhello",
        b"From: " + b"<" * 50_000 + b"\n\nhello",
        b"To: " + b"(" * 50_000 + b"\n\nhello",
        b"\n" + b"x " * (LONGEST // 2 + 10),
        b"\n" + b"a" * 200_000,
        b"\n" + b"From: " + b"a" * 60_000 + b"\nSent: 1" + b"a" * 60_000 + b"\nTo: " + b"a" * 60_000,
        b"\n" + b"x: @aa\ny: 1\nz: " + b"a.@" * 50_000,
        b"\nhello" + b"\n" * 150_000 + b"-- \nme",
        b"\n" + b"Sent from my telephone\n" * 8_000,
        b"Content-Type: text/plain; format=flowed; delsp=yes\n\n" + b"a \n" * 300_000,
        b"Content-Type: text/html\n\n" + b"<!--" * 30_000,
        b"Content-Type: text/html\n\n" + b"<a href='x'><p><blockquote>" * 5_000,
    ):
        one = time.monotonic()
        assert len(read(raw).text) <= LONGEST_TEXT
        assert time.monotonic() - one < 2
    assert time.monotonic() - begun < 8


def test_lines_that_were_broken_on_the_way_are_joined_again() -> None:
    raw = b"Content-Type: text/plain; format=flowed\n\none long \nline\n> quoted \n> too\n-- \nme\n"
    assert read(raw).text == "one long line\n> quoted \n> too\n-- \nme"


HEADER = st.sampled_from(
    ["From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "Message-ID", "Auto-Submitted", "References",
     "Content-Disposition", "Return-Path", "Precedence", "MIME-Version", "Date"]
)  # fmt: skip
VALUE = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"multipart/mixed; boundary=b", b"multipart/report; boundary=b", b"text/html; charset=\xff", b"base64",
         b"message/rfc822", b"message/delivery-status", b"=?utf-8?b?/w==?=", b"=?x?q?=?=", b"attachment; name=x",
         b"multipart/alternative; boundary=b", b"quoted-printable", b"text/plain; charset=utf-7", b"uuencode", b"<>"]
    ),
)  # fmt: skip
BODY = st.lists(
    st.one_of(st.binary(max_size=40), st.sampled_from([b"--b", b"--b--", b"", b"> x", b"On 1.1.26 a wrote:"]))
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(HEADER, VALUE), max_size=8), BODY, st.sampled_from([b"\n", b"\r\n"]))
def test_whatever_comes_is_read(headers: list[tuple[str, bytes]], body: list[bytes], end: bytes) -> None:
    raw = end.join([*(name.encode() + b": " + value for name, value in headers), b"", *body])
    found: Any = read(raw)
    for name in ("sender", "subject", "text", "new", "message_id"):
        value = getattr(found, name)
        assert "\x00" not in value
        value.encode()
        assert name == "text" or name == "new" or "\n" not in value
    assert first_words(found)


@given(st.text(max_size=200).map(lambda text: text * 200))
@settings(max_examples=30, deadline=None)
def test_pieces_are_short_and_not_empty(text: str) -> None:
    pieces = pieces_of(text)
    assert pieces
    assert all(0 < len(piece) <= LONGEST_PIECE for piece in pieces)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg vet ikke hva jeg skal gjøre, og hun sier noe på skolen", "nb"),
        ("jag vet inte vad jag ska göra, och det är någon i skolan", "sv"),
        ("i do not know what my friends think and the school is hard", "en"),
        ("???", "nb"),
    ],
)
def test_the_language_is_told_by_its_small_words(text: str, language: str) -> None:
    assert language_of(text, ["nb", "sv", "en"]) == language


def test_what_a_program_declares_decides_where_words_do_not() -> None:
    assert language_of("hm", ["nb", "sv"], "sv-SE") == "sv"
    assert language_of("hm", ["nb"], "fr") == "nb"
    assert language_of("hm", []) == "en"
