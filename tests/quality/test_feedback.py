"""A child's two taps are joined to nothing but the contact: no table and no trail keeps whose talk it was."""

from django.apps import apps
from django.db import connection

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.visits import answer_how_it_was
from havn.helpline.models import Contact, Feedback, Turn
from tests.quality.conftest import Team


def test_no_table_but_the_contact_has_a_place_for_it() -> None:
    holding = {
        model.__name__: sorted(field.name for field in model._meta.local_fields)
        for model in apps.get_models()
        if any(field.name == "feedback" for field in model._meta.local_fields) or model is Feedback
    }
    assert set(holding) == {"Turn", "Contact", "Feedback"}
    assert holding["Feedback"] == ["half_hour", "id", "service", "value"]
    links = {field.related_model for field in Contact._meta.local_fields if field.is_relation}
    assert not {model.__name__ for model in links if isinstance(model, type)} & {"User", "Conversation", "Turn", "Duty"}


def test_given_before_the_record_it_goes_with_the_contact_and_to_no_person(team: Team) -> None:
    child = team.talk()
    end_talk(actor=team.anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    before = Entry.objects.count()
    answer_how_it_was(conversation_id=child.conversation_id, value=1, now_ms=now_ms())
    assert Entry.objects.count() == before
    team.codes(child)
    assert [one.feedback for one in Contact.objects.exclude(feedback=None)] == [1]
    assert not Feedback.objects.exists()


def test_given_after_the_record_it_stands_by_itself(team: Team) -> None:
    child = team.coded()
    answer_how_it_was(conversation_id=child.conversation_id, value=3, now_ms=now_ms())
    assert Contact.objects.get().feedback is None
    (row,) = Feedback.objects.values_list("value", "service_id")
    assert row == (3, team.service.pk)


def test_the_talk_itself_forgets_it_with_its_clock(team: Team) -> None:
    child = team.coded()
    answer_how_it_was(conversation_id=child.conversation_id, value=3, now_ms=now_ms())
    with connection.cursor() as cursor:
        cursor.execute('SELECT COUNT(*) FROM "helpline_turn" WHERE feedback IS NOT NULL')
        assert cursor.fetchone() == (1,)
    Turn.objects.filter(pk=child.conversation_id).delete()
    assert Feedback.objects.count() == 1
