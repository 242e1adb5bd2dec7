"""Three reports out of one coding: the network's quarter, the year of the child helplines, the country's own."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, wraps

from django.utils.translation import gettext as _

from havn.helpline import report_tables as tables
from havn.helpline import words_reports as words
from havn.helpline.mappings import is_proposal, mappings, reasons_to
from havn.helpline.queries.reports import (
    MAIN,
    QUARTER,
    YEAR,
    figures,
    has_own,
    lists_of,
    reason_spans,
    standard_spans,
    taken_over,
    terms_of,
    versions,
    whose,
)
from havn.helpline.report_standard import in_standard_codes, reasons_in_standard
from havn.helpline.rules.record import AGE_BANDS
from havn.helpline.rules.reports import (
    ONLINE,
    UNKNOWN,
    Figures,
    Span,
    crossed,
    followed,
    in_lists,
    mapped,
    of_version,
)
from havn.statistics.rules.periods import Period
from havn.statistics.rules.tables import Line, Table
from havn.vocabularies import api as vocabularies

_QUARTER_CHANNELS = ("phone", "chat", "e-mail", "web-form", "other")


@dataclass(frozen=True)
class Filed:
    """A report as it is filed: tables, and sentences that say what it covers and what it could not place.

    `coverage` holds numbers, which a file for others would have to leave out; `notes` hold none and go with every file.
    """

    title: str
    tables: list[Table]
    coverage: list[str]
    notes: list[str]


def with_their_lists(make: Callable[[list[int], Period], Filed]) -> Callable[[list[int], Period], Filed]:
    """Name things by the lists of the centre whose services are reported."""

    @wraps(make)
    def made(service_ids: list[int], period: Period) -> Filed:
        with lists_of(service_ids):
            return make(service_ids, period)

    return made


@with_their_lists
def quarter(service_ids: list[int], period: Period) -> Filed:
    """The network's quarter: talks about something online. Under the list that held, two where it changed.

    What a centre coded in its own terms stands under the network's, and what they have no name for is said.
    """
    now = figures(service_ids, period, dimensions=QUARTER)
    online = now.codes("contacts", ends=tables.TALK, scope=ONLINE)["all"]
    spans = standard_spans(period)
    counted = in_lists(now.codes("reason", ends=tables.TALK, scope=ONLINE), reason_spans(period))
    main, unplaced = counted, Counter[str]()
    if has_own("reason"):
        main, unplaced = reasons_in_standard(service_ids, counted, spans)
    found = [_reasons(main, spans[at].version, at, spans) for at in range(len(spans))]
    channels, lost = mapped(_by_channel(now), mappings()["quarter"]["channels"])
    # What the mapping has no name for is a channel too.
    channels["other"] += sum(lost.values())
    found.append(_listed("channel", _("Channel"), channels, _quarter_channel, _QUARTER_CHANNELS))
    for dimension, title in (
        ("person", _("Who made contact")),
        ("gender", _("Gender")),
        ("place", _("Where online")),
        ("platform", _("On which platform")),
    ):
        counts = in_standard_codes(dimension, now.codes(dimension, ends=tables.TALK, scope=ONLINE))
        found.append(_listed(dimension, title, counts, partial(words.label_of, dimension)))
    scopes = now.scopes()
    coverage = [
        _("%(count)s talks about something online are in this report.") % {"count": words.number(online)},
        _("Left out: %(offline)s talks not about anything online, %(unknown)s that do not say.")
        % {"offline": words.number(scopes["offline"]), "unknown": words.number(scopes[UNKNOWN])},
        _without(_("Without a main reason: %(part)s of %(all)s."), counted[UNKNOWN], online),
        *_known_where(now, online),
        *_not_mapped(unplaced, online),
    ]
    notes = [_("Talks about something online alone.")]
    if len(spans) > 1:
        notes.append(
            _("The list of reasons changed in this period. Each list is shown with its own days and its own words.")
        )
    return Filed(_("The network's quarter"), found, coverage, notes)


@with_their_lists
def chi_year(service_ids: list[int], period: Period) -> Filed:
    """The year of the child helplines: groups of reasons by gender and age, and attempts without a talk."""
    now, nothing = figures(service_ids, period, dimensions=YEAR), Figures({})
    groups = reasons_to("chi", whose())
    spans = reason_spans(period)
    main = followed(in_lists(now.codes("reason", ends=tables.TALK), spans), taken_over())
    by_group, lost = mapped(main, groups)
    by_group[UNKNOWN] = lost.total()
    order = tuple(mappings()["chi"]["groups"])
    found = [
        _listed("chi-group", _("Groups of reasons"), by_group, words.chi_group_label, order, total_key=tables.TALKS),
        _grouped("chi-gender", _("Groups and gender"), now, "gender", tables.GENDERS, groups, spans),
        _grouped("chi-age", _("Groups and age"), now, "age", (*AGE_BANDS, UNKNOWN), groups, spans),
        tables.simple("person", _("Who made contact"), now, nothing),
        tables.simple("outcome", _("Contacts without counselling"), now, nothing, ends=tables.NO_TALK),
        tables.attempts(now),
    ]  # fmt: skip
    coverage = [
        _("%(count)s talks are in this report.") % {"count": words.number(now.talks)},
        _served(now),
        *_not_mapped(lost, now.talks),
    ]
    return Filed(_("The year of the child helplines"), found, coverage, _proposal("chi"))


@with_their_lists
def national(service_ids: list[int], period: Period) -> Filed:
    """The country's own report: all talks, under the centre's own words, with the four kinds of risk."""
    now = figures(service_ids, period, dimensions=MAIN)
    nothing = Figures({})
    spans = reason_spans(period)
    main = followed(in_lists(now.codes("reason", ends=tables.TALK), spans), taken_over())
    kinds, lost = mapped(main, reasons_to("four_cs", whose()))
    # Each is a sum of main reasons and would tell in a file for others what the reasons leave out.
    four = replace(
        _listed(
            "four-cs", _("Four kinds of risk"), kinds, words.four_c_label, ("content", "contact", "conduct", "contract")
        ),
        inside=True,
        total_key="",
    )
    kept = [table for table in tables.tables_of(now, nothing, spans) if table.key != "load"]
    coverage = [
        _("%(count)s talks are in this report.") % {"count": words.number(now.talks)},
        _served(now),
        *_not_mapped(lost, now.talks),
    ]
    return Filed(
        _("The national report"), [kept[0], four, *_own_groups(main), *kept[1:]], coverage, _proposal("four_cs")
    )


REPORTS: dict[str, Callable[[list[int], Period], Filed]] = {
    "quarter": quarter,
    "chi": chi_year,
    "national": national,
}


def _own_groups(main: Counter[str]) -> list[Table]:
    """The main reasons by the groups of the centre's own list, where it has any."""
    _version, terms = versions("reason")[-1]
    if not any(term.broader for term in terms.values()):
        return []
    counts: Counter[str] = Counter()
    for code, number in main.items():
        term = terms.get(code)
        counts[(term.broader or code) if term else UNKNOWN] += number
    made = _listed("own-groups", _("Main reason, by group"), counts, partial(words.label_of, "reason"), tuple(terms))
    # Each is a sum of main reasons, as the four kinds of risk are.
    return [replace(made, inside=True, total_key="")]


