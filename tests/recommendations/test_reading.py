"""The published factsheet is read to the last word, and whatever is written is read again as the same."""

import re
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from havn.recommendations.rules.factsheet.asks import asks_of, citing, counts_of, observations_of
from havn.recommendations.rules.factsheet.document import FOLLOW_UP, NOTED, PRACTICE, every_block
from havn.recommendations.rules.factsheet.inline import escaped, pieces, plain, tidy, written
from havn.recommendations.rules.factsheet.inner import marked_blocks, marked_text, written_blocks
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.rules.factsheet.verbs import RoundWords
from havn.recommendations.rules.factsheet.writing import as_markdown, fingerprint
from havn.recommendations.rules.refs import ids_in, is_scheme, order_of, paragraphs_in, roman
from tests.recommendations.factories import SOURCE

TEXT = SOURCE.read_text()
READING = read(TEXT)
DOCUMENT = READING.document


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_the_counts_of_the_published_factsheet() -> None:
    counts = counts_of(DOCUMENT)
    assert counts.chapters == 11
    assert counts.notes == 109
    assert counts.citing_notes == 60
    assert counts.recommendations == 72
    assert counts.asks == 60
    assert (counts.follow_up_boxes, counts.empty_follow_up_boxes) == (12, 1)
    assert (counts.practice_boxes, counts.empty_practice_boxes) == (9, 4)
    assert counts.noted == 3
    assert dict(counts.leads) == {"requires": 3, "requests": 6, "invites": 12}
    by_chapter = {
        "I": 0, "II": 10, "III": 19, "IV": 1, "V": 16, "VI": 1, "VII": 4, "VIII": 9, "IX": 3, "X": 5, "XI": 4
    }  # fmt: skip
    assert dict(counts.by_chapter) == by_chapter


def test_chapters_have_their_titles_and_notes_their_numbers() -> None:
    assert [chapter.number for chapter in DOCUMENT.chapters] == [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"
    ]  # fmt: skip
    assert DOCUMENT.chapters[2].title == "Investigations and prosecution"
    assert [note.number for note in DOCUMENT.notes] == list(range(1, 110))


def test_no_word_of_the_file_is_lost_or_added() -> None:
    rest = [line.text for line in (*READING.furniture, *READING.not_understood)]
    assert words(TEXT) == words(as_markdown(DOCUMENT)) + words("\n".join(rest))


def test_furniture_is_rules_and_the_list_of_contents_alone() -> None:
    for line in READING.furniture:
        assert re.fullmatch(r"-{2,}|## Table of Content|[IVX]+\.\t.+\d+", line.text)
    assert READING.not_understood == ()


def test_every_note_of_the_published_factsheet_is_called() -> None:
    assert not [one for one in READING.decisions if one.code in {"note-not-called", "note-missing"}]


def test_a_box_torn_by_a_page_is_whole_and_ends_where_the_committee_speaks() -> None:
    boxes = [block for block in every_block(DOCUMENT) if block.kind == FOLLOW_UP]
    torn = boxes[1].children
    assert len(torn) == 1
    assert torn[0].text.startswith("The intention of the provision")
    assert torn[0].text.endswith("another child who consents.")
    assert [len(box.children) for box in boxes] == [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1]


def test_boxes_of_practices_and_practices_noted_are_told_apart() -> None:
    blocks = list(every_block(DOCUMENT))
    assert [len(block.children) for block in blocks if block.kind == PRACTICE] == [20, 0, 0, 0, 1, 4, 4, 1, 0]
    assert [len(block.children) for block in blocks if block.kind == NOTED] == [1, 2, 1]


def test_an_ask_has_verb_scope_lead_and_recommendations() -> None:
    asks = {ask.cited[0].ref: ask for ask in asks_of(DOCUMENT)}
    four = asks["V-4"]
    assert [cited.ref for cited in four.cited] == ["V-4", "V-7", "V-12", "V-15"]
    assert (four.verb, four.scope, four.cited[0].note) == ("invites", "all", 52)
    assert (asks["II-6"].verb, asks["II-6"].scope, len(asks["II-6"].tree)) == ("requests", "party", 4)
    assert (asks["X-5"].verb, len(asks["X-5"].tree)) == ("requires", 4)
    assert [block.level for block in asks["X-5"].tree] == [0, 1, 1, 1]
    assert asks["VI-2"].lead == ""


def test_observations_name_their_paragraphs_and_cite_nothing() -> None:
    found = observations_of(DOCUMENT)
    assert len(found) == 27
    assert found[0].paragraphs == (43,)
    assert any(one.paragraphs == (145, 146, 159) for one in found)


def test_ten_notes_cite_several_recommendations() -> None:
    assert sum(len(refs) > 1 for refs in citing(DOCUMENT).values()) == 10


def test_what_is_written_is_read_as_the_same_document() -> None:
    again = read(as_markdown(DOCUMENT))
    assert again.document == DOCUMENT
    assert (again.furniture, again.not_understood, again.decisions) == ((), (), ())
    assert fingerprint(again.document) == fingerprint(DOCUMENT)


