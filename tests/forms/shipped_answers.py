"""Answers to the forms that come with Havn: sound ones, and what makes each of their checks fail."""

from typing import Any

Answers = dict[str, Any]
_AREAS = ("need", "fit", "sure", "privacy", "security", "easy", "fair", "clear", "heard", "rights")
_CHAPTERS = ("law_defined", "law_consent", "law_extortion", "units", "trained", "helpline", "helpline_trained",
"removal",
             "curriculum", "campaigns", "teachers")  # fmt: skip


def _column(name: str, **numbers: int) -> dict[str, dict[str, int]]:
    return {row.replace("_", "-"): {name: number} for row, number in numbers.items()}


RIGHT: dict[str, Answers] = {
    "helpline_quarter": {
        "contacts": 100, "offline": 50, "offered": 200, "answered": 160, "system_changed": False, "knows_place": True,
        "channel": _column("contacts", phone=40, chat=60), "person": _column("contacts", child_5_11=70, unknown=30),
        "age": {"9-11": {"contacts": 90}, "unknown": {"contacts": 10}},
        "gender": _column("contacts", girl_or_woman=60, unknown=40),
        "reason": _column("contacts", cyberbullying=70, other=30), "place": _column("contacts", social_media=80),
    },
    "hotline_quarter": {
        "reports": 300, "from_public": 200, "duplicates": 30, "duplicate_rule": "address",
        "processed": 250, "illegal": 120,
        "kind": _column("reports", csam=120, not_illegal=130), "site": _column("reports", website=120),
        "hosting": _column("reports", world=120), "passed_on": _column("reports", police=120, host=90),
        "removal": _column("reports", removed=100, there=10), "within_day": 60, "source_changed": False,
    },
    "awareness_data": {
        "activity": {"training": {"activities": 12}}, "activity.basis": "counted", "schools": 40,
        "schools.basis": "counted", "visits": 9000,
        "visits.basis": "platform", "how_known": "Our own statistics without cookies", "took_part_parents": 80,
        "took_part_parents.basis": "counted",
    },
    "safer_internet_day": {
        "held_on": "2026-02-10", "forms": ["school"], "children": 900, "adults": 80, "children.basis": "counted",
        "adults.basis": "estimate", "article_title": "A good day", "article": "Pupils planned it.", "may_publish": True,
    },
    "quality_visit": {
        "began": "2026-03-02", "ended": "2026-03-03", "place": "site", "cluster": False, "strands": ["helpline"],
        "agenda": [{"agenda_topic": "Round table"}], "members": 3, "helpline_state": 4,
        "findings": [{"finding_strand": "helpline", "finding_what": "Chat is open at night", "finding_kind": "good"}],
    },
    "age_assurance": {
        "service_kind": "game", "methods": ["token"], "youngest": 13,
        **{f"{area}_{number}": "yes" for area in _AREAS for number in (1, 2)},
    },
    "thematic_monitoring": {
        "body": "Ministry", "consulted": ["children"], "children_how": "Workshops",
        **dict.fromkeys(_CHAPTERS, "yes"), **{f"{key}_how": "By law" for key in _CHAPTERS},
        "cases": {"reported": {"under-14": 9}, "prosecuted": {"under-14": 4}, "convicted": {"under-14": 2}},
        "figures_source": "Police",
    },
    "gaming_under_18": {
        "age_band": "9-11", "gender": "girl", "plays": "daily", "with_whom": ["friends"], "happy": 5,
        "happened": {"mean": "sometimes"}, "wishes": ["kind", "money"],
    },
}  # fmt: skip

BEFORE: dict[str, Answers] = {
    "helpline_quarter": {"contacts": 95, "answered_share": 82}, "hotline_quarter": {"reports": 290},
    "awareness_data": {"visits": 8000, "schools": 45}, "safer_internet_day": {"children": 1000},
}  # fmt: skip
YEAR_BEFORE: dict[str, Answers] = {"helpline_quarter": {"contacts": 120}, "hotline_quarter": {"reports": 310}}

