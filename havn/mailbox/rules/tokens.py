"""The token of a thread: 100 random bits, in our address for answers and in the names of our e-mails.

It is made like a return code: the first 20 bits find the row, the others open the key. An e-mail belongs to a thread
only by its token, whatever its subject or sender says.
"""

import re
from collections.abc import Iterable

from havn.vault.rules.codes import ReturnCode

LENGTH = 20
# So many are looked at in one e-mail: whoever writes hundreds into it slows nobody down.
MOST = 6
_TOKEN = "[0-9a-hj-km-np-tv-z]{20}"  # noqa: S105 - a pattern
_ALONE = re.compile(_TOKEN)
_IN_ADDRESS = re.compile(rf"[+=-]({_TOKEN})@", re.IGNORECASE)
_IN_NAME = re.compile(rf"\.({_TOKEN})@", re.IGNORECASE)


def text_of(code: ReturnCode) -> str:
    """A token as it stands in addresses: 20 characters, small letters."""
    return code.text.replace("-", "").lower()


def address_for_answers(address: str, token: str, *, separator: str) -> str:
    """Our address with the token in it ("help+token@centre.example"), or as it is without a separator."""
    local, _at, domain = address.rpartition("@")
    return f"{local}{separator}{token}@{domain}" if separator else address


def name_of_message(number: int, token: str, address: str) -> str:
    """The Message-ID of one of our e-mails, without brackets: who answers sends it back in In-Reply-To."""
    return f"{number:x}.{token}@{address.rpartition('@')[2]}"


def is_token(text: str) -> bool:
    """Whether it looks like one, in small letters."""
    return _ALONE.fullmatch(text) is not None


def tokens_in(addresses: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """What may be tokens in these addresses of receivers and these lists of Message-IDs, the likeliest first."""
    found = [one.lower() for text in addresses for one in _IN_ADDRESS.findall(text)]
    # The last name of a list is of the e-mail that was answered.
    found += [one.lower() for text in names for one in reversed(_IN_NAME.findall(text))]
    return tuple(dict.fromkeys(found))[:MOST]


def tokens_anywhere(text: str) -> tuple[str, ...]:
    """The same from the body of a report, in which a mail server quotes ours."""
    return tokens_in([text], [text])
