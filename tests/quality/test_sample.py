"""Drawing talks: by chance, anew by anybody with the seed, once a week, and only what may be drawn."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from havn.audit.models import Entry
from havn.common.clock import from_ms, now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.models import Hold, Turn
from havn.helpline.retention.destroy import destroy_at_once
from havn.quality.actions.drawing import draw_week, draw_where_due
from havn.quality.models import Draw, QualitySettings, Review
from havn.quality.queries.reviews import drawable
from havn.quality.rules.sample import ALL, PERSON, draw, rank
from tests.accounts.factories import signed_in_client
from tests.quality.conftest import Team
from tests.vault.factories import PASSWORD

TALKS = st.dictionaries(st.integers(1, 2**53), st.integers(1, 3), max_size=12)


@given(talks=TALKS, seed=st.binary(min_size=16, max_size=16), count=st.integers(1, 9))
def test_the_same_seed_draws_the_same_and_what_goes_later_changes_nothing_else(
    talks: dict[int, int], seed: bytes, count: int
) -> None:
    drawn = draw(talks, seed=seed, count=count, each=ALL)
    assert drawn == draw(dict(reversed(talks.items())), seed=seed, count=count, each=ALL)
    assert len(drawn) == min(count, len(talks))
    left = set(talks) - set(drawn)
    assert not left or not drawn or max(rank(seed, one) for one in drawn) < min(rank(seed, one) for one in left)


@given(talks=TALKS, seed=st.binary(min_size=16, max_size=16), count=st.integers(1, 5))
def test_of_each_counsellor_so_many_where_there_are_so_many(talks: dict[int, int], seed: bytes, count: int) -> None:
    drawn = Counter(talks[one] for one in draw(talks, seed=seed, count=count, each=PERSON))
    assert drawn == {person: min(count, had) for person, had in Counter(talks.values()).items()}


def test_every_talk_has_the_same_chance() -> None:
    talks = {number: number % 2 for number in range(20)}
    hits = Counter(one for at in range(2000) for one in draw(talks, seed=at.to_bytes(16), count=5, each=ALL))
    assert set(hits) == set(talks)
    assert all(400 < count < 600 for count in hits.values())


def _settle(team: Team, **values: object) -> None:
    QualitySettings.objects.update_or_create(pk=team.service.pk, defaults={"sample_count": 2, **values})


def test_only_what_may_be_drawn_is(team: Team) -> None:
    usual = team.coded()
    _talking, _silent = team.talk(team.kari), team.coded(outcome="silent")
    held, deleted = team.coded(), team.coded()
    Hold.objects.create(
        conversation_id=held.conversation_id,
        reason="complaint",
        asked_by=team.kari.user,
        asked_at=now(),
        until=now().date(),
    )
    destroy_at_once([deleted.conversation_id])
    assert drawable(team.service.pk, now_ms=now_ms()) == {usual.conversation_id: team.anna.pk}
    for channel, there in (("mail", True), ("letter", True), ("phone", False), ("chat", True)):
        Turn.objects.filter(pk=usual.conversation_id).update(channel=channel)
        assert (usual.conversation_id in drawable(team.service.pk, now_ms=now_ms())) is there
    assert drawable(team.service.pk, now_ms=now_ms() + 8 * 86_400_000) == {}
    Review.objects.create(
        conversation_id=usual.conversation_id, service=team.service, counsellor=team.anna.user, drawn_at_ms=1
    )
    assert drawable(team.service.pk, now_ms=now_ms()) == {}


def test_a_draw_stands_on_the_trail_with_its_seed_and_is_made_once_a_week(team: Team) -> None:
    talks = [team.coded() for _number in range(4)]
    with pytest.raises(Refused, match="draws no talks"):
        draw_week(service=team.service, now_ms=now_ms(), actor=team.kari.user)
    _settle(team)
    with pytest.raises(NotAllowed):
        draw_week(service=team.service, now_ms=now_ms(), actor=team.anna.user)
    made = draw_week(
        service=team.service, now_ms=now_ms(), actor=team.kari.user, fresh_seed=lambda: b"0123456789abcdef"
    )
    assert (made.among, made.drawn) == (4, 2)
    again = draw({one.conversation_id: 1 for one in talks}, seed=bytes(made.seed), count=2, each=ALL)
    assert set(Review.objects.values_list("pk", flat=True)) == set(again)
    entry = Entry.objects.get(action="quality.talks.drawn")
    assert bytes(made.seed).hex() in entry.codes
    assert entry.subject == ""
    with pytest.raises(Refused, match="drawn already"):
        draw_week(service=team.service, now_ms=now_ms(), actor=team.kari.user)
    assert draw_where_due(now_ms=now_ms()) == 0


def test_the_night_draws_where_it_is_wanted(team: Team) -> None:
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        team.coded()
        assert draw_where_due(now_ms=now_ms()) == 0
        _settle(team, sample_each=PERSON)
        assert draw_where_due(now_ms=now_ms()) == 1
        clock.shift(dt.timedelta(days=7))
        assert draw_where_due(now_ms=now_ms()) == 1
        assert (Draw.objects.count(), Review.objects.count()) == (2, 1)


def test_the_coordinator_draws_on_the_page(team: Team) -> None:
    team.coded()
    _settle(team)
    lead = signed_in_client(team.kari.user, password=PASSWORD)
    assert "Draw this week" in lead.get(reverse("quality:reviews")).content.decode()
    lead.post(reverse("quality:draw"), {"service": team.service.pk})
    page = lead.get(reverse("quality:reviews")).content.decode()
    assert "This week 1 of 1." in page
    assert bytes(Draw.objects.get().seed).hex() in page
    assert "Draw this week" not in page
