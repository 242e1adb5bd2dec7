"""What a centre is asked, what the menu counts, and letters that remind."""

import datetime as dt

import pytest
import time_machine

from havn.forms.models import FormVersion
from havn.mail.models import LetterOut
from havn.mail.sealing import unseal
from havn.rounds.actions.addresses import save_address
from havn.rounds.models import DataAddress, Reminder
from havn.rounds.tasks import send_reminders
from havn.tenancy.models import Centre
from tests.rounds.factories import ask, assignment_of, client_of, member, send

pytestmark = pytest.mark.django_db
DESK = "/en/desk/rounds"


def test_it_lists_what_is_asked_and_the_menu_counts_it(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway, finland)
    later = ask(network, version, norway, opens_on=dt.date(2099, 1, 1))
    html = client_of(norway).get(DESK).content.decode()
    assert f"/answers/{assignment_of(one, norway).pk}" in html
    assert f"/answers/{assignment_of(later, norway).pk}" not in html and "Opens on 1 January 2099" in html
    assert f"/answers/{assignment_of(one, finland).pk}" not in html
    assert "Small quarter" in html
    send(assignment_of(one, norway))
    ours = client_of(network).get(DESK).content.decode()
    assert "1 of 2" in ours and "Rounds of the network" in ours


def test_the_title_is_in_the_language_of_the_reader(network: Centre, norway: Centre, version: FormVersion) -> None:
    ask(network, version, norway)
    assert "Lite kvartal" in client_of(norway).get("/nb/desk/rounds").content.decode()


def test_other_roles_see_no_rounds(norway: Centre) -> None:
    assert client_of(norway, "counsellor").get(DESK).status_code == 403


@pytest.mark.parametrize("address", ["nobody", "a@b\nBcc: c@d.example", "a" * 300 + "@b.example"])
def test_an_address_that_is_none_is_refused(norway: Centre, address: str) -> None:
    assert client_of(norway).post(f"{DESK}/settings", {"address": address}).status_code == 422
    assert not DataAddress.objects.exists()


def test_the_address_is_kept_sealed_and_goes_when_it_is_emptied(norway: Centre) -> None:
    client = client_of(norway)
    assert client.post(f"{DESK}/settings", {"address": "data@centre.example"}).status_code == 302
    assert b"centre.example" not in bytes(DataAddress.objects.get().sealed)
    assert 'value="data@centre.example"' in client.get(f"{DESK}/settings").content.decode()
    client.post(f"{DESK}/settings", {"address": ""})
    assert not DataAddress.objects.exists()


def test_a_letter_goes_once_for_each_reminder_by_the_centres_own_clocks(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    closes = dt.date(2026, 10, 16)
    one = ask(
        network, version, norway, finland, opens_on=dt.date(2026, 10, 1), closes_on=closes, remind_days=(7, 0)
    )  # fmt: skip
    for centre in (norway, finland):
        save_address(actor=member(centre), centre=centre, address=f"data@{centre.slug}.example")
    with time_machine.travel("2026-10-08T12:00:00Z", tick=False):
        assert send_reminders.call() == 0
    with time_machine.travel("2026-10-08T21:30:00Z", tick=False):
        # Half past midnight in Helsinki, half an hour to go in Oslo.
        assert send_reminders.call() == 1
    with time_machine.travel("2026-10-09T09:00:00Z", tick=False):
        assert send_reminders.call() == 1
        assert send_reminders.call() == 0
    letter = LetterOut.objects.filter(centre=norway).first()
    assert letter is not None and letter.sealed is not None
    content = unseal(letter.pk, letter.sealed)
    assert content.to == f"data@{norway.slug}.example"
    assert "Friday 16 October 2026 at 17:00" in content.text and "There are 7 days left." in content.text
    with time_machine.travel("2026-10-16T09:00:00Z", tick=False):
        assert "closes today at 17:00" in client_of(norway).get(
            f"{DESK}/answers/{assignment_of(one, norway).pk}"
        ).content.decode()  # fmt: skip
        send(assignment_of(one, norway))
        assert send_reminders.call() == 1
    with time_machine.travel("2026-10-17T09:00:00Z", tick=False):
        assert send_reminders.call() == 0
    assert Reminder.objects.count() == 3


def test_nobody_without_an_address_is_written_to(network: Centre, norway: Centre, version: FormVersion) -> None:
    ask(network, version, norway, closes_on=dt.date.today(), remind_days=(7, 0))
    assert send_reminders.call() == 0
    assert not Reminder.objects.exists()
