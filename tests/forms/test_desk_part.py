"""One part at a time: what is saved, what is refused, and two people at the same part."""

from typing import Any

import pytest
from django.test import Client

from havn.forms.forms.question import TYPES
from havn.forms.models import FormVersion
from havn.forms.rules import editing, limits
from havn.forms.rules.parsing import parse
from havn.forms.rules.reading_questions import FILE_KINDS
from havn.rounds.rules import documents
from havn.tenancy.models import Centre
from havn.vocabularies.api import load_public
from tests.forms.building import client_of, fields_of, officer, stored

pytestmark = pytest.mark.django_db


def save(client: Client, draft: FormVersion, path: str, **changes: Any) -> Any:
    """Open a screen, change fields, and press Save."""
    address = f"/en/desk/forms/versions/{draft.pk}/{path}"
    sent = {**fields_of(client.get(address).context["form"]), **changes}
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


def part(draft: FormVersion, kind: str, key: str) -> dict[str, Any]:
    return editing.part_of(stored(draft), kind, key)


@pytest.mark.parametrize(
    "path",
    [
        "settings",
        "sections/numbers",
        "questions/total",
        "questions/ways",
        "questions/why",
        "values/double",
        "checks/few",
    ],
)
def test_saving_without_a_change_changes_nothing_that_matters(client: Client, draft: FormVersion, path: str) -> None:
    answer = save(client, draft, path)
    assert answer.status_code == 302
    assert parse(stored(draft)) == parse(draft.definition)


def test_title_and_languages(client: Client, draft: FormVersion) -> None:
    save(client, draft, "settings", title="The quarter", about="Ten minutes.", languages=["en", "nb", "da"])
    raw = stored(draft)
    assert raw["title"] == {"en": "The quarter", "nb": "Kvartalet"}
    assert raw["about"] == {"en": "Ten minutes."}
    assert raw["languages"] == ["en", "nb", "da"]


def test_a_language_stays_while_words_are_in_it(client: Client, draft: FormVersion) -> None:
    answer = save(client, draft, "settings", languages=["en"])
    assert answer.status_code == 422
    assert "There are still texts in Norsk bokmål" in answer.content.decode()


def test_a_section_may_be_repeated_and_wait_for_an_answer(client: Client, draft: FormVersion) -> None:
    save(client, draft, "sections/new", title="Visits", repeat="on", least="1", most="9", repeat_title="Visit",
         shown="answer", shown_answer='selected(ways, "phone")')  # fmt: skip
    found = part(draft, "section", "visits")
    assert found["repeat"] == {"least": 1, "most": 9, "title": {"en": "Visit"}}
    assert found["show_if"] == 'selected(ways, "phone")'
    save(client, draft, "sections/visits", repeat=None, shown="always")
    assert "repeat" not in part(draft, "section", "visits")
    assert "show_if" not in part(draft, "section", "visits")


@pytest.mark.parametrize("type_", list(TYPES))
def test_a_question_of_every_type_can_be_added_and_opened_again(client: Client, draft: FormVersion, type_: str) -> None:
    load_public()
    lines = {"choices": "Yes, often\nNo | no | 2", "rows": "Girls\nBoys", "columns": "Under 12\n12 and over"}
    answer = save(client, draft, f"sections/more/questions/new?type={type_}", label="What of it?", **lines)
    assert answer.status_code == 302, answer.content.decode()
    found = part(draft, "question", "what_of_it")
    assert found["type"] == type_
    parse(stored(draft))
    page = client.get(f"/en/desk/forms/versions/{draft.pk}/questions/what_of_it")
    assert page.status_code == 200
    assert save(client, draft, "questions/what_of_it").status_code == 302
    assert parse(stored(draft)).questions["what_of_it"] == parse({**stored(draft)}).questions["what_of_it"]


def test_the_type_is_asked_first_and_may_change_later(client: Client, draft: FormVersion) -> None:
    assert (
        "?type=matrix" in client.get(f"/en/desk/forms/versions/{draft.pk}/sections/more/questions/new").content.decode()
    )
    save(client, draft, "questions/total?type=scale", scale_least="0", scale_most="10", low="Never")
    found = part(draft, "question", "total")
    assert (found["type"], found["least"], found["most"], found["low"]) == ("scale", 0, 10, {"en": "Never"})
    assert found["label"] == {"en": "Contacts in all", "nb": "Kontakter i alt"}


def test_choices_keep_their_codes_and_translations(client: Client, draft: FormVersion) -> None:
    save(
        client,
        draft,
        "questions/ways",
        choices="By phone | phone\nLetter\nChat | chat | 3",
        other="on",
        most_chosen="2",
    )
    found = part(draft, "question", "ways")
    assert found["choices"] == [
        {"code": "phone", "label": {"en": "By phone", "nb": "Telefon"}}, {"code": "letter", "label": {"en": "Letter"}},
        {"code": "chat", "label": {"en": "Chat"}, "score": 3},
    ]  # fmt: skip
    assert (found["other"], found["most"]) == (True, 2)


