"""The app as Django sees it."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "havn.live"
    label = "live"

    def ready(self) -> None:
        """Register our own addresses, and hear of sessions that change."""
        from havn.accounts import hooks
        from havn.live import beacons, keeping, registry
        from havn.live.endpoints import ROUTES

        registry.register_routes(ROUTES)
        keeping.register()
        hooks.register_session_changed(lambda user_id: beacons.bump(f"session:{user_id}"))
