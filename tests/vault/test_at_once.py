"""Several people at the same key in the same moment, with commits that are real."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from havn.accounts.models import Role, User
from havn.common.errors import Refused
from havn.tenancy.models import Service
from havn.vault import api
from havn.vault.models import RecoveryKey, TeamKey, TeamKeyWrap
from tests.tenancy.factories import make_service
from tests.vault.factories import give_team_key, keyring_with_password, make_member, seal_conversation

pytestmark = pytest.mark.usefixtures("real_commits")


@pytest.fixture
def service() -> Service:
    return make_service()


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Run all in threads of their own that start together; give what went wrong."""
    gate, wrong = threading.Barrier(len(deeds)), list[BaseException]()

    def run(deed: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=20)
            deed()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return wrong


def lead_of(service: Service) -> User:
    return make_member(service, Role.COORDINATOR)


def test_changing_removing_and_letting_in_at_once_leave_one_key_that_those_inside_hold(service: Service) -> None:
    leads = [lead_of(service) for _each in range(3)]
    leaver, comers = make_member(service), [make_member(service) for _each in range(2)]
    give_team_key(service, [*leads, leaver])
    talks = dict(seal_conversation(service) for _each in range(20))
    rings = {lead.pk: keyring_with_password(lead) for lead in leads}

    wrong = at_once(
        lambda: api.rotate_team_key(service=service, by=leads[0]),
        lambda: api.remove_member(service=service, member=leaver, by=leads[1]),
        lambda: api.reseal_conversations(service=service, by=leads[2], keyring=rings[leads[2].pk]),
        lambda: api.let_in(service=service, member=comers[0], by=leads[0], keyring=rings[leads[0].pk]),
        lambda: api.let_in(service=service, member=comers[1], by=leads[1], keyring=rings[leads[1].pk]),
    )

    assert wrong == []
    assert TeamKey.objects.filter(service=service, retired_at=None).count() == 1
    assert not TeamKeyWrap.objects.filter(user=leaver).exists()
    fresh, key = seal_conversation(service)
    inside = [*leads, *comers]
    for member in inside:
        assert keyring_with_password(member).conversation_key(fresh) == key
    keyring = keyring_with_password(leads[0])
    assert {talk: keyring.conversation_key(talk) for talk in talks} == talks


def test_two_who_set_up_at_once_leave_one_key_and_one_pending_paper(service: Service) -> None:
    leads = [lead_of(service) for _each in range(3)]
    papers: list[api.Paper] = []
    wrong = at_once(*(lambda lead=lead: papers.append(api.set_up_team(service=service, by=lead)) for lead in leads))
    assert wrong == []
    assert TeamKey.objects.filter(service=service).count() == 1
    assert RecoveryKey.objects.filter(service=service).count() == 1
    holder = TeamKeyWrap.objects.select_related("user").get(team_key__service=service).user
    fitting = 0
    for paper in papers:
        try:
            api.confirm_recovery_key(service=service, by=holder, typed=paper.check)
        except Refused:
            continue
        fitting += 1
    assert fitting == 1


def test_two_changes_of_a_password_at_once_leave_a_key_that_one_of_them_opens(service: Service) -> None:
    from tests.vault.factories import PASSWORD

    member = make_member(service)
    wanted = [f"the password of browser {number}" for number in range(3)]
    wrong = at_once(*(lambda new=new: api.change_password(member, PASSWORD, new)() for new in wanted))
    assert all(isinstance(error, Refused) for error in wrong)
    assert sum(api.open_staff_key(member, new) is not None for new in wanted) == 1
