"""Contacts of the past. Included by the helpline's addresses."""

from django.urls import path

from havn.helpline.imports import views

urlpatterns = [
    path("desk/figures/imports", views.imports, name="imports"),
    path("desk/figures/imports/file", views.take_in, name="import_file"),
    path("desk/figures/imports/<int:batch>", views.batch, name="import"),
    path("desk/figures/imports/<int:batch>/apply", views.apply, name="import_apply"),
    path("desk/figures/imports/<int:batch>/undo", views.undo, name="import_undo"),
    path("desk/figures/imports/<int:batch>/discard", views.discard, name="import_discard"),
]
