"""The app as Django sees it."""

from django.apps import AppConfig


class TrendsConfig(AppConfig):
    name = "havn.trends"
    label = "trends"
