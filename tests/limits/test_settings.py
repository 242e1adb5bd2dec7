"""What a coordinator decides about limits and care plans."""

import pytest

from havn.common.errors import NotAllowed, Refused
from havn.limits.actions.settings import change_settings, save_kind_word
from havn.limits.models import KindWord, LimitsSettings
from havn.limits.queries.settings import kind_word_in, settings_of
from tests.limits.conftest import Chat

VALUES = {"slow_seconds": "30", "pause_hours": "12", "alone": "slower", "plan_days": "90"}


def test_a_coordinator_changes_the_numbers_on_the_screen(chat: Chat) -> None:
    kari, address = chat.client(chat.kari), f"/desk/settings/limits?service={chat.line.service.pk}"
    assert 'value="20"' in kari.get(address).content.decode()
    assert kari.post(address, {"what": "numbers", **VALUES}).status_code == 302
    kept = settings_of(chat.line.service.pk)
    assert (kept.slow_seconds, kept.pause_hours, kept.alone, kept.plan_days) == (30, 12, "slower", 90)
    assert kari.post(address, {"what": "numbers", **VALUES, "pause_hours": "73"}).status_code == 400
    assert chat.client(chat.anna).get(address).status_code == 403


def test_the_kind_word_is_the_helplines_own_by_language_until_it_is_emptied(chat: Chat) -> None:
    kari, service = chat.client(chat.kari), chat.line.service
    address = f"/desk/settings/limits?service={service.pk}"
    kari.post(address, {"what": "word", "words": "en", "text": "Be kind, please."})
    assert kind_word_in(service.pk, "en") == "Be kind, please."
    assert "Be kind, please." in kari.get(f"{address}&words=en").content.decode()
    kari.post(address, {"what": "word", "words": "en", "text": " "})
    assert not KindWord.objects.exists()
    with pytest.raises(Refused, match="does not answer"):
        save_kind_word(actor=chat.kari.user, service=service, language="xx", text="x")


@pytest.mark.parametrize("values", [{"slow_seconds": 4}, {"pause_hours": 0}, {"plan_days": 29}, {"alone": "pause"}])
def test_what_no_helpline_may_choose_is_refused(chat: Chat, values: dict[str, object]) -> None:
    with pytest.raises(Refused):
        change_settings(actor=chat.kari.user, service=chat.line.service, values=values)
    assert not LimitsSettings.objects.exists()


def test_only_coordinators_change_them(chat: Chat) -> None:
    with pytest.raises(NotAllowed):
        change_settings(actor=chat.anna.user, service=chat.line.service, values={"slow_seconds": 30})
    with pytest.raises(NotAllowed):
        save_kind_word(actor=chat.anna.user, service=chat.line.service, language="en", text="x")
