"""Sentences on publishing that a person approves in each language; until then the English stands beside them."""

from django.utils.translation import gettext_noop as _

SAFETY_TEXTS = {
    "letter-publish": _(
        "Others may feel the same as you. If you allow it, we may show your question and our answer on this site. "
        "First we take out everything that shows who you are. You can say no again at any time, with your code."
    ),
    "letter-publish-code": _(
        "Your code takes the answer off the site at once, also when your letter here has been deleted long ago."
    ),
    "letter-publish-no": _("We do not show your letter to anybody, and what was shown is gone. This stays so."),
}