def _reasons(main: Counter[str], version: str, at: int, spans: list[Span]) -> Table:
    counts = of_version(main, version)
    if at == len(spans) - 1 and main[UNKNOWN]:
        counts[UNKNOWN] = main[UNKNOWN]
    terms = {term.code: term for term in vocabularies.terms_in(version)} if has_own("reason") else terms_of(version)
    labels = {code: str(vocabularies.label_of(term, words.language())) for code, term in terms.items()}
    note = "" if len(spans) == 1 else words.span_label(spans[at].first, spans[at].last)
    title = _("Reason") if len(spans) == 1 else _("Reason, list %(number)s") % {"number": at + 1}
    order = tuple(terms)
    made = _listed(
        f"reason-{version}", title, counts, lambda code: labels.get(code, _("Not known")), order, note, whole=True
    )
    return replace(made, in_parts=True)


def _listed(
    key: str,
    title: str,
    counts: Counter[str],
    label: Callable[[str], str],
    order: tuple[str, ...] = (),
    note: str = "",
    *,
    whole: bool = False,
    total_key: str = tables.TALKS_ONLINE,
) -> Table:
    """A list; `whole` shows every code of the order, also those that nobody used: a form has a field for each."""
    codes = [code for code in order if whole or counts[code]]
    codes += sorted(
        (code for code in counts if code not in order and counts[code]), key=lambda code: (-counts[code], code)
    )
    lines = tuple(Line(label(code), (counts[code],), code=code) for code in codes)
    return Table(key, title, _("What"), (_("Contacts"),), lines, note=note, total_key=total_key)


