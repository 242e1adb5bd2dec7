"""The checker on long texts: the same marks as by looking at every pair, and work that grows with the text alone."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from havn.letterbox.rules import marks
from havn.letterbox.rules.marks import Kind, Mark, marks_in

_SENTENCE = re.compile(r"(?:^|[.!?:…]|\n)[\s\"'«»“”„(–-]*$")
SPANS = st.lists(st.tuples(st.sampled_from(Kind), st.integers(0, 40), st.integers(0, 8)), max_size=25)


@given(SPANS)
def test_what_wins_is_what_wins_pair_by_pair(spans: list[tuple[Kind, int, int]]) -> None:
    given_marks = [Mark(kind, "x" * length, start, start + length) for kind, start, length in spans if length]
    rank = {kind: place for place, kind in enumerate(Kind)}
    chosen: list[Mark] = []
    for mark in sorted(given_marks, key=lambda one: (rank[one.kind], one.start - one.end, one.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in chosen):
            chosen.append(mark)
    assert marks._without_overlaps(given_marks) == sorted(chosen, key=lambda one: one.start)


@given(st.text(alphabet='aB .!\n"(–:\u00a0', max_size=30))
def test_a_sentence_begins_where_it_is_said_to(text: str) -> None:
    for at in range(len(text)):
        assert marks._opens_a_sentence(text, at) is (_SENTENCE.search(text, 0, at) is not None)


def test_a_handle_of_dots_alone_is_no_mark() -> None:
    assert marks_in("my snap: ... and so on", "en") == []


def test_a_name_is_found_at_its_further_places_whatever_its_letters() -> None:
    found = marks_in(
        "then he told Jake. jake laughed, JAKE left, Jakes did not, and St. Mary's School; st. mary's school", "en"
    )
    assert [one.text for one in found if one.text.casefold() == "jake"] == ["Jake", "jake", "JAKE"]
    assert [one.text for one in found if "mary" in one.text.casefold()] == ["St. Mary's School", "st. mary's school"]


def test_a_text_of_names_alone_is_read_to_its_end() -> None:
    text = " and then ".join(
        f"Name{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}x{number}" for number in range(4000)
    )
    found = marks_in(f"they said {text}", "en")
    assert len(found) == 4000
    assert all(one.end <= other.start for one, other in pairwise(found))
