"""The app as Django sees it."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "havn.limits"
    label = "limits"
