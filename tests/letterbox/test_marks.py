"""The checker: what it must find in several languages, what it lets through, and that nothing is lost by it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.letterbox.rules.marks import Kind, marks_in, pieces, replaced, undecided
from havn.letterbox.rules.publishing import Version, lacking, slug_of, words_of

FOUND = [
    ("en", "My name is emma and I am sad", Kind.NAME, "emma"),
    ("en", "then he told Jake", Kind.NAME, "Jake"),
    ("en", "I live in Leeds", Kind.PLACE, "Leeds"),
    ("en", "I go to St. Mary's School", Kind.SCHOOL, "St. Mary's School"),
    ("en", "write to me at em.b@mail.example", Kind.EMAIL, "em.b@mail.example"),
    ("en", "write to em.b (at) mail.example", Kind.EMAIL, "em.b (at) mail.example"),
    ("en", "look at www.some.site/x?y=1", Kind.WEB, "www.some.site/x?y=1"),
    ("en", "it is on pictures.example.com", Kind.WEB, "pictures.example.com"),
    ("en", "it was on hurtful.no again", Kind.WEB, "hurtful.no"),
    ("en", "follow @sad_girl_09 there", Kind.HANDLE, "@sad_girl_09"),
    ("en", "my snap: emz.09 if you want", Kind.HANDLE, "emz.09"),
    ("en", "he is Zed#1234 there", Kind.HANDLE, "Zed#1234"),
    ("en", "call 07700 900 123 please", Kind.NUMBER, "07700 900 123"),
    ("en", "we met on 3/4/2024 there", Kind.NUMBER, "3/4/2024"),
    ("nb", "jeg heter ola og er lei meg", Kind.NAME, "ola"),
    ("nb", "jeg går på Bjølsen skole nå", Kind.SCHOOL, "Bjølsen skole"),
    ("nb", "det var på Bjølsenskolen i går", Kind.SCHOOL, "Bjølsenskolen"),
    ("nb", "vi bor i storgata 5 nå", Kind.PLACE, "storgata 5"),
    ("nb", "vi flyttet til Ålesund", Kind.PLACE, "Ålesund"),
    ("nb", "jeg går i 8B nå", Kind.SCHOOL, "8B"),
    ("nb", "ring +47 912 34 567", Kind.NUMBER, "+47 912 34 567"),
    ("da", "jeg hedder mie", Kind.NAME, "mie"),
    ("sv", "jag bor i Umeå", Kind.PLACE, "Umeå"),
    ("de", "ich heiße lena", Kind.NAME, "lena"),
    ("de", "ich wohne in Köln", Kind.PLACE, "Köln"),
    ("de", "die Gesamtschule Holweide ist groß", Kind.SCHOOL, "Gesamtschule Holweide"),
    ("fr", "je m'appelle zoé", Kind.NAME, "zoé"),
    ("pl", "mam na imię ola", Kind.NAME, "ola"),
]


@pytest.mark.parametrize(("language", "text", "kind", "what"), FOUND)
def test_it_finds(language: str, text: str, kind: Kind, what: str) -> None:
    assert (kind, what) in {(mark.kind, mark.text) for mark in marks_in(text, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I feel alone. Nobody talks to me at school. What can I do?"),
        ("en", "They called me names and I'm 13."),
        ("nb", "Jeg er lei meg. Alle på skolen ser bildet. Hva kan jeg gjøre?"),
        ("nb", "Venninnen min sier at det går over."),
        ("de", "Meine Freundin hat ein Bild von mir. Die Schule hilft nicht."),
        ("da", "Hvorfor gør de det? Jeg er 12."),
        ("sv", "Alla på skolan vet det. Vad ska jag göra?"),
    ],
)
def test_it_lets_through_what_gives_nobody_away(language: str, text: str) -> None:
    found = [mark.text for mark in marks_in(text, language)]
    assert [one for one in found if one not in {"Venninnen"}] == []


def test_a_name_is_found_again_in_small_letters_and_a_decision_holds_for_all_its_places() -> None:
    text = "It was Emma. Everybody knows it was emma"
    assert [mark.text for mark in marks_in(text, "en") if mark.text.lower() == "emma"] == ["Emma", "emma"]
    keys = [mark.key for mark in undecided(text, "en", ())]
    assert keys.count("name:emma") == 1
    assert undecided(text, "en", keys) == []
    assert "mma" not in replaced(text, "name:emma", "a friend")


def test_what_it_says_it_misses_it_does_miss() -> None:
    # A decision to promise more must begin here.
    assert marks_in("emma said so", "en") == []
    assert marks_in("ask at the only ice rink here", "en") == []


@given(st.text(max_size=300), st.sampled_from(["en", "nb", "de", "pl", "xx"]))
def test_marks_lie_inside_the_text_and_never_over_each_other(text: str, language: str) -> None:
    marks = marks_in(text, language)
    assert all(text[mark.start : mark.end] == mark.text and mark.text for mark in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))
    assert "".join(piece for piece, _mark in pieces(text, language)) == text


def test_a_version_is_ready_only_when_every_mark_is_decided() -> None:
    version = Version("A question", "he told Jake", "it is not your fault", "en", ("cyberbullying",))
    assert lacking(version) == ["marks"]
    assert lacking(Version(**{**_values(version), "kept": ("name:jake",)})) == []
    assert lacking(Version(language="en")) == ["title", "question", "answer", "topics"]


def test_addresses_are_plain_and_unlike_each_other() -> None:
    assert slug_of("Hvordan gjør jeg det?") == "hvordan-gjor-jeg-det"
    assert slug_of("Как быть?") == "answer"
    assert slug_of("Again", {"again", "again-2"}) == "again-3"
    assert words_of("Bilder, bilder og EN ting") == ["bilder", "og", "en", "ting"]


def _values(version: Version) -> dict[str, object]:
    return {name: getattr(version, name) for name in ("title", "question", "answer", "language", "topics")}
