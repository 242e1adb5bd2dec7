"""Trends for the demo: the published history, quarters with invented numbers, an article, and early warning."""

import datetime as dt
import random

from django.db import transaction

from havn.accounts.models import Membership, Role, User
from havn.common.clock import now
from havn.tenancy.models import Centre, Organisation, Service
from havn.trends.actions import articles
from havn.trends.actions.meetings import call_meeting
from havn.trends.api import Quarter, QuarterReport, load_history, quarter_of, take_report
from havn.trends.auditing import audit_article
from havn.trends.models import Article, Comparison, Confirmation, Observation, Signal
from havn.trends.queries.network import facts_of, totals_by_centre
from havn.trends.queries.warning import monday_of
from havn.trends.rules.warning import Judged, judge
from havn.trends.sources import sources
from havn.vocabularies import api as vocabularies

WEEK = dt.timedelta(days=7)
# Of each five countries in the order of their codes, those that did not report.
MISSING = (0, 3)
# How the invented contacts fall, roughly as the network's articles describe its quarters.
SHARES = {
    "reason": {
        "cyberbullying": 14, "oscec": 9, "e-crime": 8, "love-relationships-sexuality": 8, "ncsii": 6, "sexting": 5,
        "pornography": 5, "potentially-harmful-content": 6, "grooming": 4, "sexual-harassment": 4, "self-harm": 3,
        "suicide": 4, "hate-speech": 2, "fake-news": 2, "radicalisation-terrorism": 1, "excessive-use": 5, "gaming": 3,
        "online-reputation": 2, "data-privacy": 4, "technical-settings": 2, "media-literacy": 2,
        "advertising-commercialism": 1,
    },
    "channel": {"phone": 43, "chat": 34, "e-mail": 13, "web-form": 8, "other": 2},
    "person": {
        "teen-12-18": 61, "child-5-11": 14, "parent-or-carer": 17, "teacher": 4, "other-adult": 3, "unknown": 5,
    },
    "gender": {"girl-or-woman": 53, "boy-or-man": 42, "other": 2, "unknown": 8},
    "place": {"social-media": 55, "messaging": 22, "gaming": 11, "other": 6, "unknown": 70},
}  # fmt: skip
OBSERVATIONS = (
    (
        "norway", "denmark", "oscec",
        "Boys of about 15 to 17 tell of video calls that were recorded, and of demands for money within minutes. The "
        "callers now write without mistakes.",
    ),
    (
        "denmark", "", "ncsii",
        "More ask about pictures that were made from ordinary ones with an app. Classmates pass them on.",
    ),
)  # fmt: skip


# What a helpline hears of one reason in a week, and in the last one.
WEEKS = (5, 6, 7, 7, 8, 8, 8, 9, 9, 10, 11, 12)
RISEN = 21


def load_trends() -> None:
    """Load the history, and invent the rest once."""
    load_history()
    centre = Centre.objects.filter(kind=Centre.Kind.NETWORK, is_demo=True).first()
    if centre is None or Article.objects.filter(centre=centre).exists():
        return
    last = quarter_of(now().date()).before
    dice = random.Random("trends")  # noqa: S311 - invented figures, the same on every machine
    _quarters(last, dice)
    _articles(centre, last)
    _warning(centre)


def _quarters(last: Quarter, dice: random.Random) -> None:
    lines = Service.objects.filter(kind=Service.Kind.HELPLINE)
    members = list(
        Centre.objects.national().filter(pk__in=lines.values("organisation__centre_id")).order_by("country_code")
    )
    reporting = [one for at, one in enumerate(members) if at % 5 not in MISSING or one.country_code in ("NO", "DK")]
    quarters = (last.year_before, last.before, last)
    there = {quarter: totals_by_centre(quarter) for quarter in quarters}
    waits = {pk for source in sources() for pk in source.asked(last) or ()}
    for one in reporting:
        # What rounds brought stays, and other quarters are made to fit; whom a round still asks has not reported.
        known = next((facts for quarter in reversed(quarters) if (facts := _flat(facts_of(one.pk, quarter)))), None)
        facts = known or _facts(dice.randint(150, 2200), dice)
        for quarter, grown in zip(quarters, (0.9, 0.95, 1.0), strict=True):
            if one.pk not in there[quarter] and (quarter != last or one.pk not in waits):
                scheme = vocabularies.version_on("reason", on=quarter.last)
                take_report(QuarterReport(one.pk, quarter, scheme, 1, _scaled(facts, grown, dice)))
    for one in reporting[::2]:
        Comparison.objects.update_or_create(centre=one, defaults={"is_open": True, "decided_at": now()})


