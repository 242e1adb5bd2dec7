"""The shape of what the screens of the letterbox send."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from havn.helpline.forms_desk import whole_number
from havn.letterbox.models import LetterboxSettings
from havn.letterbox.queries.letters import STATES, Wish
from havn.letterbox.rules.marks import marks_in, replaced
from havn.letterbox.rules.publishing import TOPICS_MOST, Version
from havn.letterbox.rules.second_reading import ALWAYS, NEVER, NEWCOMERS
from havn.live.texts import Unreadable, clean


def read_wish(asked: Mapping[str, str], languages: list[str]) -> Wish:
    """What of the letters is asked for. What cannot be is not asked for."""
    state, language = asked.get("state", ""), asked.get("language", "")
    return Wish(
        state=state if state in STATES else "open",
        language=language if language in languages else "",
        mine=asked.get("mine") == "1",
        after=_key(asked.get("after", "")),
    )


def text_of(posted: Mapping[str, str], name: str = "text") -> str:
    """A text without invisible and controlling characters; what is no text counts as none."""
    try:
        return clean(posted.get(name, "").replace("\x00", ""))
    except Unreadable:
        return ""


def version_number(posted: Mapping[str, str]) -> int:
    """Of which save the screen was made; 0 of none."""
    return whole_number(posted.get("version"), 0)


def seen_place(posted: Mapping[str, str]) -> int:
    """The last place of the letter's log that the screen showed; 0 of none."""
    return whole_number(posted.get("seen"), 0)


def read_version(posted: Any, before: Version, languages: list[str], topics: list[str]) -> Version:
    """The version as it was sent: the words, then what was decided about each mark of the screen before.

    A mark is kept with `mark-<n>=keep`, or its words are changed for `with-<n>` with `mark-<n>=change`, everywhere.
    """
    language = posted.get("language", "")
    version = Version(
        title=text_of(posted, "title").replace("\n", " ").strip(),
        question=text_of(posted, "question").strip(),
        answer=text_of(posted, "answer").strip(),
        language=language if language in languages else before.language,
        topics=tuple(code for code in topics if code in posted.getlist("topics"))[:TOPICS_MOST],
    )
    kept = [key for key in posted.getlist("kept") if len(key) < 300]
    for place, key in enumerate(posted.getlist("mark")):
        match posted.get(f"mark-{place}"):
            case "keep":
                kept.append(key)
            case "change":
                version = _changed(version, key, text_of(posted, f"with-{place}").strip() or "…")
    there = {mark.key for mark in marks_in(version.whole, version.language)}
    return Version(
        **{**_values(version), "kept": tuple(dict.fromkeys(key for key in kept if key in there))},
    )


class SettingsForm(forms.Form):
    """The clocks of letters and their second reading, in the words of the screen."""

    aim_hours = forms.IntegerField(min_value=1, max_value=168, label=_("Hours within which a letter is answered"))
    alarm_hours = forms.IntegerField(
        min_value=2,
        max_value=336,
        label=_("Hours after which the wall calls"),
        help_text=_("After 32 hours without an answer fewer children write again."),
    )
    second_reading = forms.ChoiceField(
        label=_("A colleague reads each answer before it goes"),
        choices=[(NEVER, _("Never")), (NEWCOMERS, _("Answers of newcomers")), (ALWAYS, _("Always"))],
        help_text=_("Then nobody sends an answer of their own."),
    )
    newcomer_letters = forms.IntegerField(
        min_value=1, max_value=200, label=_("Answers until somebody is no newcomer any more")
    )
    reading_minutes = forms.IntegerField(
        min_value=5, max_value=240, label=_("Minutes after which an answer that a reader left lying is free again")
    )

    @classmethod
    def of(cls, settings: LetterboxSettings, posted: Any = None) -> "SettingsForm":
        """The form with what holds now, or with what was sent."""
        return cls(posted, initial={name: getattr(settings, name) for name in cls.base_fields})


def _values(version: Version) -> dict[str, Any]:
    return {name: getattr(version, name) for name in ("title", "question", "answer", "language", "topics")}


def _changed(version: Version, key: str, words: str) -> Version:
    values = _values(version)
    for name in ("title", "question", "answer"):
        values[name] = replaced(values[name], key, words)
    return Version(**values)


def _key(text: str) -> tuple[int, int] | None:
    at, _between, number = text.partition("-")
    if at.isascii() and at.isdigit() and number.isascii() and number.isdigit() and len(text) < 40:
        largest = models.BigIntegerField.MAX_BIGINT
        return (int(at), int(number)) if max(int(at), int(number)) <= largest else None
    return None
