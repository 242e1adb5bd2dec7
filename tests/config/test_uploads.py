"""What the front door lets through where a round is answered, and where long texts are written."""

import pytest

from havn.config.uploads import FORM, upload_at


@pytest.mark.parametrize("path", ["/en/desk/rounds/answers/5/sheet", "/nb/desk/rounds/answers/5"])
def test_a_round_takes_workbooks_and_documents(path: str) -> None:
    upload = upload_at(path)
    assert upload.files and upload.longest > 5 * 1024 * 1024


@pytest.mark.parametrize(
    "path", ["/en/desk/surveys/3/edit", "/da/desk/trends/quarter/2024Q3/article", "/en/desk/rounds/4"]
)
def test_texts_in_every_language_fit_and_files_do_not(path: str) -> None:
    upload = upload_at(path)
    assert not upload.files and upload.longest > FORM


@pytest.mark.parametrize("path", ["/en/surveys/gaming", "/en/age-assurance/check", "/en/chat", "/en/desk"])
def test_no_visitor_sends_a_file(path: str) -> None:
    assert upload_at(path) == upload_at("/")
