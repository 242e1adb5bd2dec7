"""A centre, its organisations and its services are called in each language as the centre says."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from havn.audit.models import Entry
from havn.centres.actions_names import set_names
from havn.common.errors import NotAllowed
from havn.tenancy.models import Centre, Organisation, check_names
from tests.accounts.factories import make_staff, signed_in_client
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return make_centre(name="Senteret", languages=["nb", "en"])


@pytest.fixture
def organisation(centre: Centre) -> Organisation:
    return make_organisation(centre, name="Røde Kors")


def coordinator(organisation: Organisation) -> Client:
    return signed_in_client(make_staff(organisation, "coordinator"))


def test_a_name_is_said_in_the_language_of_the_page_else_as_everywhere(organisation: Organisation) -> None:
    organisation.names = {"en": "Red Cross", "de": "Rotes Kreuz"}
    for language, name in (("en", "Red Cross"), ("nb", "Røde Kors"), ("de-x-formal", "Rotes Kreuz")):
        with translation.override(language):
            assert organisation.shown_name == name
    assert (organisation.name_in("en"), organisation.name_in("fi")) == ("Red Cross", "Røde Kors")
    assert str(organisation) == "Røde Kors"


@pytest.mark.parametrize("names", [[], "x", {"en": ""}, {"en": 1}, {"": "x"}, {"en": "x" * 201}, None])
def test_what_is_no_list_of_names_is_refused(names: object) -> None:
    with pytest.raises(ValidationError):
        check_names(names)
    check_names({"en": "Red Cross"})


def test_a_coordinator_writes_them_and_the_public_reads_them(centre: Centre, organisation: Organisation) -> None:
    service = make_service(organisation, name="Kors på halsen")
    client = coordinator(organisation)
    page = client.get("/desk/names").content.decode()
    assert "Røde Kors" in page
    assert f'name="service-{service.pk}-en"' in page
    form = {
        "centre-en": "The centre",
        "centre-nb": "",
        f"organisation-{organisation.pk}-en": "  Red Cross ",
        f"organisation-{organisation.pk}-nb": "Røde Kors",
        f"service-{service.pk}-en": "Cross my heart",
    }
    assert client.post("/desk/names/save", form).status_code == 302
    for row, names in ((centre, {"en": "The centre"}), (organisation, {"en": "Red Cross"})):
        row.refresh_from_db()
        # What is called so everywhere needs no name of its own.
        assert row.names == names
    told = Entry.objects.filter(action="centres.names.changed").order_by("seq").values_list("subject", flat=True)
    assert list(told) == [f"centre:{centre.pk}", f"organisation:{organisation.pk}", f"service:{service.pk}"]
    reader = Client()
    english, norwegian = (reader.get(f"/{language}/").content.decode() for language in ("en", "nb"))
    assert "The centre" in english and "Cross my heart" in english
    assert "Senteret" in norwegian and "Kors på halsen" in norwegian and "Cross my heart" not in norwegian
    privacy = reader.get("/en/privacy").content.decode()
    assert "Red Cross" in privacy and "Røde Kors" not in privacy
    assert 'value="Red Cross"' in client.get("/desk/names").content.decode()

    # Again: nothing is new, and nothing is written down as if it were.
    client.post("/desk/names/save", form)
    assert Entry.objects.filter(action="centres.names.changed").count() == 3
    client.post("/desk/names/save", form | {f"organisation-{organisation.pk}-en": ""})
    organisation.refresh_from_db()
    assert organisation.names == {}


def test_names_in_languages_that_are_not_offered_now_stay(centre: Centre, organisation: Organisation) -> None:
    organisation.names = {"da": "Røde Kors DK"}
    organisation.save()
    coordinator(organisation).post("/desk/names/save", {f"organisation-{organisation.pk}-en": "Red Cross"})
    organisation.refresh_from_db()
    assert organisation.names == {"da": "Røde Kors DK", "en": "Red Cross"}


@pytest.mark.parametrize("name", ["x" * 201, "a\x00b", "a\x08b", "a\u202eb"])
def test_what_cannot_be_is_refused_and_stays_as_it_was_typed(
    centre: Centre, organisation: Organisation, name: str
) -> None:
    field = f"organisation-{organisation.pk}-en"
    answer = coordinator(organisation).post("/desk/names/save", {field: name, "centre-en": "The centre"})
    assert answer.status_code == 400
    assert "Nothing was saved." in answer.content.decode()
    assert 'value="The centre"' in answer.content.decode()
    assert f'id="{field}_error"' in answer.content.decode()
    centre.refresh_from_db()
    assert centre.names == {}


def test_an_organisation_is_named_by_its_own_coordinators_alone(centre: Centre, organisation: Organisation) -> None:
    other = make_organisation(centre, name="Tilsynet")
    elsewhere = make_organisation(make_centre(host="other.test"), name="Andre")
    client = coordinator(organisation)
    assert "Tilsynet" not in client.get("/desk/names").content.decode()
    for row in (other, elsewhere):
        client.post("/desk/names/save", {f"organisation-{row.pk}-en": "Taken"})
        row.refresh_from_db()
        assert row.names == {}
    actor = make_staff(organisation, "coordinator")
    for row in (other, elsewhere, elsewhere.centre):
        with pytest.raises(NotAllowed):
            set_names(actor=actor, actor_may=True, row=row, centre=centre, names={"en": "Taken"})
    with pytest.raises(NotAllowed):
        set_names(actor=actor, actor_may=False, row=centre, centre=centre, names={"en": "Taken"})


def test_a_counsellor_names_nothing(organisation: Organisation) -> None:
    client = signed_in_client(make_staff(organisation, "counsellor"))
    assert client.get("/desk/names").status_code == 403
    assert client.post("/desk/names/save", {}).status_code == 403
