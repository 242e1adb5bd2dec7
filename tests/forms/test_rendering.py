"""Questions as HTML: labels, hints and faults tied to their fields; nothing lost; answers to be read."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from django.utils.safestring import SafeString

from havn.forms.api import bind, check, in_words, render, render_answers, shipped
from havn.forms.rules.expressions import read
from havn.forms.rules.parsing import parse
from havn.forms.words import computed_words
from tests.awareness.test_valid_html import complaints
from tests.forms.sample import definition, raw
from tests.forms.test_answering import GOOD


class Fields(HTMLParser):
    """Every id, every label's target, and what the fields would send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.sent = QueryDict(mutable=True)
        self.area = self.select = ""
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.targets += (given.get(name) or "").split()
        self.targets += [given["href"][1:]] if (given.get("href") or "").startswith("#") and given["href"] else []
        name = given.get("name") or ""
        if tag == "input" and given.get("type") != "file":
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.sent.appendlist(name, given.get("value") or "")
        elif tag == "textarea":
            self.area, self.text = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.sent.appendlist(self.select, given.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.appendlist(self.area, self.text.removeprefix("\n"))


def test_what_is_shown_sends_what_was_answered() -> None:
    answers = {**GOOD, "met": "false", "why_not": "<Rain>\n& snow", "colour": "other", "colour.other": '"Pink"'}
    clean = check(definition(), answers).answers
    text = render(definition(), clean, language="en")
    again = bind(definition(), Fields(text).sent).answers
    assert check(definition(), {**again, "plan": clean["plan"]}).answers == clean


def test_what_was_typed_wrong_is_shown_again_with_its_fault() -> None:
    typed = {"members": "a dozen", "by_age": {"young": {"girls": "many"}}, "trips": [{"trip_people": "<b>"}]}
    found = check(definition(), typed, final=False)
    text = render(definition(), typed, language="en", checked=found)
    assert 'value="a dozen"' in text
    assert 'value="&lt;b&gt;"' in text
    assert 'href="#q-trips.0.trip_people">Trip 1, How many came?</a>: Write a number, such as 12.' in text
    again = check(definition(), {**typed, "members": 3}, final=False)
    shown = render(definition(), {**typed, "members": 3}, language="en", checked=again)
    assert "Young, Girls: Write a number, such as 12." in shown
    assert 'href="#q-by_age.young.girls"' in shown


def test_no_way_of_knowing_a_number_is_chosen_beforehand() -> None:
    asked = {name: value for name, value in GOOD.items() if name != "members.basis"}
    text = render(definition(), asked, language="en", checked=check(definition(), asked))
    assert "selected" not in text
    assert "members.basis" not in bind(definition(), Fields(text).sent).answers
    assert 'href="#q-members.basis">How many members?, how it is known</a>: Choose how this number is known.' in text
    assert '<option value="estimate" selected>' in render(definition(), {"members.basis": "estimate"}, language="en")


def test_everything_that_is_referred_to_is_there_once() -> None:
    found = check(definition(), {"trips": [{}, {}], "members": "x"})
    fields = Fields(render(definition(), {"trips": [{}, {}], "members": "x"}, language="en", checked=found))
    assert len(fields.ids) == len(set(fields.ids))
    assert set(fields.targets) <= set(fields.ids)


def test_a_condition_is_told_in_words_and_as_steps() -> None:
    text = render(definition(), {}, language="en")
    assert "Only if: “Did you meet?” is No." in text
    assert '"n": ["not", ["name", "met"]]' in text
    without = raw()
    for part in (*without["sections"], *(q for section in without["sections"] for q in section["questions"])):
        part.pop("show_if", None)
    assert "application/json" not in render(parse(without), {}, language="en")


def test_an_earlier_period_is_filled_into_conditions() -> None:
    given = raw()
    given["sections"][0]["questions"][1]["show_if"] = "before.members > 3"
    text = render(parse(given), {}, language="en", before={"members": 8})
    assert '["binary", "\\u003E", ["value", 8], ["value", 3.0]]' in text


def test_another_language_is_marked() -> None:
    with translation.override("nb"):
        text = render(definition(), {}, language="nb")
    assert "Hvor mange medlemmer?" in text
    assert '<span lang="en">Did you meet?</span>' in text
    assert '<span lang="nb">' not in text


def test_words_of_a_form_are_never_markup() -> None:
    given = raw()
    given["sections"][0]["questions"][0] |= {"label": {"en": "<b>x</b>"}, "help": {"en": "<script>y</script>"}}
    text = render(parse(given), {}, language="en") + render_answers(parse(given), {"members": 1}, language="nb")
    assert "<b>" not in text
    assert "<script>y" not in text


def test_what_stands_beside_is_shown_with_its_question() -> None:
    beside = {"members": SafeString("<i>41 last year</i>"), "trips": SafeString("<i>see the log</i>")}
    text = render(definition(), {"trips": [{}]}, language="en", beside=beside)
    assert text.index("q-members-question") < text.index("<i>41 last year</i>") < text.index("q-met-question")
    assert "<i>see the log</i>" in text
    assert "<i>41 last year</i>" in render_answers(definition(), {}, language="en", beside=beside)


def test_only_some_sections_are_shown() -> None:
    text = render(definition(), {}, language="en", only=["trips"])
    assert "q-trips" in text
    assert 'id="q-members"' not in text


def test_answers_are_read_in_words() -> None:
    found = check(definition(), {**GOOD, "members": 20}, before={"members": 10})
    text = render_answers(definition(), found.answers, language="en", checked=found)
    for words in ("20", "(Counted)", "Yes", "Red", "Monday, Tuesday", "1 May 1999", "plan.pdf", "Trip 2", "Often",
                  "Last year there were 10. Say what changed.", "The ages must add up to 20.", "Many"):  # fmt: skip
        assert words in text, words
    assert "Why not?" not in text, "what was hidden was not asked"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("met", "“Did you meet?” is Yes"), ("not met", "“Did you meet?” is No"),
        ('colour == "red"', "“Colour?” is “Red”"), ('colour in ("red", "blue")', "“Colour?” is one of: “Red”, “Blue”"),
        ('selected(days, "mon")', "“Which days?” includes “Monday”"),
        ('not selected(days, "mon")', "“Which days?” does not include “Monday”"),
        ("filled(members) and members > 1000",
        "“How many members?” is answered and “How many members?” is more than 1,000"),
        ("not filled(members)", "“How many members?” is not answered"),
        ("(met or members > 3) and filled(days)",
        "(“Did you meet?” is Yes or “How many members?” is more than 3) and “Which days?” is answered"),
        ("members < before.members", "“How many members?” is less than “How many members?” in the last period"),
        ("sum(by_age.*.girls) >= 2", "the sum of “Members by age”, all rows, Girls is at least 2"),
        ('members.basis == "estimate"', "“How many members?”, how it is known is “Estimate”"),
        ('colour not in ("red", "other")', "“Colour?” is none of: “Red”, “Something else”"),
        ('"mon" in days', "“Which days?” includes “Monday”"),
        ('"mon" not in days', "“Which days?” does not include “Monday”"),
        ('not selected(colour, "red")', "“Colour?” is not “Red”"),
        ("travellers * 2 != -4", "“All who came along” times 2 is not -4"),
    ],
)  # fmt: skip
def test_a_condition_in_words(expression: str, words: str) -> None:
    with translation.override("en"):
        assert in_words(read(expression), definition(), "en") == words


def test_every_shipped_form_is_valid_html(tmp_path: Path) -> None:
    pages = {"sample": page(definition(), {"trips": [{}, {}], "members": "x"})}
    for _kind, given in shipped():
        pages[given["key"]] = page(parse(given), {})
    assert {name: found for name, found in complaints(tmp_path, pages).items() if found} == {}


def page(form: Any, answers: dict[str, Any]) -> str:
    with translation.override("nb"):
        found = check(form, answers)
        questions = render(form, answers, language="nb", checked=found)
        read_ = render_answers(form, found.answers, language="nb", checked=found)
    return f'<!doctype html><html lang="nb"><title>x</title><h1>x</h1><form>{questions}</form><hr>{read_}</html>'


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (66.517857143, "66.5"),
        (3.3333, "3.33"),
        (0.66666, "0.667"),
        (150.0, "150"),
        (1234.56, "1,234.6"),
        (-0.0001, "0"),
    ],
)
def test_a_computed_value_is_shown_as_people_read_one(value: float, words: str) -> None:
    assert computed_words(value) == words
