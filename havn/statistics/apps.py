"""The app as Django sees it."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "havn.statistics"
    label = "statistics"
