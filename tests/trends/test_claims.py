"""Words that claim a number, before one or in its place, are marked in what somebody wrote."""

import pytest

from havn.trends.rules.bound import Bound, not_computed
from havn.trends.rules.claims import claims_in, words_before

COMPUTED = [Bound("over 19,000", "The sum."), Bound("16 per cent", "A share.")]


@pytest.mark.parametrize("word", ["nearly", "more than", "less than", "around", "some", "under", "at least"])
def test_a_word_before_a_computed_number_is_marked(word: str) -> None:
    known = words_before("en") | {"over"}
    assert not_computed("We heard over 19,000 times, 16 per cent of them late.", COMPUTED, words=known) == []
    assert not_computed(f"It was {word} 16 per cent.", COMPUTED, words=known) == ["16"]


@pytest.mark.parametrize(("language", "text"), [
    ("nb", "Det var nesten 16 per cent."), ("nb", "Det var mer enn 16 per cent."), ("nb", "Rundt 16 per cent."),
    ("da", "Det var næsten 16 per cent."), ("da", "Det var mere end 16 per cent."), ("da", "Nogle 16 per cent."),
])  # fmt: skip
def test_the_same_in_norwegian_and_danish(language: str, text: str) -> None:
    assert not_computed(text, COMPUTED, words=words_before(language)) == ["16"]


@pytest.mark.parametrize(("language", "text", "marked"), [
    ("en", "Half of them were girls, twice as many as before.", ["half", "twice"]),
    ("en", "A third came by chat; one in three by phone.", ["a third", "one in three"]),
    ("en", "Three quarters of them called, and it doubled.", ["three quarters of", "doubled"]),
    ("en", "In the quarter before, the second reason was another.", []),
    ("en", "Nineteen thousand children called.", ["nineteen", "thousand"]),
    ("nb", "Tre tusen ringte.", ["tre", "tusen"]),
    ("da", "Halvtreds skrev.", ["halvtreds"]),
    ("nb", "Halvparten var jenter, dobbelt så mange som før.", ["halvparten", "dobbelt"]),
    ("da", "Halvdelen var piger, og hver tredje ringede.", ["halvdelen", "hver tredje"]),
    ("nb-no", "En tredjedel.", ["en tredjedel"]),
    ("fr", "La moitié.", []),
    ("en", "Behalf and halfway are other words.", []),
])  # fmt: skip
def test_words_in_the_place_of_a_number(language: str, text: str, marked: list[str]) -> None:
    assert claims_in(text, language) == marked


def test_names_are_read_over() -> None:
    assert claims_in("First came Double life.", "en", names=["Double life"]) == []


@pytest.mark.parametrize(("language", "computed", "text", "marked"), [
    ("en", "Contacts rose by 5 per cent.", "Contacts fell by 5 per cent.", ["fell"]),
    ("en", "Contacts rose by 5 per cent.", "They rose by 5 per cent.", []),
    ("en", "The reasons named most were these.", "The reasons named least were these.", ["least"]),
    ("nb", "Henvendelsene steg med 5 prosent.", "Henvendelsene falt med 5 prosent.", ["falt"]),
    ("da", "Henvendelserne faldt med 5 procent.", "Henvendelserne steg med 5 procent.", ["steg"]),
])  # fmt: skip
def test_which_way_it_went_is_not_turned(language: str, computed: str, text: str, marked: list[str]) -> None:
    assert claims_in(text, language, computed=computed) == marked


def test_a_share_whose_name_was_replaced_is_marked() -> None:
    bound = [
        Bound("21 per cent", "A share.", of="Cyberbullying"), Bound("Cyberbullying", "", is_name=True),
        Bound("9 per cent", "A share.", of="Grooming"), Bound("Grooming", "", is_name=True),
    ]  # fmt: skip
    assert not_computed("Cyberbullying (21 per cent) and Grooming (9 per cent).", bound) == []
    assert not_computed("Gaming (21 per cent) and Grooming (9 per cent).", bound) == ["21 per cent"]
    assert not_computed("Grooming (21 per cent).", bound) == ["21 per cent"]
