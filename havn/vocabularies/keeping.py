"""What stays of vocabularies, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays

TABLES = (
    "vocabularies.Vocabulary", "vocabularies.VocabularyTerm", "vocabularies.Draft", "vocabularies.TermMapping",
)  # fmt: skip


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "vocabularies",
            TABLES,
            lambda: _("Lists of words that things are coded with"),
            lambda: _("For good: what was coded with a word must stay readable. Drafts until they are let go."),
        )
    )
