"""The addresses of the directory. The fixed ones stand before the countries."""

from django.urls import URLPattern, path

from havn.directory import json_api
from havn.directory.views import (
    desk,
    desk_entry,
    desk_point,
    public_confirm,
    public_country,
    public_directory,
    public_kept,
)

app_name = "directory"

urlpatterns: list[URLPattern] = [
    path("directory", public_directory.directory, name="directory"),
    *json_api.urls(),
    path("directory/confirm/<str:token>", public_confirm.confirm, name="confirm"),
    path("directory/worker.js", public_kept.worker, name="worker"),
    path("directory/kept/<str:name>", public_kept.kept_file, name="kept_file"),
    path("directory/kept/<slug:language>/<slug:what>", public_kept.kept, name="kept"),
    path("directory/<slug:country>", public_country.country, name="country"),
    path("directory/<slug:country>/history", public_country.history, name="history"),
    path("directory/<slug:country>/card", public_country.card, name="card"),
    path("desk/directory", desk.desk, name="desk"),
    path("desk/directory/read-rule", desk_point.read_rule, name="read_rule"),
    path("desk/directory/<int:service_id>", desk_entry.entry, name="entry"),
    path("desk/directory/<int:service_id>/confirm", desk.confirm_entry, name="confirm_entry"),
    path("desk/directory/<int:service_id>/facts", desk_entry.save_facts, name="save_facts"),
    path("desk/directory/<int:service_id>/confirmer", desk_entry.save_confirmer, name="save_confirmer"),
    path("desk/directory/<int:service_id>/doubts", desk_entry.open_doubt, name="open_doubt"),
    path("desk/directory/<int:service_id>/ways", desk_point.add_point, name="add_point"),
    path("desk/directory/ways/<int:point_id>", desk_point.point, name="point"),
    path("desk/directory/ways/<int:point_id>/remove", desk_point.remove_point, name="remove_point"),
    path("desk/directory/doubts/<int:doubt_id>/settle", desk_entry.settle_doubt, name="settle_doubt"),
]
