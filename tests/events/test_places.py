"""Places that are freed, added and raced for."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from havn.events import actions
from havn.events.models import Event, Registration
from havn.mail.sealing import Content
from havn.tenancy.models import Centre
from tests.events.factories import JOINING, editor_of, make_event, register, token_of
from tests.tenancy.factories import make_centre

Letters = Callable[..., list[Content]]


def states(event: Event) -> list[str]:
    return list(event.registrations.order_by("number").values_list("state", flat=True))


@pytest.mark.django_db
def test_a_place_given_up_goes_to_the_first_in_line_with_a_letter(centre: Centre, letters: Letters) -> None:
    event = make_event(centre, capacity=1)
    first, _second, _third = (register(event, name) for name in ("Kari", "Ola", "Per"))
    actions.leave_event(registration_id=first.pk)
    assert states(event) == ["cancelled", "confirmed", "waiting"]
    (letter,) = letters("events.moved-up")
    assert letter.to == "ola@example.org"
    assert JOINING in letter.text
    assert letter.calendar is not None


@pytest.mark.django_db
def test_giving_up_twice_frees_one_place(centre: Centre) -> None:
    event = make_event(centre, capacity=1)
    first, *_others = (register(event, name) for name in ("Kari", "Ola", "Per"))
    actions.leave_event(registration_id=first.pk)
    actions.leave_event(registration_id=first.pk)
    assert states(event) == ["cancelled", "confirmed", "waiting"]


@pytest.mark.django_db
def test_the_place_of_a_quota_goes_to_somebody_of_the_same_centre(network: Centre) -> None:
    event = make_event(network, capacity=2, per_centre=1)
    norway, denmark = make_centre(host=None), make_centre(host=None)
    kari = register(event, "Kari", from_centre=norway)
    register(event, "Mette", from_centre=denmark)
    register(event, "Lars", from_centre=denmark)
    register(event, "Ola", from_centre=norway)
    actions.leave_event(registration_id=kari.pk)
    assert states(event) == ["cancelled", "confirmed", "waiting", "confirmed"]


@pytest.mark.django_db
def test_more_places_go_to_those_who_wait(centre: Centre, letters: Letters) -> None:
    event = make_event(centre, capacity=1)
    for name in ("Kari", "Ola", "Per"):
        register(event, name)
    event.capacity = 2
    actions.save_event(actor=editor_of(centre), event=event)
    assert states(event) == ["confirmed", "confirmed", "waiting"]
    assert [letter.to for letter in letters("events.moved-up")] == ["ola@example.org"]


@pytest.mark.django_db
def test_whoever_gives_up_is_forgotten_at_once(centre: Centre, letters: Letters) -> None:
    event = make_event(centre)
    registration = register(event, "Kari")
    actions.leave_event(registration_id=registration.pk)
    registration.refresh_from_db()
    assert (registration.sealed, registration.email_mark) == (None, None)
    assert letters("events.left")[0].to == "kari@example.org"
    assert register(event, "Kari").state == "confirmed", "and may come back"


def at_once(*works: Callable[[], object]) -> None:
    """Run each in a thread with a connection of its own, all beginning together."""
    gate = threading.Barrier(len(works))
    failed: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_place_at_once_one_waits() -> None:
    event = make_event(make_centre(), capacity=3)
    register(event, "Kari")
    names = ("Ola", "Per", "Lise", "Mette")
    at_once(*(lambda name=name: register(event, name) for name in names))  # type: ignore[misc]
    found = states(event)
    assert sorted(found) == ["confirmed"] * 3 + ["waiting"] * 2
    assert found == ["confirmed"] * 3 + ["waiting"] * 2, "in the order in which they came"
    assert sorted(event.registrations.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_two_who_give_up_at_once_free_two_places_for_two_people() -> None:
    event = make_event(make_centre(), capacity=2)
    leaving = [register(event, name) for name in ("Kari", "Ola")]
    for name in ("Per", "Lise", "Mette"):
        register(event, name)
    at_once(*(lambda row=row: actions.leave_event(registration_id=row.pk) for row in leaving))  # type: ignore[misc]
    assert states(event) == ["cancelled", "cancelled", "confirmed", "confirmed", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_the_same_address_at_once_has_one_place() -> None:
    event = make_event(make_centre())
    at_once(*(lambda: register(event, "Kari") for _ in range(3)))
    registration = Registration.objects.get()
    assert token_of(registration)
