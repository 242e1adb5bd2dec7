"""The app as Django sees it."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "havn.vocabularies"
    label = "vocabularies"
