"""Invented surveys, waves and answers."""

import datetime as dt
import itertools
import random
from typing import Any

from havn.common.clock import now
from havn.forms.api import Form, FormVersion, Kind
from havn.surveys.models import Answer, Survey, Wave
from havn.tenancy.models import Centre

_numbers = itertools.count(1)
DAY = dt.timedelta(days=1)


def choices(*codes: str) -> list[dict[str, Any]]:
    """Choices whose labels are their codes with a capital letter."""
    return [{"code": code, "label": {"en": code.capitalize()}} for code in codes]


def one(key: str, *codes: str, **more: Any) -> dict[str, Any]:
    """A question with one choice."""
    return {"key": key, "type": "one", "label": {"en": f"The {key}?"}, "choices": choices(*codes), **more}


def definition(*more: dict[str, Any], key: str = "club") -> dict[str, Any]:
    """Two parts: who somebody is, and what they do; the second opens a question for those who play."""
    return {
        "key": key,
        "language": "en",
        "languages": ["en"],
        "title": {"en": "The club"},
        "sections": [
            {"key": "who", "title": {"en": "About you"},
             "questions": [one("age", "young", "older"), one("gender", "girl", "boy")]},
            {"key": "play", "title": {"en": "Playing"}, "questions": [
                {"key": "plays", "type": "yes_no", "label": {"en": "Do you play?"}},
                one("where", "home", "school", show_if="plays"),
                {"key": "likes", "type": "many", "label": {"en": "What do you like?"},
                 "choices": choices("fun", "friends", "winning")},
                *more]},
            {"key": "older", "title": {"en": "For older ones"}, "show_if": 'age == "older"',
             "questions": [{"key": "money", "type": "yes_no", "label": {"en": "Do you pay?"}}]},
        ],
    }  # fmt: skip


def make_version(centre: Centre, raw: dict[str, Any] | None = None) -> FormVersion:
    """A form of the kind "survey" in use."""
    raw = raw or definition(key=f"club_{next(_numbers)}")
    form, _made = Form.objects.get_or_create(
        centre=centre, key=raw["key"], defaults={"kind": Kind.SURVEY, "made_at": now()}
    )
    moment = now()
    return FormVersion.objects.create(
        form=form, number=form.versions.count() + 1, definition=raw, made_at=moment, changed_at=moment,
        frozen_at=moment,
    )  # fmt: skip


def make_survey(centre: Centre, **fields: Any) -> Survey:
    """A survey with every text a child must read."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"survey-{number}",
        "title": {"en": f"Survey {number}"},
        "for_whom": {"en": "For you who are 9 to 17."},
        "why": {"en": "We want to know how it is."},
        "afterwards": {"en": "We read it and tell the minister."},
        "guardian": {"en": "Ask us if you wonder."},
        "made_at": now(),
    }
    return Survey.objects.create(centre=centre, **{**values, **fields})


def make_wave(survey: Survey, **fields: Any) -> Wave:
    """A wave that opened yesterday and is open for a week."""
    version = fields.pop("form_version", None) or make_version(survey.centre)
    values: dict[str, Any] = {
        "number": survey.waves.count() + 1,
        "form_version": version,
        "opens_at": now() - DAY,
        "closes_at": now() + 7 * DAY,
        "approved_at": now() - DAY,
    }
    return Wave.objects.create(survey=survey, **{**values, **fields})


def over(**fields: Any) -> dict[str, Any]:
    """Times of a wave that closed two days ago."""
    return {"opens_at": now() - 9 * DAY, "closes_at": now() - 2 * DAY, "approved_at": now() - 9 * DAY, **fields}


def some_answers(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Answers to `definition`, always the same ones for a seed."""
    draw, found = random.Random(seed), []
    for _number in range(count):
        told: dict[str, Any] = {"age": draw.choice(["young", "older"]), "gender": draw.choice(["girl", "boy"])}
        told["plays"] = draw.random() < 0.7
        if told["plays"]:
            told["where"] = draw.choice(["home", "home", "school"])
        told["likes"] = [code for code in ("fun", "friends", "winning") if draw.random() < 0.5]
        found.append(told)
    return found


def fill(wave: Wave, answers: list[dict[str, Any]], week: str = "2026-W48") -> None:
    """Put answers into a wave as if children had given them."""
    Answer.objects.bulk_create(Answer(wave=wave, week=week, answers=one) for one in answers)
