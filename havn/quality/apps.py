"""The app as Django sees it."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "havn.quality"
    label = "quality"
