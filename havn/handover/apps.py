"""The app as Django sees it."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "havn.handover"
    label = "handover"