def _flat(facts: dict[str, dict[str, int]]) -> dict[tuple[str, str], int]:
    return {(dimension, code): number for dimension, numbers in facts.items() for code, number in numbers.items()}


def _scaled(facts: dict[tuple[str, str], int], grown: float, dice: random.Random) -> dict[tuple[str, str], int]:
    """Another quarter of the same helpline: each number about as much smaller, every list up to the total."""
    found = {key: round(number * grown * dice.uniform(0.97, 1.03)) for key, number in facts.items()}
    total = found["total", "all"]
    for dimension in SHARES:
        mine = [key for key in found if key[0] == dimension]
        if mine:
            largest = max(mine, key=lambda key: found[key])
            found[largest] = max(0, found[largest] + total - sum(found[key] for key in mine))
    return found


def _facts(total: int, dice: random.Random) -> dict[tuple[str, str], int]:
    found = {("total", "all"): total}
    for dimension, shares in SHARES.items():
        weights = {code: weight * dice.uniform(0.6, 1.4) for code, weight in shares.items()}
        whole, left = sum(weights.values()), total
        for code, weight in weights.items():
            number = min(left, round(total * weight / whole))
            found[dimension, code] = number
            left -= number
        largest = max(shares, key=lambda code: shares[code])
        found[dimension, largest] += left
    return found


def _articles(centre: Centre, last: Quarter) -> None:
    coordinator = User.objects.filter(
        memberships__organisation__centre=centre, memberships__role=Role.COORDINATOR
    ).first()
    if coordinator is None or Article.objects.filter(centre=centre).exists():
        return
    for quarter in (last.before, last):
        article = articles.draft_article(actor=coordinator, centre=centre, quarter=quarter)
        audit_article.call(article.pk)
        if quarter == last.before:
            articles.publish_article(actor=coordinator, article=article)


@transaction.atomic
def _warning(network: Centre) -> None:
    """The data officers of both demo centres are of the group, so that one may confirm what the other noticed."""
    here = {one.slug: one for one in Centre.objects.filter(is_demo=True)}
    for role in Membership.objects.filter(role=Role.DATA_OFFICER, organisation__centre__kind=Centre.Kind.NATIONAL):
        Membership.objects.get_or_create(user=role.user, organisation=role.organisation, role=Role.EARLY_WARNING)
    week = monday_of(now().date()) - WEEK
    for made_at, confirmed_by, reason, text in OBSERVATIONS:
        if made_at not in here:
            continue
        made = Observation.objects.create(
            centre=here[made_at], week=week, text=text, reasons=[reason], language="en", made_at=now()
        )
        if confirmed_by in here:
            Confirmation.objects.create(
                observation=made, centre=here[confirmed_by], words="Here since the autumn holidays.", made_at=now()
            )
    service = Service.objects.filter(organisation__centre=here.get("norway"), slug="kors-pa-halsen").first()
    if service is not None and "norway" in here:
        judged = judged_week()
        Signal.objects.create(
            centre=here["norway"], service=service, week=week, reason="oscec", count=judged.count,
            expected=judged.expected, chance=judged.chance, is_long=judged.is_long, found_at=now(),
        )  # fmt: skip
    leader = User.objects.filter(
        memberships__organisation__in=Organisation.objects.filter(centre=network),
        memberships__role=Role.EARLY_WARNING,
    ).first()
    if leader is not None:
        day = dt.datetime.combine(week + WEEK * 2 + dt.timedelta(days=4), dt.time(10), dt.UTC)
        call_meeting(actor=leader, centre=network, starts_at=day, place="Online")


def judged_week() -> Judged:
    """A signal out of a year of invented weeks, judged as real ones are."""
    dice = random.Random("signal")  # noqa: S311 - invented figures, the same on every machine
    judged = judge([*(dice.choice(WEEKS) for _week in range(52)), RISEN])
    assert judged is not None
    return judged
