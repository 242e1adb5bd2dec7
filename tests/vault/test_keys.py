"""Setting up, letting in, removing, rotating, losing a password and recovering, over the real tables."""

import pytest

from havn.accounts import hooks
from havn.accounts.models import Membership, Role, User
from havn.audit.models import Entry
from havn.common import clock
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Service
from havn.vault import api
from havn.vault.actions.recover import WrongPaper
from havn.vault.models import ConversationKeyWrap, RecoveryKey, StaffKey, TeamKey, TeamKeyWrap
from tests.tenancy.factories import make_centre, make_organisation, make_service
from tests.vault.factories import PASSWORD, give_team_key, keyring_with_password, make_member, seal_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture
def lead(service: Service) -> User:
    return make_member(service, Role.COORDINATOR)


def actions_on_trail() -> list[str]:
    return list(Entry.objects.order_by("centre_id", "seq").values_list("action", flat=True))


class TestSetUp:
    def test_a_service_takes_no_talk_before_its_recovery_key_is_confirmed(self, service: Service, lead: User) -> None:
        paper = api.set_up_team(service=service, by=lead)
        with pytest.raises(api.NoTeamKey):
            api.current_team_key(service.id)
        api.confirm_recovery_key(service=service, by=lead, typed=paper.check.lower().replace("-", " "))
        assert api.current_team_key(service.id).generation == 1
        assert keyring_with_password(lead).holds(service.id)

    def test_a_wrong_part_of_the_recovery_key_confirms_nothing_and_can_be_typed_again(
        self, service: Service, lead: User
    ) -> None:
        paper = api.set_up_team(service=service, by=lead)
        for wrong in ("", "AAAA-AAAA", paper.text[:9], paper.check[:-1]):
            with pytest.raises(Refused):
                api.confirm_recovery_key(service=service, by=lead, typed=wrong)
        assert not api.is_set_up(service.id)
        api.confirm_recovery_key(service=service, by=lead, typed=paper.text)
        assert api.is_set_up(service.id)

    def test_the_check_is_emptied_once_confirmed_and_an_emptied_check_fits_nothing(
        self, service: Service, lead: User
    ) -> None:
        give_team_key(service, [lead])
        row = RecoveryKey.objects.get(service=service)
        assert (bytes(row.check_salt), bytes(row.check_hash)) == (b"", b"")
        with pytest.raises(Refused):
            api.confirm_recovery_key(service=service, by=lead, typed="")

    def test_setting_up_again_before_confirming_starts_over(self, service: Service, lead: User) -> None:
        first = api.set_up_team(service=service, by=lead)
        second = api.set_up_team(service=service, by=lead)
        with pytest.raises(Refused):
            api.confirm_recovery_key(service=service, by=lead, typed=first.check)
        api.confirm_recovery_key(service=service, by=lead, typed=second.check)
        assert TeamKey.objects.filter(service=service).count() == 1

    def test_a_service_that_is_set_up_is_not_set_up_again(self, service: Service, lead: User) -> None:
        give_team_key(service, [lead])
        with pytest.raises(Refused):
            api.set_up_team(service=service, by=lead)

    @pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.ADMINISTRATOR])
    def test_only_a_supervisor_or_coordinator_sets_up(self, service: Service, role: Role) -> None:
        with pytest.raises(NotAllowed):
            api.set_up_team(service=service, by=make_member(service, role))

    def test_an_administrator_is_not_among_those_set_up_with(self, service: Service, lead: User) -> None:
        administrator = make_member(service, Role.ADMINISTRATOR)
        give_team_key(service, [lead, administrator])
        assert not TeamKeyWrap.objects.filter(user=administrator).exists()
        assert not keyring_with_password(administrator).holds(service.id)


