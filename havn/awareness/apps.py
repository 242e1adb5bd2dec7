"""The app as Django sees it."""

from django.apps import AppConfig


class AwarenessConfig(AppConfig):
    name = "havn.awareness"
    label = "awareness"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from havn.awareness.actions import terms

        page_published.connect(terms.on_published)
        page_unpublished.connect(terms.on_unpublished)
