"""Where a film in sign language may lie: on this site, or on one of the sites that the centre has named."""

from collections.abc import Collection
from urllib.parse import urlsplit

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


def site_of(text: str) -> str:
    """The host name in what somebody typed or pasted, in small letters; "" where there is none.

    Names in other scripts are given in their ASCII form, so that no two names look alike in the list.
    """
    typed = text.strip().lower()
    try:
        host = urlsplit(typed if "//" in typed else f"https://{typed}").hostname or ""
        host = host.rstrip(".").encode("idna").decode() if host.isprintable() else ""
    except (UnicodeError, ValueError):
        return ""
    return host if "." in host and set(host) <= _LETTERS and len(host) <= 253 else ""


def why_not_address(address: str, sites: Collection[str]) -> str:
    """What is wrong with an address for a link: "shape", "https" or "site"; "" where nothing is.

    A path of this site begins with one stroke. Any other address begins with https:// and lies on a named site, with no
    port and no name of a user in it.
    """
    if not address.isascii() or not address.isprintable() or " " in address or "\\" in address:
        return "shape"
    if address.startswith("/"):
        return "shape" if address.startswith("//") else ""
    try:
        parts = urlsplit(address)
        plain = parts.port is None and parts.username is None and parts.password is None
    except ValueError:
        return "shape"
    if parts.scheme != "https":
        return "https"
    return "" if plain and parts.hostname in sites else "site"
