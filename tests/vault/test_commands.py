"""`havn vault` at a prompt: the password decides, and the recovery key is shown once."""

import io
import re

import pytest

from havn.accounts.models import Role, User
from havn.config.command import main
from havn.tenancy.models import Service
from havn.vault import api
from tests.tenancy.factories import make_service
from tests.vault.factories import PASSWORD, give_team_key, keyring_with_password, make_member, seal_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_service()


@pytest.fixture
def lead(service: Service) -> User:
    return make_member(service, Role.COORDINATOR)


def name_of(service: Service) -> str:
    return f"{service.organisation.centre.slug}/{service.organisation.slug}/{service.slug}"


def havn(monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["vault", *words])


def test_status_says_what_each_service_needs(
    service: Service, lead: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert havn(monkeypatch, "status") == 0
    assert f"{name_of(service)}: no key" in capsys.readouterr().out
    give_team_key(service, [lead])
    make_member(service)
    havn(monkeypatch, "status")
    assert "key 1, 1 can read, 1 waiting" in capsys.readouterr().out


def test_a_key_is_set_up_at_a_prompt(
    service: Service, lead: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Typist(io.StringIO):
        """Types the password, then reads the key off the screen."""

        def readline(self, *_size: int) -> str:  # type: ignore[override]
            shown = re.findall(r"\b[0-9A-Z]{4}\b", said[0])
            return f"{PASSWORD}\n" if len(shown) < 8 else f"{shown[-2]} {shown[-1]}\n"

    said = [""]
    real_print = print

    def listening_print(*words: object, **more: object) -> None:
        said[0] += " ".join(map(str, words)) + "\n"
        real_print(*words, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.print", listening_print)
    monkeypatch.setattr("sys.stdin", Typist())
    assert main(["vault", "set-up", name_of(service), "--by", lead.username]) == 0
    assert api.is_set_up(service.id)


def test_a_recovery_key_not_typed_back_leaves_the_service_without_a_key(
    service: Service, lead: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = havn(monkeypatch, "set-up", name_of(service), "--by", lead.username, typed=f"{PASSWORD}\nno\nno\nno\n")
    assert code == 1
    assert "not confirmed" in capsys.readouterr().err
    assert not api.is_set_up(service.id)


@pytest.mark.parametrize("password", ["", "wrong password"])
def test_without_the_password_nothing_is_done(
    service: Service, lead: User, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    paper = give_team_key(service, [lead])
    member = make_member(service)
    for verb, more in (("let-in", [member.username]), ("remove", [lead.username, "--even-last"]), ("rotate", [])):
        words = [verb, name_of(service), *more, "--by", lead.username]
        assert havn(monkeypatch, *words, typed=f"{password}\n{paper.text}\n") == 1
    assert not api.holds(member.pk, service.id)
    assert api.holds(lead.pk, service.id)
    assert api.current_team_key(service.id).generation == 1


def test_letting_in_rotating_removing_and_recovering(
    service: Service, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = give_team_key(service, [lead])
    member = make_member(service)
    talk, key = seal_conversation(service)
    by = ["--by", lead.username]
    assert havn(monkeypatch, "let-in", name_of(service), member.username, *by, typed=f"{PASSWORD}\n") == 0
    assert keyring_with_password(member).conversation_key(talk) == key
    assert havn(monkeypatch, "rotate", name_of(service), *by, typed=f"{PASSWORD}\n") == 0
    assert havn(monkeypatch, "remove", name_of(service), member.username, *by, typed=f"{PASSWORD}\n") == 0
    with pytest.raises(api.KeyUnavailable):
        keyring_with_password(member).conversation_key(talk)
    recover = ["recover", name_of(service), "--by", member.username]
    assert havn(monkeypatch, *recover, typed=f"{PASSWORD}\nAAAA\n") == 1
    assert havn(monkeypatch, *recover, typed=f"{PASSWORD}\n{paper.text}\n") == 0
    assert keyring_with_password(member).conversation_key(talk) == key


def test_an_unknown_service_or_member_is_one_sentence(
    service: Service, lead: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert havn(monkeypatch, "rotate", "no/such/one", "--by", lead.username) == 1
    assert "There is no service no/such/one." in capsys.readouterr().err
    assert havn(monkeypatch, "rotate", name_of(service), "--by", "nobody", typed="x\n") == 1
    assert "do not open a key" in capsys.readouterr().err
