"""Who may do what in which phase of a round: every role, every phase, every verb, as the README's table says."""

import datetime as dt
from collections.abc import Callable

import pytest

from havn.accounts.models import Role, User
from havn.common.errors import Refused
from havn.recommendations import actions
from havn.recommendations.models import Factsheet, FollowUp, Recommendation
from havn.recommendations.permissions import (
    check_can_comment,
    check_can_fill,
    check_can_name,
    check_can_prepare,
    check_can_read,
    check_can_validate,
    check_is_secretariat,
)
from havn.recommendations.rules.rounds import Dates
from tests.recommendations.factories import SMALL, World, make_follow_up, today

pytestmark = pytest.mark.django_db
PHASES = ("preparing", "filling", "commenting", "closed")
WRITE = {"coordinator", "data_officer"}
SPEAK = WRITE | {"supervisor", "editor", "publisher"}
READ = SPEAK | {"administrator"}
ALL = set(PHASES)
# verb: who of the Party, who of the network's centre, in which phases
ALLOWED: dict[str, tuple[set[str], set[str], set[str]]] = {
    "read": (READ, READ, ALL),
    "prepare": (set(), WRITE, {"preparing"}),
    "set days, publish": (set(), WRITE, ALL),
    "fill": (WRITE, set(), {"filling"}),
    "name, take back": (WRITE, set(), {"filling", "commenting"}),
    "validate": (WRITE, set(), {"filling", "commenting"}),
    "comment": (SPEAK, set(), {"commenting"}),
}


def set_phase(world: World, phase: str) -> None:
    """Days in which today is in this phase and in no other."""
    order = {name: at for at, name in enumerate(PHASES)}
    spans = []
    for name in PHASES[:3]:
        first = today() + dt.timedelta(days=10 * (order[name] - order[phase]))
        spans += [first, first + dt.timedelta(days=5)]
    for name, day in vars(Dates(*spans)).items():
        setattr(world.round, name, day)
    world.round.save()


def asks(world: World, sheet: Factsheet, waits: FollowUp) -> dict[str, Callable[[User], None]]:
    network, party = world.network, sheet.party

    def reads(user: User) -> None:
        centre = network if user.memberships.filter(organisation__centre=network).exists() else party
        check_can_read(user, centre)

    return {
        "read": reads,
        "prepare": lambda user: check_can_prepare(user, network, world.round),
        "set days, publish": lambda user: check_is_secretariat(user, network),
        "fill": lambda user: check_can_fill(user, sheet, today()),
        "name, take back": lambda user: check_can_name(user, sheet, today()),
        "validate": lambda user: check_can_validate(user, waits, today()),
        "comment": lambda user: check_can_comment(user, sheet, today()),
    }


def test_every_role_in_every_phase_may_what_the_table_says(world: World, sheet: Factsheet) -> None:
    waits = make_follow_up(world, sheet)
    people = {
        (place, role): world.person(centre, role)
        for place, centre in (("party", world.party), ("network", world.network))
        for role in Role.values
    }
    wrong = []
    for phase in PHASES:
        set_phase(world, phase)
        current = Factsheet.objects.select_related("round", "party").get(pk=sheet.pk)
        waiting = FollowUp.objects.select_related("factsheet__round", "factsheet__party").get(pk=waits.pk)
        questions = asks(world, current, waiting)
        assert set(questions) == set(ALLOWED)
        for verb, (party, network, phases) in ALLOWED.items():
            for (place, role), user in people.items():
                try:
                    questions[verb](user)
                except Refused:
                    may = False
                else:
                    may = True
                if may != (phase in phases and role in (party if place == "party" else network)):
                    wrong.append((phase, verb, place, role, may))
    assert wrong == []


def test_outside_its_days_the_secretariat_changes_days_and_nothing_else(world: World, sheet: Factsheet) -> None:
    set_phase(world, "filling")
    secretary = world.person(world.network, "coordinator")
    sheet.refresh_from_db()
    words = Recommendation.objects.select_related("round").first()
    assert words is not None
    for act in (
        lambda: actions.remove_factsheet(actor=secretary, centre=world.network, factsheet=sheet),
        lambda: actions.save_recommendation(
            actor=secretary, centre=world.network, recommendation=words, verb="", text="x"
        ),
    ):
        with pytest.raises(Refused, match="not being prepared"):
            act()
    world.round.theme = "Another"
    with pytest.raises(Refused, match="not being prepared"):
        actions.save_round(actor=secretary, centre=world.network, round=world.round)
    world.round.refresh_from_db()
    world.round.prepares_until = today()
    world.round.save()
    assert world.client(world.network, "coordinator").get(
        f"/en/desk/recommendations/rounds/{world.round.pk}"
    ).status_code == 200  # fmt: skip


def test_the_screens_say_all_days_and_keep_words_closed(world: World, sheet: Factsheet) -> None:
    set_phase(world, "filling")
    client = world.client(world.network, "coordinator")
    desk = client.get("/en/desk/recommendations").content.decode()
    for words in ("The secretariat prepares from", "The Party fills from", "Others comment from"):
        assert words in desk
    page = client.get(f"/en/desk/recommendations/rounds/{world.round.pk}").content.decode()
    assert "Its words can be changed in the days in which it is prepared." in page
    given = {"round": world.round.pk, "party": "denmark", "text": SMALL, "as_of": "2025-03-01", "store": "1"}
    answer = client.post("/en/desk/recommendations/import", given)
    assert answer.status_code == 422 and "not being prepared today" in answer.content.decode()
