"""Who sees what of a factsheet that is not their own: what is validated, and what they say themselves."""

import datetime as dt

import pytest

from havn.recommendations import actions
from havn.recommendations.models import Factsheet, FollowUp
from tests.accounts.factories import make_organisation
from tests.recommendations.factories import World, make_follow_up, today, validated
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
DESK = "/en/desk/recommendations"


def test_where_the_round_asks_everybody_other_centres_comment_and_see_no_draft(world: World, sheet: Factsheet) -> None:
    make_follow_up(world, sheet, text="Only a draft.")
    validated(world, make_follow_up(world, sheet, text="All of them learned it."))
    ask = sheet.asks.get(number=1)
    other = make_centre(host="other.testserver")
    make_organisation(other)
    guest = world.client(other, "editor")
    pages = (f"factsheets/{sheet.pk}", f"factsheets/{sheet.pk}/chapters/II", f"asks/{ask.pk}")
    assert [guest.get(f"{DESK}/{page}").status_code for page in pages] == [404, 404, 404]
    world.round.others = "everybody"
    world.round.save()
    own = world.client(world.party, "editor")
    own.post(f"{DESK}/asks/{ask.pk}/remarks", {"kind": "comment", "text": "Said at home."})
    assert f"/factsheets/{sheet.pk}" in guest.get(DESK).content.decode()
    html = "".join(guest.get(f"{DESK}/{page}").content.decode() for page in pages)
    assert "All of them learned it." in html
    assert "Only a draft." not in html and "Said at home." not in html and "/follow-ups/" not in html
    remarks = f"{DESK}/asks/{ask.pk}/remarks"
    assert guest.post(remarks, {"kind": "comment", "text": "We did it too."}).status_code == 302
    assert "We did it too." in guest.get(f"{DESK}/asks/{ask.pk}").content.decode()
    assert "We did it too." in own.get(f"{DESK}/asks/{ask.pk}").content.decode()
    assert guest.get(f"{DESK}/factsheets/{sheet.pk}/export.md").status_code == 404
    assert guest.get(f"{DESK}/follow-ups/{FollowUp.objects.last().pk}").status_code == 404
    assert world.client(other, "coordinator").get(f"{DESK}/asks/{ask.pk}/follow-ups/new").status_code == 403
    world.round.comments_from = world.round.comments_until = today() - dt.timedelta(days=1)
    world.round.save()
    assert guest.get(f"{DESK}/asks/{ask.pk}").status_code == 404
    assert guest.post(remarks, {"kind": "comment", "text": "Late"}).status_code == 404


def test_drafts_versions_and_remarks_are_the_partys_own_even_before_the_secretariat(
    world: World, sheet: Factsheet
) -> None:
    valid = validated(world, make_follow_up(world, sheet, text="A first zebra.", status="done"))
    changed = actions.move_follow_up(
        actor=world.person(world.party, "coordinator"), follow_up=valid, verb="reopen", today=today()
    )
    draft = make_follow_up(world, sheet, text="Secret giraffe.", status="planned")
    ask = sheet.asks.get(number=1)
    own = world.client(world.party, "editor")
    own.post(f"{DESK}/asks/{ask.pk}/remarks", {"kind": "comment", "text": "Between us."})
    secretary = world.client(world.network, "coordinator")
    pages = ("", f"/factsheets/{sheet.pk}", f"/factsheets/{sheet.pk}/chapters/II", f"/asks/{ask.pk}",
             "/search?words=zebra", "/search?status=planned", "/search?words=giraffe", "/matrix")  # fmt: skip
    for said in ("Secret giraffe.", "Between us.", f"/follow-ups/{draft.pk}", f"/follow-ups/{changed.pk}"):
        assert not [page for page in pages if said in secretary.get(f"{DESK}{page}").content.decode()], said
        assert [page for page in pages if said in own.get(f"{DESK}{page}").content.decode()], said
    for page in ("/search?status=planned", "/search?words=giraffe"):
        assert "0 asks found" in secretary.get(f"{DESK}{page}").content.decode()
        assert "1 ask found" in own.get(f"{DESK}{page}").content.decode()
    assert ">Done</span>" in secretary.get(f"{DESK}/matrix").content.decode()
    assert ">Planned</span>" in own.get(f"{DESK}/matrix").content.decode()
    for one in (draft, changed):
        assert secretary.get(f"{DESK}/follow-ups/{one.pk}").status_code == 404
        assert own.get(f"{DESK}/follow-ups/{one.pk}").status_code == 200
    page = f"{DESK}/follow-ups/{valid.pk}"
    assert "Version 1" not in secretary.get(page).content.decode() and "Version 1" in own.get(page).content.decode()
