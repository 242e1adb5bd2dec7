"""The table of translations: on the screen, as a file, and with somebody else at it."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from havn.accounts.models import User
from havn.forms import translations
from havn.forms.actions import drafts
from havn.forms.models import FormVersion
from havn.forms.rules.texts import digest, texts_of, with_texts
from havn.tenancy.models import Centre
from tests.forms.building import QUARTER, make_draft, stored

pytestmark = pytest.mark.django_db
WHY = "sections/more/questions/why/label"
TOTAL = "sections/numbers/questions/total/label"


def address(draft: FormVersion, more: str = "", query: str = "?to=nb") -> str:
    return f"/en/desk/forms/versions/{draft.pk}/translations{more}{query}"


def sent_by(client: Client, draft: FormVersion, **typed: str) -> dict[str, str]:
    """What a browser sends back of the table with these texts typed, by the last part of their place."""
    found: dict[str, str] = {}
    for line in client.get(address(draft)).context["lines"]:
        found |= {f"text-{line.text.place}": line.target, f"seen-{line.text.place}": line.seen}
    return {**found, **{f"text-{place}": text for place, text in typed.items()}}


def norwegian(draft: FormVersion, place: str) -> str:
    return {one.place: one.in_language("nb") for one in texts_of(stored(draft))}[place]


def bring(client: Client, draft: FormVersion, data: bytes, name: str) -> Any:
    return client.post(address(draft, "/in"), {"file": SimpleUploadedFile(name, data)})


def test_every_text_has_a_row_and_missing_ones_are_counted(client: Client, draft: FormVersion) -> None:
    page = client.get(address(draft))
    places = [line.text.place for line in page.context["lines"]]
    assert places == [
        "title", "sections/numbers/title", TOTAL, "sections/numbers/questions/met/label",
        "sections/numbers/questions/ways/label", "sections/numbers/questions/ways/choices/phone/label",
        "sections/numbers/questions/ways/choices/chat/label", "sections/more/title", WHY, "computed/double/label",
        "checks/few/message",
    ]  # fmt: skip
    assert (page.context["missing"], page.context["all"]) == (7, 11)
    assert "7 of 11 texts are missing in Norsk bokmål" in page.content.decode()
    only = client.get(address(draft, query="?to=nb&missing=1"))
    assert [line.text.place for line in only.context["lines"]] == [one for one in places if norwegian(draft, one) == ""]


def test_all_texts_are_saved_at_once(client: Client, draft: FormVersion) -> None:
    answer = client.post(address(draft), sent_by(client, draft, **{WHY: " Hvorfor?\r\nSi det. ", TOTAL: ""}))
    assert answer.status_code == 302
    assert norwegian(draft, WHY) == "Hvorfor?\nSi det."
    assert norwegian(draft, TOTAL) == ""
    assert norwegian(draft, "title") == "Kvartalet"


def test_somebody_else_at_the_same_text_loses_nobody_anything(client: Client, user: User, draft: FormVersion) -> None:
    sent = sent_by(client, draft, **{WHY: "Mitt ord", "sections/more/title": "Mer"})
    drafts.save_texts(actor=user, version=draft, language="nb", typed={WHY: "Deres ord"}, seen={WHY: digest("")})
    answer = client.post(address(draft), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else wrote: Deres ord" in text
    assert "Mitt ord" in text
    assert norwegian(draft, "sections/more/title") == "", "nothing is saved yet"
    again = {f"text-{line.text.place}": line.target for line in answer.context["lines"]}
    again |= {f"seen-{line.text.place}": line.seen for line in answer.context["lines"]}
    assert client.post(address(draft), again).status_code == 302
    assert (norwegian(draft, WHY), norwegian(draft, "sections/more/title")) == ("Mitt ord", "Mer")


def test_texts_that_others_changed_stay_where_nothing_was_typed(client: Client, user: User, draft: FormVersion) -> None:
    sent = sent_by(client, draft, **{"sections/more/title": "Mer"})
    drafts.save_texts(actor=user, version=draft, language="nb", typed={WHY: "Deres ord"}, seen={WHY: digest("")})
    drafts.move_part(actor=user, version=draft, kind="question", key="total", down=True)
    assert client.post(address(draft), sent).status_code == 302
    assert (norwegian(draft, WHY), norwegian(draft, "sections/more/title")) == ("Deres ord", "Mer")
    assert norwegian(draft, TOTAL) == "Kontakter i alt", "texts stay with their questions when these move"


def test_words_for_a_question_that_was_taken_out_are_shown(client: Client, user: User, draft: FormVersion) -> None:
    sent = sent_by(client, draft, **{WHY: "Hvorfor i all verden?"})
    drafts.remove_part(actor=user, version=draft, kind="question", key="why")
    answer = client.post(address(draft), sent)
    assert answer.status_code == 422
    assert "Hvorfor i all verden?" in answer.content.decode()


def test_too_long_texts_are_refused_with_all_that_was_typed(client: Client, draft: FormVersion) -> None:
    answer = client.post(address(draft), sent_by(client, draft, **{WHY: "x" * 5000, "sections/more/title": "Mer"}))
    assert answer.status_code == 422
    assert "This text is too long" in answer.content.decode()
    assert "Mer</textarea>" in answer.content.decode()
    assert stored(draft) == draft.definition


def test_a_form_in_one_language_says_where_to_add_one(client: Client, user: User, centre: Centre) -> None:
    alone = make_draft(centre, user, key="alone", languages=["en"])
    assert "Offer it in more" in client.get(address(alone)).content.decode()
    assert client.get(address(alone, "/file")).status_code == 409


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_table_goes_out_and_comes_back(client: Client, user: User, centre: Centre, kind: str) -> None:
    hard = "=1+1\nand 'quotes', +47; \"x\""
    draft = make_draft(centre, user, title={"en": "'=Our quarter", "nb": hard})
    data = client.get(address(draft, "/file", f"?to=nb&as={kind}")).content
    assert bring(client, draft, data, f"table.{kind}").status_code == 302
    assert stored(draft) == draft.definition, "unchanged, it changes nothing"
    rows = translations.rows_of(texts_of(with_texts(stored(draft), "nb", {})), "en", "nb")
    changed = [
        translations.TextRow(row.key, row.where, row.source, "Hvorfor?" if row.key.startswith(WHY) else row.target)
        for row in rows
    ]
    write = translations.as_csv if kind == "csv" else translations.as_xlsx
    assert bring(client, draft, write(changed, "en", "nb"), f"table.{kind}").status_code == 302
    assert norwegian(draft, WHY) == "Hvorfor?"
    assert norwegian(draft, "title") == hard


def test_no_cell_of_the_files_is_a_formula(client: Client, user: User, centre: Centre) -> None:
    draft = make_draft(centre, user, title={"en": "=HYPERLINK(1)", "nb": "@SUM(A1)"})
    table = client.get(address(draft, "/file", "?to=nb&as=csv")).content.decode("utf-8-sig")
    assert not [cell for row in csv.reader(io.StringIO(table)) for cell in row if cell.startswith(("=", "+", "-", "@"))]
    book = load_workbook(io.BytesIO(client.get(address(draft, "/file")).content))
    assert "f" not in {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}


def test_files_that_do_not_fit_say_so_row_by_row_and_nothing_is_saved(
    client: Client, user: User, draft: FormVersion
) -> None:
    book = load_workbook(io.BytesIO(client.get(address(draft, "/file")).content))
    sheet = book.worksheets[0]
    sheet["D2"].value, sheet["D3"].value, sheet["A4"].value, sheet["C5"].value = "=1+1", "Ny", "gone#1", "Another text"
    file = io.BytesIO()
    book.save(file)
    answer = bring(client, draft, file.getvalue(), "table.xlsx")
    faults = answer.context["faults"]
    assert answer.status_code == 422
    assert [fault.split(":")[0] for fault in faults] == ["Row 2", "Row 4", "Row 5"]
    assert "formula" in faults[0]
    assert stored(draft) == draft.definition


def test_a_table_that_is_older_than_a_change_overwrites_nothing(client: Client, user: User, draft: FormVersion) -> None:
    rows = translations.rows_of(texts_of(stored(draft)), "en", "nb")
    mine = [translations.TextRow(row.key, row.where, row.source, f"{row.target} ny") for row in rows]
    drafts.save_texts(actor=user, version=draft, language="nb", typed={WHY: "Deres ord"}, seen={WHY: digest("")})
    answer = bring(client, draft, translations.as_csv(mine, "en", "nb"), "table.csv")
    assert "Somebody else changed" in answer.content.decode()
    assert norwegian(draft, WHY) == "Deres ord"


@pytest.mark.parametrize("data", [b"", b"a,b,c\n", b"\0\0", b"PK\x03\x04junk", "Æ".encode("latin-1")])
def test_other_files_are_refused_with_a_sentence(client: Client, draft: FormVersion, data: bytes) -> None:
    assert bring(client, draft, data, "table.csv").status_code == 422
    da = translations.as_csv(translations.rows_of(texts_of(QUARTER), "en", "da"), "en", "da")
    assert "two languages" in bring(client, draft, da, "table.csv").content.decode()


def test_how_much_is_there_is_told_of_every_language(client: Client, user: User, centre: Centre) -> None:
    draft = make_draft(centre, user, key="three", languages=["en", "nb", "fr"])
    page = client.get(address(draft, query="?to=fr"))
    told = {one.code: (one.there, one.all) for one in page.context["progress"]}
    assert told == {"nb": (4, 11), "fr": (0, 11)}
    assert "Norsk bokmål: 4 of 11 texts" in page.content.decode()
    assert "Français: 0 of 11 texts" in page.content.decode()
