"""The desk: rounds by their own words, factsheets by chapter, the matrix and the search."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from havn.common.errors import Refused
from havn.recommendations import actions
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.models import Factsheet, FollowUp, MonitoringRound, Recommendation
from havn.recommendations.rules.cells import Said, cell_of
from havn.recommendations.rules.rounds import Dates, answers, phases_on, proposed_dates
from havn.recommendations.rules.states import is_overdue
from tests.recommendations.factories import SOURCE, World, make_follow_up, make_sheet, today, validated
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
DESK = "/en/desk/recommendations"


@pytest.fixture
def secretary(world: World) -> Client:
    return world.client(world.network, "coordinator")


def round_form(**changes: str) -> dict[str, str]:
    return {
        "instrument": "", "instrument_name": "Convention on something", "instrument_body": "A committee",
        "code": "first-round", "name": "First round", "theme": "The circle of trust", "id_scheme": "R{number}",
        "verb_lines": "urges | Urge | An obligation\ninvites | Invite | A good idea",
        "status_lines": "○ | Nothing | open\n● | All | done", "practice_verbs": "invites",
        "prepares_from": "2025-12-01", "prepares_until": "2031-12-31",
        "fills_from": "2026-01-01", "fills_until": "2026-06-30", "comments_from": "2026-07-01",
        "comments_until": "2026-09-30", "others": "party", **changes,
    }  # fmt: skip


def test_a_round_has_verbs_ids_and_a_scale_of_its_own(world: World, secretary: Client) -> None:
    assert secretary.post(f"{DESK}/rounds/new", round_form()).status_code == 302
    made = MonitoringRound.objects.get(code="first-round")
    assert [one["verb"] for one in made.verbs] == ["urges", "invites"]
    assert made.statuses[1] == {"code": "step-2", "symbol": "●", "name": "All", "is_done": True}
    assert (made.instrument.name, made.boxes["practice"]["verbs"]) == ("Convention on something", ["invites"])
    changed = round_form(
        instrument=str(made.instrument_id), status_lines="○ | None | open\n● | Everything | done\n- | No | done"
    )
    assert secretary.post(f"{DESK}/rounds/{made.pk}", changed).status_code == 302
    made.refresh_from_db()
    assert [one["code"] for one in made.statuses] == ["step-1", "step-2", "step-3"]
    assert "Everything" in secretary.get(f"{DESK}/rounds/{made.pk}").content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id_scheme": "R"}, "Write {number}"),
        ({"verb_lines": "urges"}, "three parts"),
        ({"status_lines": "x | y | maybe"}, "done or open"),
        ({"practice_verbs": "demands"}, "stand above"),
        ({"fills_until": "2025-01-01"}, "ends before"),
        ({"instrument_name": ""}, "name another one"),
        ({"code": "lanzarote-2"}, "already"),
    ],
)
def test_a_round_that_cannot_be_is_refused(world: World, secretary: Client, change: dict[str, str], said: str) -> None:
    answer = secretary.post(f"{DESK}/rounds/new", round_form(**change))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_shipped_round_is_added_once_and_by_the_secretariat_only(world: World) -> None:
    dates = proposed_dates(today())
    with pytest.raises(Refused):
        actions.load_round(actor=world.person(world.network, "coordinator"), centre=world.network, dates=dates)
    assert world.client(world.party, "coordinator").get(f"{DESK}/rounds/new").status_code == 403
    MonitoringRound.objects.all().delete()
    client = world.client(world.network, "data_officer")
    address = f"{DESK}/rounds/load"
    days = {name: day.isoformat() for name, day in vars(dates).items()}
    assert dates.fills_from.isoformat() in client.get(address).content.decode()
    wrong = client.post(address, {**days, "comments_until": "2020-01-01", "others": "everybody"})
    assert wrong.status_code == 422 and "ends before it begins" in wrong.content.decode()
    assert client.post(address, {**days, "others": "everybody"}).status_code == 302
    made = MonitoringRound.objects.get()
    assert (made.code, made.others, made.comments_from) == ("lanzarote-2", "everybody", dates.comments_from)
    assert phases_on(today(), dates) == {"prepare"}


def test_the_shipped_round_is_offered_until_it_is_here_whatever_else_is(world: World, secretary: Client) -> None:
    offered = "second round of the Lanzarote Committee"
    assert offered not in secretary.get(DESK).content.decode()
    MonitoringRound.objects.update(code="another")
    assert offered in secretary.get(DESK).content.decode()


def test_the_desk_shows_factsheets_rounds_and_ways(world: World, sheet: Factsheet, secretary: Client) -> None:
    html = secretary.get(DESK).content.decode()
    for words in (
        "Denmark",
        "second monitoring round",
        "The Party fills",
        "Others comment",
        "Import a factsheet",
        "Require",
    ):
        assert words in html
    own = world.client(world.party, "administrator").get(DESK).content.decode()
    assert "Import a factsheet" not in own and "Denmark" in own
    assert world.client(world.party, "counsellor").get(DESK).status_code == 403


def test_a_factsheet_by_chapter(world: World, sheet: Factsheet) -> None:
    client = world.client(world.party, "editor")
    html = client.get(f"{DESK}/factsheets/{sheet.pk}").content.decode()
    assert "II. Helplines" in html and "Take it out" in html
    chapter = client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/II").content.decode()
    for words in (
        "II-2, II-3",
        "Invite",
        "to all Parties",
        "to train volunteers",
        "As published",
        'class="box box-follow-up"',
    ):
        assert words in chapter
    assert client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/XX").status_code == 404


@pytest.mark.parametrize(("format", "first"), [("docx", b"PK"), ("html", b"<!doctype"), ("md", b"## FACTSHEET")])
def test_files_are_taken_out(world: World, sheet: Factsheet, format: str, first: bytes) -> None:
    answer = world.client(world.party, "editor").get(f"{DESK}/factsheets/{sheet.pk}/export.{format}?drafts=1")
    assert answer.content.startswith(first)
    assert f"factsheet-lanzarote-2-denmark.{format}" in answer.headers["Content-Disposition"]
    assert world.client(world.party, "editor").get(f"{DESK}/factsheets/{sheet.pk}/export.exe").status_code == 404


def test_drafts_are_exported_by_the_party_only(world: World, sheet: Factsheet, secretary: Client) -> None:
    make_follow_up(world, sheet, text="Not yet for others.")
    address = f"{DESK}/factsheets/{sheet.pk}/export.md"
    party = world.client(world.party, "editor")
    assert "Not yet for others." in party.get(f"{address}?drafts=1").content.decode()
    assert "Not yet for others." not in party.get(address).content.decode()
    assert "Not yet for others." not in secretary.get(f"{address}?drafts=1").content.decode()


def test_the_matrix_shows_symbol_and_words(world: World, sheet: Factsheet, secretary: Client) -> None:
    make_sheet(world, SOURCE.read_text(), party=make_centre(host=None, slug="norway", country_code="NO"))
    validated(world, make_follow_up(world, sheet))
    html = secretary.get(f"{DESK}/matrix?chapter=II").content.decode()
    assert html.index("Denmark") < html.index("Norway")
    assert "II-12" in html and "III-3" not in html
    for words in ("Done", "Nothing said yet", "Not asked", "Said, without a status"):
        assert words in html
    ask = Factsheet.objects.get(party=world.party).asks.get(number=1)
    assert (
        f'/desk/recommendations/asks/{ask.pk}"><span aria-hidden="true">●</span><span class="ds-sr-only">Done</span>'
        in html
    )
    narrowed = secretary.get(f"{DESK}/matrix?status=done").content.decode()
    assert ">II-1<" in narrowed and ">II-3<" not in narrowed
    lines = list(csv.reader(io.StringIO(secretary.get(f"{DESK}/matrix.csv").content.decode("utf-8-sig"))))
    assert lines[0][-2:] == ["Denmark", "Norway"]
    assert next(line for line in lines if line[0] == "II-1")[-2:] == ["Done", "Nothing said yet"]
    assert len(lines) == 1 + Recommendation.objects.count()


def test_a_party_sees_of_others_only_what_is_public(world: World, sheet: Factsheet) -> None:
    make_sheet(world, SOURCE.read_text(), party=make_centre(host=None, slug="norway", country_code="NO"))
    client = world.client(world.party, "editor")
    assert "Norway" not in client.get(f"{DESK}/matrix").content.decode()


def test_the_matrix_asks_as_often_for_many_as_for_few(world: World, secretary: Client) -> None:
    counts = []
    for number in range(3):
        make_sheet(world, party=make_centre(host=None, slug=f"c{number}", country_code="SE"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            secretary.get(f"{DESK}/matrix")
        counts.append(len(asked))
    assert counts[1] == counts[2]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=volunteers", 1), ("words=share learn", 1), ("words=nothing-like-it", 0), ("ref=ii-3", 1),
        ("verb=invites", 1),
        ("chapter=II", 2), ("status=done", 1), ("words=forty", 1), ("words=%00", 0), ("ref=II-1&verb=invites", 0),
    ],
)  # fmt: skip
def test_search(world: World, sheet: Factsheet, query: str, found: int) -> None:
    make_follow_up(world, sheet)
    html = world.client(world.party, "editor").get(f"{DESK}/search?{query}").content.decode()
    asked = "volunteers" if found else "nothing"
    assert html.count("/desk/recommendations/asks/") == found, asked


def test_observations_practices_and_adopted_words_are_listed_and_found(world: World, sheet: Factsheet) -> None:
    Recommendation.objects.filter(ref="II-3").update(text="Exchange of experience.")
    actor = world.person(world.party, "coordinator")
    practice = FollowUp(factsheet=sheet, chapter=sheet.asks.get(number=1).chapter)
    words = Words(kind="practice", dated_on=today(), text="A zebra game.")
    actions.save_follow_up(actor=actor, follow_up=practice, words=words, today=today())
    client = world.client(world.party, "editor")
    chapter = client.get(f"{DESK}/factsheets/{sheet.pk}/chapters/II").content.decode()
    assert chapter.index("observes that there is a helpline") < chapter.index("What is asked for")
    assert "Paragraphs: 7" in chapter
    for asked, said in (("observes helpline", "observes that there is"), ("zebra", "A zebra game."),
                        ("experience", "to share what they learn")):  # fmt: skip
        assert said in client.get(f"{DESK}/search?words={asked}").content.decode()
    actions.publish_factsheet(actor=world.person(world.network, "coordinator"), centre=world.network, factsheet=sheet)
    public = Client(headers={"host": "testserver"})
    assert "observes that there is" in public.get("/en/recommendations?words=observes").content.decode()
    assert "A zebra game." not in public.get("/en/recommendations?words=zebra").content.decode()


def test_the_secretariat_fills_in_the_words_of_a_recommendation(
    world: World, sheet: Factsheet, secretary: Client
) -> None:
    one = Recommendation.objects.get(ref="II-1")
    address = f"{DESK}/recommendations/{one.pk}"
    assert "to train volunteers" in secretary.get(address).content.decode()
    assert secretary.post(address, {"verb": "requests", "text": "Train all."}).status_code == 302
    one.refresh_from_db()
    assert (one.verb, one.text) == ("requests", "Train all.")
    assert world.client(world.party, "coordinator").post(address, {"text": "x"}).status_code == 403


def test_phases_boxes_cells_and_due_days() -> None:
    import datetime as dt

    days = [dt.date(2026, 1, number) for number in range(1, 8)]
    dates = Dates(days[0], days[1], days[1], days[3], days[3], days[5])
    assert [sorted(phases_on(day, dates)) for day in days] == [
        ["prepare"], ["fill", "prepare", "validate"], ["fill", "validate"], ["comment", "fill", "validate"],
        ["comment", "validate"], ["comment", "validate"], [],
    ]  # fmt: skip
    boxes = {"practice": {"verbs": ["invites"]}}
    assert answers(boxes, "practice", "invites") and not answers(boxes, "practice", "requires")
    assert not answers(boxes, "other", "invites")
    assert cell_of(is_asked=False, said=[]).code == "not-asked"
    assert cell_of(is_asked=True, said=[]).code == "open"
    assert cell_of(is_asked=True, said=[Said("")]).code == "said"
    assert cell_of(is_asked=True, said=[Said("planned"), Said("done"), Said("")]).code == "done"
    assert is_overdue(due=days[0], today=days[1], is_done=False)
    assert not is_overdue(due=days[0], today=days[1], is_done=True)
    assert not is_overdue(due=days[1], today=days[1], is_done=False)
