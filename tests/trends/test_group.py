"""Early warning is seen by its group alone: every role at every kind of centre; and what the group does with it."""

import datetime as dt
import html
import re

import pytest
from django.test import Client

from havn.accounts.models import Role, User
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre
from havn.trends.actions import meetings, observing
from havn.trends.models import AgendaPoint, Confirmation, Meeting, Observation, Signal
from havn.trends.permissions import is_in_group
from havn.trends.queries.warning import monday_of
from tests.trends.factories import person

pytestmark = pytest.mark.django_db
TEXT = "more tell of calls that were recorded"
COUNT = 37


def fields(**changes: object) -> dict[str, object]:
    return {"week": str(now().date()), "reasons": ["oscec"], "text": TEXT, **changes}


def observed(actor: User, centre: Centre) -> Observation:
    return observing.observe(actor=actor, centre=centre, week=now().date(), text=TEXT, reasons=["oscec"], language="en")


def signalled(centre: Centre, count: int = COUNT) -> Signal:
    service = centre.organisations.get().services.get()
    return Signal.objects.create(
        centre=centre, service=service, week=monday_of(now().date()) - dt.timedelta(days=7), reason="grooming",
        count=count, expected=9.5, chance=0.0004, is_long=True, found_at=now(),
    )  # fmt: skip


def words_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def addresses(observation: Observation, meeting: Meeting, point: AgendaPoint) -> list[tuple[str, str]]:
    """Every address of early warning, with how it is asked."""
    root = "/en/desk/early-warning"
    return [
        ("get", root),
        ("get", f"{root}/observe"),
        ("post", f"{root}/observe"),
        ("post", f"{root}/observations/{observation.pk}/confirm"),
        ("post", f"{root}/observations/{observation.pk}/back"),
        ("get", f"{root}/meetings/new"),
        ("get", f"{root}/meetings/{meeting.pk}"),
        ("post", f"{root}/meetings/{meeting.pk}/add"),
        ("post", f"{root}/points/{point.pk}/decide"),
    ]


def test_the_group_alone_sees_anything(network: Centre, norway: Centre, denmark: Centre) -> None:
    lead, _client = person(network, Role.EARLY_WARNING)
    member, _client = person(norway, Role.EARLY_WARNING)
    observation = observed(member, norway)
    meeting = meetings.call_meeting(actor=lead, centre=network, starts_at=now(), place="Online")
    point = meeting.points.get()
    for centre in (network, denmark):
        for role in Role:
            user, client = person(centre, role)
            inside = role is Role.EARLY_WARNING or (centre == network and role is Role.COORDINATOR)
            assert is_in_group(user, centre) is inside
            for method, address in addresses(observation, meeting, point):
                response = getattr(client, method)(address, {"decision": ""})
                if not inside:
                    assert response.status_code == 403, f"{role} of {centre} at {address}"
                    assert TEXT not in response.content.decode()
                elif method == "get" and not address.endswith("/new"):
                    assert response.status_code == 200, f"{role} of {centre} at {address}"
            # A page of the same group of the menu.
            menu = client.get("/en/desk/trends").content.decode()
            assert ("/desk/early-warning" in menu) is inside, f"{role} of {centre}"
    assert Observation.objects.filter(pk=observation.pk).exists()


def test_a_role_in_one_centre_opens_nothing_in_another(network: Centre, norway: Centre, denmark: Centre) -> None:
    user, _client = person(norway, Role.EARLY_WARNING)
    assert is_in_group(user, norway) and not is_in_group(user, denmark) and not is_in_group(user, network)
    with pytest.raises(NotAllowed):
        observed(user, denmark)


def test_nothing_of_it_is_on_public_pages(network: Centre, norway: Centre) -> None:
    member, _client = person(norway, Role.EARLY_WARNING)
    observed(member, norway)
    signalled(norway)
    for host, address in (("network.test", "/en/trends"), ("network.test", "/en/trends/history"), ("no.test", "/en/")):
        page = Client(headers={"host": host}).get(address).content.decode()
        assert TEXT not in page and "early-warning" not in page