def test_conditions_are_chosen_and_found_again(client: Client, draft: FormVersion) -> None:
    for sent, condition in (
        ({"shown": "answer", "shown_answer": "met == false"}, "met == false"),
        ({"shown": "number", "shown_number_of": "total", "shown_sign": ">", "shown_number": "2.5"}, "total > 2.5"),
        ({"shown": "expression", "show_if": "filled(total)  and\nmet"}, "filled(total) and met"),
    ):
        assert save(client, draft, "questions/why", **sent).status_code == 302
        assert part(draft, "question", "why")["show_if"] == condition
        first = client.get(f"/en/desk/forms/versions/{draft.pk}/questions/why").context["form"].initial
        assert {name: str(first[name]) for name in sent if name != "show_if"} == {
            name: value for name, value in sent.items() if name != "show_if"
        }


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"label": ""}, "label", "required"),
        ({"shown": "answer", "shown_answer": ""}, "shown_answer", "Choose the answer"),
        ({"shown": "number", "shown_number_of": "total"}, "shown_number", "Write the number"),
        ({"shown": "expression", "show_if": "total >"}, "show_if", "Something is missing at the end"),
        ({"shown": "expression", "show_if": "gone > 1"}, "show_if", "nothing called “gone”"),
        ({"shown": "expression", "show_if": "filled(why)"}, None, "waits for itself"),
        ({"shown": "expression", "show_if": ""}, "show_if", "Write the expression"),
        ({"required": "if", "required_if": "1 +"}, "required_if", "missing at the end"),
        ({"longest": "99999999"}, "longest", "less than or equal"),
        ({"lines": "x"}, "lines", "whole number"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    client: Client, draft: FormVersion, changes: dict[str, str], field: str | None, words: str
) -> None:
    answer = save(client, draft, "questions/why", help="Typed and kept", **changes)
    assert answer.status_code == 422
    form = answer.context["form"]
    told = form.non_field_errors() if field is None else form.errors[field]
    assert any(words in one for one in told), form.errors
    assert "Typed and kept" in answer.content.decode()
    assert stored(draft) == draft.definition


def test_matrices_need_rows_and_columns_and_may_take_lists_of_havn(client: Client, draft: FormVersion) -> None:
    load_public()
    address = "sections/more/questions/new?type=matrix"
    answer = save(client, draft, address, label="Reached")
    assert {"rows", "columns"} <= set(answer.context["form"].errors)
    answer = save(
        client,
        draft,
        address,
        label="Reached",
        rows_from="audience",
        columns="Girls\nBoys",
        key="reached",
        least="0",
        basis="on",
    )
    assert answer.status_code == 302
    found = part(draft, "question", "reached")
    assert found["rows"] == {"vocabulary": "audience"}
    assert [one["code"] for one in found["columns"]] == ["girls", "boys"]
    assert (found["least"], found["basis"]) == (0, True)


def test_keys_are_made_of_words_and_never_twice(client: Client, draft: FormVersion) -> None:
    address = "sections/more/questions/new?type=text"
    assert "taken" in save(client, draft, address, label="Again", key="total").content.decode()
    save(client, draft, address, label="Again", key="again")
    save(client, draft, address, label="Again")
    assert [one["key"] for one in stored(draft)["sections"][1]["questions"]] == ["why", "again", "again_2"]


def test_save_and_add_another_goes_on_to_the_next_question(client: Client, draft: FormVersion) -> None:
    answer = save(client, draft, "sections/more/questions/new?type=date", label="When?", more="1")
    assert answer["Location"].endswith("/sections/more/questions/new")


def test_computed_values_with_bands(client: Client, draft: FormVersion) -> None:
    save(
        client,
        draft,
        "values/new",
        label="Share",
        way="expression",
        value="total / double",
        shown="on",
        bands="0 | Low | Do more\n0,5 | High",
    )
    found = part(draft, "computed", "share")
    assert found["bands"] == [
        {"from": 0, "label": {"en": "Low"}, "advice": {"en": "Do more"}}, {"from": 0.5, "label": {"en": "High"}}
    ]  # fmt: skip
    wrong = save(client, draft, "values/share", bands="5 | Low\n1 | High\nx | Odd")
    assert "Each band begins at a higher value" in wrong.content.decode()
    assert "x | Odd" in wrong.content.decode()
    assert "waits for itself" in save(client, draft, "values/share", value="share + 1").content.decode()


