"""Wagtail's own addresses, guarded. They keep Wagtail's names, and stand outside the app's namespace for that."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as editor

from havn.accounts.views.sign_in import sign_out
from havn.awareness.editor.access import guarded
from havn.awareness.editor.translated import edit_override
from havn.awareness.views import desk_editor, desk_translations, public_files, public_page

# Signing in and passwords: there is one door. People and groups answer nobody: no group of ours may manage them.
_CLOSED = ("login/", "logout/", "password_reset/", "test404/", "failwhale/")
_SCREENS = [one for one in editor.urlpatterns if not str(one.pattern).startswith(_CLOSED)]
# Where Wagtail, or the library that translates pages, looks at no permission of the page.
_INSTEAD = {
    "page_types_usage": desk_translations.report,
    "page_types_usage_results": desk_translations.report,
    "edit_override": edit_override,
    "submit_page_translation": desk_translations.SubmitWithinCentre.as_view(),
    "update_translations": desk_translations.UpdateWithinCentre.as_view(),
    "translations_report": desk_translations.report,
    "translations_report_results": desk_translations.report,
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/editor/sign-in", desk_editor.sign_in, name="wagtailadmin_login"),
    path("desk/editor/sign-out", sign_out, name="wagtailadmin_logout"),
    path("desk/editor/", include(guarded(_SCREENS, _INSTEAD))),
    path("files/<int:number>/<str:name>", public_files.file, name="wagtaildocs_serve"),
    re_path(r"^([\w\-/]*)$", public_page.page, name="wagtail_serve"),
]
