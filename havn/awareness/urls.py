"""The addresses of awareness. Wagtail's own screens and the pages themselves are in `urls_editor.py`."""

from django.urls import URLPattern, URLResolver, path

from havn.awareness.views import public_files

app_name = "awareness"

urlpatterns: list[URLPattern | URLResolver] = [
    path("media/<path:name>", public_files.picture, name="picture"),
]