_H, _L, _A, _D, _V = "helpline_quarter", "hotline_quarter", "awareness_data", "safer_internet_day", "quality_visit"
_S, _M, _G = "age_assurance", "thematic_monitoring", "gaming_under_18"
WRONG: list[tuple[str, Answers, str, str]] = [
    (_H, {"channel": {"phone": {"contacts": 99}}}, "channel", "channels_add_up"),
    (_H, {"person": {"unknown": {"contacts": 99}}}, "person", "persons_add_up"),
    (_H, {"age": {"9-11": {"contacts": 99}}}, "age", "ages_add_up"),
    (_H, {"gender": {"unknown": {"contacts": 99}}}, "gender", "genders_add_up"),
    (_H, {"reason": {"other": {"contacts": 99}}}, "reason", "reasons_add_up"),
    (_H, {"place": {"unknown": {"contacts": 101}}}, "place", "places_within"),
    (_H, {"answered": 201}, "answered", "answered_within"),
    (_H, {"answered": 149}, "answered", "talks_within"),
    (_H, {"answered": 120}, "answered", "share_steady"),
    (_H, {"contacts": 150}, "contacts", "last_quarter"),
    (_H, {"contacts": 181}, "contacts", "last_year"),
    (_H, {"contacts": None}, "contacts", "required"),
    (_H, {"system_changed": True}, "system_what", "required"),
    (_H, {"reason": {"sextortion": {"contacts": 100}}}, "reason", "unknown-row"),
    (_L, {"from_public": 301}, "from_public", "public_within"),
    (_L, {"duplicates": 301}, "duplicates", "duplicates_within"),
    (_L, {"processed": 251}, "kind", "kinds_add_up"),
    (_L, {"illegal": 251}, "illegal", "illegal_within"),
    (_L, {"illegal": 121}, "illegal", "illegal_not_more"),
    (_L, {"illegal": 119}, "site", "sites_add_up"),
    (_L, {"illegal": 119}, "hosting", "hosting_adds_up"),
    (_L, {"removal": {"removed": {"reports": 121}}}, "removal", "removal_within"),
    (_L, {"within_day": 101}, "within_day", "day_within"),
    (_L, {"reports": 400}, "reports", "last_quarter"),
    (_L, {"reports": 500}, "reports", "last_year"),
    (_L, {"duplicate_rule": ""}, "duplicate_rule", "required"),
    (_A, {"how_known": ""}, "how_known", "says_how"),
    (_A, {"visits.basis": ""}, "visits.basis", "no-basis"),
    (_A, {"activity.basis": ""}, "activity.basis", "no-basis"),
    (_A, {"social_reach": 900, "social_reach.basis": "platform", "how_known": ""}, "how_known", "says_how"),
    (_A, {"trainers_active": 9}, "trainers_active.basis", "no-basis"),
    (_A, {"sheets": 9, "sheets.basis": "counted", "satisfaction": 4.5}, "satisfaction.basis", "no-basis"),
    (_A, {"visits": 80000}, "visits", "visits_steady"),
    (_A, {"schools": 90}, "schools", "schools_steady"),
    (_A, {"activity": {"training": {"activities": 0}}}, "activity", "something_done"),
    (_D, {"children": 0, "adults": 0}, "children", "anyone"),
    (_D, {"children": 5000}, "children", "reach_steady"),
    (_D, {"article": ""}, "article", "required"),
    (_V, {"ended": "2026-03-01"}, "ended", "order_of_days"),
    (_V, {"findings": []}, "practice", "found_something"),
    (_V, {"findings": [{"finding_strand": "whole", "finding_what": "Hours", "finding_kind": "must",
                        "finding_until": "2026-03-01"}]}, "findings.0.finding_until", "due_after"),
    (_V, {"cluster": True}, "cluster_with", "required"),
    (_V, {"helpline_state": 2}, "helpline_challenge", "required"),
    (_V, {"agenda": []}, "agenda", "too-few-rows"),
    (_S, {"methods": ["none", "token"]}, "methods", "none_alone"),
    (_S, {"methods": ["says"], "service_kind": "adult"}, "methods", "says_only"),
    (_S, {"need_1": ""}, "need_1", "required"),
    (_M, {"cases": {"reported": {"14-17": 1}, "prosecuted": {"14-17": 2}}}, "cases", "prosecuted_within"),
    (_M, {"cases": {"prosecuted": {"14-17": 1}, "convicted": {"14-17": 2}}}, "cases", "convicted_within"),
    (_M, {"consulted": ["police"]}, "consulted", "children_heard"),
    (_M, {"units": "no"}, "units_plan", "required"),
    (_M, {"units_how": ""}, "units_how", "required"),
    (_M, {"figures_source": ""}, "figures_source", "required"),
    (_G, {"wishes": ["kind", "money", "stop", "report"]}, "wishes", "too-many-chosen"),
    (_G, {"age_band": "18"}, "age_band", "not-a-choice"),
    (_G, {"happened": {"mean": "daily"}}, "happened.mean", "not-a-choice"),
]  # fmt: skip


def right(key: str) -> tuple[Answers, Answers, Answers]:
    """Sound answers, and those of the last period and of the year before."""
    return dict(RIGHT[key]), BEFORE.get(key, {}), YEAR_BEFORE.get(key, {})
