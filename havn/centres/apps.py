"""The app as Django sees it."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "havn.centres"
    label = "centres"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from havn.centres import keeping, permissions, safety_texts
        from havn.centres.menu import register_menu
        from havn.centres.models import CentreTheme
        from havn.centres.theme import forget_looks, look_of_request
        from havn.common.look import register_look
        from havn.common.navigation import register_public_part
        from havn.common.page_cache import pages_change_with

        permissions.register()
        safety_texts.register_own()
        register_menu()
        keeping.register()
        register_public_part("centres/band.html")
        register_look(look_of_request)
        for signal in (post_save, post_delete):
            signal.connect(forget_looks, sender=CentreTheme, dispatch_uid=f"centres-looks-{id(signal)}")
        pages_change_with(self.get_models())
