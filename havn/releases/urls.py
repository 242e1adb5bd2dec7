"""The addresses of releases: open data for everybody, and the desk where it is prepared."""

from django.urls import path

from havn.releases.views import (
    desk,
    desk_dataset,
    desk_prepared,
    desk_release,
    public_catalogue,
    public_dataset,
    public_files,
)

app_name = "releases"

_PREPARED = "desk/releases/prepared/<int:preparation_id>"
_RELEASE = "data/<slug:key>/<slug:period>/v<int:version>"

urlpatterns = [
    path("data", public_catalogue.catalogue, name="catalogue"),
    path("data/catalogue.jsonld", public_catalogue.catalogue_record, name="catalogue_record"),
    path("data/<slug:key>", public_dataset.public_dataset, name="public_dataset"),
    path("data/<slug:key>.jsonld", public_dataset.dataset_record, name="dataset_record"),
    path(_RELEASE, public_dataset.public_release, name="public_release"),
    path(f"{_RELEASE}.csv", public_files.csv_file, name="csv"),
    path(f"{_RELEASE}.csv-metadata.json", public_files.csv_metadata, name="csv_metadata"),
    path(f"{_RELEASE}.xlsx", public_files.xlsx_file, name="xlsx"),
    path(f"{_RELEASE}.json", public_files.json_file, name="json"),
    path("desk/releases", desk.desk, name="desk"),
    path("desk/releases/new", desk_dataset.new, name="new"),
    path("desk/releases/<int:dataset_id>", desk_dataset.dataset, name="dataset"),
    path("desk/releases/<int:dataset_id>/edit", desk_dataset.edit, name="edit"),
    path(_PREPARED, desk_prepared.prepared, name="prepared"),
    path(f"{_PREPARED}/publish", desk_prepared.publish, name="publish"),
    path(f"{_PREPARED}/discard", desk_prepared.discard, name="discard"),
    path("desk/releases/published/<int:release_id>", desk_release.release, name="release"),
]
