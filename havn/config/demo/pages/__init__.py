"""The words of the demo's pages, one module a theme, in the order in which they are made."""

from havn.config.demo.pages import articles, campaigns, guides, law, profiles, reports, resources
from havn.config.demo.pages.text import Text

_MODULES = (articles, profiles, law, guides, campaigns, reports, resources)


def texts_of(centre: str, language: str) -> list[Text]:
    """The first level of a centre's pages in a language."""
    return [text for module in _MODULES for text in module.PAGES.get(centre, {}).get(language, ())]


def slug_of(centre: str, language: str, key: str) -> str | None:
    """The last part of the address of the text with this key, at whatever depth."""

    def walk(texts: list[Text] | tuple[Text, ...]) -> list[Text]:
        return [one for text in texts for one in (text, *walk(text.below))]

    return next((text.slug for text in walk(texts_of(centre, language)) if text.key == key), None)
