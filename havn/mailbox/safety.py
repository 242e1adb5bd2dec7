"""Sentences of our e-mails that a person approves in each language; until then the English stands below them."""

from collections.abc import Callable

from django.utils.translation import gettext_noop as _

from havn.centres.safety_texts import approved_keys, safety_text
from havn.common.language import plain, spoken
from havn.tenancy.models import Centre

SAFETY_TEXTS = {
    "mail-danger": _("If you are in danger now, call %(number)s. We do not read e-mails right away."),
    "mail-seen": _(
        "Your e-mail stays in your own mailbox, and so does our answer. Whoever can open your mailbox can read both."
    ),
    "mail-on-our-site": _(
        "If that is not safe for you, read our answer on our site, with the code below. There you can also choose that "
        "we send you no more e-mails. Keep the code somewhere else, and delete this e-mail."
    ),
    "mail-wish": _("Whoever can open your mailbox can read our e-mails. Here nobody reads without your code."),
}


def sentences(centre: Centre, language: str) -> Callable[..., str]:
    """Gives the sentences for an e-mail in this language by their keys, with English on a line below where needed."""
    shown = spoken(language, centre.formal_in)
    approved = approved_keys(centre, plain(language))

    def words_of(key: str, **values: object) -> str:
        found = safety_text(key, shown, approved, values)
        # Where a language has no words of its own yet they are English already.
        return f"{found.text}\n{found.english}" if found.english not in ("", found.text) else found.text

    return words_of
