"""Versions: a frozen one never changes, a draft with faults is not frozen, own forms stand before shipped ones."""

import pytest
from django.db import DatabaseError, connection, transaction

from havn.accounts.models import Role
from havn.audit.models import Entry
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.forms import guards
from havn.forms.actions.deleting import delete_form
from havn.forms.api import forms_of, freeze, frozen_versions_for, load_shipped, newest_frozen, parsed
from havn.forms.models import DraftStep, Form, FormVersion
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff
from tests.forms.sample import raw
from tests.surveys.factories import make_survey, make_wave
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db


def make_version(
    centre: Centre | None, *, key: str = "club_year", number: int = 1, frozen: bool = False
) -> FormVersion:
    moment = now()
    form, _made = Form.objects.get_or_create(centre=centre, key=key, defaults={"made_at": moment})
    return FormVersion.objects.create(
        form=form, number=number, definition={**raw(), "key": key}, made_at=moment, changed_at=moment,
        frozen_at=moment if frozen else None,
    )  # fmt: skip


@pytest.mark.parametrize("change", [{"definition": {}}, {"number": 7}, {"frozen_at": None}])
def test_the_database_keeps_a_frozen_version_as_it_is(change: dict[str, object]) -> None:
    version = make_version(make_centre(), frozen=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        FormVersion.objects.filter(pk=version.pk).update(**change)
    assert FormVersion.objects.get(pk=version.pk).definition == raw()


def test_a_draft_may_change_and_who_made_a_frozen_one_may_be_forgotten() -> None:
    draft = make_version(make_centre())
    FormVersion.objects.filter(pk=draft.pk).update(definition={"key": "x"})
    frozen = make_version(None, frozen=True)
    FormVersion.objects.filter(pk=frozen.pk).update(made_by=None, frozen_by=None)


def test_a_frozen_version_is_not_replaced_by_another_row_either() -> None:
    guards.install(connection)
    version = make_version(make_organisation().centre, frozen=True)
    columns = [field.column for field in FormVersion._meta.concrete_fields]
    names = ", ".join(columns)
    other = "CAST('{}' AS jsonb)" if connection.vendor == "postgresql" else "'{}'"
    taken = ", ".join(other if name == "definition" else name for name in columns)
    put = f"INTO forms_formversion ({names}) SELECT {taken} FROM forms_formversion"
    way = f"INSERT OR REPLACE {put}"
    if connection.vendor == "postgresql":
        way = f"INSERT {put} ON CONFLICT (id) DO UPDATE SET definition = EXCLUDED.definition"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(way)
    version.refresh_from_db()
    assert version.definition == raw()


def test_a_frozen_version_does_not_go_alone() -> None:
    guards.install(connection)
    version = make_version(make_centre(), frozen=True)
    draft = make_version(version.form.centre, number=2)
    with pytest.raises(DatabaseError, match="only with its form"), transaction.atomic():
        FormVersion.objects.filter(pk=version.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        version.form.delete()
    draft.delete()
    assert FormVersion.objects.get() == version


def test_a_whole_form_goes_while_nothing_refers_to_it() -> None:
    guards.install(connection)
    organisation = make_organisation()
    officer = make_staff(organisation, Role.DATA_OFFICER)
    version = make_version(organisation.centre, frozen=True)
    make_version(organisation.centre, number=2)
    delete_form(actor=officer, form=version.form)
    assert not Form.objects.exists()
    assert not FormVersion.objects.exists()
    connection.check_constraints()
    assert Entry.objects.get(action="forms.form.deleted").actor_id == officer.pk


def test_a_form_that_was_used_stays() -> None:
    organisation = make_organisation()
    version = make_version(organisation.centre, frozen=True)
    make_wave(make_survey(organisation.centre), form_version=version)
    with pytest.raises(Refused, match="It stays"):
        delete_form(actor=make_staff(organisation, Role.DATA_OFFICER), form=version.form)
    assert Form.objects.get() == version.form


@pytest.mark.parametrize("whose", ["elsewhere", "havn"])
def test_nobody_deletes_what_belongs_to_others(whose: str) -> None:
    officer = make_staff(make_organisation(), Role.DATA_OFFICER)
    centre = make_centre(host="other.test") if whose == "elsewhere" else None
    version = make_version(centre, frozen=True)
    with pytest.raises(NotAllowed):
        delete_form(actor=officer, form=version.form)


def test_a_data_officer_freezes_a_draft_and_it_is_on_the_trail() -> None:
    organisation = make_organisation()
    officer = make_staff(organisation, Role.DATA_OFFICER)
    version = make_version(organisation.centre)
    DraftStep.objects.create(version=version, revision=1, definition={}, changed_at=now())
    freeze(actor=officer, version=version)
    version.refresh_from_db()
    assert version.is_frozen
    assert version.frozen_by == officer
    assert not version.steps.exists()
    assert Entry.objects.filter(action="forms.version.frozen", actor_id=officer.pk).exists()
    with pytest.raises(Refused):
        freeze(actor=officer, version=version)


def test_a_draft_with_faults_is_not_frozen() -> None:
    organisation = make_organisation()
    officer = make_staff(organisation, Role.DATA_OFFICER)
    version = make_version(organisation.centre)
    version.definition["sections"][0]["questions"][0]["type"] = "picture"
    version.save()
    with pytest.raises(Refused):
        freeze(actor=officer, version=version)
    version.refresh_from_db()
    assert not version.is_frozen


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.DATA_OFFICER, Role.COORDINATOR)])
def test_nobody_else_freezes(role: Role) -> None:
    organisation = make_organisation()
    person = make_staff(organisation, role)
    with pytest.raises(NotAllowed):
        freeze(actor=person, version=make_version(organisation.centre))


def test_nobody_freezes_for_another_centre() -> None:
    officer = make_staff(make_organisation(), Role.DATA_OFFICER)
    other = make_centre(host="other.test")
    with pytest.raises(NotAllowed):
        freeze(actor=officer, version=make_version(other))


def test_a_centre_sees_its_own_forms_and_the_shipped_ones() -> None:
    load_shipped()
    here, there = make_centre(), make_centre(host="there.test")
    own, theirs = make_version(here, frozen=True), make_version(there, key="secret", frozen=True)
    draft = make_version(here, key="draft")
    assert own.form in forms_of(here)
    assert theirs.form not in forms_of(here)
    versions = set(frozen_versions_for(here))
    assert own in versions
    assert not {theirs, draft} & versions
    assert newest_frozen("secret", here) is None


def test_an_own_form_stands_before_a_shipped_one_and_the_newest_version_first() -> None:
    centre = make_centre()
    make_version(None, frozen=True)
    first = make_version(centre, frozen=True)
    second = make_version(centre, number=2, frozen=True)
    make_version(centre, number=3)
    assert newest_frozen("club_year", centre) == second
    assert newest_frozen("club_year") not in (first, second)
    assert parsed(second).key == "club_year"