class TestLettingIn:
    def test_a_member_let_in_opens_old_and_new_talks(self, service: Service, lead: User) -> None:
        give_team_key(service, [lead])
        old, old_key = seal_conversation(service)
        api.rotate_team_key(service=service, by=lead)
        new, new_key = seal_conversation(service)
        member = make_member(service)
        with pytest.raises(api.KeyUnavailable):
            keyring_with_password(member).conversation_key(new)

        api.let_in(service=service, member=member, by=lead, keyring=keyring_with_password(lead))

        keyring = keyring_with_password(member)
        assert keyring.conversation_key(old) == old_key
        assert keyring.conversation_key(new) == new_key
        assert actions_on_trail()[-1] == "vault.member.let_in"

    def test_letting_in_twice_changes_nothing(self, service: Service, lead: User) -> None:
        give_team_key(service, [lead])
        member = make_member(service)
        for _again in range(2):
            api.let_in(service=service, member=member, by=lead, keyring=keyring_with_password(lead))
        assert TeamKeyWrap.objects.filter(user=member).count() == 1

    def test_who_holds_no_key_lets_nobody_in(self, service: Service, lead: User) -> None:
        give_team_key(service, [lead])
        outsider, member = make_member(service, Role.SUPERVISOR), make_member(service)
        with pytest.raises(NotAllowed):
            api.let_in(service=service, member=member, by=outsider, keyring=keyring_with_password(outsider))
        assert not TeamKeyWrap.objects.filter(user=member).exists()

    def test_a_closed_keyring_lets_nobody_in(self, service: Service, lead: User) -> None:
        give_team_key(service, [lead])
        member = make_member(service)
        with pytest.raises(api.KeyUnavailable):
            api.let_in(service=service, member=member, by=lead, keyring=api.Keyring(lead.pk, None))
        assert not TeamKeyWrap.objects.filter(user=member).exists()

    def test_neither_an_administrator_nor_a_stranger_is_let_in(self, service: Service, lead: User) -> None:
        give_team_key(service, [lead])
        stranger = make_member(make_service(make_organisation(make_centre(host=None))))
        for person in (make_member(service, Role.ADMINISTRATOR), stranger):
            with pytest.raises(Refused):
                api.let_in(service=service, member=person, by=lead, keyring=keyring_with_password(lead))
            assert not TeamKeyWrap.objects.filter(user=person).exists()


class TestRemoving:
    def test_a_removed_members_copy_opens_nothing_new(self, service: Service, lead: User) -> None:
        """The member keeps a copy of the tables as they were, and of the password."""
        member = make_member(service)
        give_team_key(service, [lead, member])
        before, before_key = seal_conversation(service)
        copy = keyring_with_password(member)
        assert copy.conversation_key(before) == before_key
        copied_private = copy.team_private(TeamKey.objects.get(service=service).pk)

        api.remove_member(service=service, member=member, by=lead)
        after, _key = seal_conversation(service)

        with pytest.raises(api.KeyUnavailable):
            keyring_with_password(member).conversation_key(before)
        with pytest.raises(api.KeyUnavailable):
            keyring_with_password(member).conversation_key(after)
        from havn.vault.rules import DoesNotOpen, bindings, open_with

        wrap = ConversationKeyWrap.objects.get(pk=after)
        for generation in (1, 2):
            with pytest.raises(DoesNotOpen):
                open_with(copied_private, wrap.wrapped, bindings.conversation_info(service.id, generation))
        assert keyring_with_password(lead).conversation_key(after)

    def test_older_talks_are_sealed_anew_so_that_the_old_key_opens_none_of_todays_rows(
        self, service: Service, lead: User
    ) -> None:
        member = make_member(service)
        give_team_key(service, [lead, member])
        talks = dict(seal_conversation(service) for _ in range(205))
        old = TeamKey.objects.get(service=service)
        api.remove_member(service=service, member=member, by=lead)

        assert api.reseal_conversations(service=service, by=lead, keyring=keyring_with_password(lead)) == 205

        assert not ConversationKeyWrap.objects.filter(team_key=old).exists()
        keyring = keyring_with_password(lead)
        assert {talk: keyring.conversation_key(talk) for talk in talks} == talks
        assert api.reseal_conversations(service=service, by=lead, keyring=keyring_with_password(lead)) == 0

    def test_the_last_who_holds_the_key_is_removed_only_on_purpose(self, service: Service, lead: User) -> None:
        paper = give_team_key(service, [lead])
        other = make_member(service, Role.SUPERVISOR)
        talk, key = seal_conversation(service)
        with pytest.raises(Refused):
            api.remove_member(service=service, member=lead, by=other)
        api.remove_member(service=service, member=lead, by=other, even_last=True)
        new_talk, new_key = seal_conversation(service)
        api.open_with_recovery_key(service=service, by=other, typed=paper.text)
        keyring = keyring_with_password(other)
        assert (keyring.conversation_key(talk), keyring.conversation_key(new_talk)) == (key, new_key)

    def test_a_counsellor_removes_nobody(self, service: Service, lead: User) -> None:
        member = make_member(service)
        give_team_key(service, [lead, member])
        with pytest.raises(NotAllowed):
            api.remove_member(service=service, member=lead, by=member)

    def test_leaving_the_organisation_takes_the_key_and_makes_a_new_one(self, service: Service, lead: User) -> None:
        member = make_member(service)
        give_team_key(service, [lead, member])
        hooks.member_removed(user_id=member.pk, organisation_id=service.organisation_id, actor_id=lead.pk)
        assert not TeamKeyWrap.objects.filter(user=member).exists()
        assert api.current_team_key(service.id).generation == 2

    def test_losing_the_role_that_reads_takes_the_key_even_before_the_wrap_is_gone(
        self, service: Service, lead: User
    ) -> None:
        member = make_member(service)
        give_team_key(service, [lead, member])
        talk, _key = seal_conversation(service)
        Membership.objects.filter(user=member).update(role=Role.ADMINISTRATOR)
        with pytest.raises(api.KeyUnavailable):
            keyring_with_password(member).conversation_key(talk)
        hooks.session_changed(member.pk)
        assert not TeamKeyWrap.objects.filter(user=member).exists()
        hooks.session_changed(lead.pk)
        assert keyring_with_password(lead).conversation_key(talk)


