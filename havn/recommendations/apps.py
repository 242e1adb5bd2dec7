"""The app as Django sees it."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "havn.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        """Hang permissions, evidence, clocks, the menu and the door of the first page where they belong."""
        from havn.centres.api import EntryPart, register_entry_part
        from havn.common.page_cache import pages_change_with
        from havn.recommendations import evidence_kinds, keeping, menu, permissions
        from havn.recommendations.entry_door import published_here

        permissions.register()
        evidence_kinds.register()
        keeping.register()
        menu.register_menu()
        register_entry_part(EntryPart(58, "recommendations/entry_door.html", lambda _request: {}, published_here))
        pages_change_with(self.get_models())
