"""What a centre has published that a person can be given to read: found by words, as plain text, whoever wrote it.

Apps that publish register in AppConfig.ready(); the helpline and its parts ask here and know none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from havn.tenancy.models import Centre

LONGEST_WORDS = 100


@dataclass(frozen=True)
class Readable:
    """Something published, as it can be read without opening its page.

    `kind` is "article", "guide", "resource", "law", "help-after-report", "page" or "service"; `text` is plain:
    paragraphs with an empty line between them. `path` is its page on this site. `key` names it among all of them.
    `now` is true at this moment only (who is open): for whoever chooses, never for whoever reads it later.
    """

    kind: str
    title: str
    lead: str
    text: str
    path: str
    language: str
    key: str = ""
    now: str = ""


Find = Callable[[Centre, str, str, int], Sequence[Readable]]
Read = Callable[[Centre, str, str], Readable | None]

_finders: list[Find] = []
_readers: list[Read] = []


def register_readables(find: Find, read: Read | None = None) -> None:
    """`find(centre, words, language, limit)` finds what has all words, the best first: public, live and of this
    centre; in this language, else in the centre's own. `read(centre, key, language)` gives one of them again, or None
    when it is not the finder's or may not be read any more.
    """
    if find not in _finders:
        _finders.append(find)
    if read is not None and read not in _readers:
        _readers.append(read)


def readables(centre: Centre, words: str, language: str, limit: int = 10) -> list[Readable]:
    """What has these words, of all that is registered: titles with all of them first, else as each finder ranks.

    Nothing for no words. The words are kept nowhere.
    """
    asked = " ".join(words.replace("\x00", " ").split())[:LONGEST_WORDS]
    if not asked or limit < 1:
        return []
    wanted = asked.casefold().split()
    ranked = []
    for place, find in enumerate(_finders):
        for rank, one in enumerate(find(centre, asked, language, limit)):
            title = one.title.casefold()
            ranked.append((not all(word in title for word in wanted), rank, place, one))
    return [one for *_order, one in sorted(ranked, key=lambda entry: entry[:3])[:limit]]


def readable(centre: Centre, key: str, language: str) -> Readable | None:
    """The one with this key, as it stands now; None when nobody publishes it (any more) at this centre."""
    if not key or "\x00" in key:
        return None
    return next((found for read in _readers if (found := read(centre, key, language)) is not None), None)
