"""The app as Django sees it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "havn.audit"
    label = "audit"
