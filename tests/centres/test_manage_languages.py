"""The languages of a centre's public pages, and the two ways to say "you"."""

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from havn.audit.models import Entry
from havn.centres.models import ApprovedText
from havn.centres.safety_texts import approved_keys, fingerprint, languages_that_stand_alone, words_of
from havn.common.clock import now
from havn.common.language import plain, reader_language, spoken
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.helpline.factories import make_line
from tests.tenancy.factories import make_centre, make_organisation
from tools import messages

pytestmark = pytest.mark.django_db


def coordinator(centre: Centre) -> Client:
    return signed_in_client(make_staff(make_organisation(centre), "coordinator"))


def test_a_coordinator_offers_languages_and_chooses_how_they_say_you() -> None:
    centre = make_centre(languages=["nb", "en"])
    client = coordinator(centre)
    html = client.get("/desk/languages").content.decode()
    assert "Polski" in html and "Texts on safety that somebody approved" in html
    form = {"offered": ["nb", "uk", "de"], "first": "nb", "formal": ["de"]}
    assert client.post("/desk/languages/save", form).status_code == 302
    centre.refresh_from_db()
    assert (centre.languages, centre.formal_in) == (["nb", "de", "uk"], ["de"])
    told = Entry.objects.filter(action__startswith="centres.language.").values_list("action", "subject")
    assert set(told) == {
        ("centres.language.offered", "language:de"),
        ("centres.language.offered", "language:uk"),
        ("centres.language.withdrawn", "language:en"),
        ("centres.language.formal", "language:de"),
    }


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"offered": [], "first": ""}, "Choose at least one language."),
        ({"offered": ["nb"], "first": "da"}, "must be one of those that are offered"),
        ({"offered": ["nb", "tlh"], "first": "nb"}, "not known here"),
        ({"offered": ["nb"], "first": "nb", "formal": ["nb"]}, "not known here"),
        ({"offered": ["nb", "\x00"], "first": "nb"}, "not known here"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(form: dict[str, list[str]], sentence: str) -> None:
    centre = make_centre(languages=["nb", "en"])
    response = coordinator(centre).post("/desk/languages/save", form)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    centre.refresh_from_db()
    assert centre.languages == ["nb", "en"]


def test_a_counsellor_changes_no_languages() -> None:
    client = signed_in_client(make_staff(make_organisation(make_centre()), "counsellor"))
    assert client.get("/desk/languages").status_code == 403
    assert client.post("/desk/languages/save", {"offered": ["en"], "first": "en"}).status_code == 403


def test_each_language_speaks_its_own_words_on_the_first_page_of_a_chat(client: Client) -> None:
    line = make_line()
    Centre.objects.update(languages=[code for code, _name in settings.LANGUAGES])
    said = {code: client.get(f"/{code}/chat").content.decode() for code, _name in settings.LANGUAGES}
    assert line.service.pk
    buttons = set()
    for code, html in said.items():
        assert f'<html lang="{code}"' in html
        with translation.override(code):
            buttons.add(translation.gettext("Start the chat"))
            assert translation.gettext("Start the chat") in html, code
    assert len(buttons) > 20


def test_the_formal_you_is_said_where_the_centre_chose_it(client: Client) -> None:
    make_line()
    sentence, du, sie = _sentence_that_differs("de")
    assert du != sie
    Centre.objects.update(languages=["de", "en"])
    with translation.override(spoken("de", [])):
        assert translation.gettext(sentence) == du
    with translation.override(spoken("de", ["de"])):
        assert translation.gettext(sentence) == sie
        assert reader_language() == "de"
        assert translation.gettext("January") == "Januar", "what does not differ is the language's own"
    informal = client.get("/de/chat").content.decode()
    Centre.objects.update(formal_in=["de"])
    formal = client.get("/de/chat").content.decode()
    assert informal != formal
    assert '<html lang="de"' in formal, "an address, a row and a voice know only the language"


def test_a_text_that_was_approved_with_one_you_is_not_approved_with_the_other() -> None:
    centre = make_centre(languages=["de", "en"])
    key = _safety_text_that_differs("de")
    ApprovedText.objects.create(
        centre=centre,
        key=key,
        language="de",
        fingerprint=fingerprint(words_of(key, "de")),
        approved_by="K",
        approved_at=now(),
    )
    assert key in approved_keys(centre, "de")
    assert languages_that_stand_alone(centre.pk, key) == ["de"]
    centre.formal_in = ["de"]
    centre.save()
    assert key not in approved_keys(centre, "de")
    assert languages_that_stand_alone(centre.pk, key) == []


def test_only_languages_with_two_ways_have_a_formal_one() -> None:
    assert spoken("nb", ["nb"]) == "nb"
    assert spoken("de", ["fr"]) == "de"
    assert plain(spoken("de", ["de"])) == "de"


def test_the_tools_and_the_settings_know_the_same_languages() -> None:
    public = {code for code, _name in settings.LANGUAGES} - {"en", *messages.LANGUAGES}
    assert public == set(messages.PUBLIC_LANGUAGES)
    assert set(messages.FORMAL_LANGUAGES) == settings.FORMAL_LANGUAGES


def test_days_bend_as_the_language_wants(client: Client) -> None:
    from datetime import date

    from havn.common.dates import day, day_and_month, weekday_and_day

    said = {}
    for code in ("en", "nb", "pl", "cs", "fi", "mt", "hu"):
        with translation.override(code):
            said[code] = (day(date(2027, 1, 9)), day_and_month(date(2027, 1, 9)), weekday_and_day(date(2027, 1, 9)))
    assert said["en"] == ("9 January 2027", "9 January", "Saturday 9 January 2027")
    assert said["nb"][0] == "9. januar 2027"
    assert said["pl"][1] == "9 stycznia"
    assert said["cs"][1] == "9. ledna"
    assert said["fi"][1] == "9. tammikuuta"
    assert "Jannar" in said["mt"][0]
    assert said["hu"][1] == "január 9."


def _sentence_that_differs(language: str) -> tuple[str, str, str]:
    formal = {entry.msgid: entry.msgstr for entry in polib.pofile(str(messages.path_of(f"{language}-x-formal")))}
    own = {entry.msgid: entry.msgstr for entry in polib.pofile(str(messages.path_of(language)))}
    sentence = next(iter(formal))
    return sentence, own[sentence], formal[sentence]


def _safety_text_that_differs(language: str) -> str:
    from havn.centres.registry import safety_texts

    return next(key for key in safety_texts() if words_of(key, language) != words_of(key, f"{language}-x-formal"))
