"""Where a film in sign language may lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.centres.rules.signing import site_of, why_not_address
from havn.centres.signing import sign_languages

SITES = {"films.example.org"}


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("films.example.org", "films.example.org"),
        ("  https://Films.Example.org/nsl?x=1 ", "films.example.org"),
        ("films.example.org.", "films.example.org"),
        ("https://user:secret@films.example.org:8443/", "films.example.org"),
        ("tegnspråk.example.no", "xn--tegnsprk-g0a.example.no"),
        ("localhost", ""),
        ("", ""),
        ("a b.example", ""),
        ("films_.example", ""),
        ("\x00films.example", ""),
        ("https://[::1", ""),
        ("x" * 70 + ".example", ""),
    ],
)
def test_the_name_of_a_site_is_taken_out_of_what_was_pasted(typed: str, host: str) -> None:
    assert site_of(typed) == host


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://films.example.org/nsl/1", ""),
        ("/nb/om-oss/tegnsprak", ""),
        ("http://films.example.org/nsl/1", "https"),
        ("javascript:alert(1)", "https"),
        ("films.example.org/nsl", "https"),
        ("", "https"),
        ("https://evil.example/", "site"),
        ("https://films.example.org.evil.example/", "site"),
        ("https://films.example.org@evil.example/", "site"),
        ("https://me@films.example.org/", "site"),
        ("https://films.example.org:8443/", "site"),
        ("https://films.example.org:x/", "shape"),
        ("//evil.example/x", "shape"),
        ("/\\evil.example", "shape"),
        ("https://films.example.org/a b", "shape"),
        ("https://films.example.org/\n", "shape"),
        ("https://films.exämple.org/", "shape"),
    ],
)
def test_a_link_leads_to_this_site_or_to_a_named_one(address: str, why: str) -> None:
    assert why_not_address(address, SITES) == why


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(text: str) -> None:
    host = site_of(text)
    assert host == "" or site_of(host) == host
    if why_not_address(text, SITES) == "":
        assert text.startswith(("/", "https://films.example.org"))


def test_every_sign_language_has_a_code_and_a_name_of_its_own() -> None:
    known = sign_languages()
    assert {"nsl", "dsl", "swl", "ils"} <= set(known)
    assert all(len(code) == 3 and code.islower() and code.isascii() for code in known)
    assert len({one.name for one in known.values()}) >= len(known) - 1
    # nsi is Nigeria's.
    assert "nsi" not in known
