"""The app as Django sees it."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "havn.vocabularies"
    label = "vocabularies"

    def ready(self) -> None:
        from havn.common.page_cache import pages_change_with
        from havn.vocabularies import keeping, menu, permissions

        pages_change_with(self.get_models())
        keeping.register()
        permissions.register()
        menu.register_menu()
