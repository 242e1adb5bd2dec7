"""What a centre coded in its own terms, under the terms of the network's lists."""

from collections import Counter

from havn.helpline import report_tables as tables
from havn.helpline.mappings import standard_of
from havn.helpline.queries.reports import figures, has_own, reason_spans, whose
from havn.helpline.rules.reports import ONLINE, UNKNOWN, Span, in_lists, in_standard, mapped
from havn.statistics.rules.periods import Kind, Period
from havn.vocabularies import api as vocabularies


def reasons_in_standard(
    service_ids: list[int], counted: Counter[str], spans: list[Span]
) -> tuple[Counter[str], Counter[str]]:
    """Main reasons under the network's list of each day, and what it has no name for: that is not known there."""
    main, lost = Counter[str](), Counter[str]()
    for span in spans:
        counts = counted
        if len(spans) > 1:
            part = Period(Kind.SPAN, span.first, span.last)
            some = figures(service_ids, part, dimensions=("reason",))
            counts = in_lists(some.codes("reason", ends=tables.TALK, scope=ONLINE), reason_spans(part))
        placed, without = in_standard(counts, span.version, standard_of("reason", span.version, whose()))
        main.update(placed)
        lost.update(without)
    main[UNKNOWN] += lost.total()
    return main, lost


def in_standard_codes(dimension: str, counts: Counter[str]) -> Counter[str]:
    """Counts of a list without versions in its codes, under the network's terms."""
    if not has_own(dimension):
        return counts
    newest = vocabularies.versions_of(dimension)[-1].code
    placed, lost = mapped(counts, {UNKNOWN: UNKNOWN, **standard_of(dimension, newest, whose())})
    placed[UNKNOWN] += lost.total()
    return placed
