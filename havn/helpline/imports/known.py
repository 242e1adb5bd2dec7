"""What rows are held against, and the words by which codes are guessed."""

from zoneinfo import ZoneInfo

from havn.common.clock import now
from havn.helpline.imports.rules import Known
from havn.helpline.rules.figures import day_of
from havn.helpline.rules.record import AGE_BANDS, RISKS
from havn.tenancy.models import Service
from havn.vocabularies import api as vocabularies

RESULTS = ("answered", "left", "closed", "refused")
CHANNELS = ("chat", "phone", "letter", "mail", "web-form", "sms", "messenger", "forum", "in-person", "other")
LANGUAGES = (
    "nb", "nn", "da", "sv", "fi", "is", "en", "de", "fr", "nl", "es", "pt", "it", "pl", "cs", "sk", "hu", "ro", "bg",
    "el", "hr", "sl", "et", "lv", "lt", "mt", "ga", "uk", "ru", "ar", "so", "tr", "se", "fo", "kl",
)  # fmt: skip


def known_at(service: Service) -> Known:
    """The codes of every list over all its versions; of reasons also when each held."""
    centre_id = service.organisation.centre_id
    versions = vocabularies.versions_of("reason", centre_id=centre_id)
    reasons = [
        (one.code, one.valid_from, one.valid_to, frozenset(term.code for term in vocabularies.terms_in(one.code)))
        for one in versions
    ]
    every = sorted({code for *_days, codes in reasons for code in codes})
    codes: dict[str, tuple[str, ...]] = {
        "channel": CHANNELS,
        "result": RESULTS,
        "language": tuple(dict.fromkeys((*service.languages, *LANGUAGES))),
        "age_band": AGE_BANDS,
        "risk": RISKS,
        "online": ("yes", "no"),
        "feedback": ("3", "2", "1"),
        "reason": tuple(every),
        "reasons": tuple(every),
    }
    for name in ("person", "gender", "place", "outcome"):
        codes[name] = _codes(name, centre_id)
    zone = ZoneInfo(service.organisation.centre.time_zone)
    lines = {code: vocabularies.line_of("reason", code, centre_id=centre_id) for code in every}
    return Known(codes, reasons, lines, zone, day_of(now(), zone))


def labels_of(name: str, centre_id: int | None = None) -> dict[str, str]:
    """Every word in any language, in lower case, that means a code of this field."""
    dimension = {"reasons": "reason", "age_band": ""}.get(name, name)
    found: dict[str, str] = dict(_PLAIN.get(name, {}))
    for version in vocabularies.versions_of(dimension, centre_id=centre_id):
        for term in vocabularies.terms_in(version.code):
            found[term.code.casefold()] = term.code
            found |= {label.casefold(): term.code for label in term.labels.values()}
            found |= {one.label.casefold(): term.code for one in term.former_labels}
    return found


def _codes(dimension: str, centre_id: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for version in vocabularies.versions_of(dimension, centre_id=centre_id):
        found |= dict.fromkeys(term.code for term in vocabularies.terms_in(version.code))
    return tuple(found)


# Words that tables of helplines use for what no list names; English, Norwegian, Danish.
_PLAIN: dict[str, dict[str, str]] = {
    "online": {
        **dict.fromkeys(("yes", "y", "ja", "j", "1", "true", "online", "på nett"), "yes"),
        **dict.fromkeys(("no", "n", "nei", "nej", "0", "false", "offline", "ikke på nett"), "no"),
    },
    "result": {
        **dict.fromkeys(("answered", "besvart", "besvaret"), "answered"),
        **dict.fromkeys(("left", "abandoned", "forlot", "ubesvart", "forlod"), "left"),
        "closed": "closed", "stengt": "closed", "lukket": "closed", "refused": "refused",
    },
    "gender": {
        **dict.fromkeys(("girl", "female", "f", "jente", "pige", "kvinne", "kvinde"), "girl-or-woman"),
        **dict.fromkeys(("boy", "male", "m", "gutt", "dreng", "mann", "mand"), "boy-or-man"),
    },
    "channel": {"telefon": "phone", "tlf": "phone", "brev": "letter", "e-post": "mail", "e-mail": "mail"},
    "risk": dict(zip(RISKS, RISKS, strict=True)) | {"ingen": "none", "noe": "some", "høy": "high", "akutt": "imminent"},
    "feedback": {"3": "3", "2": "2", "1": "1", "yes": "3", "ja": "3", "a little": "2", "litt": "2", "lidt": "2",
                 "no": "1", "nei": "1", "nej": "1"},
    "age_band": {code: code for code in AGE_BANDS},
    "language": {code: code for code in LANGUAGES},
}  # fmt: skip
