"""Pages for what goes wrong before a view is reached: plain, kind, and made at start so that they need nothing."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

_SENTENCES = {
    400: gettext_noop("The address or the form could not be read."),
    403: gettext_noop("This address cannot be opened this way."),
    404: gettext_noop("There is nothing at this address."),
    405: gettext_noop("This address cannot be opened this way."),
    413: gettext_noop("That was too long to send at once. Try again with less text."),
    415: gettext_noop("Only text can be sent here. Pictures and files are never accepted."),
    500: gettext_noop("Something failed on our side. What was already sent is kept."),
    502: gettext_noop("We cannot tell whether that was received. Go back and look before you send it again."),
    503: gettext_noop("We are starting again. What was already sent is kept. Try again in a moment."),
}

# For scripts, beside the sentence for the person; the live process says the same words.
CODES = {
    400: "unreadable", 403: "passed-by", 404: "unknown", 405: "method", 413: "too-large", 415: "kind-of-content",
    500: "failed", 502: "unsure", 503: "starting",
}  # fmt: skip


class TroublePages:
    """One page for each status and language, made once, when a language is first asked for."""

    def __init__(self) -> None:
        self._pages: dict[tuple[int, str, bool], bytes] = {}
        self._plain: dict[tuple[int, str], str] = {}
        self._make(settings.LANGUAGE_CODE)

    def page(self, status: int, language: str, sentence: str = "", *, desk: bool = False) -> bytes:
        """The whole page as UTF-8; with a sentence of its own instead of the status's usual one.

        `desk`: for staff, whose way back is the desk; everybody else gets the way out of the page first.
        """
        if sentence:
            with translation.override(language):
                return self._render(status, sentence, desk=desk)
        return self._pages[status, self._made(language), desk]

    def sentence(self, status: int, language: str) -> str:
        """Only its sentence, for scripts."""
        return self._plain[status, self._made(language)]

    def _made(self, language: str) -> str:
        """The language itself once its pages are made, of those that we have. Most are never asked for."""
        if (503, language) not in self._plain:
            if language not in dict(settings.LANGUAGES):
                return str(settings.LANGUAGE_CODE)
            self._make(language)
        return language

    def _make(self, language: str) -> None:
        with translation.override(language):
            for status, sentence in _SENTENCES.items():
                self._plain[status, language] = gettext(sentence)
                for desk in (False, True):
                    self._pages[status, language, desk] = self._render(status, sentence, desk=desk)

    def _render(self, status: int, sentence: str, *, desk: bool) -> bytes:
        # An empty reference is the page's own address: a person tries again by pressing, never by itself.
        home = ("/desk", gettext("To the desk")) if desk else ("/", gettext("Front page"))
        href, again = ("", gettext("Try again")) if status == 503 else home
        title = gettext("We can't find that page") if status == 404 else gettext("That did not work")
        context = {"title": title, "sentence": gettext(sentence), "href": href, "again": again, "desk": desk}
        context["demo"] = settings.DEMO
        return render_to_string("config/trouble.html", context).encode()


class BlankPages:
    """The page after quick exit (`common.left`), once for each language, for what is answered outside Django.

    Its button leads to the front page: the address that was asked for may be no page at all, but that of a form.
    """

    def __init__(self) -> None:
        self._pages: dict[str, bytes] = {}

    def page(self, language: str) -> bytes:
        """The whole page as UTF-8."""
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        if known not in self._pages:
            with translation.override(known):
                self._pages[known] = render_to_string("common/left.html", {"to": f"/{known}/"}).encode()
        return self._pages[known]


def is_desk(path: str) -> bool:
    """Whether an address, with or without its language, is one of the staff's."""
    parts = path.lstrip("/").split("/")
    known = {code for code, _ in settings.LANGUAGES}
    return (parts[1:2] if parts[0] in known else parts[:1]) == ["desk"]


def language_of(path: str, accept_language: str) -> str:
    """The language to say it in: the address's own, else the browser's first that we have, else the default."""
    known = {code for code, _ in settings.LANGUAGES}
    first = path.lstrip("/").partition("/")[0]
    if first in known:
        return first
    for wish in accept_language[:200].split(","):
        code = wish.split(";")[0].strip().lower().split("-")[0]
        code = "nb" if code == "no" else code
        if code in known:
            return code
    return str(settings.LANGUAGE_CODE)