def test_an_observation_is_written_confirmed_by_another_centre_and_seen_so(
    network: Centre, norway: Centre, denmark: Centre
) -> None:
    _user, ours = person(norway, Role.EARLY_WARNING)
    _user, theirs = person(denmark, Role.EARLY_WARNING)
    assert ours.post("/en/desk/early-warning/observe", fields()).status_code == 302
    made = Observation.objects.get()
    assert (made.centre, made.week.weekday(), made.reasons) == (norway, 0, ["oscec"])
    address = f"/en/desk/early-warning/observations/{made.pk}/confirm"
    assert ours.post(address).status_code == 409
    assert theirs.post(address, {"words": "since the holidays"}).status_code == 302
    assert theirs.post(address).status_code == 409
    assert "Denmark sees the same. since the holidays" in words_of(ours, "/en/desk/early-warning")
    assert Confirmation.objects.count() == 1


def test_what_might_tell_who_a_child_is_must_be_looked_at(network: Centre, norway: Centre, denmark: Centre) -> None:
    _user, client = person(norway, Role.EARLY_WARNING)
    text = "a girl from the school in Bergen, call 99 88 77 66"
    response = client.post("/en/desk/early-warning/observe", fields(text=text))
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert "99 88 77 66" in page and "Bergen" in page and "These words might tell who somebody is" in page
    assert not Observation.objects.exists()
    assert (
        client.post("/en/desk/early-warning/observe", fields(text="Seen on Instagram", looked="on")).status_code == 302
    )
    made = Observation.objects.get()
    _user, other = person(denmark, Role.EARLY_WARNING)
    address = f"/en/desk/early-warning/observations/{made.pk}/confirm"
    assert other.post(address, {"words": "Also here in Odense"}).status_code == 409
    assert other.post(address, {"words": "Also here on Snapchat", "looked": "1"}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 601},
        {"reasons": []},
        {"reasons": ["nonsense"]},
        {"week": "soon"},
        {"week": "2999-01-01"},
    ],
)
def test_a_wrong_observation_keeps_what_was_typed(network: Centre, norway: Centre, wrong: dict[str, object]) -> None:
    _user, client = person(norway, Role.EARLY_WARNING)
    response = client.post("/en/desk/early-warning/observe", fields(**wrong))
    assert response.status_code == 422
    assert "Nothing is kept yet" in response.content.decode()
    assert not Observation.objects.exists()


def test_observations_come_from_countries(network: Centre, norway: Centre) -> None:
    lead, client = person(network, Role.EARLY_WARNING)
    with pytest.raises(Refused, match="helpline's own centre"):
        observed(lead, network)
    member, _client = person(norway, Role.EARLY_WARNING)
    with pytest.raises(Refused, match="helpline's own centre"):
        observing.confirm(actor=lead, centre=network, observation=observed(member, norway), words="")
    assert "Write an observation" not in words_of(client, "/en/desk/early-warning")


def test_only_its_own_centre_takes_an_observation_back(network: Centre, norway: Centre, denmark: Centre) -> None:
    user, client = person(norway, Role.EARLY_WARNING)
    _user, other = person(denmark, Role.EARLY_WARNING)
    made = observed(user, norway)
    address = f"/en/desk/early-warning/observations/{made.pk}/back"
    assert other.post(address).status_code == 403
    assert client.post(address).status_code == 302
    assert not Observation.objects.exists()
    assert client.post(address).status_code == 404


def test_counts_stay_in_their_own_centre_and_small_ones_are_not_shown(
    network: Centre, norway: Centre, denmark: Centre
) -> None:
    signalled(norway)
    _user, ours = person(norway, Role.EARLY_WARNING)
    _user, theirs = person(denmark, Role.EARLY_WARNING)
    _user, lead = person(network, Role.COORDINATOR)
    own = words_of(ours, "/en/desk/early-warning")
    assert f"{COUNT}, expected about 9.5" in own and "about once in 2,500 weeks" in own and "very unusual" in own
    for client in (theirs, lead):
        words = words_of(client, "/en/desk/early-warning")
        assert "more than usual" in words and "about once in 2,500 weeks" in words
        assert "expected about" not in words and str(COUNT) not in words
    Signal.objects.update(count=4)
    assert "fewer than 5" in words_of(ours, "/en/desk/early-warning")


