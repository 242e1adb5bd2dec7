"""Writes of the log and its reports, one verb each."""

from havn.activities.actions.log import delete_activity, record_activity, record_export
from havn.activities.actions.publishing import publish_report, withdraw_report
from havn.activities.actions.reports import compile_report, delete_report, save_report
from havn.activities.actions.sections import add_section, move_section, remove_section, save_section, take_logs_words

__all__ = [
    "add_section",
    "compile_report",
    "delete_activity",
    "delete_report",
    "move_section",
    "publish_report",
    "record_activity",
    "record_export",
    "remove_section",
    "save_report",
    "save_section",
    "take_logs_words",
    "withdraw_report",
]
