"""The app as Django sees it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "havn.directory"
    label = "directory"

    def ready(self) -> None:
        from havn.centres.api import EntryPart, register_entry_part, register_page
        from havn.centres.readables import register_readables
        from havn.common.page_cache import pages_change_with
        from havn.directory import keeping, permissions
        from havn.directory.entry_link import entry_link
        from havn.directory.menu import register_menu
        from havn.directory.readables import find, read

        permissions.register()
        register_menu()
        keeping.register()
        register_page("directory", "directory:directory")
        register_entry_part(EntryPart(90, "directory/entry_link.html", entry_link))
        register_readables(find, read)
        pages_change_with(self.get_models())
