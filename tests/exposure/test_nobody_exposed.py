"""T1 and T2: after a talk, no byte of what was said, of who said it or from where stands anywhere it should not."""

import re

import pytest

from tests.exposure.conftest import Story
from tests.exposure.markers import find
from tests.exposure.story import CHILD_ADDRESS, FORWARDED_ADDRESS, STAFF_ADDRESS, Person

pytestmark = pytest.mark.slow


def test_the_words_did_arrive(story: Story) -> None:
    """Else the searches below would prove nothing."""
    for text in story.texts:
        assert text in story.read_at_desk


def test_the_search_finds_what_is_stored_in_clear(story: Story) -> None:
    for places in (story.home.tables(), {**story.home.files(), **story.home.database_files()}):
        assert find(story.open_words, places)


def test_no_planted_word_stands_in_a_file_of_the_data_folder_in_a_log_or_a_temporary_file(story: Story) -> None:
    files = story.home.files()
    assert any(place.endswith("output-0.txt") for place in files)
    assert find(story.planted, files) == []


def test_no_planted_word_stands_in_a_table_or_in_the_databases_own_files(story: Story) -> None:
    assert find(story.planted, story.home.tables()) == []
    assert find(story.planted, story.home.database_files()) == []


def test_no_planted_word_stands_in_the_arguments_or_the_environment_of_a_process(story: Story) -> None:
    processes = story.home.processes()
    assert len([name for name in processes if name.startswith("cmdline")]) >= 4
    assert find(story.planted, processes) == []


def test_no_table_has_a_place_for_an_address_or_a_browser(story: Story) -> None:
    from django.apps import apps

    suspicious = re.compile(r"(^|_)(ip|addr|address|agent|browser|referr?er|device)(_|$)")
    named = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if suspicious.search(field.name)
    }
    # The helpline's own e-mail address, where a film lies, and a yes or no.
    assert named == {"mailbox.Mailbox.address", "centres.SignVideo.address", "mailbox.MailThread.has_address"}
    for marker in (CHILD_ADDRESS, STAFF_ADDRESS, FORWARDED_ADDRESS):
        packed = bytes(int(part) for part in marker.split("."))
        tables = story.home.tables()
        assert not any(packed.hex().encode() in content for content in tables.values())


def test_no_answer_leads_to_an_address_with_words_in_it(story: Story) -> None:
    for answer in story.answers:
        location = answer.headers.get("location", "")
        assert not any(marker.text in location for marker in story.planted)


def test_the_first_page_sets_no_cookie(story: Story) -> None:
    assert story.entry.status_code == 200
    assert story.entry.headers.get_list("set-cookie") == []


def test_a_child_gets_one_cookie_without_a_name_in_it(story: Story) -> None:
    names = {cookie.partition("=")[0] for cookie in story.child.given}
    assert names == {"visit"}
    for cookie in story.child.given:
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= attributes
        assert not any(part.startswith(("domain=", "expires=")) for part in attributes - {"max-age=0"})
    tokens = {cookie.partition("=")[2].partition(";")[0] for cookie in story.child.given} - {""}
    stored = b"".join([*story.home.files().values(), *story.home.tables().values()])
    assert tokens
    assert not any(token.encode() in stored for token in tokens)


def test_staff_get_the_documented_cookies_and_none_of_their_values_is_kept(story: Story) -> None:
    names = {cookie.partition("=")[0] for cookie in story.anna.given}
    assert names == {"havn-session", "havn-key", "havn-csrf"}
    for cookie in story.anna.given:
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= attributes
    stored = b"".join([*story.home.files().values(), *story.home.tables().values()])
    for name in ("havn-session", "havn-key"):
        # From what was given: another test may have signed her out by now.
        given = [cookie.partition(";")[0].partition("=") for cookie in story.anna.given]
        values = {value for key, _, value in given if key == name} - {"", '""'}
        assert values
        assert all(len(value) >= 32 and value.encode() not in stored for value in values)


def test_every_public_answer_keeps_itself_out_of_caches_and_other_sites(story: Story) -> None:
    fresh = Person(story.home.url, CHILD_ADDRESS, {})
    for path in ("/", "/en/chat", "/en/letter", "/en/chat/code", "/en/privacy", "/en/accessibility", "/nothing-here"):
        headers = fresh.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
        assert "default-src 'none'" in headers["content-security-policy"]