def test_checks_are_chosen_or_written(client: Client, draft: FormVersion) -> None:
    amounts = {"first_amount": "double", "sign": ">=", "second_amount": "total"}
    save(client, draft, "checks/new", way="compare", **amounts, at="total", message="Less than it was",
         level="error")  # fmt: skip
    assert part(draft, "check", "total_check")["holds"] == "double >= total"
    save(client, draft, "checks/total_check", way="change", changed="total", percent="12.5", level="warning")
    found = part(draft, "check", "total_check")
    assert found["holds"] == "abs(total - before.total) <= 0.125 * before.total"
    assert found["level"] == "warning"
    first = client.get(f"/en/desk/forms/versions/{draft.pk}/checks/total_check").context["form"].initial
    assert (first["way"], first["changed"], first["percent"]) == ("change", "total", "12.5")
    save(client, draft, "checks/total_check", way="expression", holds="total <= 100")
    assert part(draft, "check", "total_check")["holds"] == "total <= 100"
    for sent, words in (
        ({"way": "compare", "first_amount": ""}, "Fill this in"), ({"holds": "sum(nothing) > 1"}, "nothing called"),
        ({"message": "{gone}"}, "nothing called"), ({"percent": "0", "way": "change", "changed": "total"}, "1 to 1000"),
    ):  # fmt: skip
        assert words in save(client, draft, "checks/total_check", **sent).content.decode()


def test_two_people_at_one_part_lose_nothing(client: Client, draft: FormVersion, centre: Centre) -> None:
    address = f"/en/desk/forms/versions/{draft.pk}/questions/total"
    opened = fields_of(client.get(address).context["form"])
    save(client_of(officer(centre), centre), draft, "questions/total", label="Contacts, as Bo calls them")
    answer = client.post(address, {**opened, "label": "Contacts, as Ada calls them"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Contacts, as Bo calls them" in text
    assert "Contacts, as Ada calls them" in text
    assert part(draft, "question", "total")["label"]["en"] == "Contacts, as Bo calls them"
    again = client.post(address, fields_of(answer.context["form"]))
    assert again.status_code == 302
    assert part(draft, "question", "total")["label"] == {"en": "Contacts, as Ada calls them", "nb": "Kontakter i alt"}


def test_two_people_at_two_parts_do_not_meet(client: Client, draft: FormVersion, centre: Centre) -> None:
    opened = fields_of(client.get(f"/en/desk/forms/versions/{draft.pk}/questions/total").context["form"])
    save(client_of(officer(centre), centre), draft, "questions/why", label="Why ever?")
    answer = client.post(f"/en/desk/forms/versions/{draft.pk}/questions/total", {**opened, "label": "All"})
    assert answer.status_code == 302
    assert part(draft, "question", "why")["label"]["en"] == "Why ever?"


def test_parts_that_are_not_there_are_not_found(client: Client, draft: FormVersion) -> None:
    for path in ("sections/gone", "questions/gone", "values/gone", "checks/gone", "sections/gone/questions/new"):
        assert client.get(f"/en/desk/forms/versions/{draft.pk}/{path}").status_code == 404


def test_a_computed_value_is_chosen_or_written_and_found_again(client: Client, draft: FormVersion) -> None:
    assert "added" in save(client, draft, "values/new", label="All").context["form"].errors
    save(client, draft, "values/new", label="All", added=["total", "double"])
    assert part(draft, "computed", "all")["value"] == "sum(total, double)"
    save(client, draft, "values/new", label="Rate", way="share", share_of="total", whole="all")
    assert part(draft, "computed", "rate")["value"] == "100 * total / all"
    for key, chosen in (("all", {"way": "sum", "added": ["total", "double"]}),
                        ("rate", {"way": "share", "share_of": "total", "whole": "all"}),
                        ("double", {"way": "expression", "value": "total * 2"})):  # fmt: skip
        initial = client.get(f"/en/desk/forms/versions/{draft.pk}/values/{key}").context["form"].initial
        assert initial | chosen == initial
    parse(stored(draft))


def test_answers_that_say_the_same_are_refused(client: Client, draft: FormVersion) -> None:
    answer = save(client, draft, "questions/ways", choices="Phone | phone\nOslo\n oslo | o2")
    assert answer.status_code == 422
    assert "Two lines say the same: oslo" in answer.content.decode()
    assert stored(draft) == draft.definition


def test_an_expression_is_explained_with_the_codes_of_this_form(client: Client, draft: FormVersion) -> None:
    names = dict(client.get(f"/en/desk/forms/versions/{draft.pk}/checks/new").context["form"].names)
    assert names['selected(ways, "phone")'] == "Phone"
    assert names["double"] == "Twice"


def test_documents_that_can_be_asked_for_are_those_that_can_be_kept() -> None:
    assert set(FILE_KINDS) == {"pdf", *documents._PACKED}
    assert limits.LARGEST_FILE == documents.LARGEST
