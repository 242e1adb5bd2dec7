"""People named beforehand for a chapter or one follow-up; who validates then; nothing waits for ever."""

import datetime as dt

import pytest

from havn.accounts.models import Membership, User
from havn.common.errors import NotAllowed, Refused
from havn.recommendations import actions
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.models import Factsheet, FollowUp, SheetChapter
from havn.recommendations.permissions import who_validates
from havn.recommendations.rules.states import validators
from tests.accounts.factories import signed_in_client
from tests.recommendations.factories import World, make_follow_up, today
from tests.tenancy.factories import make_centre

DESK = "/en/desk/recommendations"


def test_who_may_validate_is_worked_out_of_who_wrote_and_who_was_named() -> None:
    may = {1, 2, 3}
    assert validators(authors={1}, last=1, named=None, may=may) == {2, 3}
    assert validators(authors={1}, last=1, named=3, may=may) == {3}
    assert validators(authors={1, 3}, last=1, named=3, may=may) == {2}
    assert validators(authors={1}, last=1, named=9, may=may) == {2, 3}
    assert validators(authors={1, 2, 3}, last=1, named=None, may=may) == {2, 3}
    assert validators(authors={1, 2}, last=2, named=None, may={1, 2}) == {1}
    assert validators(authors={1}, last=1, named=None, may={1}) == set()
    assert validators(authors={None}, last=None, named=None, may={1}) == {1}


@pytest.fixture
def part(sheet: Factsheet) -> SheetChapter:
    return sheet.parts.get(chapter__number="II")


def submitted(world: World, made: FollowUp, actor: User) -> FollowUp:
    return actions.move_follow_up(actor=actor, follow_up=made, verb="submit", today=today())


def validate(made: FollowUp, actor: User) -> FollowUp:
    return actions.move_follow_up(actor=actor, follow_up=made, verb="validate", today=today())


@pytest.mark.django_db
def test_who_is_named_for_a_chapter_has_it_on_their_list_and_validates(
    world: World, sheet: Factsheet, part: SheetChapter
) -> None:
    author, named, other = (world.person(world.party, role) for role in ("data_officer", "coordinator", "coordinator"))
    client = signed_in_client(author, host="testserver")
    address = f"{DESK}/factsheets/{sheet.pk}/chapters/II/people"
    assert "Who validates" in client.get(address).content.decode()
    answer = client.post(address, {"responsible": author.pk, "alternate": author.pk, "validator": ""})
    assert answer.status_code == 422 and "somebody else than the responsible" in answer.content.decode()
    given = {"responsible": author.pk, "alternate": other.pk, "validator": named.pk}
    assert client.post(address, given).status_code == 302
    made = submitted(world, make_follow_up(world, sheet, author, status="planned"), author)
    with pytest.raises(NotAllowed, match="Somebody else was named"):
        validate(made, other)
    desks = {
        person: signed_in_client(person, host="testserver").get(DESK).content.decode()
        for person in (author, named, other)
    }
    assert all("Yours" in html for html in desks.values())
    assert desks[named].count("somebody else validates it") == 0 and "validates ·" in desks[named]
    assert "somebody else validates it" in desks[other] and "alternate contact ·" in desks[other]
    for person in (author, other):
        assert (
            f"/follow-ups/{made.pk}" in desks[person][desks[person].index("Yours") : desks[person].index("To validate")]
        )
    assert validate(made, named).validated_by == named


@pytest.mark.django_db
def test_one_follow_up_may_name_another_validator_also_while_it_waits(world: World, sheet: Factsheet) -> None:
    author, first, second = (world.person(world.party, role) for role in ("data_officer", "coordinator", "coordinator"))
    made = submitted(world, make_follow_up(world, sheet, author, validator=first), author)
    assert who_validates(made) == {first.pk}
    client = signed_in_client(author, host="testserver")
    address = f"{DESK}/follow-ups/{made.pk}/validator"
    assert client.get(address).status_code == 200
    assert client.post(address, {"validator": author.pk}).status_code == 409
    assert client.post(address, {"validator": world.person(world.party, "editor").pk}).status_code == 422
    assert client.post(address, {"validator": second.pk}).status_code == 302
    made.refresh_from_db()
    assert who_validates(made) == {second.pk}
    assert second.name in client.get(f"{DESK}/follow-ups/{made.pk}").content.decode()


