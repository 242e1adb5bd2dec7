"""The app as Django sees it."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "havn.forms"
    label = "forms"
