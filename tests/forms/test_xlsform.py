"""XLSForms brought over: what is understood means the same, and what is not is said row by row."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.common.errors import Refused
from havn.forms.rules.answering import check
from havn.forms.rules.definition import Definition, Type
from havn.forms.rules.parsing import parse
from havn.forms.xlsform.columns import language_named
from havn.forms.xlsform.importing import Imported, read_xlsform
from havn.forms.xlsform.translating import Named, Translator
from havn.forms.xlsform.xpath import NotUnderstood, read
from tests.forms.xlsforms import HEADS, VISITS, row, xlsform

NAMES = {
    "n": Named("n", "number"), "one": Named("one", "one", {"1": "1", "Yes": "yes"}),
    "many": Named("many", "many", {"a": "a"}),
    "words": Named("words", "text"), "tick": Named("tick", "yes_no"), "said": Named("said", "note"),
}  # fmt: skip


@pytest.fixture(scope="module")
def visits() -> Imported:
    return read_xlsform(xlsform(VISITS))


@pytest.fixture(scope="module")
def definition(visits: Imported) -> Definition:
    return parse(visits.definition)


def test_a_form_in_two_languages_comes_over_whole(visits: Imported, definition: Definition) -> None:
    assert (definition.key, definition.languages) == ("school_visits", ("en", "nb"))
    assert definition.said(definition.title, "nb").text == "Visits to schools"
    kinds = {key: question.type for key, question in definition.questions.items()}
    assert kinds["welcome"] is Type.NOTE
    assert kinds["appsused"] is Type.MANY
    assert kinds["worry"] is Type.SCALE
    assert definition.questions["school"].longest == 80
    assert definition.questions["school"].required
    assert (definition.questions["pupils"].least, definition.questions["pupils"].most) == (1, 999)
    assert definition.said(definition.questions["incident"].label, "nb").text == "Skjedde det noe?"
    assert definition.by_key["talk"].repeat is not None
    assert definition.questions["appsused"].other


def test_its_conditions_checks_and_calculations_mean_the_same(definition: Definition) -> None:
    answers: dict[str, Any] = {
        "school": "By the sea", "pupils": 20, "girls": 21, "incident": "1", "appsused": ["snap"], "what": "A lot",
        "talk": [{"minutes": 10.5}, {"minutes": -1}],
    }  # fmt: skip
    checked = check(definition, answers)
    assert checked.values == {"boys": -1, "total_minutes": 9.5}
    assert [(fault.path, fault.code) for fault in checked.faults] == [("girls", "check"), ("talk.1.minutes", "check")]
    assert {"details", "what"} <= checked.shown
    quiet = check(definition, {**answers, "girls": 2, "incident": "0"})
    assert "what" not in quiet.answers


def test_everything_that_is_left_out_or_changed_is_said_with_its_row(visits: Imported) -> None:
    said = {(one.sheet, one.row): one.sentence for one in visits.findings}
    lost = {(one.sheet, one.row) for one in visits.lost}
    assert "devices" in said["survey", 2]
    assert "“AppsUsed” becomes “appsused”" in said["survey", 10]
    assert "no message" in said["survey", 15]
    assert "Pictures are not taken" in said["survey", 19]
    assert "“geopoint” is not known" in said["survey", 20]
    assert "“today()” is not known" in said["survey", 21]
    assert "“mod” is not known" in said["survey", 22]
    assert "no question “odd”" in said["survey", 23]
    assert "“Snap” becomes “snap”" in said["choices", 4]
    assert "“7” in the column “version”" in said["settings", 2]
    assert {("survey", 20), ("survey", 23), ("settings", 2)} <= lost
    assert ("survey", 10) not in lost


def test_no_cell_goes_unsaid() -> None:
    heads = [*HEADS, "default", "label::Klingon"]
    file = xlsform([[*row("text", "a", "A?"), "nothing", "nuq"], row("", "b", "B?"), row("select_one gone", "c", "C?"),
                    row("begin group", "g", "G"), row("text", "d", "D?")], heads=heads)  # fmt: skip
    said = [(one.row, one.sentence) for one in read_xlsform(file).findings if one.sheet == "survey"]
    for number, words in ((1, "names no language"), (2, "“nothing” in the column “default”"), (3, "no type"),
                          (4, "no list of choices “gone”"), (5, "is not ended")):  # fmt: skip
        assert any(at == number and words in sentence for at, sentence in said), words


def test_formulas_and_sheets_that_nobody_reads_are_said() -> None:
    found = read_xlsform(xlsform([row("text", "a", "A?", hint="=1+1")]))
    assert any("formula in cell E2" in one.sentence for one in found.findings)
    assert found.definition["sections"][0]["questions"][0]["help"] == {}


def test_a_file_without_questions_is_refused() -> None:
    with pytest.raises(Refused, match="survey"):
        read_xlsform(xlsform([]))
    with pytest.raises(Refused, match="workbook"):
        read_xlsform(b"type,name,label")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${n} >= 5", "n >= 5"),
        (". > .5 and . < 7", "(n > 0.5) and (n < 7)"),
        ("${one} = 'Yes'", 'one == "yes"'),
        ("${one} = 1", 'one == "1"'),
        ("${one} != 'Yes'", 'not filled(one) or one != "yes"'),
        ("${words} = ''", "not filled(words)"),
        ("'' != ${words}", "filled(words)"),
        ("selected(${many}, 'a') or not(${n} div 2 > 3)", '(selected(many, "a")) or (not ((n / 2) > 3))'),
        ("if(${n} > 1, coalesce(${n}, 0), -1)", "if(n > 1, if(filled(n), n, 0), -(1))"),
        ("count-selected(${many}) = 2", "count(many) == 2"),
        ("${n} - -2 * (3 + 1)", "n - ((-(2)) * (3 + 1))"),
    ],
)
def test_an_expression_is_written_as_one_of_ours(theirs: str, ours: str) -> None:
    assert Translator(NAMES, "n").write(read(theirs)) == ours


@pytest.mark.parametrize(
    "theirs",
    ["${gone} = 1", "${many} = 'a'", "${one} = 'Maybe'", "${said} = 1", "today() > 3", "../n = 1", "/data/n", "${n",
     "${n} >", "((((", "1 +", "position(..)", "${n} mod 2", "'a' \"", "", "${words} = 'a\"b\\'", "regex(., '[a-z]')"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_a_sentence(theirs: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        Translator(NAMES, "n").write(read(theirs))
    assert refused.value.sentence


@given(st.text(alphabet="${}n.()'\",=<>+-* andorivm01", max_size=60))
def test_nothing_else_than_a_refusal_comes_of_any_text(text: str) -> None:
    with suppress(NotUnderstood):
        assert Translator(NAMES, "n").write(read(text))


def test_deep_and_long_expressions_are_refused() -> None:
    for text in ("(" * 500 + "1" + ")" * 500, "-" * 500 + "1", "1" + "+1" * 900, "not(" * 200 + "1" + ")" * 200):
        with pytest.raises(NotUnderstood):
            read(text)


@pytest.mark.parametrize(
    ("said", "code"),
    [("English (en)", "en"), ("Norsk bokmål (nb)", "nb"), ("da", "da"), ("Danish", "da"), ("Elvish", "?")],
)
def test_languages_are_known_by_code_or_name(said: str, code: str) -> None:
    assert language_named(said) == code


def test_a_bound_that_is_no_check_here_is_kept_without_its_message() -> None:
    found = read_xlsform(
        xlsform([row("text", "name", "Which club?", constraint="string-length(.) < 20", message="That is too long.")])
    )
    question = parse(found.definition).questions["name"]
    assert question.longest == 19
    assert not [one for one in found.lost if one.sheet == "survey"]
    assert any("without its message" in one.sentence for one in found.changed)
