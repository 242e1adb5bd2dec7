"""What a coordinator decides, and that a child then reads the truth."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from havn.audit.models import Entry
from havn.centres.actions import approve_text
from havn.centres.registry import safety_texts
from havn.centres.safety_texts import fingerprint, words_of
from havn.common.errors import NotAllowed, Refused
from havn.supervision.actions.settings import choose_identity, save_criteria, save_supervision, texts_to_approve
from havn.supervision.identity_texts import TEXTS, all_texts, key_of, text_choice
from havn.supervision.models import RiskCriteria, SupervisionSettings
from havn.supervision.queries.checklist import criteria_in, criteria_of
from havn.supervision.rules.identity import MODELS, farthest, why_not
from havn.tenancy.models import Centre
from tests.accounts.factories import signed_in_client
from tests.supervision.conftest import Talk
from tests.vault.factories import PASSWORD

BASIS = "Agreement with the police district, signed by the board of the organisation."
DAY, TODAY = dt.date(2026, 1, 5), dt.date(2026, 3, 2)


def _choose(talk: Talk, model: str, *, basis: str = BASIS, basis_on: dt.date | None = DAY) -> None:
    choose_identity(
        actor=talk.kari.user, service=talk.line.service, model=model, basis=basis, basis_on=basis_on, today=TODAY
    )


def _approve(talk: Talk, model: str) -> None:
    centre: Centre = talk.line.service.organisation.centre
    for language, key in texts_to_approve(talk.line.service, model):
        approve_text(
            actor=talk.kari.user,
            actor_may=True,
            centre=centre,
            key=key,
            language=language,
            mark=fingerprint(words_of(key, language)),
        )


@pytest.mark.parametrize(
    ("model", "basis", "day", "approved", "why"),
    [
        ("blind", "", None, False, None),
        ("police", "", DAY, True, "basis"),
        ("police", BASIS, None, True, "date"),
        ("helpline", BASIS, TODAY + dt.timedelta(days=1), True, "future"),
        ("helpline", BASIS, DAY, False, "texts"),
        ("police", BASIS, DAY, True, None),
        ("open", BASIS, DAY, True, "unknown"),
    ],
)
def test_what_a_model_needs(model: str, basis: str, day: dt.date | None, approved: bool, why: str | None) -> None:
    assert why_not(model=model, basis=basis, basis_on=day, today=TODAY, texts_approved=approved) == why


def test_a_page_for_all_says_what_goes_farthest() -> None:
    assert farthest([]) == "blind"
    assert farthest(["blind", "helpline", "police"]) == "helpline"
    assert farthest(["police", "blind"]) == "police"


def test_each_model_has_words_of_its_own_in_each_place() -> None:
    assert set(TEXTS) == set(MODELS) - {"blind"}
    # Where the police may look, the easy sentence on who somebody is stays as it is.
    assert set(TEXTS["police"]) | {"easy-unseen-who"} == set(TEXTS["helpline"]) <= set(safety_texts())
    assert set(all_texts()) <= set(safety_texts())
    assert len(set(all_texts().values())) == len(all_texts())


def test_without_basis_date_and_approved_texts_it_stays_blind(talk: Talk) -> None:
    for fields in ({"basis": "the law"}, {"basis_on": None}, {"basis_on": dt.date(2027, 1, 1)}):
        with pytest.raises(Refused):
            _choose(talk, "police", **fields)  # type: ignore[arg-type]
    if texts_to_approve(talk.line.service, "police"):
        with pytest.raises(Refused, match="Approve them first"):
            _choose(talk, "police")
    assert not SupervisionSettings.objects.exists()


def test_with_all_of_it_who_and_when_stand_beside_it(talk: Talk) -> None:
    _approve(talk, "police")
    _choose(talk, "police")
    kept = SupervisionSettings.objects.get()
    assert (kept.identity, kept.basis, kept.basis_on, kept.decided_by_id) == ("police", BASIS, DAY, talk.kari.pk)
    assert kept.decided_at is not None
    assert "police" in Entry.objects.get(action="supervision.identity.chosen").codes
    _choose(talk, "blind", basis="", basis_on=None)
    assert (SupervisionSettings.objects.get().identity, SupervisionSettings.objects.get().basis) == ("blind", "")


def test_a_text_of_a_new_language_has_to_be_approved_too(talk: Talk) -> None:
    centre = talk.line.service.organisation.centre
    centre.languages = ["en", "da"]
    centre.save()
    talk.line.service.refresh_from_db()
    assert texts_to_approve(talk.line.service, "police") == [("da", key_of(key, "police")) for key in TEXTS["police"]]
    _approve(talk, "police")
    assert texts_to_approve(talk.line.service, "police") == []


@pytest.mark.parametrize("model", MODELS)
def test_the_child_reads_by_what_the_helpline_works(talk: Talk, model: str, client: Client) -> None:
    SupervisionSettings.objects.create(service=talk.line.service, identity=model)
    service, centre_id = talk.line.service, talk.line.service.organisation.centre_id
    for key in TEXTS["police"]:
        expected = key if model == "blind" else f"{key}-{model}"
        assert text_choice(centre_id, service.pk, key) == expected
        assert text_choice(centre_id, None, key) == expected
    assert text_choice(centre_id, service.pk, "code-gone") == "code-gone"
    page = client.get(reverse("centres:privacy")).content.decode()
    traced = "Nobody can be traced by technical means." in page
    assert traced is (model == "blind")


def test_only_a_coordinator_decides(talk: Talk) -> None:
    for actor in (talk.anna.user, talk.line.member("supervisor").user):
        with pytest.raises(NotAllowed):
            save_supervision(actor=actor, service=talk.line.service, note_days=7, second_person_minutes=10)


@pytest.mark.parametrize(("days", "minutes"), [(0, 10), (32, 10), (7, 0), (7, 61)])
def test_clocks_have_their_bounds(talk: Talk, days: int, minutes: int) -> None:
    with pytest.raises(Refused):
        save_supervision(actor=talk.kari.user, service=talk.line.service, note_days=days, second_person_minutes=minutes)


def test_own_criteria_stand_in_place_of_havns_until_emptied(talk: Talk) -> None:
    service = talk.line.service
    usual = criteria_of(service.pk, "en")
    save_criteria(actor=talk.kari.user, service=service, language="en", texts={"imminent": "Call at once."})
    assert criteria_of(service.pk, "en") == {**usual, "imminent": "Call at once."}
    save_criteria(actor=talk.kari.user, service=service, language="en", texts={})
    assert criteria_of(service.pk, "en") == usual
    assert not RiskCriteria.objects.exists()
    with pytest.raises(Refused, match="does not answer"):
        save_criteria(actor=talk.kari.user, service=service, language="xx", texts={})


def test_criteria_without_a_translation_are_said_to_be_english(talk: Talk) -> None:
    service = talk.line.service
    assert {spoken for _text, spoken in criteria_in(service.pk, "nb").values()} == {"nb"}
    RiskCriteria.objects.create(service=service, language="pl", level="high", text="Zadzwoń.")
    found = criteria_in(service.pk, "pl")
    assert found["high"] == ("Zadzwoń.", "pl")
    assert found["none"] == (criteria_of(service.pk, "en")["none"], "en")
    page = signed_in_client(talk.anna.user, password=PASSWORD).get(f"{reverse('helpline:desk')}?talk={talk.id}")
    assert f'lang="en">{criteria_of(service.pk, "en")["some"]}' in page.content.decode()


def test_criteria_are_changed_in_the_language_that_was_chosen(talk: Talk) -> None:
    lead, address = signed_in_client(talk.kari.user, password=PASSWORD), reverse("supervision:settings")
    page = lead.get(address, {"criteria": "nb"}).content.decode()
    assert 'name="criteria" value="nb"' in page
    assert f'lang="nb">{criteria_of(talk.line.service.pk, "nb")["none"]}' in page


def test_the_page_takes_each_form_by_itself(talk: Talk) -> None:
    lead, address = signed_in_client(talk.kari.user, password=PASSWORD), reverse("supervision:settings")
    assert "the usual one" in lead.get(address).content.decode()
    assert lead.post(address, {"what": "clocks", "note_days": 3, "second_person_minutes": 5}).status_code == 302
    kept = SupervisionSettings.objects.get()
    assert (kept.note_days, kept.second_person_minutes) == (3, 5)
    refused = lead.post(address, {"what": "identity", "model": "helpline", "basis": "", "basis_on": ""})
    assert refused.status_code == 400
    assert "Write down the basis" in refused.content.decode()
    words = {"none": "a", "some": "b", "high": "c", "imminent": "d"}
    assert lead.post(address, {"what": "criteria", "criteria": "en", **words}).status_code == 302
    assert criteria_of(talk.line.service.pk, "en") == words
    assert SupervisionSettings.objects.get().identity == "blind"
