"""A small form with everything in it that the README shows, and more."""

import copy
from typing import Any

from havn.forms.rules.definition import Definition
from havn.forms.rules.parsing import parse

RAW: dict[str, Any] = {
    "key": "club_year", "language": "en", "languages": ["en", "nb"],
    "title": {"en": "The club's year", "nb": "Klubbens år"}, "about": {"en": "Takes ten minutes."},
    "sections": [
        {"key": "numbers", "title": {"en": "Numbers", "nb": "Tall"}, "questions": [
            {"key": "members", "type": "number", "label": {"en": "How many members?", "nb": "Hvor mange medlemmer?"},
             "help": {"en": "On 31 December."}, "required": True, "least": 0, "most": 5000, "basis": True},
            {"key": "met", "type": "yes_no", "label": {"en": "Did you meet?"}},
            {"key": "why_not", "type": "text", "lines": 3, "longest": 50, "label": {"en": "Why not?"},
             "show_if": "not met", "required": "members > 10"},
            {"key": "colour", "type": "one", "other": True, "label": {"en": "Colour?"}, "choices": [
                {"code": "red", "label": {"en": "Red", "nb": "Rød"}, "score": 2},
                {"code": "blue", "label": {"en": "Blue"}, "score": 1}]},
            {"key": "days", "type": "many", "most": 2, "label": {"en": "Which days?"}, "choices": [
                {"code": "mon", "label": {"en": "Monday"}}, {"code": "tue", "label": {"en": "Tuesday"}},
                {"code": "wed", "label": {"en": "Wednesday"}}]},
            {"key": "liked", "type": "scale", "least": 1, "most": 5, "low": {"en": "not at all"},
             "high": {"en": "very much"}, "label": {"en": "Did you like it?"}},
        ]},
        {"key": "tables", "title": {"en": "Tables"}, "show_if": "members > 0", "questions": [
            {"key": "by_age", "type": "matrix", "cell": "number", "least": 0, "label": {"en": "Members by age"},
             "rows": [{"code": "young", "label": {"en": "Young"}}, {"code": "old", "label": {"en": "Old"}}],
             "columns": [{"code": "girls", "label": {"en": "Girls"}}, {"code": "boys", "label": {"en": "Boys"}}]},
            {"key": "often", "type": "matrix", "cell": "one", "label": {"en": "How often?"},
             "rows": [{"code": "swim", "label": {"en": "Swim"}}, {"code": "run", "label": {"en": "Run"}}],
             "columns": [{"code": "never", "label": {"en": "Never"}}, {"code": "often", "label": {"en": "Often"}}]},
            {"key": "rated", "type": "matrix", "cell": "scale", "least": 0, "most": 3, "label": {"en": "Rate"},
             "rows": [{"code": "food", "label": {"en": "Food"}}]},
            {"key": "founded", "type": "date", "label": {"en": "Founded?"}},
            {"key": "plan", "type": "file", "kinds": ["pdf"], "largest": 1000, "label": {"en": "The plan"}},
        ]},
        {"key": "trips", "title": {"en": "Trips"}, "repeat": {"least": 0, "most": 3, "title": {"en": "Trip"}},
         "questions": [
            {"key": "trip_people", "type": "number", "label": {"en": "How many came?"}, "required": True},
            {"key": "trip_crowd", "type": "text", "label": {"en": "How did you keep them together?"},
             "show_if": "trip_people > 20"}]},
    ],
    "computed": [
        {"key": "travellers", "label": {"en": "All who came along"}, "value": "sum(trip_people)",
         "bands": [{"from": 0, "label": {"en": "Few"}, "advice": {"en": "Try a shorter trip."}},
                   {"from": 50, "label": {"en": "Many"}}]},
        {"key": "hidden", "label": {"en": "Hidden"}, "value": "travellers / members", "shown": False}],
    "checks": [
        {"key": "steady", "level": "warning", "at": "members",
         "holds": "abs(members - before.members) <= 0.3 * before.members",
         "message": {"en": "Last year there were {before.members}. Say what changed."}},
        {"key": "ages", "level": "error", "at": "by_age", "holds": "sum(by_age) == members",
         "message": {"en": "The ages must add up to {members}.", "nb": "Aldrene må bli {members}."}},
        {"key": "bus", "level": "error", "at": "trip_people", "holds": "trip_people <= 60",
         "message": {"en": "The bus takes 60, not {trip_people}."}}],
}  # fmt: skip


def raw() -> dict[str, Any]:
    """A copy to change."""
    return copy.deepcopy(RAW)


def definition() -> Definition:
    return parse(RAW)
