"""What a factsheet asks for: bullets and paragraphs whose notes cite recommendations, and what was merely observed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from havn.recommendations.rules.factsheet.document import (
    BULLET,
    FOLLOW_UP,
    HEADING,
    HOLDERS,
    NOTED,
    PARAGRAPH,
    PRACTICE,
    Block,
    ChapterText,
    Document,
    every_block,
)
from havn.recommendations.rules.factsheet.inline import calls
from havn.recommendations.rules.factsheet.verbs import PARTY, USUAL, RoundWords, reach_of, verb_in
from havn.recommendations.rules.refs import chapter_of, ids_in, paragraphs_in


@dataclass(frozen=True)
class Cited:
    """A recommendation, and the note that cites it."""

    ref: str
    note: int


@dataclass(frozen=True)
class AskText:
    """What the Committee asks for in one place. `verb` is "" when no lead sentence names one.

    `at`: the place of its first block among those of the chapter; `tree`: that block and the bullets below it.
    """

    chapter: str
    at: int
    lead: str
    verb: str
    scope: str
    tree: tuple[Block, ...]
    cited: tuple[Cited, ...]
    paragraphs: tuple[int, ...]


@dataclass(frozen=True)
class Observed:
    """What the Committee says about a Party with a paragraph of its report, without asking for anything."""

    chapter: str
    at: int
    tree: tuple[Block, ...]
    paragraphs: tuple[int, ...]


@dataclass(frozen=True)
class Counts:
    """What is shown of a file before anything is stored."""

    chapters: int
    notes: int
    citing_notes: int
    recommendations: int
    asks: int
    leads: tuple[tuple[str, int], ...]
    follow_up_boxes: int
    empty_follow_up_boxes: int
    practice_boxes: int
    empty_practice_boxes: int
    noted: int
    observations: int
    by_chapter: tuple[tuple[str, int], ...]


def asks_of(document: Document, words: RoundWords = USUAL) -> list[AskText]:
    """Every ask, in order."""
    return [ask for chapter in document.chapters for ask in _in_chapter(document, chapter, words)]


def observations_of(document: Document, words: RoundWords = USUAL) -> list[Observed]:
    """Every observation, in order."""
    found = []
    for chapter in document.chapters:
        for at, tree in _trees(chapter.blocks):
            texts = _notes_of(document, tree)
            named = tuple(number for text in texts for number in paragraphs_in(text))
            if named and not any(ids_in(text, words.scheme) for text in texts):
                found.append(Observed(chapter.number, at, tree, named))
    return found


def citing(document: Document, words: RoundWords = USUAL) -> dict[int, list[str]]:
    """The notes that cite recommendations, with what they cite."""
    return {note.number: refs for note in document.notes if (refs := ids_in(note.text, words.scheme))}


def counts_of(document: Document, words: RoundWords = USUAL) -> Counts:
    """The counts."""
    cited = citing(document, words)
    refs = {ref for found in cited.values() for ref in found}
    blocks = list(every_block(document))
    follow_ups = [block for block in blocks if block.kind == FOLLOW_UP]
    practices = [block for block in blocks if block.kind == PRACTICE]
    leads = Counter(found[0] for block in _spoken(document) if (found := verb_in(block.text, words)))
    per = Counter(chapter_of(ref, words.scheme) for ref in refs)
    return Counts(
        chapters=len(document.chapters),
        notes=len(document.notes),
        citing_notes=len(cited),
        recommendations=len(refs),
        asks=len(asks_of(document, words)),
        leads=tuple((verb, leads[verb]) for verb in words.verbs if leads[verb]),
        follow_up_boxes=len(follow_ups),
        empty_follow_up_boxes=sum(not block.children for block in follow_ups),
        practice_boxes=len(practices),
        empty_practice_boxes=sum(not block.children for block in practices),
        noted=sum(block.kind == NOTED for block in blocks),
        observations=len(observations_of(document, words)),
        by_chapter=tuple((chapter.number, per[chapter.number]) for chapter in document.chapters),
    )


def _in_chapter(document: Document, chapter: ChapterText, words: RoundWords) -> Iterator[AskText]:
    lead, spoken = "", ("", PARTY)
    for at, tree in _trees(chapter.blocks):
        first = tree[0]
        own = verb_in(first.text, words)
        if first.kind == HEADING:
            lead, spoken = "", ("", PARTY)
            continue
        if first.kind == PARAGRAPH:
            # A verb that a person named makes a sentence a lead too.
            addressed = _addressed(first, words)
            lead, spoken = (first.text, addressed) if addressed else ("", ("", PARTY))
        texts = [(call, note.text) for call in _calls(tree) if (note := document.note(call))]
        cited = tuple(Cited(ref, call) for call, text in texts for ref in ids_in(text, words.scheme))
        if not cited:
            continue
        verb, scope = _addressed(first, words) or spoken
        if first.verb and first.kind == BULLET and lead:
            scope = spoken[1]
        named = tuple(number for _call, text in texts for number in paragraphs_in(text))
        shown = "" if own or first.kind == PARAGRAPH else lead
        yield AskText(chapter.number, at, shown, verb, scope, tree, _once(cited), named)


def _addressed(first: Block, words: RoundWords) -> tuple[str, str] | None:
    """The verb and whom it addresses, as the words have it, or as a person said."""
    own = verb_in(first.text, words)
    if not first.verb:
        return own
    return first.verb, own[1] if own else reach_of(first.text)


def _once(cited: Iterable[Cited]) -> tuple[Cited, ...]:
    return tuple({one.ref: one for one in reversed(list(cited))}.values())[::-1]


def _trees(blocks: Sequence[Block]) -> Iterator[tuple[int, tuple[Block, ...]]]:
    """Blocks outside boxes, each with the deeper bullets that follow it, and its place among `blocks`."""
    at = 0
    while at < len(blocks):
        first = blocks[at]
        after = at + 1
        if first.kind == BULLET:
            while after < len(blocks) and blocks[after].kind == BULLET and blocks[after].level > first.level:
                after += 1
        if first.kind not in HOLDERS:
            yield at, tuple(blocks[at:after])
        at = after


def _calls(tree: Iterable[Block]) -> list[int]:
    return [call for block in tree for call in calls(block.text)]


def _notes_of(document: Document, tree: Iterable[Block]) -> list[str]:
    return [note.text for call in _calls(tree) if (note := document.note(call))]


def _spoken(document: Document) -> Iterator[Block]:
    """What the Committee itself says: everything in chapters but what stands in boxes."""
    return (block for chapter in document.chapters for block in chapter.blocks if block.kind not in HOLDERS)
