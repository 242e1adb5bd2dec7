"""A visitor's own numbers: 1, 2, 3 … over what that visitor is shown.

Notes between colleagues stand in the same log. By the log's own numbers a child's browser could count them and see
when one was written; so everything that goes to a visitor, and comes from one, carries the place among what they are
shown. The log is read once when a stream opens; from then on the numbers are counted along.
"""

from bisect import bisect_right
from collections.abc import Iterable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from havn.live import log
from havn.live.registry import Kind, Viewer

_PAGE = 10_000


class Places:
    """The log's numbers of what a viewer has been shown, in order."""

    __slots__ = ("_seqs",)

    def __init__(self, seqs: Iterable[int] = ()) -> None:
        self._seqs = list(seqs)

    def __len__(self) -> int:
        return len(self._seqs)

    def take(self, seq: int) -> int:
        """The number of what stands at `seq` and is shown. New ones come in the order of the log."""
        if not self._seqs or seq > self._seqs[-1]:
            self._seqs.append(seq)
            return len(self._seqs)
        return bisect_right(self._seqs, seq)

    def up_to(self, seq: int) -> int:
        """How much of what is shown stands at or before `seq`."""
        return bisect_right(self._seqs, seq)

    def seq(self, number: int) -> int:
        """Where the log holds this number; 0 before the first, and the last for one that is not there yet."""
        if number <= 0 or not self._seqs:
            return 0
        return self._seqs[min(number, len(self._seqs)) - 1]


def places_in(conversation_id: int, cipher: AESGCM, kind: Kind, viewer: Viewer) -> Places:
    """The numbers as the log stands now. Blocking: it opens the log, since an event says only inside what it is."""
    seqs: list[int] = []
    after, more = 0, True
    while more:
        found = log.entries(conversation_id, cipher, after=after, limit=_PAGE)
        seqs += [one.seq for one in found if kind.shows(viewer, one.author, one.kind, one.participant_id, one.code)]
        after, more = (found[-1].seq, len(found) == _PAGE) if found else (after, False)
    return Places(seqs)