def test_the_agenda_begins_with_what_is_confirmed(network: Centre, norway: Centre, denmark: Centre) -> None:
    _lead, client = person(network, Role.COORDINATOR)
    one, _client = person(norway, Role.EARLY_WARNING)
    two, _client = person(denmark, Role.EARLY_WARNING)
    alone, confirmed = observed(one, norway), observed(two, denmark)
    observing.confirm(actor=one, centre=norway, observation=confirmed, words="")
    signal = signalled(norway)
    response = client.post(
        "/en/desk/early-warning/meetings/new", {"day": "2026-12-04", "time": "11:00", "place": "Online"}
    )
    meeting = Meeting.objects.get()
    assert response.headers["Location"].endswith(f"/meetings/{meeting.pk}")
    # In the network's own zone: Oslo's here, an hour ahead of UTC.
    assert meeting.starts_at == dt.datetime(2026, 12, 4, 10, tzinfo=dt.UTC)
    assert [(one.signal_id, one.observation_id) for one in meeting.points.all()] == [
        (None, confirmed.pk), (signal.pk, None), (None, alone.pk),
    ]  # fmt: skip
    with pytest.raises(Refused, match="stands on an agenda"):
        observing.take_back(actor=one, centre=norway, observation=alone)
    words = words_of(client, f"/en/desk/early-warning/meetings/{meeting.pk}")
    assert words.index("Point 1") < words.index("Norway sees the same") < words.index("Point 2")
    assert str(COUNT) not in words


def test_a_decision_is_noted_and_closes_the_matter(network: Centre, norway: Centre) -> None:
    lead, client = person(network, Role.COORDINATOR)
    member, _client = person(norway, Role.EARLY_WARNING)
    observed(member, norway)
    meeting = meetings.call_meeting(actor=lead, centre=network, starts_at=now(), place="")
    point = meeting.points.get()
    address = f"/en/desk/early-warning/points/{point.pk}/decide"
    assert client.post(address, {"decision": ""}).status_code == 409
    assert client.post(address, {"decision": "x" * 601}).status_code == 409
    client.post(address, {"decision": "Warn all helplines.", "close": "1"})
    page = words_of(client, f"/en/desk/early-warning/meetings/{meeting.pk}")
    assert "Decided: Warn all helplines." in page and "closed" in page
    assert TEXT not in words_of(client, "/en/desk/early-warning")
    assert not meetings.call_meeting(actor=lead, centre=network, starts_at=now(), place="").points.exists()
    client.post(address, {"decision": "Look again."})
    assert TEXT in words_of(client, "/en/desk/early-warning")
    assert AgendaPoint.objects.get(pk=point.pk).decision == "Look again."


def test_what_was_opened_since_comes_to_the_end(network: Centre, norway: Centre) -> None:
    lead, client = person(network, Role.COORDINATOR)
    member, theirs = person(norway, Role.EARLY_WARNING)
    observed(member, norway)
    meeting = meetings.call_meeting(actor=lead, centre=network, starts_at=now(), place="")
    signalled(norway)
    address = f"/en/desk/early-warning/meetings/{meeting.pk}/add"
    assert theirs.post(address).status_code == 403
    client.post(address)
    client.post(address)
    assert [point.order for point in meeting.points.all()] == [1, 2]


def test_only_the_network_calls_meetings_and_wrong_days_are_told(network: Centre, norway: Centre) -> None:
    _user, member = person(norway, Role.EARLY_WARNING)
    _user, client = person(network, Role.COORDINATOR)
    address = "/en/desk/early-warning/meetings/new"
    assert member.get(address).status_code == 403
    assert client.post(address, {"day": "soon", "time": "11:00"}).status_code == 422
    assert not Meeting.objects.exists()
    for missing in (2**70, 5):
        assert client.get(f"/en/desk/early-warning/meetings/{missing}").status_code == 404
        assert client.post(f"/en/desk/early-warning/points/{missing}/decide", {"decision": "x"}).status_code == 404
        assert member.post(f"/en/desk/early-warning/observations/{missing}/confirm").status_code == 404
