"""Loading lists. May run any number of times: each time, every list is as its file says."""

from collections.abc import Iterable

from django.db import transaction

from havn.vocabularies.facts import FormerLabel, Term, VocabularyFacts
from havn.vocabularies.models import Vocabulary, VocabularyTerm
from havn.vocabularies.queries import successors_of
from havn.vocabularies.rules.lines import Circular, check_links, follow


@transaction.atomic
def load(*, vocabularies: Iterable[VocabularyFacts]) -> int:
    """Make or refresh versions of lists, with their validity and their terms. Returns how many terms they hold.

    A term is never removed here: something may be coded with it. Raises ValueError, and changes nothing, when a term
    has no English label, names a parent or a successor that there is not, or follows itself in the end.
    """
    vocabularies = list(vocabularies)
    for facts in vocabularies:
        _check(facts)
        _write(facts)
    lists = {(facts.dimension, facts.centre_id) for facts in vocabularies}
    successors = {one: successors_of(*one) for one in lists}
    for facts in vocabularies:
        _check_successors(facts, successors[facts.dimension, facts.centre_id])
    return sum(len(facts.terms) for facts in vocabularies)


def _check(facts: VocabularyFacts) -> None:
    codes = {term.code for term in facts.terms}
    if len(codes) < len(facts.terms):
        raise ValueError(f"{facts.code}: a term stands there twice.")
    for term in facts.terms:
        if not term.labels.get("en"):
            raise ValueError(f"{facts.code}: {term.code} has no English label.")
        if term.broader and term.broader not in codes:
            raise ValueError(f"{facts.code}: {term.code} stands under {term.broader}, which is not there.")
        if term.broader == term.code:
            raise ValueError(f"{facts.code}: {term.code} stands under itself.")
    try:
        check_links({term.code: term.broader for term in facts.terms})
    except Circular as error:
        raise ValueError(f"{facts.code}: {error} stands under itself.") from error


def _check_successors(facts: VocabularyFacts, successors: dict[str, str]) -> None:
    # After the writing: a successor may stand in any version, of this load or of an earlier one.
    for term in facts.terms:
        if term.replaced_by and term.replaced_by not in successors:
            raise ValueError(f"{facts.code}: {term.code} is replaced by {term.replaced_by}, which is not there.")
        try:
            follow(term.code, successors)
        except Circular as error:
            raise ValueError(f"{facts.code}: {term.code} follows itself.") from error


def _write(facts: VocabularyFacts) -> None:
    vocabulary, _new = Vocabulary.objects.update_or_create(
        code=facts.code,
        defaults={
            "dimension": facts.dimension,
            "centre_id": facts.centre_id,
            "valid_from": facts.valid_from,
            "valid_to": facts.valid_to,
        },
    )
    VocabularyTerm.objects.bulk_create(
        [_row(vocabulary, term, place) for place, term in enumerate(facts.terms)],
        update_conflicts=True,
        unique_fields=["vocabulary", "code"],
        update_fields=["labels", "former_labels", "definition", "four_c", "replaced_by", "broader", "order"],
    )


def _row(vocabulary: Vocabulary, term: Term, place: int) -> VocabularyTerm:
    return VocabularyTerm(
        vocabulary=vocabulary,
        code=term.code,
        labels=term.labels,
        former_labels=[_former(one) for one in term.former_labels],
        definition=term.definition,
        four_c=term.four_c,
        replaced_by=term.replaced_by,
        broader=term.broader,
        order=place,
    )


def _former(one: FormerLabel) -> dict[str, str | None]:
    return {"label": one.label, "language": one.language, "until": one.until.isoformat() if one.until else None}
