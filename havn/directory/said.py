"""What an entry says as one plain value: kept with each confirmation, compared with what stands now."""

from django.utils.translation import gettext as _

from havn.centres.api import Channel, channel_name
from havn.common.language import reader_language
from havn.directory.countries import language_name
from havn.directory.listing import EntryNow, PointNow
from havn.directory.rules.differences import Difference, differences
from havn.directory.words import audience_name, hotline_kind_words, topic_name

HERE = "here"
"""What stands for the address of a way on the pages of a centre that runs here."""
YES_NO = {True: "yes", False: "no", None: ""}


def said_of(entry: EntryNow) -> dict[str, str]:
    """Every fact by its key, in codes: the same in every language. Hours that the desk keeps are not among them."""
    facts = entry.entry
    said = {
        "name": entry.name,
        "organisation": entry.organisation.name,
        "audiences": " ".join(entry.audiences),
        "ages": _ages(facts.ages_from, facts.ages_to),
        "languages": " ".join(entry.service.languages),
        "topics": " ".join(facts.topics),
        "free": YES_NO[facts.free],
        "anonymous": YES_NO[facts.anonymous],
        "website": facts.website,
        "note": facts.note,
    }
    if entry.is_hotline:
        said |= {"inhope": YES_NO[facts.inhope], "kind": facts.hotline_kind}
    for point in entry.points:
        said[f"point:{point.point.pk}:{point.channel}"] = _way(point)
        if point.hours:
            said[f"hours:{point.point.pk}:{point.channel}"] = "; ".join(one.rule or one.words for one in point.hours)
    return said


def differences_of(entry: EntryNow, confirmed: dict[str, str]) -> list[Difference]:
    """What stands otherwise than when it was last confirmed."""
    return list(differences(confirmed, said_of(entry)))


def label_of(key: str) -> str:
    """The fact's name for a person."""
    kind, _colon, behind = key.partition(":")
    if kind in {"point", "hours"}:
        channel = behind.rpartition(":")[2]
        name = channel_name(channel) if channel in Channel.values else channel
        return name if kind == "point" else _("%(channel)s, hours") % {"channel": name}
    names = {
        "name": _("Name"),
        "organisation": _("Organisation"),
        "audiences": _("For whom"),
        "ages": _("Ages"),
        "languages": _("Languages"),
        "topics": _("About what"),
        "free": _("Free"),
        "anonymous": _("Anonymous"),
        "website": _("Website"),
        "note": _("Note"),
        "inhope": _("Member of INHOPE"),
        "kind": _("Kind of hotline"),
    }
    return names.get(kind, kind)


def value_words(key: str, value: str) -> str:
    """The fact's value for a person; "not known" for nothing."""
    if not value:
        return _("not known")
    if value == HERE:
        return _("on our own pages")
    language = reader_language()
    if key in {"free", "anonymous", "inhope"}:
        return _("yes") if value == "yes" else _("no")
    if key == "languages":
        return ", ".join(language_name(code, language) for code in value.split())
    if key == "audiences":
        return ", ".join(audience_name(code) for code in value.split())
    if key == "topics":
        return ", ".join(topic_name(code) for code in value.split())
    return hotline_kind_words(value) if key == "kind" else value


def _ages(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    return f"{'' if first is None else first}–{'' if last is None else last}"


def _way(one: PointNow) -> str:
    parts = [
        one.point.label,
        HERE if one.own_page else one.value,
        f"({one.point.menu})" if one.point.menu else "",
        {True: "free", False: "not free", None: ""}[one.point.free],
        " ".join(one.point.languages),
        one.point.staff_group,
    ]
    return " · ".join(part for part in parts if part)
