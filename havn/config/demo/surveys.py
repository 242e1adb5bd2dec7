"""An anonymous survey about gaming in Norway: two waves that are over, with published results, and one that is open.

Made once. All answers are invented by a generator that always draws the same ones.
"""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from havn.common.clock import now
from havn.forms.api import Definition, Question, Type, check, newest_frozen
from havn.surveys.actions.counting import count
from havn.surveys.models import Answer, Survey, Wave
from havn.surveys.queries.surveys import definition_of
from havn.surveys.rules.states import week_of
from havn.tenancy.models import Centre

FORM, SLUG = "gaming_under_18", "gaming"
BEFORE, ANSWERED, SO_FAR = 160, 240, 23
WEIGHTS = {"age_band": [35, 40, 22, 3], "gender": [48, 46, 3, 3]}
"""How often each choice is drawn; others the first most often."""
TEXTS: dict[str, dict[str, str]] = {
    "title": {"en": "Gaming: what do you think?", "nb": "Spill: hva synes du?"},
    "for_whom": {"en": "For you who are 9 to 17.", "nb": "For deg som er mellom 9 og 17 år."},
    "why": {
        "en": "We are the Safer Internet Centre (in this demonstration: nobody). We want to know what is good and what "
        "is not when you play, because adults decide about games and seldom ask.",
        "nb": "Vi er Safer Internet Centre (i denne demonstrasjonen: ingen). Vi vil vite hva som er bra og ikke bra "
        "når du spiller, for voksne bestemmer om spill og spør sjelden.",
    },
    "afterwards": {
        "en": "We count the answers. We tell the people who make rules for games what you said, and write here what "
        "they answered.",
        "nb": "Vi teller svarene. Vi forteller dem som lager regler for spill, hva dere sa, og skriver her hva de "
        "svarte.",
    },
    "guardian": {
        "en": "The survey asks for choices only and keeps nothing that could tell who answered. It takes five minutes "
        "and can be stopped at any time. Children under 12 do best with an adult near who does not look.",
        "nb": "Undersøkelsen har bare valg å krysse av og lagrer ingenting som kan vise hvem som svarte. Den tar fem "
        "minutter og kan stoppes når som helst. Barn under 12 bør ha en voksen i nærheten som ikke ser på.",
    },
}
OUTCOME_BEFORE = {
    "en": "You told us that you want to decide yourselves who may write to you in a game. We made a page that shows "
    "how to turn it off in ten games. (Invented, like all the numbers.)",
    "nb": "Dere sa at dere vil bestemme selv hvem som kan skrive til dere i et spill. Vi laget en side som viser "
    "hvordan du skrur det av i ti spill. (Oppdiktet, som alle tallene.)",
}
OUTCOME = {
    "en": "You told us that it is hard to report somebody who is mean. We showed the numbers to three makers of games. "
    "One of them is changing its button so that you find it during the game. Two said no, and we are asking again. "
    "(Invented, like all the numbers.)",
    "nb": "Dere sa at det er vanskelig å melde fra om noen som er slemme. Vi viste tallene til tre som lager spill. Én "
    "av dem endrer knappen, så du finner den mens du spiller. To sa nei, og vi spør igjen. (Oppdiktet, som alle "
    "tallene.)",
}


def load_surveys(centre: Centre) -> None:
    """The survey of the Norwegian centre; what is there stays."""
    version = newest_frozen(FORM)
    if centre.slug != "norway" or version is None or Survey.objects.filter(centre=centre, slug=SLUG).exists():
        return
    survey = Survey.objects.create(centre=centre, slug=SLUG, made_at=now(), **TEXTS)
    today = now().astimezone(ZoneInfo(centre.time_zone)).date()
    for number, children, opened, outcome in ((1, BEFORE, 400, OUTCOME_BEFORE), (2, ANSWERED, 230, OUTCOME)):
        opens = today - dt.timedelta(days=opened)
        wave = _wave(survey, number, version.pk, opens, opens + dt.timedelta(days=30))
        _answer(wave, children, seed=number)
        count(wave)
        told_at = wave.closes_at + dt.timedelta(days=50)
        Wave.objects.filter(pk=wave.pk).update(outcome=outcome, outcome_at=told_at, published_at=told_at)
    _answer(_wave(survey, 3, version.pk, today - dt.timedelta(days=6), today + dt.timedelta(days=60)), SO_FAR, seed=3)


def _wave(survey: Survey, number: int, version_id: int, opens: dt.date, closes: dt.date) -> Wave:
    zone = ZoneInfo(survey.centre.time_zone)
    return Wave.objects.create(
        survey=survey, number=number, form_version_id=version_id, split_by=["age_band", "gender"],
        opens_at=dt.datetime.combine(opens, dt.time(), zone), closes_at=dt.datetime.combine(closes, dt.time(), zone),
        approved_at=dt.datetime.combine(opens, dt.time(), zone) - dt.timedelta(days=1),
    )  # fmt: skip


def _answer(wave: Wave, children: int, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - invented answers, the same on every machine
    definition, week = definition_of(wave), week_of(wave.opens_at.date())
    Answer.objects.bulk_create(
        Answer(wave=wave, week=week, answers=_one(definition, draw)) for _child in range(children)
    )


def _one(definition: Definition, draw: random.Random) -> dict[str, Any]:
    given = {key: _drawn(question, draw) for key, question in definition.questions.items()}
    return check(definition, {key: value for key, value in given.items() if value is not None}, final=False).answers


def _drawn(question: Question, draw: random.Random) -> Any:
    """What somebody might answer: the first choices more often than the last."""
    if draw.random() < 0.04:
        return None
    match question.type:
        case Type.ONE:
            return _choice(question.codes, draw, WEIGHTS.get(question.key))
        case Type.MANY:
            most = int(question.most or len(question.codes))
            found = [code for at, code in enumerate(question.codes) if draw.random() < 0.55 / (1 + at * 0.35)]
            return found[:most] or None
        case Type.SCALE:
            return draw.choice([3, 4, 4, 5, 5, 2])
        case Type.YES_NO:
            return draw.random() < 0.6
        case Type.MATRIX:
            columns = question.column_codes or [str(step) for step in range(1, 6)]
            return {row: _choice(columns, draw) for row in question.row_codes}
    return None


def _choice(codes: Sequence[str], draw: random.Random, usual: Sequence[float] | None = None) -> str:
    weights = usual or [1 / (1 + at * 0.6) for at in range(len(codes))]
    return draw.choices(list(codes), weights)[0]
