"""The app as Django sees it."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "havn.statistics"
    label = "statistics"

    def ready(self) -> None:
        from havn.statistics import keeping

        keeping.register()
