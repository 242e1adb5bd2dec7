"""The app as Django sees it."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "havn.mail"
    label = "mail"
