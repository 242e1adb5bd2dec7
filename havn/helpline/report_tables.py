"""The tables of a period's report, named in the reader's language. The pages show them and the files carry them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havn.helpline import words_reports as words
from havn.helpline.queries.reports import taken_over, terms_of, versions
from havn.helpline.rules.record import AGE_BANDS, RISKS
from havn.helpline.rules.reports import (
    BANDS,
    ENDS,
    UNKNOWN,
    Figures,
    Span,
    crossed,
    followed,
    in_lists,
    of_version,
    week,
)
from havn.statistics.rules.tables import Line, Table
from havn.vocabularies import api as vocabularies

TALK, NO_TALK = ("answered",), ("without-talk",)
# What the sum of a list is in another table: the column of attempts with a talk, the line of talks about the net.
TALKS = "ends/answered"
WITHOUT_TALK, TALKS_ONLINE, ATTEMPTS = "ends/without-talk", "scope/online", "offered"
_TOTALS = {
    **dict.fromkeys(("person", "age", "gender", "scope", "risk", "reason-joined", "length", "outcome"), TALKS),
    **dict.fromkeys(("length-without-talk", "outcome-without-talk"), WITHOUT_TALK),
    **dict.fromkeys(("place", "platform"), TALKS_ONLINE),
    "language": ATTEMPTS,
}
GENDERS = ("girl-or-woman", "boy-or-man", "other", "unknown")


def tables_of(now: Figures, before: Figures, spans: Sequence[Span]) -> list[Table]:
    """Every table of a period, in the order of the page. What nobody used is left out of the lists."""
    return [
        attempts(now),
        waiting(now),
        simple("length", _("How long it lasted"), now, before, order=BANDS),
        simple("length", _("How long it lasted, without counselling"), now, before, order=BANDS, ends=NO_TALK),
        *reasons(now, before, spans),
        simple("person", _("Who made contact"), now, before),
        simple("age", _("Age"), now, before, order=AGE_BANDS),
        simple("gender", _("Gender"), now, before, order=GENDERS),
        scopes(now, before),
        simple("place", _("Where online"), now, before, note=_("Of talks about something online.")),
        simple("platform", _("On which platform"), now, before, note=_("Of talks about something online.")),
        simple("outcome", _("How it ended"), now, before),
        simple("outcome", _("Contacts without counselling"), now, before, ends=NO_TALK),
        simple("risk", _("Risk"), now, before, order=RISKS),
        simple("language", _("Language"), now, before, ends=ENDS),
        feedback(now, before),
        by_reason("reason-age", _("Reason and age"), now, (*AGE_BANDS, UNKNOWN), spans),
        by_reason("reason-gender", _("Reason and gender"), now, GENDERS, spans),
        load(now),
    ]


def attempts(now: Figures) -> Table:
    """What became of every attempt, by channel."""
    lines = [
        Line(words.channel_label(channel), tuple(now.ends(channel=channel)[end] for end in ENDS), code=channel)
        for channel in sorted(now.channels())
    ]
    columns = tuple(words.end_label(end) for end in ENDS)
    title = _("What became of every attempt")
    return Table(
        "attempts",
        title,
        _("Channel"),
        columns,
        tuple(lines),
        total_key=ATTEMPTS,
        column_key="ends",
        column_codes=ENDS,
    )


def waiting(now: Figures) -> Table:
    """How long who was answered and who was not had waited."""
    grid = now.grid("waiting", "end")
    # Who did not wait as far as anybody knows is a row too: else the table beside it would tell how many they are.
    if unknown := now.ends() - Counter({end: sum(counts[end] for counts in grid.values()) for end in ENDS}):
        grid[UNKNOWN] = unknown
    ends = [end for end in ENDS if any(counts[end] for counts in grid.values())]
    lines = [
        Line(words.label_of("waiting", band), tuple(grid[band][end] for end in ends))
        for band in (*BANDS, UNKNOWN)
        if band in grid
    ]
    columns = tuple(words.end_label(end) for end in ends)
    title = _("How long they waited")
    return Table(
        "waiting", title, _("Waited"), columns, tuple(lines),
        total_key=ATTEMPTS, column_key="ends", column_codes=tuple(ends),
    )  # fmt: skip


def simple(
    dimension: str,
    title: str,
    now: Figures,
    before: Figures,
    *,
    order: Sequence[str] = (),
    ends: Sequence[str] = TALK,
    note: str = "",
) -> Table:
    """One dimension as a list with the period before: in a given order, else the most frequent first."""
    label = partial(words.label_of, dimension)
    key = dimension if ends != NO_TALK else f"{dimension}-without-talk"
    return _list(key, title, _whole(dimension, now, ends), _whole(dimension, before, ends), label, order, note)


def _whole(dimension: str, figures: Figures, ends: Sequence[str]) -> Counter[str]:
    """The codes of a dimension; of lengths also how many have none, so that they add up to the talks."""
    counts = figures.codes(dimension, ends=ends)
    if dimension == "length":
        counts[UNKNOWN] = sum(figures.ends()[end] for end in ends) - counts.total()
    return counts


def scopes(now: Figures, before: Figures) -> Table:
    """How many talks were about something online."""
    order = ("online", "offline", UNKNOWN)
    return _list("scope", _("Online or not"), now.scopes(), before.scopes(), words.scope_label, order, "")


def feedback(now: Figures, before: Figures) -> Table:
    """What children answered when asked whether it helped."""
    return _list(
        "feedback", _("Did it help?"), now.feedback, before.feedback, words.feedback_label, ("3", "2", "1"),
        _("Of those who answered the question. An answer given after the record was closed is in no single channel."),
    )  # fmt: skip


def reasons(now: Figures, before: Figures, spans: Sequence[Span]) -> list[Table]:
    """The main reasons under each version of the list that held, then all reasons; each with its own words.

    Where one list held all through, it is compared with the period before: under the terms that took over.
    """
    main, every = (in_lists(now.codes(dimension, ends=TALK), spans) for dimension in ("reason", "reason-any"))
    after = taken_over()
    earlier = followed(before.codes("reason", ends=TALK), after)
    made = []
    for span in spans:
        counts = of_version(main, span.version)
        if span is spans[-1] and main[UNKNOWN]:
            counts[UNKNOWN] = main[UNKNOWN]
        note = "" if len(spans) == 1 else words.span_label(span.first, span.last)
        title = _("Main reason")
        if len(spans) > 1:
            title = _("Main reason, list of %(year)s") % {"year": _since(span, spans)}
        old = earlier if len(spans) == 1 else Counter[str]()
        made.append(_by_terms("reason", title, counts, old, span, after, note))
    for span in spans:
        title = _("Every reason")
        if len(spans) > 1:
            title = _("Every reason, list of %(year)s") % {"year": _since(span, spans)}
        counts = of_version(every, span.version)
        if span is spans[-1] and every[UNKNOWN]:
            counts[UNKNOWN] = every[UNKNOWN]
        table = _by_terms("reason-any", title, counts, Counter(), span, after, _("A talk may have several."))
        # A talk's main reason is one of these: in a file for others they would tell what the main ones leave out.
        made.append(replace(table, adds_up=False, inside=True))
    if len(spans) > 1:
        made.append(_joined(followed(main, after), earlier))
    return made


def by_reason(dimension: str, title: str, now: Figures, order: Sequence[str], spans: Sequence[Span]) -> Table:
    """The main reason across another dimension, under the terms that took over."""
    grid = crossed(in_lists(now.codes(dimension, ends=TALK), spans), taken_over())
    columns = [code for code in order if any(counts[code] for counts in grid.values())]
    codes = sorted(grid, key=lambda code: (-sum(grid[code].values()), code))
    lines = [Line(words.label_of("reason", code), tuple(grid[code][at] for at in columns), code=code) for code in codes]
    other = dimension.removeprefix("reason-")
    heads = tuple(words.label_of(other, code) for code in columns)
    return Table(
        dimension, title, _("Main reason"), heads, tuple(lines),
        total_key=TALKS, row_key="reason", column_key=other, column_codes=tuple(columns),
    )  # fmt: skip


def load(now: Figures) -> Table:
    """How many attempts begin in each half-hour of the week."""
    hours = week(now.codes("half-hour"))
    lines = tuple(Line(clock, tuple(numbers), code=clock) for clock, numbers in hours.items())
    return Table("load", _("When they come"), _("Half-hour"), tuple(words.weekdays()), lines, total_key=ATTEMPTS)


def _list(
    key: str,
    title: str,
    now: Counter[str],
    before: Counter[str],
    label: Callable[[str], str],
    order: Sequence[str],
    note: str,
) -> Table:
    codes = [code for code in order if now[code] or before[code]]
    rest = sorted((set(now) | set(before)) - set(order), key=lambda code: (code == UNKNOWN, -now[code], code))
    codes += [code for code in rest if now[code] or before[code]]
    lines = tuple(Line(label(code), (now[code],), code=code) for code in codes)
    earlier = tuple(before[code] for code in codes) if before.total() else ()
    return Table(
        key, title, _("What"), (_("Contacts"),), lines, earlier, note=note, total_key=_TOTALS.get(key, ""),
        line_key="reason" if key == "reason-joined" else "",
    )  # fmt: skip


def _by_terms(
    key: str, title: str, now: Counter[str], old: Counter[str], span: Span, after: dict[str, str], note: str
) -> Table:
    """The terms of one version in its order of frequency, with the words that they had in it."""
    language = words.language()
    terms = terms_of(span.version)
    codes = sorted(
        {code for code in now if now[code]} | {code for code in terms if old[code]},
        key=lambda code: (code == UNKNOWN, -now[code], code),
    )
    lines = []
    for code in codes:
        term = terms.get(code)
        label = str(vocabularies.label_of(term, language)) if term else words.label_of("reason", code)
        told = _was_and_becomes(term, code, after, language)
        lines.append(Line(label, (now[code],), told, code, same_as=after.get(code, code)))
    before = tuple(old[code] for code in codes) if old.total() else ()
    return Table(
        key, title, _("Reason"), (_("Contacts"),), tuple(lines), before, note=note, total_key=TALKS, in_parts=True
    )


def _joined(now: Counter[str], before: Counter[str]) -> Table:
    label = partial(words.label_of, "reason")
    note = _("Both lists together: a term that was replaced is counted under the one that took over.")
    return _list("reason-joined", _("Main reason, both lists"), now, before, label, (), note)


def _was_and_becomes(term: vocabularies.Term | None, code: str, after: dict[str, str], language: str) -> str:
    if term is None:
        return ""
    parts = []
    if (new := after.get(code, code)) != code:
        parts.append(_("now: %(label)s") % {"label": words.term_label("reason", new)})
    former = [one.label for one in term.former_labels if one.language in (language, "en")]
    if former:
        parts.append(_("formerly: %(labels)s") % {"labels": ", ".join(dict.fromkeys(former))})
    return "; ".join(parts)


def _since(span: Span, spans: Sequence[Span]) -> str:
    """The year in which the list of a span began; its day where another list of the period began in the same year."""
    begins = {one.code: one.valid_from for one, _terms in versions("reason")}
    mine = begins.get(span.version)
    if mine is None:
        return span.version
    years = [begins[one.version].year for one in spans if one.version in begins]
    return str(mine.year) if years.count(mine.year) == 1 else date_format(mine, "DATE_FORMAT")
