"""The published factsheet on Norway of the Lanzarote Committee's second round, and one invented follow-up in draft.

The factsheet is a public document, word for word (havn/recommendations/data). The draft was written by nobody real.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from havn.accounts.models import Role, User
from havn.activities.api import logged
from havn.common.clock import now
from havn.recommendations import actions
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.actions.rounds import DATA
from havn.recommendations.models import Factsheet, FollowUp, MonitoringRound
from havn.recommendations.queries.factsheets import words_of_round
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.rules.rounds import Dates
from havn.tenancy.models import Centre

SOURCE = "lanzarote-norway-factsheet.md"
ASK = "VI-2"
DRAFT = (
    "All volunteers of the helpline go through a course on sharing images before their first duty.\n"
    "- The course is repeated twice a year.\n- Since this spring a part of it is about threats with images."
)


def load_recommendations() -> None:
    """Load both once, when the network and Norway are here."""
    network = Centre.objects.filter(kind=Centre.Kind.NETWORK, is_hosted=True).first()
    norway = Centre.objects.filter(slug="norway", is_hosted=True).first()
    if network is None or norway is None or Factsheet.objects.exists():
        return
    secretary, author = _person(network, Role.COORDINATOR), _person(norway, Role.DATA_OFFICER)
    if secretary is None or author is None:
        return
    today = now().astimezone(ZoneInfo(norway.time_zone)).date()
    round = MonitoringRound.objects.first() or actions.load_round(
        actor=secretary, centre=network, dates=Dates(*[today, today + dt.timedelta(days=365)] * 3)
    )
    reading = read((DATA / SOURCE).read_text(), words=words_of_round(round))
    sheet = actions.import_factsheet(
        actor=secretary, centre=network, round=round, party=norway, document=reading.document, source_name=SOURCE
    )
    actions.publish_factsheet(actor=secretary, centre=network, factsheet=sheet)
    _draft(sheet, author, today)


def _draft(sheet: Factsheet, author: User, today: dt.date) -> None:
    ask = sheet.asks.filter(recommendations__ref=ASK).select_related("chapter", "factsheet__round").get()
    colleague = _person(sheet.party, Role.COORDINATOR)
    made = actions.save_follow_up(
        actor=author,
        follow_up=FollowUp(factsheet=sheet, chapter=ask.chapter, ask=ask),
        words=Words(
            kind=FollowUp.Kind.MEASURE, dated_on=today, text=DRAFT, status="under-way", body="Kors på halsen",
            due_on=today + dt.timedelta(days=60), responsible=author, alternate=colleague,
        ),
        today=today,
    )  # fmt: skip
    training = next((one for one in logged(sheet.party) if one.kind == "training"), None)
    if training is not None:
        actions.add_evidence(actor=author, follow_up=made, today=today, thing=f"activity:{training.number}")


def _person(centre: Centre, role: Role) -> User | None:
    held = User.objects.filter(memberships__organisation__centre=centre, memberships__role=role)
    return held.order_by("pk").first()
