"""What a browser sends becomes raw answers: as typed, only what the form has, whatever is sent."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from havn.forms.api import bind, check
from tests.forms.sample import definition


def sent(**fields: str | list[str]) -> QueryDict:
    posted = QueryDict(mutable=True)
    for name, value in fields.items():
        key = f"q-{name.replace('__', '.')}"
        posted.setlist(key, value if isinstance(value, list) else [value])
    return posted


def test_every_kind_of_answer_is_read() -> None:
    posted = sent(
        members="4 ", members__basis="estimate", met="false", why_not="Rain", colour="other", colour__other="Pink",
        days=["mon", "wed"], liked="3", by_age__young__girls="4", by_age__old__boys="", often__swim="often",
        rated__food="2", founded="1999-05-01", trips__rows="2", trips__0__trip_people="5", trips__1__trip_people="x",
    )  # fmt: skip
    bound = bind(definition(), posted)
    assert bound.pressed == ""
    assert bound.answers == {
        "members": "4 ", "members.basis": "estimate", "met": "false", "why_not": "Rain", "colour": "other",
        "colour.other": "Pink", "days": ["mon", "wed"], "liked": "3", "by_age": {"young": {"girls": "4"}},
        "often": {"swim": "often"}, "rated": {"food": "2"}, "founded": "1999-05-01",
        "trips": [{"trip_people": "5"}, {"trip_people": "x"}],
    }  # fmt: skip
    assert [one.path for one in check(definition(), bound.answers, final=False).errors] == ["trips.1.trip_people"]


def test_a_row_is_added_and_removed_where_pressed() -> None:
    rows = sent(trips__rows="2", trips__0__trip_people="5", trips__1__trip_people="6")
    more, fewer = rows.copy(), rows.copy()
    more["q-add"] = "trips"
    fewer["q-remove"] = "trips.0"
    added, removed = bind(definition(), more), bind(definition(), fewer)
    assert (added.pressed, added.answers["trips"]) == ("add:trips", [{"trip_people": "5"}, {"trip_people": "6"}, {}])
    assert (removed.pressed, removed.answers["trips"]) == ("remove:trips.0", [{"trip_people": "6"}])


def test_no_more_rows_than_the_form_takes() -> None:
    posted = sent(trips__rows="9999", add="trips")
    assert len(bind(definition(), posted).answers["trips"]) == 3


def test_files_stand_under_their_path() -> None:
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-")
    files = MultiValueDict({"q-plan": [plan], "q-passport": [plan]})
    bound = bind(definition(), sent(), files)
    assert bound.files == {"plan": plan}
    assert bind(definition(), sent(plan__remove="1")).removed == {"plan"}


def test_another_prefix_is_another_form() -> None:
    assert bind(definition(), sent(members="3"), prefix="p").answers == {}


@given(
    st.dictionaries(
        st.sampled_from(["add", "remove", "trips.rows", "days", "members", "by_age.young.girls", "plan", "trips.0.x"]),
        st.lists(st.text(max_size=30) | st.sampled_from(["trips", "trips.0", "trips.99999999", "members", "\0", "²"])),
        max_size=8,
    )
)
def test_nothing_that_is_sent_breaks_it(fields: dict[str, list[str]]) -> None:
    posted: Any = MultiValueDict({f"q-{name}": values for name, values in fields.items()})
    bound = bind(definition(), posted, posted)
    assert "\0" not in repr(bound.answers)
    check(definition(), bound.answers)
