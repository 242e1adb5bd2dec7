"""What a licence lets another centre do with a resource.

From the licence deeds (creativecommons.org/licenses) and the adapter's licence chart in the Creative Commons FAQ: who
changes a work may publish the changed one under the licences that `may_become` names.
"""

from dataclasses import dataclass
from enum import StrEnum

CC0, BY, BY_SA, BY_NC = "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0"
BY_NC_SA, BY_ND, BY_NC_ND, RESERVED = "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-4.0", "reserved"


class Way(StrEnum):
    """How a resource may be used by another centre."""

    ADAPT = "adapt"
    LINK = "link"
    ASK = "ask"


@dataclass(frozen=True)
class Licence:
    """Its short name, where its deed is, how it may be used, and what an adaptation may be published under."""

    name: str
    deed: str
    way: Way
    may_become: frozenset[str]

    @property
    def is_fixed(self) -> bool:
        """Whether an adaptation has no choice (share alike)."""
        return len(self.may_become) == 1


_CC = "https://creativecommons.org/"
_WITH_NAME = frozenset({BY, BY_SA, BY_NC, BY_NC_SA, BY_ND, BY_NC_ND})
LICENCES = {
    CC0: Licence("CC0 1.0", f"{_CC}publicdomain/zero/1.0/", Way.ADAPT, _WITH_NAME | {CC0, RESERVED}),
    BY: Licence("CC BY 4.0", f"{_CC}licenses/by/4.0/", Way.ADAPT, _WITH_NAME),
    BY_SA: Licence("CC BY-SA 4.0", f"{_CC}licenses/by-sa/4.0/", Way.ADAPT, frozenset({BY_SA})),
    BY_NC: Licence("CC BY-NC 4.0", f"{_CC}licenses/by-nc/4.0/", Way.ADAPT, frozenset({BY_NC, BY_NC_SA, BY_NC_ND})),
    BY_NC_SA: Licence("CC BY-NC-SA 4.0", f"{_CC}licenses/by-nc-sa/4.0/", Way.ADAPT, frozenset({BY_NC_SA})),
    BY_ND: Licence("CC BY-ND 4.0", f"{_CC}licenses/by-nd/4.0/", Way.LINK, frozenset()),
    BY_NC_ND: Licence("CC BY-NC-ND 4.0", f"{_CC}licenses/by-nc-nd/4.0/", Way.LINK, frozenset()),
    RESERVED: Licence("", "", Way.ASK, frozenset()),
}


def way_of(licence: str) -> Way:
    """ADAPT: may be copied and changed. LINK: may not be changed, so it is led to where its makers keep it.

    ASK: nothing without the owner's word; also for a licence that nobody here knows.
    """
    return LICENCES.get(licence, LICENCES[RESERVED]).way


def kept(source: str, wished: str) -> str:
    """The licence of an adaptation: the one wished for where the source's lets it, else the source's own."""
    return wished if source not in LICENCES or wished in LICENCES[source].may_become else source
