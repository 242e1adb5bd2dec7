"""Random forms and answers that fit them, for property tests."""

from typing import Any

from hypothesis import strategies as st

from havn.forms.rules.definition import Definition, Question, Type

LANGUAGES = ("en", "nb")
WORDS = st.text(min_size=1, max_size=12, alphabet=st.characters(exclude_categories=("Cs", "Cc"))).filter(
    lambda text: bool(text.strip())
)
TEXT = st.one_of(
    st.text(max_size=40, alphabet=st.characters(exclude_categories=("Cs",))),
    st.sampled_from(["=1+1", "+47", "-", "@SUM(A1)", "\t=x", "_x0041_", "_x005F_x0041_", "'quoted", "  a  b ", "1e5",
                     "TRUE", "2026-11-29", "007", "a\nb", "a\r\nb", "#N/A", "x", "\u2028", "😀"]),
)  # fmt: skip


def labels() -> st.SearchStrategy[dict[str, str]]:
    """A text in the form's own language, and perhaps in another."""
    return st.fixed_dictionaries({"en": WORDS}, optional={"nb": WORDS})


def choices(most: int = 4) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Choices with codes that do not repeat; their words may."""
    one = st.fixed_dictionaries({"code": st.from_regex(r"[a-np-z][a-z0-9_-]{0,6}", fullmatch=True), "label": labels()})
    return st.lists(one, min_size=1, max_size=most, unique_by=lambda found: found["code"])


def bounds() -> st.SearchStrategy[dict[str, Any]]:
    """No bounds, or some."""
    return st.sampled_from([{}, {"least": 0}, {"least": -5, "most": 5000}, {"most": 10**6}])


def questions() -> st.SearchStrategy[dict[str, Any]]:
    """One question of any type but file and note, without its key."""
    number = st.tuples(bounds(), st.booleans(), st.booleans()).map(
        lambda found: {**found[0], "type": "number", "whole": found[1], "basis": found[2]}
    )
    scale = st.sampled_from([{"type": "scale", "least": 0, "most": 10}, {"type": "scale"}])
    matrix = st.one_of(
        st.fixed_dictionaries(
            {"rows": choices(), "columns": choices(3), "whole": st.booleans(), "basis": st.booleans()}
        ),
        st.fixed_dictionaries({"rows": choices(), "columns": choices(3), "cell": st.just("one")}),
        st.fixed_dictionaries({"rows": choices(), "cell": st.just("scale")}),
    ).map(lambda found: {**found, "type": "matrix"})
    chosen = st.fixed_dictionaries(
        {"type": st.sampled_from(["one", "many"]), "choices": choices(), "other": st.booleans()}
    )
    text = st.fixed_dictionaries({"type": st.just("text"), "lines": st.sampled_from([1, 5])})
    plain = st.sampled_from([{"type": "date"}, {"type": "yes_no"}])
    return st.tuples(st.one_of(text, number, scale, matrix, chosen, plain), labels()).map(
        lambda found: {**found[0], "label": found[1]}
    )


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """A form of one to three sections, some of them repeated."""
    sections = []
    for number in range(draw(st.integers(1, 3))):
        asked = [
            {**one, "key": f"q{number}_{place}"}
            for place, one in enumerate(draw(st.lists(questions(), min_size=1, max_size=4)))
        ]
        section: dict[str, Any] = {"key": f"s{number}", "title": draw(labels()), "questions": asked}
        if draw(st.booleans()):
            section["repeat"] = {"least": 0, "most": 5}
        sections.append(section)
    return {"key": "random", "language": "en", "languages": list(LANGUAGES), "title": {"en": "Random"},
            "sections": sections, "computed": [], "checks": []}  # fmt: skip


@st.composite
def answers_to(draw: st.DrawFn, definition: Definition) -> dict[str, Any]:
    """Raw answers of the right kinds to some of the questions."""
    found: dict[str, Any] = {}
    for section in definition.sections:
        if section.repeat is None:
            found |= draw(_some(section.questions))
        else:
            found[section.key] = draw(st.lists(_some(section.questions), max_size=section.repeat.most))
    return found


@st.composite
def _some(draw: st.DrawFn, questions: tuple[Question, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in questions:
        if draw(st.integers(0, 4)):
            found[question.key] = draw(_answer(question))
            if question.basis:
                found[f"{question.key}.basis"] = draw(st.sampled_from(["counted", "platform", "estimate"]))
            if question.other:
                found[f"{question.key}.other"] = draw(TEXT)
    return found


def _number(question: Question) -> st.SearchStrategy[Any]:
    least = -(10**9) if question.least is None else question.least
    most = 10**9 if question.most is None else question.most
    whole = st.integers(int(least), int(most))
    if question.whole:
        return whole
    return st.one_of(whole, st.integers(int(least) * 100, int(most) * 100).map(lambda number: number / 100))


def _answer(question: Question) -> st.SearchStrategy[Any]:
    match question.type:
        case Type.TEXT:
            return TEXT
        case Type.NUMBER:
            return _number(question)
        case Type.ONE:
            return st.sampled_from(question.codes)
        case Type.MANY:
            return st.lists(st.sampled_from(question.codes), unique=True)
        case Type.SCALE:
            return st.integers(int(question.least or 0), int(question.most or 0))
        case Type.DATE:
            return st.dates().map(lambda day: day.isoformat())
        case Type.YES_NO:
            return st.booleans()
        case _:
            return _cells(question)


def _cells(question: Question) -> st.SearchStrategy[Any]:
    if question.cell == "number":
        cell: st.SearchStrategy[Any] = st.dictionaries(st.sampled_from(question.column_codes), _number(question))
    elif question.cell == "one":
        cell = st.sampled_from(question.column_codes)
    else:
        cell = st.integers(int(question.least or 0), int(question.most or 0))
    return st.dictionaries(st.sampled_from(question.row_codes), cell)