class TestRotating:
    def test_everybody_who_holds_the_key_holds_the_next(self, service: Service, lead: User) -> None:
        members = [lead, make_member(service), make_member(service)]
        give_team_key(service, members)
        waiting = make_member(service)
        api.rotate_team_key(service=service, by=lead)
        talk, key = seal_conversation(service)
        assert [keyring_with_password(member).conversation_key(talk) for member in members] == [key] * 3
        assert not keyring_with_password(waiting).holds(service.id)

    def test_who_lost_the_role_is_not_carried_over_to_the_next_key(self, service: Service, lead: User) -> None:
        member = make_member(service)
        give_team_key(service, [lead, member])
        Membership.objects.filter(user=member).delete()
        api.rotate_team_key(service=service, by=lead)
        assert set(TeamKeyWrap.objects.filter(team_key__generation=2).values_list("user_id", flat=True)) == {lead.pk}

    def test_retired_keys_that_no_talk_needs_are_forgotten_after_an_hour(self, service: Service, lead: User) -> None:
        import datetime as dt

        give_team_key(service, [lead])
        talk, _key = seal_conversation(service)
        api.rotate_team_key(service=service, by=lead)
        later = clock.now() + dt.timedelta(hours=2)
        assert api.forget_retired_keys(later) == 0
        assert api.destroy_conversation_keys([talk]) == 1
        assert api.forget_retired_keys(clock.now()) == 0
        assert api.forget_retired_keys(later) == 1
        assert list(TeamKey.objects.values_list("generation", flat=True)) == [2]
        assert api.current_team_key(service.id).generation == 2


class TestPasswords:
    def test_a_changed_password_keeps_the_key(self, service: Service, lead: User) -> None:
        give_team_key(service, [lead])
        talk, key = seal_conversation(service)
        api.change_password(lead, PASSWORD, "another long password")()
        assert keyring_with_password(lead, "another long password").conversation_key(talk) == key
        assert not keyring_with_password(lead, PASSWORD).is_open

    def test_a_wrong_old_password_changes_nothing(self, service: Service, lead: User) -> None:
        with pytest.raises(Refused):
            api.change_password(lead, "not this one", "another long password")
        assert keyring_with_password(lead).is_open

    def test_two_changes_at_once_do_not_leave_a_key_that_nobody_knows(self, lead: User) -> None:
        first = api.change_password(lead, PASSWORD, "the first of two")
        second = api.change_password(lead, PASSWORD, "the second of two")
        first()
        with pytest.raises(Refused):
            second()
        assert keyring_with_password(lead, "the first of two").is_open

    def test_a_lost_password_makes_a_new_pair_that_must_be_let_in_again(self, service: Service, lead: User) -> None:
        member = make_member(service)
        give_team_key(service, [lead, member])
        talk, key = seal_conversation(service)
        old_public = bytes(StaffKey.objects.get(user=member).public)

        api.make_staff_key(member, "a brand new password")

        assert bytes(StaffKey.objects.get(user=member).public) != old_public
        assert "vault.staff_key.replaced" in actions_on_trail()
        with pytest.raises(api.KeyUnavailable):
            keyring_with_password(member, "a brand new password").conversation_key(talk)
        api.let_in(service=service, member=member, by=lead, keyring=keyring_with_password(lead))
        assert keyring_with_password(member, "a brand new password").conversation_key(talk) == key

    def test_the_right_password_with_another_members_row_opens_nothing(self, service: Service) -> None:
        one, two = make_member(service), make_member(service)
        row = StaffKey.objects.get(user=one)
        StaffKey.objects.filter(user=two).update(
            salt=row.salt, nonce=row.nonce, private_wrapped=row.private_wrapped, public=row.public
        )
        assert api.open_staff_key(two, PASSWORD) is None


