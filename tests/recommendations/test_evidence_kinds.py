"""What daily work can show: activities, answers of rounds, surveys and releases, of the own centre only."""

import datetime as dt
from typing import Any

import pytest

from havn.common.clock import now
from havn.forms.models import FormVersion
from havn.recommendations import evidence
from havn.recommendations.models import Factsheet
from havn.recommendations.rules.proof import Proves, proves_of, speaks
from havn.rounds.models import Assignment, Round
from havn.surveys.models import Survey, Wave
from havn.tenancy.models import Centre
from tests.activities.factories import make_activity
from tests.recommendations.factories import World
from tests.releases.factories import make_dataset, make_release
from tests.rounds.factories import make_form
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 1)


def answer(centre: Centre, owner: Centre, version: FormVersion, state: str = "accepted") -> Assignment:
    asked = Round.objects.create(
        owner=owner, form_version=version, first=DAY, last=dt.date(2026, 3, 31), period_kind="quarter", opens_on=DAY,
        closes_on=DAY, made_at=now(),
    )  # fmt: skip
    return Assignment.objects.create(round=asked, centre=centre, state=state, changed_at=now())


def survey(centre: Centre, version: FormVersion, counted: dt.datetime | None) -> Wave:
    asked = Survey.objects.create(
        centre=centre, slug=f"s{Survey.objects.count()}", title={"en": "Pictures"}, made_at=now()
    )
    moment = now() - dt.timedelta(days=30)
    values: dict[str, Any] = {"opens_at": moment, "closes_at": moment + dt.timedelta(days=7), "approved_at": moment}
    return Wave.objects.create(survey=asked, number=1, form_version=version, counted_at=counted, **values)


def test_every_kind_offers_what_the_centre_has_and_nothing_of_others(world: World, sheet: Factsheet) -> None:
    version = make_form()
    others = make_centre(host=None)
    mine = {
        f"activity:{make_activity(world.party, title='A course').pk}",
        f"answer:{answer(world.party, world.network, version).pk}",
        f"survey:{survey(world.party, version, now()).pk}",
        f"release:{make_release(make_dataset(world.party)).pk}",
    }
    answer(world.party, world.network, version, state="draft")
    survey(world.party, version, None)
    theirs = {f"activity:{make_activity(others).pk}", f"answer:{answer(others, world.network, version).pk}"}
    offered = {code for _name, things in evidence.thing_choices(world.party) for code, _title in things}
    assert offered == mine
    assert {"event", "page", "quarter", "own-quarter"} <= set(evidence.kinds())
    for code in mine:
        thing = evidence.thing_of(world.party, code)
        assert thing is not None and thing.title and thing.url.startswith("/")
        assert evidence.thing_of(others, code) is None
    for code in (*theirs, "activity:x", "activity:99999999999999999999", "activity", ""):
        assert evidence.thing_of(world.party, code) is None


def test_a_chapter_is_shown_what_its_data_names(world: World, sheet: Factsheet) -> None:
    chapter = sheet.round.chapters.get(number="II")
    chapter.proves = {"things": ["release", "unknown"]}
    release = make_release(make_dataset(world.party))
    assert [one.code for one in evidence.proofs_of(chapter, world.party)] == [f"release:{release.pk}"]


def test_which_activity_speaks_is_data() -> None:
    any_group, some = proves_of({"activity_kinds": ["training"]}), Proves(("training",), ("teachers",))
    assert speaks(any_group, kind="training", groups=[])
    assert not speaks(any_group, kind="campaign", groups=[])
    assert speaks(some, kind="training", groups=["parents", "teachers"])
    assert not speaks(some, kind="training", groups=["parents"])
    assert proves_of({}) == Proves()