def _grouped(
    key: str,
    title: str,
    now: Figures,
    dimension: str,
    order: tuple[str, ...],
    groups: dict[str, str],
    spans: list[Span],
) -> Table:
    grid: dict[str, Counter[str]] = {}
    counted = in_lists(now.codes(f"reason-{dimension}", ends=tables.TALK), spans)
    for reason, counts in crossed(counted, taken_over()).items():
        grid.setdefault(groups.get(reason, UNKNOWN), Counter()).update(counts)
    columns = [code for code in order if any(counts[code] for counts in grid.values())]
    rows = [group for group in (*mappings()["chi"]["groups"], UNKNOWN) if group in grid]
    lines = tuple(
        Line(words.chi_group_label(row), tuple(grid[row][code] for code in columns), code=row) for row in rows
    )
    heads = tuple(words.label_of(dimension, code) for code in columns)
    return Table(
        key, title, _("Group"), heads, lines,
        total_key=tables.TALKS, row_key="chi-group", column_key=dimension, column_codes=tuple(columns),
    )  # fmt: skip


def _by_channel(now: Figures) -> Counter[str]:
    found = now.grid("contacts", "channel", ends=tables.TALK, scope=ONLINE)
    return found.get("all", Counter())


def _known_where(now: Figures, online: int) -> list[str]:
    lacking = now.codes("place", ends=tables.TALK, scope=ONLINE)[UNKNOWN]
    platform = now.codes("platform", ends=tables.TALK, scope=ONLINE)[UNKNOWN]
    return [
        _without(_("Without a place: %(part)s of %(all)s."), lacking, online),
        _without(_("Without a platform: %(part)s of %(all)s."), platform, online),
    ]


def _without(sentence: str, part: int, whole: int) -> str:
    return sentence % {"part": words.number(part), "all": words.number(whole)}


def _served(now: Figures) -> str:
    return _without(_("Answered: %(part)s of %(all)s attempts."), now.answered, now.offered)


def _not_mapped(lost: Counter[str], talks: int) -> list[str]:
    """What the other list has no name for, by its own names and never with its numbers alone."""
    names = [words.label_of("reason", code) for code, number in lost.most_common() if number]
    if not names:
        return []
    sentence = _("The list has no name for %(part)s of %(all)s talks. Their main reasons: %(names)s.")
    return [
        sentence % {"part": words.number(sum(lost.values())), "all": words.number(talks), "names": ", ".join(names)}
    ]


def _proposal(name: str) -> list[str]:
    if not is_proposal(name):
        return []
    return [_("Nobody has published how these reasons belong to that list. This is our proposal: look at it first.")]


def _quarter_channel(code: str) -> str:
    return {
        "phone": _("Phone"), "chat": _("Chat"), "e-mail": _("E-mail"), "web-form": _("Web form"), "other": _("Other")
    }.get(code, code)  # fmt: skip
