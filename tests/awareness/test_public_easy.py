"""The easy-read twin of a resource."""

import re

import pytest
from django.test import Client

from tests.awareness.factories import make_listing, make_site
from tests.awareness.resources import make_file, make_resource, sentence

pytestmark = pytest.mark.django_db


def text_of(address: str) -> str:
    answer = Client(headers={"host": "testserver"}).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_sentences_stand_one_after_the_other_in_their_own_language_and_lead_back_to_the_page() -> None:
    easy = [("heading", "Bilder"), sentence("Du bestemmer over bildet ditt."), sentence("Du kan si nei.")]
    make_resource(make_listing(make_site()), slug="bilder", easy=easy)
    text = text_of("/en/aktuelt/bilder/easy")
    assert re.search(r'<read-aloud class="easy" lang="nb">', text)
    assert text.index("Bilder") < text.index("Du bestemmer over bildet ditt.") < text.index("Du kan si nei.")
    assert "We do not have this page in your language yet" in text
    assert 'href="/en/aktuelt/bilder"' in text


def test_a_sound_that_was_given_is_played_from_here_without_script() -> None:
    centre = make_site()
    sound = make_file(centre, "nei.mp3", b"ID3")
    make_resource(make_listing(centre), slug="bilder", easy=[sentence("Du kan si nei.", sound=sound)])
    text = text_of("/nb/aktuelt/bilder/easy")
    assert re.search(r'<audio class="easy__sound" controls preload="none" src="[^"]*/nei\.mp3"', text)


def test_buttons_that_need_script_are_hidden_until_there_is_some() -> None:
    make_resource(make_listing(make_site()), slug="bilder", easy=[sentence("Du kan si nei.")])
    text = text_of("/nb/aktuelt/bilder/easy")
    for name in ("data-start", "data-stop", "data-say"):
        assert re.search(rf"<button [^>]*{name} hidden>", text)


def test_for_those_who_do_not_read_yet_pictures_are_larger() -> None:
    listing = make_listing(make_site())
    make_resource(listing, slug="bilder", easy=[sentence("Nei.")], audiences=["young-children"])
    assert "easy--young" in text_of("/nb/aktuelt/bilder/easy")
