"""Validated by somebody who wrote none of it; what is validated stays while its change is written."""

import pytest
from django.http import HttpRequest

from havn.accounts.models import User
from havn.common.errors import NotAllowed, Refused
from havn.recommendations import actions, menu
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.exporting import file_of
from havn.recommendations.models import Evidence, Factsheet, FollowUp
from havn.recommendations.permissions import validators_in
from havn.recommendations.queries.due import to_validate
from havn.recommendations.queries.matrix import rows_of
from tests.accounts.factories import signed_in_client
from tests.recommendations.factories import World, make_follow_up, today, validated

pytestmark = pytest.mark.django_db
DESK = "/en/desk/recommendations"


def asked_by(world: World, person: User) -> HttpRequest:
    request = HttpRequest()
    request.user, request.centre = person, world.party  # type: ignore[attr-defined]
    return request


def test_who_wrote_any_version_does_not_validate_the_last(world: World, sheet: Factsheet) -> None:
    first, second = world.person(world.party, "data_officer"), world.person(world.party, "coordinator")
    third = world.person(world.party, "coordinator")
    made = make_follow_up(world, sheet, first)
    words = Words(kind="measure", dated_on=today(), text="We trained forty-one.")
    made = actions.save_follow_up(actor=second, follow_up=made, words=words, today=today(), seen=1)
    actions.move_follow_up(actor=second, follow_up=made, verb="submit", today=today())
    for author in (first, second):
        assert not to_validate(world.party, author.pk, validators_in(world.party))
        with pytest.raises(NotAllowed):
            actions.move_follow_up(actor=author, follow_up=made, verb="validate", today=today())
    assert to_validate(world.party, third.pk, validators_in(world.party)) == [made]
    assert actions.move_follow_up(actor=third, follow_up=made, verb="validate", today=today()).state == "validated"


def test_what_is_validated_stays_while_its_change_is_written(world: World, sheet: Factsheet) -> None:
    author, colleague = world.person(world.party, "data_officer"), world.person(world.party, "coordinator")
    made = make_follow_up(world, sheet, author)
    actions.add_evidence(actor=author, follow_up=made, today=today(), url="https://a.example", label="A programme")
    made = validated(world, made)
    draft = actions.move_follow_up(actor=author, follow_up=made, verb="reopen", today=today())
    with pytest.raises(Refused):
        actions.move_follow_up(actor=author, follow_up=made, verb="reopen", today=today())
    words = Words(kind="measure", dated_on=today(), text="We trained fifty.", status="under-way")
    draft = actions.save_follow_up(actor=author, follow_up=draft, words=words, today=today(), seen=draft.version)
    made.refresh_from_db()
    assert (made.state, made.text, draft.state, draft.replaces_id) == (
        "validated",
        "We trained forty.",
        "draft",
        made.pk,
    )
    assert "We trained fifty." not in file_of(sheet, "md").decode()
    cell = rows_of(world.round, [sheet], own=frozenset({sheet.pk}))[0].cells[0]
    assert (cell.code, cell.count) == ("under-way", 2)
    actions.move_follow_up(actor=author, follow_up=draft, verb="submit", today=today())
    after = actions.move_follow_up(actor=colleague, follow_up=draft, verb="validate", today=today())
    after.refresh_from_db()
    assert (after.pk, after.state, after.text, after.validated_by) == (
        made.pk,
        "validated",
        "We trained fifty.",
        colleague,
    )
    assert [one.number for one in after.versions.all()] == [2, 1]
    assert [one.label for one in after.evidence.all()] == ["A programme"]
    assert sheet.follow_ups.filter(is_imported=False).count() == 1
    text = file_of(sheet, "md").decode()
    assert "We trained fifty." in text and "We trained forty." not in text


def test_a_change_that_is_thrown_away_leaves_what_is_validated(world: World, sheet: Factsheet) -> None:
    made = validated(world, make_follow_up(world, sheet))
    client = world.client(world.party, "data_officer")
    answer = client.post(f"{DESK}/follow-ups/{made.pk}/move/reopen")
    draft = FollowUp.objects.get(replaces=made)
    assert answer.headers["Location"].endswith(f"/follow-ups/{draft.pk}")
    assert "stays public until" in client.get(f"{DESK}/follow-ups/{draft.pk}").content.decode()
    assert "there is a draft of it" in client.get(f"{DESK}/follow-ups/{made.pk}").content.decode()
    client.post(f"{DESK}/follow-ups/{draft.pk}/delete")
    made.refresh_from_db()
    assert made.state == "validated"


def test_what_waits_is_listed_and_counted_for_who_may_validate_it(world: World, sheet: Factsheet) -> None:
    author = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, author)
    colleague = world.person(world.party, "coordinator")
    actions.move_follow_up(actor=author, follow_up=made, verb="submit", today=today())
    html = signed_in_client(colleague, host="testserver").get(DESK).content.decode()
    assert "To validate" in html and f"/follow-ups/{made.pk}" in html and "somebody else validates it" not in html
    assert menu._due(asked_by(world, colleague)) == 1
    assert menu._due(asked_by(world, author)) == 0
    own = signed_in_client(author, host="testserver").get(DESK).content.decode()
    assert "somebody else validates it" in own
    assert "To validate" not in world.client(world.network, "coordinator").get(DESK).content.decode()


def test_evidence_is_added_neither_to_what_waits_nor_to_what_is_validated(world: World, sheet: Factsheet) -> None:
    author = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, author)
    colleague = world.person(world.party, "coordinator")
    actions.move_follow_up(actor=author, follow_up=made, verb="submit", today=today())
    link = {"url": "https://a.example", "label": "A"}
    with pytest.raises(Refused):
        actions.add_evidence(actor=author, follow_up=made, today=today(), **link)
    actions.move_follow_up(actor=colleague, follow_up=made, verb="validate", today=today())
    client = world.client(world.party, "data_officer")
    assert "Add evidence" not in client.get(f"{DESK}/follow-ups/{made.pk}").content.decode()
    assert client.post(f"{DESK}/evidence-for/{made.pk}", link).status_code == 409
    assert not Evidence.objects.exists()