@pytest.mark.django_db
def test_who_was_named_and_left_holds_nothing_up(world: World, sheet: Factsheet) -> None:
    author, named, other = (world.person(world.party, role) for role in ("data_officer", "coordinator", "coordinator"))
    made = submitted(world, make_follow_up(world, sheet, author, validator=named), author)
    Membership.objects.filter(user=named).delete()
    assert validate(made, other).state == "validated"


@pytest.mark.django_db
def test_two_people_who_both_wrote_are_no_dead_end(world: World, sheet: Factsheet) -> None:
    malthe, kasper = world.person(world.party, "data_officer"), world.person(world.party, "coordinator")
    made = make_follow_up(world, sheet, malthe)
    for number, (person, text) in enumerate(((kasper, "Two"), (malthe, "Three")), start=1):
        words = Words(kind="measure", dated_on=today(), text=text)
        made = actions.save_follow_up(actor=person, follow_up=made, words=words, today=today(), seen=number)
    made = submitted(world, made, malthe)
    html = signed_in_client(malthe, host="testserver").get(f"{DESK}/follow-ups/{made.pk}").content.decode()
    assert "Take it back" in html and ">Validate<" not in html and kasper.name in html
    with pytest.raises(NotAllowed, match="You wrote this"):
        validate(made, malthe)
    back = actions.move_follow_up(actor=malthe, follow_up=made, verb="send_back", today=today())
    assert back.state == "draft"
    assert validate(submitted(world, back, malthe), kasper).validated_by == kasper


@pytest.mark.django_db
def test_what_nobody_could_validate_is_not_submitted(world: World, sheet: Factsheet) -> None:
    author = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, author)
    with pytest.raises(Refused, match="Nobody else of your centre"):
        submitted(world, made, author)
    world.person(world.party, "coordinator")
    assert submitted(world, made, author).state == "submitted"


@pytest.mark.django_db
def test_people_of_elsewhere_are_not_named(world: World, sheet: Factsheet, part: SheetChapter) -> None:
    stranger = world.person(make_centre(host="other.testserver"), "coordinator")
    actor = world.person(world.party, "coordinator")
    for people in (
        {"validator": stranger},
        {"responsible": stranger},
        {"validator": world.person(world.party, "editor")},
    ):
        given: dict[str, User | None] = {"responsible": None, "alternate": None, "validator": None, **people}
        with pytest.raises(NotAllowed):
            actions.name_for_chapter(actor=actor, part=part, today=today(), **given)
    with pytest.raises(NotAllowed):
        make_follow_up(world, sheet, actor, validator=stranger)
    client = world.client(world.network, "coordinator")
    assert client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/II/people").status_code == 403


@pytest.mark.django_db
def test_it_speaks_of_no_day_to_come(world: World, sheet: Factsheet) -> None:
    with pytest.raises(Refused, match="still to come"):
        make_follow_up(world, sheet, dated_on=today() + dt.timedelta(days=1))
    client = world.client(world.party, "coordinator")
    ask = sheet.asks.get(number=1)
    day = (today() + dt.timedelta(days=1)).isoformat()
    answer = client.post(
        f"{DESK}/asks/{ask.pk}/follow-ups/new",
        {"kind": "measure", "dated_on": day, "text": "Kept words", "version": "0"},
    )
    html = answer.content.decode()
    assert answer.status_code == 422 and "This day is still to come" in html and "Kept words" in html


@pytest.mark.django_db
def test_a_blue_box_takes_what_the_round_lets_it(world: World, sheet: Factsheet) -> None:
    client = world.client(world.party, "coordinator")
    ask = sheet.asks.get(number=1)
    html = client.get(f"{DESK}/asks/{ask.pk}/follow-ups/new").content.decode()
    assert "in this round it answers only: Invite." in html
    assert client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/I/practices/new").status_code == 409
    assert "practices/new" not in client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/I").content.decode()
    assert "practices/new" in client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/II").content.decode()
    sheet.asks.update(verb="")
    practice = FollowUp(factsheet=sheet, chapter=ask.chapter, ask=sheet.asks.get(number=2))
    with pytest.raises(Refused, match="only what the Committee invites"):
        actions.save_follow_up(
            actor=world.person(world.party, "coordinator"), follow_up=practice, today=today(),
            words=Words(kind="practice", dated_on=today(), text="A game."),
        )  # fmt: skip
