"""Drafts of forms that somebody is at: one at the network, one in Norway. Invented, and made once."""

from typing import Any

from havn.accounts.models import Role, User
from havn.forms.actions import drafts
from havn.forms.models import Form
from havn.tenancy.models import Centre

NETWORK: dict[str, Any] = {
    "key": "training_needs", "language": "en", "languages": ["en", "nb", "da"],
    "title": {"en": "What training do you need next year?", "nb": "Hvilken opplæring trenger dere neste år?"},
    "about": {"en": "Takes five minutes. The answers plan the training meetings of the network."},
    "sections": [
        {"key": "needs", "title": {"en": "Your needs", "nb": "Deres behov"}, "questions": [
            {"key": "topics", "type": "many", "most": 3, "other": True, "required": True,
             "label": {"en": "Which topics would help you most?", "nb": "Hvilke temaer ville hjelpe dere mest?"},
             "help": {"en": "At most three."},
             "choices": [
                 {"code": "extortion", "label": {"en": "Sexual extortion", "nb": "Seksuell utpressing"}},
                 {"code": "generated", "label": {"en": "Generated pictures and voices"}},
                 {"code": "gaming", "label": {"en": "Games and spending", "nb": "Spill og penger"}},
                 {"code": "care", "label": {"en": "Care for counsellors"}}]},
            {"key": "people", "type": "matrix", "cell": "number", "least": 0, "most": 500,
             "label": {"en": "How many people would come?", "nb": "Hvor mange ville komme?"},
             "rows": [{"code": "counsellors", "label": {"en": "Counsellors", "nb": "Veiledere"}},
                      {"code": "editors", "label": {"en": "Editors", "nb": "Redaktører"}}],
             "columns": [{"code": "on_site", "label": {"en": "On site", "nb": "På stedet"}},
                         {"code": "online", "label": {"en": "Online", "nb": "På nett"}}]},
            {"key": "total", "type": "number", "label": {"en": "People in all", "nb": "Personer i alt"}, "least": 0},
            {"key": "host", "type": "yes_no", "label": {"en": "Could you host a meeting?"}},
            {"key": "where", "type": "text", "label": {"en": "Where, and for how many?"}, "show_if": "host == true"}]},
    ],
    "computed": [{"key": "reach", "label": {"en": "People to plan for"}, "value": "sum(people)", "shown": True,
                  "bands": [{"from": 0, "label": {"en": "One room"}}, {"from": 40, "label": {"en": "A hall"}}]}],
    "checks": [{"key": "total_check", "level": "error", "at": "total", "holds": "sum(people) == total",
                "message": {"en": "The table does not add up to {total}."}}],
}  # fmt: skip
NORWAY: dict[str, Any] = {
    "key": "skolebesok", "language": "nb", "languages": ["nb", "en"],
    "title": {"nb": "Skolebesøk", "en": "Visits to schools"}, "about": {"nb": "Én gang for hver dag dere er på besøk."},
    "sections": [
        {"key": "dagen", "title": {"nb": "Dagen", "en": "The day"}, "questions": [
            {"key": "dato", "type": "date", "label": {"nb": "Når var dere der?", "en": "When were you there?"}},
            {"key": "stemning", "type": "scale", "least": 1, "most": 5, "label": {"nb": "Hvordan var stemningen?"},
             "low": {"nb": "Trist"}, "high": {"nb": "God"}},
            {"key": "hendelse", "type": "yes_no", "label": {"nb": "Var det noe som må følges opp?"}},
            {"key": "hva", "type": "text", "lines": 4, "label": {"nb": "Hva må følges opp? Ingen navn."},
             "show_if": "hendelse == true", "required": True}]},
        {"key": "klasser", "title": {"nb": "Klassene", "en": "The classes"},
         "repeat": {"least": 1, "most": 8, "title": {"nb": "Klasse", "en": "Class"}}, "questions": [
            {"key": "trinn", "type": "number", "label": {"nb": "Trinn", "en": "Year"}, "least": 1, "most": 13},
            {"key": "elever", "type": "number", "label": {"nb": "Elever", "en": "Pupils"}, "least": 0, "most": 200}]},
    ],
    "computed": [{"key": "alle_elever", "label": {"nb": "Elever i alt"}, "value": "sum(elever)", "shown": True}],
    "checks": [],
}  # fmt: skip
_DRAFTS = (("network", "other", NETWORK), ("norway", "other", NORWAY))


def load_forms() -> None:
    """Make the drafts that are missing, by a data officer of the centre."""
    for slug, kind, definition in _DRAFTS:
        centre = Centre.objects.get(slug=slug)
        if not Form.objects.filter(centre=centre, key=definition["key"]).exists():
            officer = User.objects.filter(
                memberships__organisation__centre=centre, memberships__role=Role.DATA_OFFICER
            ).first()
            if officer is not None:
                drafts.start_form(actor=officer, centre=centre, kind=kind, definition=definition)
