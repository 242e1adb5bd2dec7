"""What stays of what a centre publishes, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "awareness",
            ("awareness.*", "wagtailcore.*", "wagtailimages.*", "wagtaildocs.*", "wagtailredirects.*", "taggit.*"),
            lambda: _("Pages, pictures and files of the site, with their earlier versions"),
            lambda: _("Until an editor deletes them."),
        )
    )
    register_stays(
        Stays(
            "awareness.editor",
            ("wagtailadmin.*", "wagtailusers.*", "wagtailsearch.*", "wagtail_localize.*"),
            lambda: _("What the editor needs: translations, the index of the search, who edits a page now"),
            lambda: _("As long as the page that it belongs to."),
        )
    )
