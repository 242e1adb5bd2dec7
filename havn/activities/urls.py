"""The addresses of the activity log and its reports."""

from django.urls import path

from havn.activities.views import (
    desk,
    desk_activity,
    desk_publish,
    desk_report,
    desk_reports,
    desk_section,
    public_reports,
)

app_name = "activities"

_REPORT = "desk/activities/reports/<int:report_id>"
_SECTION = "desk/activities/sections/<int:section_id>"

urlpatterns = [
    path("reports/activity", public_reports.public_reports, name="public_reports"),
    path("reports/activity/<slug:slug>", public_reports.public_report, name="public_report"),
    path("reports/activity/<slug:slug>.pdf", public_reports.public_pdf, name="public_pdf"),
    path("desk/activities", desk.desk, name="desk"),
    path("desk/activities.csv", desk.table, name="table"),
    path("desk/activities/new", desk_activity.new, name="new"),
    path("desk/activities/events", desk_activity.events, name="events"),
    path("desk/activities/<int:activity_id>", desk_activity.activity, name="activity"),
    path("desk/activities/<int:activity_id>/edit", desk_activity.edit, name="edit"),
    path("desk/activities/<int:activity_id>/delete", desk_activity.delete, name="delete"),
    path("desk/activities/reports", desk_reports.reports, name="reports"),
    path("desk/activities/reports/new", desk_reports.new_report, name="new_report"),
    path(_REPORT, desk_report.report, name="report"),
    path(f"{_REPORT}/edit", desk_report.edit_report, name="edit_report"),
    path(f"{_REPORT}/compile", desk_report.compile_again, name="compile"),
    path(f"{_REPORT}/delete", desk_report.delete_report, name="delete_report"),
    path(f"{_REPORT}/sections/new", desk_section.add_section, name="add_section"),
    path(f"{_REPORT}/preview", desk_publish.preview, name="preview"),
    path(f"{_REPORT}/preview.pdf", desk_publish.preview_pdf, name="preview_pdf"),
    path(f"{_REPORT}/publish", desk_publish.publish, name="publish"),
    path(f"{_REPORT}/withdraw", desk_publish.withdraw, name="withdraw"),
    path(_SECTION, desk_section.section, name="section"),
    path(f"{_SECTION}/up", desk_section.move_up, name="move_up"),
    path(f"{_SECTION}/log", desk_section.take_log, name="take_log"),
    path(f"{_SECTION}/remove", desk_section.remove_section, name="remove_section"),
]
