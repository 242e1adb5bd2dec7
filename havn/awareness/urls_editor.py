"""Wagtail's own addresses, guarded. They keep Wagtail's names, and stand outside the app's namespace for that."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as editor

from havn.accounts.views.sign_in import sign_out
from havn.awareness.access import guarded
from havn.awareness.views import desk_editor, public_files, public_page

# Signing in and passwords: there is one door. People and groups answer nobody: no group of ours may manage them.
_CLOSED = ("login/", "logout/", "password_reset/", "test404/", "failwhale/")
_SCREENS = [one for one in editor.urlpatterns if not str(one.pattern).startswith(_CLOSED)]

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/editor/sign-in", desk_editor.sign_in, name="wagtailadmin_login"),
    path("desk/editor/sign-out", sign_out, name="wagtailadmin_logout"),
    path("desk/editor/", include(guarded(_SCREENS))),
    path("files/<int:number>/<str:name>", public_files.file, name="wagtaildocs_serve"),
    re_path(r"^([\w\-/]*)$", public_page.page, name="wagtail_serve"),
]
