"""The addresses of the builder."""

from django.urls import path

from havn.forms.views import desk_forms, desk_import, desk_part, desk_preview, desk_translations, desk_version

_VERSION = "desk/forms/versions/<int:version_id>"

desk_patterns = [
    path("desk/forms", desk_forms.desk, name="desk"),
    path("desk/forms/new", desk_forms.new, name="new"),
    path("desk/forms/import", desk_import.import_xlsform, name="import_xlsform"),
    path("desk/forms/import/draft", desk_import.take_over, name="take_over"),
    path("desk/forms/<int:form_id>/draft", desk_forms.new_version, name="new_version"),
    path("desk/forms/<int:form_id>/delete", desk_forms.delete_form, name="delete_form"),
    path(_VERSION, desk_version.version, name="version"),
    path(f"{_VERSION}/settings", desk_part.settings, name="settings"),
    path(f"{_VERSION}/sections/new", desk_part.section, name="new_section"),
    path(f"{_VERSION}/sections/<slug:key>", desk_part.section, name="section"),
    path(f"{_VERSION}/sections/<slug:key>/questions/new", desk_part.new_question, name="new_question"),
    path(f"{_VERSION}/questions/<slug:key>", desk_part.question, name="question"),
    path(f"{_VERSION}/values/new", desk_part.computed, name="new_computed"),
    path(f"{_VERSION}/values/<slug:key>", desk_part.computed, name="computed"),
    path(f"{_VERSION}/checks/new", desk_part.check, name="new_check"),
    path(f"{_VERSION}/checks/<slug:key>", desk_part.check, name="check"),
    path(f"{_VERSION}/move", desk_version.move, name="move"),
    path(f"{_VERSION}/remove", desk_version.remove, name="remove"),
    path(f"{_VERSION}/undo", desk_version.undo, name="undo"),
    path(f"{_VERSION}/freeze", desk_version.freeze, name="freeze"),
    path(f"{_VERSION}/delete", desk_version.delete, name="delete"),
    path(f"{_VERSION}/preview", desk_preview.preview, name="preview"),
    path(f"{_VERSION}/translations", desk_translations.translations_table, name="translations"),
    path(f"{_VERSION}/translations/file", desk_translations.translations_file, name="translations_file"),
    path(f"{_VERSION}/translations/in", desk_translations.translations_in, name="translations_in"),
]