def test_a_line_that_is_no_text_is_shown_and_can_be_put_into_its_place() -> None:
    text = "## I. One\n\n| a | b |\n\n![picture](x.png)\n\nWords.\n"
    reading = read(text)
    assert [line.number for line in reading.not_understood] == [3, 5]
    mended = read(text, {3: "paragraph", 5: "furniture"})
    assert mended.not_understood == ()
    assert [block.text for block in mended.document.chapters[0].blocks] == ["| a | b |", "Words."]
    assert [line.number for line in mended.furniture] == [5]


def test_a_line_can_be_joined_to_the_text_before_it() -> None:
    text = "## I. One\n\nThe beginning.\n\n<u>the end</u>\n"
    assert read(text).not_understood[0].number == 5
    assert read(text, {5: "join"}).document.chapters[0].blocks[0].text.startswith("The beginning. ")
    assert read("<u>x</u>", {1: "join"}).not_understood[0].number == 1


def test_a_second_note_of_a_number_is_not_understood() -> None:
    reading = read("## I. One\n\nA.<sup>1</sup>\n\n<sup>1</sup> Para. 1.\n\n<sup>1</sup> Para. 2.\n")
    assert [line.number for line in reading.not_understood] == [7]


def test_loose_and_missing_notes_are_told() -> None:
    reading = read("## I. One\n\nA.<sup>2</sup>\n\n<sup>1</sup> Para. 1.\n")
    assert {(one.code, one.line) for one in reading.decisions} == {("note-not-called", 5), ("note-missing", 3)}


def test_another_round_has_its_own_verbs_and_ids() -> None:
    ways = RoundWords(("urges",), "R{number}")
    text = "## I. One\n\nThe Committee urges Parties:\n\n- to do it.<sup>1</sup>\n\n<sup>1</sup> R7 and R11.\n"
    document = read(text, words=ways).document
    (ask,) = asks_of(document, ways)
    assert (ask.verb, ask.scope, [cited.ref for cited in ask.cited]) == ("urges", "all", ["R7", "R11"])
    assert asks_of(document) == []


PIECES = st.text(st.sampled_from("ab *[]()<>\\#-_!|~>•12.:"), min_size=0, max_size=30)


@given(PIECES)
def test_escaped_words_come_back_as_they_were(text: str) -> None:
    assert plain(escaped(text)) == text
    assert tidy(tidy(text)) == tidy(text)
    assert written(pieces(written(pieces(text)))) == written(pieces(text))


LINES = st.lists(
    st.sampled_from([
        "## I. One", "## II. Two", "### Generic recommendations of the Committee on it", "#### Follow-up actions:",
        "Promising practices:", "## Promising Practice", "The Committee invites all Parties:",
        "- to do it.<sup>1</sup>", "- first:", "  - second",
        "<sup>1</sup> Recommendation I-1.",
        "<sup>2</sup> Para. 3.",
        "words that go on", "Words without an end", "Words with *stress* and [a link](https://a.example).", "---",
        "| a table |", "> quoted", "> #### Follow-up actions:",
        "**Bold**", "-", "#", "I. Introduction ..... 3", "\\# x",
    ]),
    max_size=14,
)  # fmt: skip


@settings(max_examples=150)
@example(["- first:", "- first:", "- first:", "- to do it.<sup>1</sup>"])
@given(LINES)
def test_whatever_the_lines_nothing_is_lost_and_writing_is_stable(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    reading = read(text)
    rest = "\n".join(line.text for line in (*reading.furniture, *reading.not_understood))
    assert words(text) == words(as_markdown(reading.document)) + words(rest)
    assert fingerprint(read(as_markdown(reading.document)).document) == fingerprint(
        read(as_markdown(read(as_markdown(reading.document)).document)).document
    )


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20), max_size=5))
def test_what_a_person_writes_in_a_box_is_read_again_as_it_is(lines: list[str]) -> None:
    blocks = written_blocks("\n".join(lines))
    assert [block.kind for block in marked_blocks(marked_text(blocks))] == [block.kind for block in blocks]
    assert marked_blocks(marked_text(blocks)) == blocks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Recommendation III-16 and III-18.", ["III-16", "III-18"]),
        ("Recommendations V-4, V-7, V-12, V-15.", ["V-4", "V-7", "V-12", "V-15"]),
        ("See XIV-3a, III-0, and A-1.", []),
    ],
)
def test_ids(text: str, found: list[str]) -> None:
    assert ids_in(text) == found


def test_paragraphs_numbers_and_order() -> None:
    assert paragraphs_in("Para. 145, 146.") == [145, 146]
    assert paragraphs_in("Paras. 78, 82.") == [78, 82]
    assert paragraphs_in("Para.236.") == [236]
    assert [roman(one) for one in ("I", "IV", "IX", "XI", "A")] == [1, 4, 9, 11, 0]
    refs = ["III-16", "V-2", "III-9"]
    assert sorted(refs, key=order_of) == ["III-9", "III-16", "V-2"]
    assert is_scheme("R{number}") and is_scheme("{roman}-{number}")
    assert not is_scheme("R") and not is_scheme("{number}{number}") and not is_scheme("{other}{number}")
