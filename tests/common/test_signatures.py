"""Signatures as Standard Webhooks has them."""

import base64

import pytest

from havn.common import signatures as signature

# The specification's own example.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
EXAMPLE = {
    "message_id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "timestamp": 1614265330,
    "body": b'{"test": 2432232314}',
}
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def _by(*secrets: str, signatures: str, **changed: object) -> int | None:
    message = {**EXAMPLE, **changed}
    return signature.which_signed(
        [(number, signature.key_of(secret)) for number, secret in enumerate(secrets)],
        message_id=str(message["message_id"]),
        timestamp=str(message["timestamp"]),
        body=bytes(message["body"]),  # type: ignore[call-overload]
        signatures=signatures,
    )


def test_the_example_of_the_specification_is_signed_as_there() -> None:
    assert signature.sign(signature.key_of(SECRET), **EXAMPLE) == SIGNED  # type: ignore[arg-type]


def test_the_secret_that_signed_is_named() -> None:
    other = signature.new_secret()
    assert _by(SECRET, signatures=SIGNED) == 0
    assert _by(other, SECRET, signatures=SIGNED) == 1
    assert _by(other, signatures=SIGNED) is None


def test_one_right_signature_among_several_is_enough() -> None:
    assert _by(SECRET, signatures=f"v1a,abc v1,AAAA {SIGNED}") == 0
    assert _by(SECRET, signatures="v1a," + SIGNED.removeprefix("v1,")) is None
    assert _by(SECRET, signatures="") is None
    assert _by(SECRET, signatures="v1,ø") is None


@pytest.mark.parametrize("changed", [{"message_id": "msg_other"}, {"timestamp": 1614265331}, {"body": b"{}"}])
def test_whatever_is_changed_is_not_signed(changed: dict[str, object]) -> None:
    assert _by(SECRET, signatures=SIGNED, **changed) is None


def test_a_new_secret_is_long_and_another_each_time() -> None:
    made = {signature.new_secret() for _ in range(3)}
    assert len(made) == 3
    assert {len(signature.key_of(secret)) for secret in made} == {32}


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_%%%", "whsec_" + base64.b64encode(b"short").decode(), SECRET.removeprefix("whsec_")]
)
def test_what_is_no_secret_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="no secret"):
        signature.key_of(secret)


@pytest.mark.parametrize(
    ("timestamp", "why"),
    [("1000", None), ("1300", None), ("700", None), ("1301", "old"), ("699", "old"), ("", "unreadable"),
     ("-5", "unreadable"), ("12.5", "unreadable"), ("1" * 13, "unreadable"), ("١٢", "unreadable")],
)  # fmt: skip
def test_a_message_holds_for_five_minutes_either_way(timestamp: str, why: str | None) -> None:
    assert signature.why_not_timely(timestamp, now_s=1000) == why