class TestRecovery:
    def test_the_paper_lets_a_member_in_to_every_generation(self, service: Service, lead: User) -> None:
        paper = give_team_key(service, [lead])
        old, old_key = seal_conversation(service)
        api.rotate_team_key(service=service, by=lead)
        new, new_key = seal_conversation(service)
        member = make_member(service)
        api.open_with_recovery_key(service=service, by=member, typed=paper.text.lower().replace("-", "  "))
        keyring = keyring_with_password(member)
        assert (keyring.conversation_key(old), keyring.conversation_key(new)) == (old_key, new_key)
        assert actions_on_trail()[-1] == "vault.recovery.used"

    def test_a_wrong_paper_opens_nothing_and_is_on_the_trail(self, service: Service, lead: User) -> None:
        paper = give_team_key(service, [lead])
        other = make_service(make_organisation(make_centre(host=None)))
        other_paper = give_team_key(other, [make_member(other, Role.COORDINATOR)])
        member = make_member(service)
        wrong_last = paper.text[:-1] + ("0" if paper.text[-1] != "0" else "1")
        for wrong in (other_paper.text, wrong_last, paper.text[:-1], paper.text + "A", "", "☃" * 32):
            with pytest.raises(WrongPaper):
                api.open_with_recovery_key(service=service, by=member, typed=wrong)
        assert not TeamKeyWrap.objects.filter(user=member).exists()
        assert actions_on_trail().count("vault.recovery.refused") == 6

    def test_an_administrator_opens_nothing_even_with_the_paper(self, service: Service, lead: User) -> None:
        paper = give_team_key(service, [lead])
        with pytest.raises(NotAllowed):
            api.open_with_recovery_key(service=service, by=make_member(service, Role.ADMINISTRATOR), typed=paper.text)

    def test_a_new_paper_replaces_the_old_once_confirmed(self, service: Service, lead: User) -> None:
        old_paper = give_team_key(service, [lead])
        talk, key = seal_conversation(service)
        api.rotate_team_key(service=service, by=lead)
        new_paper = api.renew_recovery_key(service=service, by=lead)
        member = make_member(service)
        with pytest.raises(WrongPaper):
            api.open_with_recovery_key(service=service, by=member, typed=new_paper.text)

        api.confirm_recovery_key(service=service, by=lead, typed=new_paper.check, keyring=keyring_with_password(lead))

        with pytest.raises(WrongPaper):
            api.open_with_recovery_key(service=service, by=member, typed=old_paper.text)
        api.open_with_recovery_key(service=service, by=member, typed=new_paper.text)
        assert keyring_with_password(member).conversation_key(talk) == key
        assert RecoveryKey.objects.filter(service=service).count() == 1

    def test_a_new_paper_needs_a_keyring(self, service: Service, lead: User) -> None:
        old_paper = give_team_key(service, [lead])
        new_paper = api.renew_recovery_key(service=service, by=lead)
        for keyring in (None, api.Keyring(lead.pk, None)):
            with pytest.raises(Refused):
                api.confirm_recovery_key(service=service, by=lead, typed=new_paper.check, keyring=keyring)
        api.open_with_recovery_key(service=service, by=lead, typed=old_paper.text)


def test_no_entry_of_the_trail_carries_a_key(service: Service, lead: User) -> None:
    paper = give_team_key(service, [lead])
    api.open_with_recovery_key(service=service, by=lead, typed=paper.text)
    told = " ".join(f"{entry.action} {entry.subject} {entry.codes}" for entry in Entry.objects.all())
    assert not any(group in told for group in paper.groups)
