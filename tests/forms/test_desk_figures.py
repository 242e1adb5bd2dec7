"""The figures of records that a question of a centre's own form may be filled from."""

import copy
import re
from typing import Any

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.forms.models import FormVersion
from havn.forms.rules import editing
from havn.rounds.sources import source_keys
from havn.tenancy.models import Centre
from tests.forms.building import QUARTER, fields_of, make_draft, stored

pytestmark = pytest.mark.django_db


def save(client: Client, draft: FormVersion, **changes: str) -> Any:
    """Open the question of the contacts in all, change fields, and press Save."""
    address = f"/en/desk/forms/versions/{draft.pk}/questions/total"
    return client.post(address, {**fields_of(client.get(address).context["form"]), **changes})


def question(draft: FormVersion) -> dict[str, Any]:
    return editing.part_of(stored(draft), editing.QUESTION, "total")


def test_a_number_is_filled_from_a_figure_of_the_records(client: Client, draft: FormVersion) -> None:
    page = client.get(f"/en/desk/forms/versions/{draft.pk}/questions/total").content.decode()
    assert (
        '<option value="helpline.channel">Talks about something online, by channel (helpline.channel)</option>' in page
    )
    assert set(source_keys()) == set(re.findall(r'<option value="([a-z_]+\.[a-z_]+)"', page)), "and every other one"
    save(client, draft, source="helpline.channel", source_row="phone")
    assert question(draft)["source"] == "helpline.channel.phone"
    form = client.get(f"/en/desk/forms/versions/{draft.pk}/questions/total").context["form"]
    assert (form["source"].value(), form["source_row"].value()) == ("helpline.channel", "phone")
    save(client, draft, source="helpline.online", source_row="")
    assert question(draft)["source"] == "helpline.online"
    save(client, draft, source="")
    assert "source" not in question(draft)


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"source": "helpline.nothing"}, "source"), ({"source_row": "phone"}, "source_row"),
     ({"source": "helpline.channel", "source_row": "The phone"}, "source_row")],
)  # fmt: skip
def test_a_figure_that_nobody_has_is_refused(
    client: Client, draft: FormVersion, sent: dict[str, str], field: str
) -> None:
    answer = save(client, draft, **sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "source" not in question(draft)


def test_an_old_figure_that_no_records_have_is_shown_and_must_go(client: Client, user: User, centre: Centre) -> None:
    raw = copy.deepcopy(QUARTER)
    raw["sections"][0]["questions"][0]["source"] = "chess.games"
    draft = make_draft(centre, user, sections=raw["sections"])
    answer = save(client, draft)
    assert answer.context["form"].errors["source"] == ["No records here have this figure. Choose another one, or none."]
    assert '<option value="chess.games" selected>chess.games: no records here have it</option>' in (
        answer.content.decode()
    )


def test_only_numbers_and_tables_are_filled(client: Client, draft: FormVersion) -> None:
    assert "source" not in client.get(f"/en/desk/forms/versions/{draft.pk}/questions/met").context["form"].fields
