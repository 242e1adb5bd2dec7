"""Who sees what of a factsheet that is not their own: what is validated, and what they say themselves."""

import datetime as dt

import pytest

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
