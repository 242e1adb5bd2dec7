"""The app as Django sees it."""

from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    name = "havn.awareness"
    label = "awareness"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from havn.awareness.actions import terms
        from havn.awareness.front import front_context
        from havn.awareness.menu import register_menu
        from havn.awareness.models.base import register_filler
        from havn.awareness.page_context import context_of
        from havn.centres.registry import EntryPart, register_entry_part

        page_published.connect(terms.on_published)
        page_unpublished.connect(terms.on_unpublished)
        register_entry_part(EntryPart(50, "awareness/front_doors.html", front_context))
        register_filler(context_of)
        register_menu()
