"""The profiles of the demo's centres: what their profiles in the network state, in sentences of our own.

Numbers, addresses and hours that the directory knows stand in the directory and are not told again, but where a
published profile tells them otherwise. Where no source tells of a strand, nobody has written of it here either.
"""

from havn.config.demo.pages.profile_denmark import DENMARK_DA, DENMARK_EN
from havn.config.demo.pages.profile_norway import NORWAY_EN, NORWAY_NB
from havn.config.demo.pages.text import Text

PAGES: dict[str, dict[str, tuple[Text, ...]]] = {
    "norway": {"nb": (NORWAY_NB,), "en": (NORWAY_EN,)},
    "denmark": {"da": (DENMARK_DA,), "en": (DENMARK_EN,)},
}
