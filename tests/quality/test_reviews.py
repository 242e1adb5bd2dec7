"""A drawn talk is read by somebody else with their own keys, scored, and goes with its review when its time comes."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.reading import key_beside
from havn.helpline.actions.visits import answer_how_it_was, ask_again, delete_talk
from havn.helpline.models import Turn
from havn.quality.actions.drawing import draw_week
from havn.quality.actions.reviewing import lay_back, save_review, take_review
from havn.quality.actions.settings import save_criteria
from havn.quality.models import QualitySettings, Review, ReviewedHalfYear, ReviewedPerson, ScoreCount
from havn.quality.queries.criteria import criteria_now
from havn.quality.queries.reviews import half_years, reviews_waiting
from havn.quality.rules.criteria import SCALES, ends_on, half_year_of, shown_scores
from havn.quality.sealing import notes_in
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Child, Person
from tests.quality.conftest import Team
from tests.vault.factories import PASSWORD

DAY = dt.timedelta(days=1)


def _client(person: Person) -> Client:
    return signed_in_client(person.user, password=PASSWORD)


def _drawn(team: Team, by: Person | None = None) -> Child:
    child = team.coded(by)
    QualitySettings.objects.get_or_create(pk=team.service.pk, defaults={"sample_count": 20})
    draw_week(service=team.service, now_ms=now_ms())
    return child


def _scores(team: Team) -> dict[str, int]:
    return {one.code: SCALES[one.scale][-1] for one in criteria_now(team.service.pk)[1]}


def _take(person: Person, child: Child) -> Review:
    return take_review(actor=person.user, conversation_id=child.conversation_id, keyring=person.keyring)


def _send(person: Person, child: Child, scores: dict[str, int], **notes: str) -> Review:
    return save_review(
        actor=person.user,
        conversation_id=child.conversation_id,
        scores=scores,
        notes=notes,
        done=True,
        key=child.key,
        now_ms=now_ms(),
    )


def test_the_counsellor_of_a_talk_reviews_it_never(team: Team) -> None:
    child = _drawn(team, team.kari)
    with pytest.raises(NotAllowed, match="somebody else"):
        _take(team.kari, child)
    with pytest.raises(NotAllowed):
        _take(team.anna, child)
    assert reviews_waiting(team.service.pk, team.kari.user) == []
    assert _client(team.kari).get(reverse("quality:review", args=[child.conversation_id])).status_code == 403
    per = team.line.member("supervisor", name="Per Lead")
    assert len(reviews_waiting(team.service.pk, per.user)) == 1
    assert _take(per, child).reviewer_id == per.pk


def test_whoever_had_the_talk_before_is_no_reviewer_either(team: Team) -> None:
    child = _drawn(team, team.kari)
    Review.objects.update(counsellor=team.anna.user)
    with pytest.raises(NotAllowed, match="somebody else"):
        _take(team.kari, child)
    assert reviews_waiting(team.service.pk, team.kari.user) == []


def test_it_is_one_reviewers_until_laid_back(team: Team) -> None:
    child, per = _drawn(team), team.line.member("supervisor", name="Per Lead")
    _take(team.kari, child)
    with pytest.raises(Refused, match="A colleague has taken"):
        _take(per, child)
    with pytest.raises(NotAllowed, match="Take the review first"):
        _send(per, child, _scores(team))
    lay_back(actor=team.kari.user, conversation_id=child.conversation_id)
    assert _take(per, child).scores == {}


def test_the_read_is_on_the_trail_before_a_word_is_shown(team: Team) -> None:
    child, kari = _drawn(team), _client(team.kari)
    reads = Entry.objects.filter(action="conversation.read", actor_id=team.kari.pk)
    assert "lighthouse" not in kari.get(reverse("quality:reviews")).content.decode()
    kari.post(reverse("quality:take", args=[child.conversation_id]))
    assert not reads.exists()
    page = kari.get(reverse("quality:review", args=[child.conversation_id])).content.decode()
    assert "there is a lighthouse" in page
    assert [one.subject for one in reads] == [f"conversation:{child.conversation_id}"]
    assert {one.subject for one in Entry.objects.filter(action__startswith="quality.")} == {""}


def test_what_the_child_answered_about_the_talk_is_not_beside_it(team: Team) -> None:
    child, kari = _drawn(team), _client(team.kari)
    _take(team.kari, child)
    address = reverse("quality:review", args=[child.conversation_id])
    before = kari.get(address).content.decode()
    answer_how_it_was(conversation_id=child.conversation_id, value=1, now_ms=now_ms())
    assert child.turn.feedback == 1
    after = kari.get(address).content.decode()
    token = "csrfmiddlewaretoken"
    lines = [[line for line in page.splitlines() if token not in line] for page in (before, after)]
    assert lines[0] == lines[1]


def test_scores_and_notes_reach_the_counsellor_and_nobody_else(team: Team) -> None:
    child, kari, anna = _drawn(team), _client(team.kari), _client(team.anna)
    _take(team.kari, child)
    address, scores = reverse("quality:review", args=[child.conversation_id]), _scores(team)
    sent = {f"score-{code}": value for code, value in scores.items()}
    first = next(iter(sent))
    half = {**sent, "note-whole": "Warm and slow.", "done": "1"} | {first: ""}
    refused = kari.post(address, half)
    assert refused.status_code == 409
    assert "Warm and slow." in refused.content.decode()
    assert "1 answer is still missing." in refused.content.decode()
    assert "reviewed" not in anna.get(reverse("helpline:desk")).content.decode()
    assert kari.post(address, {**sent, "note-whole": "Warm and slow.", "done": "1"}).status_code == 302
    kept = Review.objects.get()
    assert kept.done_at_ms is not None
    assert b"Warm" not in bytes(kept.notes_sealed)
    assert "1 of your talks was reviewed" in anna.get(reverse("helpline:desk")).content.decode()
    page = anna.get(reverse("quality:result", args=[child.conversation_id])).content.decode()
    assert "Warm and slow." in page
    assert "Reviewed by Kari Coordinator." in page
    assert "1 of your talks" not in anna.get(reverse("helpline:desk")).content.decode()
    for other in (kari, _client(team.line.counsellor(name="Bo Lie"))):
        assert other.get(reverse("quality:result", args=[child.conversation_id])).status_code == 403
    assert kari.post(address, sent).status_code in {403, 409}


def test_a_value_that_is_not_on_the_scale_is_no_answer(team: Team) -> None:
    child, kari = _drawn(team), _client(team.kari)
    _take(team.kari, child)
    kari.post(reverse("quality:review", args=[child.conversation_id]), {f"score-{code}": "7" for code in _scores(team)})
    assert Review.objects.get().scores == {}


def test_the_childs_wish_to_delete_takes_the_review_along_and_leaves_the_count(team: Team) -> None:
    child = _drawn(team)
    _take(team.kari, child)
    _send(team.kari, child, _scores(team), whole="kept nowhere else")
    delete_talk(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert not Review.objects.exists()
    assert ScoreCount.objects.count() == len(_scores(team))
    fields = {field.name for model in (ScoreCount, ReviewedHalfYear) for field in model._meta.get_fields()}
    assert fields.isdisjoint({"conversation", "user", "counsellor", "reviewer", "at_ms"})


def test_a_talk_whose_child_comes_back_is_not_reviewed_while_it_goes_on(team: Team) -> None:
    child, kari = _drawn(team), _client(team.kari)
    _take(team.kari, child)
    ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    typed = {"note-whole": "Warm and slow.", f"score-{next(iter(_scores(team)))}": "2"}
    page = kari.post(reverse("quality:review", args=[child.conversation_id]), typed)
    assert page.status_code == 409
    assert "Warm and slow." in page.content.decode()
    assert 'value="2" checked' in page.content.decode()
    assert "The child has come back." in page.content.decode()
    assert "lighthouse" not in page.content.decode()
    with pytest.raises(Refused, match="come back"):
        _send(team.kari, child, _scores(team))
    assert kari.get(reverse("quality:review", args=[child.conversation_id])).status_code == 409
    assert "The child has come back" in kari.get(reverse("quality:reviews")).content.decode()
    bo = team.line.counsellor(name="Bo Lie")
    team.line.take(bo)
    team.codes(child, bo)
    assert Review.objects.get().counsellor_id == bo.pk


def test_a_result_shows_no_word_that_was_written_after_its_review(team: Team) -> None:
    child, anna, kari = _drawn(team), _client(team.anna), _client(team.kari)
    address, of_kari = (reverse(f"quality:{name}", args=[child.conversation_id]) for name in ("result", "review"))
    _take(team.kari, child)
    _send(team.kari, child, _scores(team), whole="Warm and slow.")
    Review.objects.update(done_at_ms=now_ms() + 1)
    assert "lighthouse" in anna.get(address).content.decode()
    ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    while_waiting = anna.get(address).content.decode()
    assert "lighthouse" not in while_waiting
    assert "Warm and slow." in while_waiting
    team.line.take(team.anna)
    child.says("the bridge", at_ms=now_ms() + 60_000)
    assert "lighthouse" not in anna.get(address).content.decode()
    team.codes(child)
    for client, where in ((anna, address), (kari, of_kari)):
        page = client.get(where).content.decode()
        assert ("lighthouse" in page, "the bridge" in page) == (True, False)
    Turn.objects.filter(pk=child.conversation_id).update(counsellor=team.line.counsellor(name="Bo Lie").user)
    page = anna.get(address).content.decode()
    assert ("Warm and slow." in page, "lighthouse" in page) == (True, False)


def test_who_may_not_review_it_any_more_keeps_it_from_nobody(team: Team) -> None:
    child, per = _drawn(team), team.line.member("supervisor", name="Per Lead")
    _take(per, child)
    save_review(
        actor=per.user,
        conversation_id=child.conversation_id,
        scores=_scores(team),
        notes={},
        done=False,
        key=child.key,
        now_ms=now_ms(),
    )
    assert "Per Lead reviews it" in _client(team.kari).get(reverse("quality:reviews")).content.decode()
    per.user.memberships.all().delete()
    assert "Review it" in _client(team.kari).get(reverse("quality:reviews")).content.decode()
    taken = _take(team.kari, child)
    assert (taken.reviewer_id, taken.scores) == (team.kari.pk, {})


def test_a_reviewer_who_becomes_its_counsellor_lays_it_back(team: Team) -> None:
    child, eli = _drawn(team), team.line.member("supervisor", name="Eli Lead")
    _take(team.kari, child)
    ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    team.line.take(team.kari)
    team.codes(child, team.kari)
    review = Review.objects.get()
    assert (review.reviewer_id, review.criteria, review.counsellor_id) == (None, None, team.kari.pk)
    assert _take(eli, child).reviewer_id == eli.pk


def test_the_page_on_privacy_says_that_talks_are_read_afterwards_where_they_are(team: Team) -> None:
    client = Client()
    for count in (0, 3):
        QualitySettings.objects.update_or_create(pk=team.service.pk, defaults={"sample_count": count})
        page = client.get("/privacy").content.decode()
        for said in ("Sometimes a supervisor reads a talk after it has ended", "drawn by chance after they have ended"):
            assert (said in page) is (count > 0)


def test_people_are_counted_for_each_version_of_the_criteria(team: Team) -> None:
    for number in range(2):
        child = team.coded()
        Review.objects.create(
            conversation_id=child.conversation_id, service=team.service, counsellor=team.anna.user, drawn_at_ms=1
        )
        _take(team.kari, child)
        _send(team.kari, child, _scores(team))
        rows = criteria_now(team.service.pk)[1]
        save_criteria(actor=team.kari.user, service=team.service, seen=number, criteria=rows[number + 1 :])
    assert list(ReviewedHalfYear.objects.order_by("criteria").values_list("criteria", "people")) == [(0, 1), (1, 1)]
    ReviewedHalfYear.objects.filter(criteria=0).update(people=5)
    found = half_years(team.service.pk, today=ends_on(ReviewedHalfYear.objects.all()[0].half_year) + DAY)
    assert [half.criteria[0][1] is None for half in found] == [True, False]


def test_scores_are_told_only_of_enough_people(team: Team) -> None:
    child = _drawn(team)
    _take(team.kari, child)
    _send(team.kari, child, _scores(team))
    assert ReviewedHalfYear.objects.get().people == ReviewedPerson.objects.count() == 1
    last = ends_on(ReviewedHalfYear.objects.get().half_year)
    assert half_years(team.service.pk, today=last) == []
    assert "No scores yet." in _client(team.kari).get(reverse("quality:reviews")).content.decode()
    for counted in (ReviewedHalfYear, ScoreCount):
        counted.objects.update(half_year="2020-1")
    (half,) = half_years(team.service.pk, today=last)
    assert all(values is None for _criterion, values in half.criteria)
    page = _client(team.kari).get(reverse("quality:reviews")).content.decode()
    assert "Too few people's talks were reviewed" in page
    assert "3, mostly" not in page
    ReviewedHalfYear.objects.update(people=5)
    ScoreCount.objects.update(count=7)
    (half,) = half_years(team.service.pk, today=last)
    assert half.criteria[0][1] == [(1, 0), (2, 0), (3, 0), (4, 7)]
    assert shown_scores({1: 2, 4: 9}, "four", people=9, least=5) == [None, 0, 0, None]


def test_half_years() -> None:
    assert [ends_on(one) for one in ("2026-1", "2026-2")] == [dt.date(2026, 6, 30), dt.date(2026, 12, 31)]
    assert [half_year_of(dt.date(2026, month, 1)) for month in (1, 6, 7, 12)] == ["2026-1"] * 2 + ["2026-2"] * 2


def test_notes_open_with_the_talks_key_only_for_those_who_may(team: Team) -> None:
    child = _drawn(team)
    _take(team.kari, child)
    review = _send(team.kari, child, _scores(team), whole="Warm.", made_up="no criterion")
    key = key_beside(actor=team.anna.user, turn=child.turn, keyring=team.anna.keyring, session="s")
    assert notes_in(review, key) == {"whole": "Warm."}
    assert json.dumps(review.scores)
    stranger = team.line.member()
    stranger.user.memberships.all().delete()
    with pytest.raises(NotAllowed):
        key_beside(actor=stranger.user, turn=child.turn, keyring=stranger.keyring, session="s")
